// How an answer is laid out, and keeping it as a saved search.
import { IconBookmarkPlus, IconDice5, IconStack2 } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import classes from './Options.module.css';
import { useSearch } from './store.ts';

const SORTS = ['relevance', 'date'] as const;

/** A saved search is words: what is asked by a picture cannot be kept. */
export function Options({ onSave }: { onSave(text: string): void }) {
  const { t } = useTranslation();
  const { text, picture, sort, group, surprised, setSort, setGroup, surprise } = useSearch((state) => state);
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
        aria-label={t('search.fold.label')}
        title={t('search.fold.why')}
        onClick={() => setGroup(!group)}
      >
        <IconStack2 size={16} aria-hidden />
        <span>{t('search.fold.label')}</span>
      </button>
      {text.trim() !== '' && picture === null && (
        <button
          type="button"
          className={classes.verb}
          aria-label={t('albums.saveSearch')}
          title={t('albums.saveSearch')}
          onClick={() => onSave(text.trim())}
        >
          <IconBookmarkPlus size={16} aria-hidden />
          <span>{t('albums.saveSearch')}</span>
        </button>
      )}
    </div>
  );
}
