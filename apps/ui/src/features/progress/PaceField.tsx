// How hard indexing works: the choice, and in words what it comes to at the moment.
import { SegmentedControl } from '@mantine/core';
import { paceChoice } from '@semblance/contract';
import { useId } from 'react';
import { useTranslation } from 'react-i18next';
import classes from './Pace.module.css';
import { useProgress } from './store.ts';

export function PaceField() {
  const { t } = useTranslation();
  const id = useId();
  const pace = useProgress((state) => state.progress?.pace);
  const setPace = useProgress((state) => state.setPace);
  if (pace === undefined) return null;
  const { choice, acting, because } = pace;
  return (
    <div className={classes.field}>
      <h3 id={id}>{t('pace.title')}</h3>
      <SegmentedControl
        fullWidth
        aria-labelledby={id}
        value={choice}
        onChange={setPace}
        data={paceChoice.options.map((value) => ({ value, label: t(`pace.${value}`) }))}
      />
      <p className={classes.now} aria-live="polite">
        {because === 'chosen' ? t(`pace.means.${acting}`) : t(`pace.because.${because}`)}
      </p>
    </div>
  );
}
