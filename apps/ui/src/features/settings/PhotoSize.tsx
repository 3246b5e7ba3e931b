// How large the photos of the grids are: a small slider in the header, and the keys + and -.
import { Slider } from '@mantine/core';
import { IconLayoutGrid, IconSquare } from '@tabler/icons-react';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { hasDialog, isTyping } from '../../shared/typing.ts';
import classes from './PhotoSize.module.css';
import { ROW_HEIGHTS, useSettings } from './store.ts';

/** @param keys + and - are about the photos; false while they zoom something else */
export function PhotoSize({ keys }: { keys: boolean }) {
  const { t } = useTranslation();
  const { rowHeight, change } = useSettings((state) => state);
  useEffect(() => {
    if (!keys) return;
    const onKey = (event: KeyboardEvent) => {
      const way = event.key === '+' || event.key === '=' ? 1 : event.key === '-' ? -1 : 0;
      if (way === 0 || event.ctrlKey || event.metaKey || event.altKey) return;
      if (isTyping(event.target) || hasDialog()) return;
      event.preventDefault();
      const wanted = rowHeight + way * ROW_HEIGHTS.step;
      change({ rowHeight: Math.min(ROW_HEIGHTS.max, Math.max(ROW_HEIGHTS.min, wanted)) });
    };
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, [keys, rowHeight, change]);
  return (
    <div className={classes.size}>
      <IconLayoutGrid size={16} aria-hidden />
      <Slider
        {...ROW_HEIGHTS}
        className={classes.slider ?? ''}
        size="xs"
        label={null}
        value={rowHeight}
        onChange={(value) => change({ rowHeight: value })}
        thumbLabel={t('settings.rowHeight')}
      />
      <IconSquare size={16} aria-hidden />
    </div>
  );
}
