// Which photos a search may find, and what to say when filters leave none.
import type { Catalog, PhotoFilter } from '@semblance/catalog';
import type { LibraryStatus, PhotoId, PhotoView, QueryProblem, SearchNote } from '@semblance/contract';
import type { Query, QueryFilter } from '@semblance/core';

export interface Among {
  /** In the order newest first; null when nothing narrows the library down. */
  ids: ReadonlySet<PhotoId> | null;
  /** Hidden photos were asked for. */
  hidden: boolean;
  /** Filters that name nothing here, not applied. */
  unknown: readonly QueryFilter[];
  problems: QueryProblem[];
}

export interface Candidates {
  /** @param live photos of a saved search, which the answer is within */
  among(query: Query, view: PhotoView | undefined, live: readonly PhotoId[] | null, instant: number): Among;
  whatRemovedAll(query: Query, view: PhotoView | undefined, instant: number): SearchNote[];
  counts(): LibraryStatus['counts'];
  /** Photos with a vector that are out of sight. */
  hidden(): ReadonlySet<PhotoId>;
}

export interface CandidatesDeps {
  catalog: Catalog;
  modelKey: string;
  revision: () => number;
}

/** While photos come in, counts change without a revision; nobody needs them more often than this. */
const COUNTS_KEEP_MS = 1000;
/** What takes long to read is kept so many times as long: at a million photos it would else slow every tenth search. */
const KEEP_FACTOR = 30;

export function createCandidates({ catalog, modelKey, revision }: CandidatesDeps): Candidates {
  // Both are counted row by row: at 200,000 photos that is most of the time of a search.
  const counts = kept(() => catalog.counts(modelKey), revision);
  // Filters stay while their text is typed on.
  const passing = keptFor<{ ids: ReadonlySet<PhotoId>; unknown: QueryFilter[] }>(revision);
  const hidden = kept<ReadonlySet<PhotoId>>(() => new Set(catalog.hiddenEmbedded(modelKey)), revision);

  return {
    counts,
    hidden,
    among(query, view, live, instant) {
      const { filters, exacts } = query;
      const out = {
        hidden: view?.kind === 'hidden' || filters.some(asksForHidden),
        unknown: [],
        problems: [],
      };
      if (filters.length + exacts.length === 0 && view === undefined) {
        return { ...out, ids: live === null ? null : new Set(live) };
      }
      const found = passing(JSON.stringify([filters, exacts, view]), () => {
        const { ids, unknown } = catalog.filterPhotos({ filters, exacts, view, instant });
        return { ids: new Set(ids), unknown };
      });
      const within = live === null ? null : new Set(live);
      const narrowed = filters.length + exacts.length > found.unknown.length || view !== undefined;
      const ids = within === null ? found.ids : new Set([...found.ids].filter((id) => within.has(id)));
      return {
        ...out,
        ids: narrowed || live !== null ? ids : null,
        unknown: found.unknown,
        problems: found.unknown.map(unknownValue),
      };
    },
    whatRemovedAll({ filters, exacts }, view, instant) {
      const filter: PhotoFilter = { filters, exacts, view, instant };
      return catalog.countWithout(filter).flatMap(({ about, photos }): SearchNote[] => {
        if (photos === 0) return [];
        const { start, end } = about;
        const what = 'name' in about ? about : { name: 'exact' as const, value: about.text };
        return [
          { kind: 'filter-removed-all', name: what.name, value: what.value, count: photos, start, end },
        ];
      });
    },
  };
}

function asksForHidden({ condition, negated }: QueryFilter): boolean {
  return !negated && condition.name === 'is' && condition.trait === 'hidden';
}

function unknownValue({ name, value, start, end }: QueryFilter): QueryProblem {
  const message =
    name === 'near'
      ? `No photo is known to be in "${value}"; near: also takes coordinates, like near:39.9,32.8.`
      : `There is no ${name} called "${value}".`;
  return { code: 'unknown-value', message, text: `${name}:${value}`, start, end };
}

/** The answer of `read` for a second, or until something that can be seen has changed. */
function kept<T>(read: () => T, revision: () => number): () => T {
  const known = keptFor<T>(revision);
  return () => known('', read);
}

/** The same, of the question asked last. */
function keptFor<T>(revision: () => number): (question: string, read: () => T) => T {
  let known: { question: string; value: T; revision: number; until: number } | null = null;
  return (question, read) => {
    const [now, at] = [revision(), performance.now()];
    if (known === null || known.question !== question || known.revision !== now || at > known.until) {
      const value = read();
      const took = performance.now() - at;
      known = { question, value, revision: now, until: at + Math.max(COUNTS_KEEP_MS, took * KEEP_FACTOR) };
    }
    return known.value;
  };
}
