// What can be done with the chosen photos, over the top of the grid for as long as some are chosen.
import { ActionIcon, Menu } from '@mantine/core';
import { IconColumns, IconDots, IconX } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { Stars } from '../../shared/Stars.tsx';
import type { Verb } from '../../shared/verbs.ts';
import classes from './SelectionBar.module.css';

interface SelectionBarProps {
  ids: readonly string[];
  /** Of all photos that could be chosen here. */
  total: number;
  verbs: readonly Verb[];
  /** Two to four photos can be looked at side by side. */
  onCompare: (() => void) | undefined;
  onRate(rating: number | null): void;
  onAll(): void;
  onClear(): void;
}

export function SelectionBar({ ids, total, verbs, onCompare, onRate, onAll, onClear }: SelectionBarProps) {
  const { t } = useTranslation();
  return (
    <section className={classes.bar} aria-label={t('selection.label')}>
      <ActionIcon
        variant="subtle"
        color="gray"
        size={34}
        aria-label={t('selection.clear')}
        title={t('selection.clear')}
        onClick={onClear}
      >
        <IconX size={18} aria-hidden />
      </ActionIcon>
      <strong role="status">{t('selection.count', { count: ids.length })}</strong>
      {ids.length < total && (
        <button type="button" className={classes.all} onClick={onAll}>
          {t('selection.all')}
        </button>
      )}
      <div className={classes.verbs}>
        <span className={classes.stars}>
          <Stars value={null} onRate={onRate} />
        </span>
        {onCompare !== undefined && (
          <button type="button" className={classes.verb} title={t('selection.compare')} onClick={onCompare}>
            <IconColumns size={18} aria-hidden />
            <span>{t('selection.compare')}</span>
          </button>
        )}
        {verbs.map((verb) => (
          <button
            key={verb.id}
            type="button"
            className={classes.verb}
            title={verb.shortcut === undefined ? verb.label : `${verb.label} (${verb.shortcut})`}
            aria-label={verb.label}
            onClick={() => verb.run(ids)}
          >
            {verb.icon}
            <span>{verb.label}</span>
          </button>
        ))}
        <More verbs={verbs} ids={ids} onRate={onRate} />
      </div>
    </section>
  );
}

/** Where the bar has no room for the stars, they are in a menu. */
function More({ ids, onRate }: Pick<SelectionBarProps, 'verbs' | 'ids' | 'onRate'>) {
  const { t } = useTranslation();
  if (ids.length === 0) return null;
  return (
    <span className={classes.more}>
      <Menu position="bottom-end" width={200}>
        <Menu.Target>
          <ActionIcon variant="subtle" color="gray" size={34} aria-label={t('photo.rating')}>
            <IconDots size={18} aria-hidden />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          {[5, 4, 3, 2, 1].map((stars) => (
            <Menu.Item key={stars} onClick={() => onRate(stars)}>
              {t('photo.stars', { count: stars })}
            </Menu.Item>
          ))}
          <Menu.Item onClick={() => onRate(null)}>{t('photo.noStars')}</Menu.Item>
        </Menu.Dropdown>
      </Menu>
    </span>
  );
}
