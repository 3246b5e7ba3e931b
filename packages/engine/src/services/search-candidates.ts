// Which photos a search may find, and what to say when filters leave none.
import type { Catalog, PhotoFilter } from '@semblance/catalog';
import type {
  AlbumId,
  LibraryStatus,
  PhotoId,
  PhotoView,
  QueryProblem,
  SearchNote,
} from '@semblance/contract';
import type { Query, QueryFilter } from '@semblance/core';
import { LRUCache } from 'lru-cache';
import { namesNothing } from './search-unknown.ts';

export interface Among {
  /** In the order newest first; null when nothing narrows the library down. */
  ids: ReadonlySet<PhotoId> | null;
  /** Hidden photos were asked for. */
  hidden: boolean;
  problems: QueryProblem[];
}

export interface Candidates {
  among(query: Query, place: Place): Among;
  whatRemovedAll(query: Query, place: Omit<Place, 'live'>): SearchNote[];
  counts(): LibraryStatus['counts'];
  /** Photos with a vector that are out of sight. */
  hidden(): ReadonlySet<PhotoId>;
  /** Photos in sight, newest first. */
  all(): ReadonlySet<PhotoId>;
}

interface Place {
  view: PhotoView | undefined;
  /** Photos of a saved search, which the answer is within. */
  live: readonly PhotoId[] | null;
  /** What saved searches named by filters find. */
  saved: ReadonlyMap<AlbumId, readonly PhotoId[]>;
  instant: number;
}

export interface CandidatesDeps {
  catalog: Catalog;
  modelKey: string;
  revision: () => number;
}

/** While photos come in, something is written all the time; nobody needs what it changes more often than this. */
const KEEP_MS = 1000;
/** What takes long to read is kept so many times as long: at a million photos it would else slow every tenth search. */
const KEEP_FACTOR = 30;
/** Answers kept at a time: a filter, and the one before a character was added to it. */
const KEPT = 4;
/** "New" photos grow old while nothing is written. */
const HOUR_MS = 3_600_000;

export function createCandidates({ catalog, modelKey, revision }: CandidatesDeps): Candidates {
  // All are read row by row: at 100,000 photos that is most of the time of a search.
  const fresh = () => ({ revision: revision(), changes: catalog.changes() });
  const counts = kept(() => catalog.counts(modelKey), fresh);
  const passing = keptFor<{ ids: ReadonlySet<PhotoId>; unknown: number[] }>(fresh);
  const sets = new WeakMap<readonly PhotoId[], ReadonlySet<PhotoId>>();

  /** The same for the same list: whoever looks its photos up need not do so again. */
  function setOf(ids: readonly PhotoId[]): ReadonlySet<PhotoId> {
    const set = sets.get(ids) ?? new Set(ids);
    sets.set(ids, set);
    return set;
  }

  const hidden = kept<ReadonlySet<PhotoId>>(() => new Set(catalog.hiddenEmbedded(modelKey)), fresh);
  const all = kept<ReadonlySet<PhotoId>>(() => new Set(catalog.photoIds({ kind: 'all' })), fresh);

  return {
    counts,
    hidden,
    all,
    among(query, { view, live, saved, instant }) {
      const { filters, exacts } = query;
      const out = {
        hidden: view?.kind === 'hidden' || filters.some(asksForHidden),
        problems: [],
      };
      const within = live === null ? null : setOf(live);
      if (filters.length + exacts.length === 0 && view === undefined) return { ...out, ids: within };
      const found = passing(questionOf(query, { view, saved, instant }), () => {
        const { ids, unknown } = catalog.filterPhotos({ filters, exacts, view, saved, instant });
        return { ids: new Set(ids), unknown: unknown.map((filter) => filters.indexOf(filter)) };
      });
      const unknown = found.unknown.flatMap((at) => filters[at] ?? []);
      const ids = within === null ? found.ids : new Set([...found.ids].filter((id) => within.has(id)));
      return { ...out, ids, problems: namesNothing(catalog, unknown) };
    },
    whatRemovedAll({ filters, exacts }, { view, saved, instant }) {
      const filter: PhotoFilter = { filters, exacts, view, saved, instant };
      const notes = catalog.countWithout(filter).flatMap(({ about, photos }): SearchNote[] => {
        if (photos === 0) return [];
        const { start, end } = about;
        const what = 'name' in about ? about : { name: 'exact' as const, value: about.text };
        return [
          { kind: 'filter-removed-all', name: what.name, value: what.value, count: photos, start, end },
        ];
      });
      if (notes.length > 0 || filters.length + exacts.length < 2) return notes;
      // None of them helps alone.
      const count = catalog.filterPhotos({ filters: [], exacts: [], view, saved, instant }).ids.length;
      return count === 0 ? [] : [{ kind: 'filters-removed-all', count }];
    },
  };
}

/** What is asked, wherever in the text it stands: a filter must not be read again because a word before it has grown. */
function questionOf({ filters, exacts }: Query, { view, saved, instant }: Omit<Place, 'live'>): string {
  const asked = filters.map(({ condition, negated }) => [condition, negated]);
  const phrases = exacts.map(({ text, negated }) => [text, negated]);
  const held = [...saved].map(([id, ids]) => [id, ids.length]);
  return JSON.stringify([asked, phrases, view, held, Math.floor(instant / HOUR_MS)]);
}

function asksForHidden({ condition, negated }: QueryFilter): boolean {
  return !negated && condition.name === 'is' && condition.trait === 'hidden';
}

interface Freshness {
  /** Counts up with every change of what can be seen. */
  revision: number;
  /** ... and with everything that is written. */
  changes: number;
}

/** The answer of `read` until something is written; while much is, until something that can be seen has changed. */
function kept<T>(read: () => T, fresh: () => Freshness): () => T {
  const known = keptFor<T>(fresh);
  return () => known('', read);
}

/** The same, of the questions asked last. */
function keptFor<T>(fresh: () => Freshness): (question: string, read: () => T) => T {
  const answers = new LRUCache<string, Freshness & { value: T; until: number }>({ max: KEPT });
  return (question, read) => {
    const [now, at] = [fresh(), performance.now()];
    const known = answers.get(question);
    if (known?.revision === now.revision && (known.changes === now.changes || at <= known.until)) {
      return known.value;
    }
    const value = read();
    const took = performance.now() - at;
    answers.set(question, { ...now, value, until: at + Math.max(KEEP_MS, took * KEEP_FACTOR) });
    return value;
  };
}
