// The line above the results: the question, how much was compared, and quiet notes about the answer.
import type { SearchNote } from '@semblance/contract';
import { IconArrowLeft } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { ThumbImage } from '../../shared/ThumbImage.tsx';
import classes from './SearchView.module.css';
import { useSearch } from './store.ts';

export function SearchSummary({ likeThumb }: { likeThumb: string | undefined }) {
  const { t } = useTranslation();
  const { text, like, phase, results, notes, searched, milliseconds, clear } = useSearch((state) => state);
  return (
    <div className={classes.summary}>
      <button
        type="button"
        className={classes.back}
        aria-label={t('search.back')}
        title={t('search.back')}
        onClick={clear}
      >
        <IconArrowLeft size={18} aria-hidden />
      </button>
      {like !== null && likeThumb !== undefined && (
        <span className={classes.like}>
          <ThumbImage src={likeThumb} alt="" />
        </span>
      )}
      <h2>{like === null ? t('search.results', { query: text.trim() }) : t('search.resultsLike')}</h2>
      <p aria-live="polite">
        {phase === 'done' &&
          results.length > 0 &&
          `${t('search.summary', { shown: results.length, count: searched })} · ${t('search.milliseconds', {
            value: Math.round(milliseconds),
          })}`}
      </p>
      {notes
        .filter((note) => note.kind !== 'library-empty')
        .map((note) => (
          <span key={note.kind} className={classes.note}>
            <NoteText note={note} />
          </span>
        ))}
    </div>
  );
}

function NoteText({ note }: { note: SearchNote }) {
  const { t } = useTranslation();
  const key = `search.note.${note.kind}`;
  switch (note.kind) {
    case 'unknown-words':
      return t(key, { count: note.words.length, words: note.words.map((word) => `“${word}”`).join(', ') });
    case 'not-indexed-yet':
      return t(key, { count: note.count });
    case 'query-truncated':
      return t(key, { tokens: note.tokens });
    case 'library-empty':
      return t(key);
  }
}
