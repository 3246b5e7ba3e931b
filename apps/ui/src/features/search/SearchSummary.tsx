// The line above the results: the question, how much was compared, and quiet notes about the answer.
import type { SearchNote } from '@semblance/contract';
import { IconArrowLeft } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { ThumbImage } from '../../shared/ThumbImage.tsx';
import classes from './SearchView.module.css';
import { useSearch } from './store.ts';

/** Shown by the view as a whole rather than as a note. */
const STATES: readonly SearchNote['kind'][] = ['library-empty', 'nothing-matches'];

export function SearchSummary({ likeThumb }: { likeThumb: string | undefined }) {
  const { t } = useTranslation();
  const { text, like, phase, results, notes, clear } = useSearch((state) => state);
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
      <p aria-live="polite">{phase === 'done' && results.length > 0 && <Count />}</p>
      {notes
        .filter((note) => !STATES.includes(note.kind))
        .map((note) => (
          <span key={note.kind} className={classes.note}>
            <NoteText note={note} />
          </span>
        ))}
    </div>
  );
}

/** How many fit, among how many. Without a line drawn by the engine, only how many are shown. */
function Count() {
  const { t } = useTranslation();
  const { results, best, expectedUnrelated, searched, milliseconds } = useSearch((state) => state);
  const took = t('search.milliseconds', { value: Math.round(milliseconds) });
  if (best === null) return `${t('search.summary', { shown: results.length, count: searched })} · ${took}`;
  if (best === 0) return `${t('search.compared', { count: searched })} · ${took}`;
  const unrelated = expectedUnrelated === null ? 0 : Math.round(expectedUnrelated * best);
  return (
    <>
      <strong title={unrelated > 0 ? t('search.unrelated', { count: unrelated }) : undefined}>
        {t('search.good', { count: best })}
      </strong>{' '}
      {t('search.among', { count: searched })} · {took}
    </>
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
    case 'filter-removed-all':
      return t(key, { count: note.count, filter: `${note.name}:${note.value}` });
    case 'folder-offline':
      return t(key, { count: note.count });
    case 'unknown-language':
      return t(key, { known: note.known.join(', ') });
    case 'negation-removed':
      return t(key, { count: note.count, words: note.texts.join(', ') });
    case 'library-empty':
    case 'nothing-matches':
    case 'partial':
      return t(key);
  }
}
