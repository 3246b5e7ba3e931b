// How an answer is laid out, and keeping it as a saved search.
import { IconBookmarkPlus, IconDice5, IconStack2 } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import classes from './Options.module.css';
import { useSearch } from './store.ts';

const SORTS = ['relevance', 'date'] as const;

export function Options({ onSave }: { onSave(text: string): void }) {
  const { t } = useTranslation();
  const { text, sort, group, surprised, setSort, setGroup, surprise } = useSearch((state) => state);
  if (surprised) {
    return (
      <div className={classes.options}>
        <button type="button" className={classes.verb} onClick={surprise}>
          <IconDice5 size={16} aria-hidden />
          {t('search.surprise.again')}
        </button>
      </div>
    );
  }
  return (
    <div className={classes.options}>
      <fieldset className={classes.sorts}>
        <legend>{t('search.sort.label')}</legend>
        {SORTS.map((name) => (
          <button key={name} type="button" aria-pressed={sort === name} onClick={() => setSort(name)}>
            {t(`search.sort.${name}`)}
          </button>
        ))}
      </fieldset>
      <button
        type="button"
        className={classes.verb}
        aria-pressed={group}
        title={t('search.fold.why')}
        onClick={() => setGroup(!group)}
      >
        <IconStack2 size={16} aria-hidden />
        {t('search.fold.label')}
      </button>
      {text.trim() !== '' && (
        <button type="button" className={classes.verb} onClick={() => onSave(text.trim())}>
          <IconBookmarkPlus size={16} aria-hidden />
          {t('albums.saveSearch')}
        </button>
      )}
    </div>
  );
}
