// What there is to know about an answer, in words, and what one click does about it.
import type { QueryProblem, SearchNote } from '@semblance/contract';
import { useTranslation } from 'react-i18next';
import { languageName } from '../../shared/format.ts';
import { exclusions, type FilterNote, narrowings } from './chips.ts';
import classes from './Notes.module.css';
import { useSearch } from './store.ts';
import { exchanged, withoutPiece, withoutPieces } from './text-edit.ts';
import { useMeaning } from './useMeaning.ts';

/** Shown by the view as a whole rather than as a note. */
const STATES: readonly SearchNote['kind'][] = [
  'library-empty',
  'nothing-matches',
  'nothing-asked',
  'filter-removed-all',
  'filters-removed-all',
];

/** Where the window goes for what a search cannot mend itself. */
export interface NoteWays {
  onFolders(): void;
  onModels(): void;
}

export function Notes(ways: NoteWays) {
  const { t } = useTranslation();
  const notes = useSearch((state) => state.notes).filter((note) => !STATES.includes(note.kind));
  const offers = useSearch((state) => state.parsed.problems).filter(({ instead }) => instead !== undefined);
  if (notes.length + offers.length === 0) return null;
  return (
    <ul className={classes.notes} aria-label={t('search.notes')}>
      {offers.map((problem) => (
        <li key={problem.start} className={classes.note} data-note="instead">
          <Instead problem={problem} />
        </li>
      ))}
      {notes.map((note) => (
        <li key={note.kind} className={classes.note} data-note={note.kind}>
          <NoteText note={note} />
          <Remedy note={note} ways={ways} />
        </li>
      ))}
    </ul>
  );
}

/** "Did you mean label:boat?", for a piece that names nothing. */
function Instead({ problem }: { problem: QueryProblem }) {
  const { t } = useTranslation();
  const { text, parsedText, edit } = useSearch((state) => state);
  const { instead = '' } = problem;
  return (
    <>
      {t('search.instead', { text: problem.text })}
      <button
        type="button"
        className={classes.remedy}
        onClick={() => edit(exchanged(text, parsedText, problem, instead))}
      >
        {t('search.remedy.instead', { text: instead })}
      </button>
    </>
  );
}

/** What one click does about it; nothing where there is nothing to do. */
function Remedy({ note, ways }: { note: SearchNote; ways: NoteWays }) {
  const { t } = useTranslation();
  const { text, parsed, parsedText, edit, again } = useSearch((state) => state);
  const [label, act] = ((): [string, () => void] | [null, null] => {
    switch (note.kind) {
      case 'negation-removed':
        return [t('search.remedy.include'), () => edit(withoutPieces(text, parsedText, exclusions(parsed)))];
      case 'folder-offline':
        return [t('search.remedy.folders'), ways.onFolders];
      case 'unknown-language':
        return [t('search.remedy.models'), ways.onModels];
      case 'partial':
        return [t('app.retry'), again];
      default:
        return [null, null];
    }
  })();
  if (label === null) return null;
  return (
    <button type="button" className={classes.remedy} onClick={act}>
      {label}
    </button>
  );
}

/** "Without camera: Nikon: 12 photos". */
export function FilterRemedy({ note, primary }: { note: FilterNote; primary: boolean }) {
  const { t } = useTranslation();
  const { text, parsed, parsedText, edit } = useSearch((state) => state);
  const meaningOf = useMeaning();
  const chip = parsed.chips.find(({ start }) => start === note.start);
  const filter =
    chip?.kind === 'filter'
      ? `${t(`search.filter.${chip.name}`)} ${meaningOf(chip.name, chip.meaning)}`
      : note.value;
  return (
    <button
      type="button"
      className={classes.without}
      data-primary={primary || undefined}
      onClick={() => edit(withoutPiece(text, parsedText, note))}
    >
      {t('search.remedy.without', { filter, count: note.count })}
    </button>
  );
}

/** "Without all of them: 470 photos". */
export function FiltersRemedy({ count }: { count: number }) {
  const { t } = useTranslation();
  const { text, parsed, parsedText, edit } = useSearch((state) => state);
  return (
    <button
      type="button"
      className={classes.without}
      data-primary
      onClick={() => edit(withoutPieces(text, parsedText, narrowings(parsed)))}
    >
      {t('search.remedy.withoutAll', { count })}
    </button>
  );
}

function NoteText({ note }: { note: SearchNote }) {
  const { t, i18n } = useTranslation();
  const key = `search.note.${note.kind}`;
  const name = (code: string) => languageName(i18n.language, code);
  switch (note.kind) {
    case 'unknown-words':
      return t(key, { count: note.words.length, words: note.words.map((word) => `“${word}”`).join(', ') });
    case 'not-indexed-yet':
      return t(key, { count: note.count });
    case 'query-truncated':
      return t(key, { tokens: note.tokens });
    case 'folder-offline':
      return t(key, { count: note.count });
    case 'unknown-language':
      return t(key, { known: note.known.map(name).join(', ') });
    case 'negation-removed':
      return t(key, { count: note.count, words: note.texts.map((text) => `“${text}”`).join(', ') });
    case 'translated':
      return t(key, { words: note.texts.map(({ to }) => `“${to}”`).join(', ') });
    case 'mixed-models':
      return t(key, { count: note.count });
    case 'partial':
      return t(key);
    // In the view itself.
    case 'filter-removed-all':
    case 'filters-removed-all':
    case 'library-empty':
    case 'nothing-asked':
    case 'nothing-matches':
      return null;
  }
}
