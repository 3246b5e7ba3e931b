// Saved searches hold no photos: what they find now takes their place, as an album, as a view to search in, and where
// `album:name` names one. One that leads back to itself finds nothing.
import type { AlbumNamed, Catalog } from '@semblance/catalog';
import {
  type AlbumId,
  type PhotoId,
  type PhotoSet,
  type PhotoTile,
  type PhotoView,
  SemblanceError,
} from '@semblance/contract';
import type { Query, QueryFilter } from '@semblance/core';
import { LRUCache } from 'lru-cache';
import type { Given } from './search-ask.ts';
import type { Among, Candidates } from './search-candidates.ts';
import type { Find } from './search-find.ts';
import { byDate } from './search-shown.ts';

/** The most that a saved search holds when a model ranks it: as many as any search answers. */
const MOST_SAVED = 1000;
const KEPT_SAVED = 20;
const HOUR_MS = 3_600_000;

export interface SavedSearches {
  /** What passes filters and view. Saved searches' own photos are found first. @throws SemblanceError ALBUM_NOT_FOUND */
  among(query: Query, view: PhotoView | undefined): Promise<Passed>;
  /** A page of an album that is a saved search, newest first; null for any other view. */
  timeline(page: {
    offset: number;
    limit: number;
    view?: PhotoView;
  }): Promise<{ total: number; revision: number; photos: PhotoTile[] } | null>;
  /** Other sets stay as they are. */
  found(set: PhotoSet): Promise<PhotoSet>;
}

interface Passed extends Among {
  /** What saved searches named by filters find. */
  saved: ReadonlyMap<AlbumId, readonly PhotoId[]>;
}

export interface SavedDeps {
  catalog: Catalog;
  candidates: Candidates;
  find: Find;
  parsed: (text: string) => Query;
  given: (query: Query) => Given;
  /** Counts up with every change of what can be seen. */
  revision: () => number;
  clock: () => number;
}

interface Holding {
  ids: readonly PhotoId[];
  /** It leads back to itself. */
  cyclic: boolean;
}

export function createSavedSearches(deps: SavedDeps): SavedSearches {
  const { catalog, candidates, find, parsed, given, revision, clock } = deps;
  const kept = new LRUCache<string, readonly PhotoId[]>({ max: KEPT_SAVED });

  /** Everything a saved search finds now, newest first. @param within saved searches that ask for it */
  async function holding({ id, query: text }: AlbumNamed, within: readonly AlbumId[]): Promise<Holding> {
    if (text === null || within.includes(id)) return { ids: [], cyclic: text !== null };
    const key = JSON.stringify([text, revision(), Math.floor(clock() / HOUR_MS)]);
    const known = kept.get(key);
    if (known !== undefined) return { ids: known, cyclic: false };
    const query = parsed(text);
    const { passed, cyclic } = await pass(query, { view: undefined, live: null, within: [...within, id] });
    const { found, notes } = await find(query, passed, given(query), { count: MOST_SAVED });
    const ids = found.hits.slice(0, found.best).map((hit) => hit.id);
    const newest = found.newestFirst ? ids : byDate(catalog, ids);
    // What only filters found, because the model was gone, must not stay; nor what depends on who asked.
    if (cyclic.length === 0 && !notes.some((note) => note.kind === 'partial')) kept.set(key, newest);
    return { ids: newest, cyclic: cyclic.length > 0 };
  }

  async function pass(
    query: Query,
    {
      view,
      live,
      within,
    }: { view: PhotoView | undefined; live: readonly PhotoId[] | null; within: readonly AlbumId[] },
  ): Promise<{ passed: Passed; cyclic: QueryFilter[] }> {
    const saved = new Map<AlbumId, readonly PhotoId[]>();
    const cyclic: QueryFilter[] = [];
    for (const filter of query.filters) {
      if (filter.condition.name !== 'album') continue;
      for (const album of catalog.albumsCalled(filter.condition.text)) {
        if (album.query === null) continue;
        const held = await holding(album, within);
        saved.set(album.id, held.ids);
        if (held.cyclic) cyclic.push(filter);
      }
    }
    const passed = candidates.among(query, { view, live, saved, instant: clock() });
    return { passed: { ...passed, saved }, cyclic };
  }

  const searchOf = (view: PhotoView | PhotoSet | undefined): AlbumNamed | null => {
    const album = view?.kind === 'album' ? catalog.album(view.id) : null;
    return album === null || album.query === null ? null : album;
  };

  return {
    async among(query, view) {
      if (view?.kind === 'album' && catalog.album(view.id) === null) {
        throw new SemblanceError('ALBUM_NOT_FOUND', 'This album does not exist any more.');
      }
      const own = searchOf(view);
      const live = own === null ? null : (await holding(own, [])).ids;
      const { passed, cyclic } = await pass(query, {
        view: own === null ? view : undefined,
        live,
        within: own === null ? [] : [own.id],
      });
      return { ...passed, problems: [...passed.problems, ...cyclic.map(leadsBack)] };
    },
    async timeline({ view, offset, limit }) {
      const album = searchOf(view);
      if (album === null) return null;
      const { ids } = await holding(album, []);
      const page = ids.slice(offset, offset + limit);
      const tiles = catalog.tiles(page);
      return { total: ids.length, revision: revision(), photos: page.flatMap((id) => tiles.get(id) ?? []) };
    },
    async found(set) {
      const album = searchOf(set);
      return album === null ? set : { kind: 'photos', ids: [...(await holding(album, [])).ids] };
    },
  };
}

function leadsBack({ name, value, start, end }: QueryFilter) {
  const message = `The saved search "${value}" looks for its photos in itself.`;
  return { code: 'album-cycle' as const, message, text: `${name}:${value}`, start, end };
}
