// Search: what was typed is parsed, filters are resolved first, the model ranks what is left.
import { realpath } from 'node:fs/promises';
import type { Catalog } from '@semblance/catalog';
import {
  MAX_TYPED_CHARACTERS,
  type Paraphrases,
  type PhotoId,
  type PhotoSet,
  type PhotoTile,
  type PhotoView,
  type SearchAnswer,
  type SearchHit,
  type SearchNote,
  SemblanceError,
  type Suggestion,
  type searchRequest,
} from '@semblance/contract';
import { parseQuery, type Query, wallClock } from '@semblance/core';
import type { VectorTable } from '@semblance/vectors';
import { LRUCache } from 'lru-cache';
import type { z } from 'zod';
import type { ComputeClient } from '../compute/client.ts';
import { createBinding } from './binding.ts';
import { EVERYDAY_PROMPTS } from './everyday-prompts.ts';
import type { RegionsService } from './regions.ts';
import { foldAlike } from './search-alike.ts';
import { type Ask, answering, createAsker, type Given, mergeNotes } from './search-ask.ts';
import { createCalibration } from './search-calibration.ts';
import { type Among, createCandidates } from './search-candidates.ts';
import { type Elder, mergeRanked } from './search-elder.ts';
import { compareWordings } from './search-paraphrases.ts';
import { droppedPicture } from './search-picture.ts';
import { createRanker, type Ranked } from './search-rank.ts';
import { createRecentSearches, type RecentSearches } from './search-recent.ts';
import { createSuggestions } from './search-suggest.ts';
import { surprise } from './search-surprise.ts';
import type { Lens } from './why.ts';

/** Nearest photos that the cut-off is decided on, so that it does not depend on how many are asked for. */
const CONSIDERED = 500;
/** The most that a saved search holds when a model ranks it: as many as any search answers. */
const MOST_SAVED = 1000;
const KEPT_SAVED = 20;
const NONE: ReadonlySet<PhotoId> = new Set();

type Request = z.output<typeof searchRequest>;
/** Everything but what is asked has its default. */
export type SearchWish = Partial<Request>;

interface Page {
  offset: number;
  limit: number;
}

export interface SearchService {
  /** @throws SemblanceError EMPTY_QUERY, QUERY_TOO_LONG, PHOTO_NOT_FOUND, PHOTO_UNREADABLE, ALBUM_NOT_FOUND, COMPUTE_UNAVAILABLE */
  run(request: SearchWish): Promise<SearchAnswer>;
  /** Ranks by picture files, in the library or not, and whatever else is asked. @throws SemblanceError PHOTO_UNREADABLE */
  likeFiles(paths: readonly string[], request: SearchWish): Promise<SearchAnswer>;
  /** A page of an album that is a saved search, newest first; null for any other view. */
  savedTimeline(
    page: Page & { view?: PhotoView },
  ): Promise<{ total: number; revision: number; photos: PhotoTile[] } | null>;
  /** A saved search holds no photos: what it finds now takes its place. Other sets stay as they are. */
  found(set: PhotoSet): Promise<PhotoSet>;
  suggest(text: string, limit: number): Suggestion[];
  paraphrases(text: string): Promise<Paraphrases>;
  /** Photos from all over the library, unlike each other. */
  surprise(count: number): Promise<PhotoTile[]>;
  recent: RecentSearches;
  /** For whoever explains an answer. */
  lens: Lens;
  /** Does beforehand what the first search would otherwise wait for. Never rejects. */
  warm(): Promise<void>;
  /** Unit vectors of everyday texts. */
  everyday(): Promise<readonly Float32Array[]>;
  /** For the search of the model that takes this one's place. */
  asElder: Elder;
}

export interface SearchDeps {
  catalog: Catalog;
  vectors: VectorTable;
  compute: ComputeClient;
  modelKey: string;
  regions: RegionsService;
  /** Counts up with every change of what can be seen. */
  revision: () => number;
  /** Of the model, BCP 47. Never rejects. */
  languages: () => Promise<readonly string[]>;
  /** What a text is compared as: itself, where nobody has trained a network of their own. */
  adapt?: (text: Float32Array) => Float32Array;
  /** The search of the model before, while this one has not seen every photo. */
  elder?: () => SearchService | null;
  /** Milliseconds since 1970 UTC; for tests. */
  clock?: () => number;
}

export function createSearch(deps: SearchDeps): SearchService {
  const { catalog, vectors, compute, modelKey, revision } = deps;
  const clock = deps.clock ?? Date.now;
  const asker = createAsker({ ...deps });
  const calibrate = createCalibration({ vectors, prompts: embedPrompts });
  const candidates = createCandidates({ catalog, modelKey, revision });
  const ranker = createRanker({ ...deps, calibrate, hidden: candidates.hidden });
  const recent = createRecentSearches(catalog);
  const suggest = createSuggestions({ catalog, recent });
  const saved = new LRUCache<string, PhotoId[]>({ max: KEPT_SAVED });
  let prompts: readonly Float32Array[] | null = null;

  /** Once per model, when first searched. */
  async function embedPrompts(): Promise<readonly Float32Array[]> {
    if (prompts === null) {
      const encoded = EVERYDAY_PROMPTS.map((prompt) => compute.call('embedText', [prompt]));
      prompts = (await answering(Promise.all(encoded))).map((result) => result.embedding);
    }
    return prompts;
  }

  const lens: Lens = {
    text: async (text) => (await asker.text(text)).embedding,
    common: async () => meanOf(await embedPrompts()),
    async relevance(text, photoId) {
      const ask: Ask = { kind: 'text', embedding: (await asker.text(text)).embedding, exclude: NONE };
      const { hits } = await ranker.rank(ask, 1, { among: new Set([photoId]), gone: NONE });
      return hits[0]?.relevance ?? 0;
    },
  };
  const binding = createBinding({ regions: deps.regions, lens });

  const parsed = (text: string): Query => parseQuery(text, { now: wallClock(clock()) });

  /** What passes filters and view. A saved search's own photos are found first. */
  async function among(query: Query, view: PhotoView | undefined): Promise<Among> {
    const album = view?.kind === 'album' ? catalog.album(view.id) : null;
    if (view?.kind === 'album' && album === null) {
      throw new SemblanceError('ALBUM_NOT_FOUND', 'This album does not exist any more.');
    }
    const live = album === null || album.query === null ? null : await photosOf(album.query);
    return candidates.among(query, live === null ? view : undefined, live, clock());
  }

  /** Everything a saved search finds now, newest first. */
  async function photosOf(text: string): Promise<readonly PhotoId[]> {
    const key = JSON.stringify([text, revision(), Math.floor(clock() / 3_600_000)]);
    const known = saved.get(key);
    if (known !== undefined) return known;
    const query = parsed(text);
    const { found, notes } = await find(query, await among(query, undefined), given(query), MOST_SAVED);
    const ids = found.hits.slice(0, found.best).map(({ id }) => id);
    const newest = found.newestFirst ? ids : byDate(ids);
    // What only filters found, because the model was gone, must not stay.
    if (!notes.some((note) => note.kind === 'partial')) saved.set(key, newest);
    return newest;
  }

  function byDate(ids: readonly PhotoId[]): PhotoId[] {
    return [...catalog.tiles(ids).values()].sort(newestFirst).map(({ id }) => id);
  }

  interface Found extends Ranked {
    /** No model ranked them. */
    newestFirst: boolean;
  }

  interface Answered {
    found: Found;
    notes: SearchNote[];
    /** Photos that were compared. */
    searched: number;
  }

  /** Of the photos in sight that pass, those that only the model before has seen. */
  function leftTo(elder: Elder, { ids }: Among): ReadonlySet<PhotoId> {
    const [own, known] = [vectors.ids(), elder.ids()];
    const all = ids ?? catalog.photoIds({ kind: 'all' });
    return new Set([...all].filter((id) => !own.has(id) && known.has(id)));
  }

  async function find(
    query: Query,
    passed: Among,
    asked: Given,
    count: number,
    recheck = false,
  ): Promise<Answered> {
    const elder = deps.elder?.()?.asElder ?? null;
    const own = await findOwn(query, passed, asked, count, recheck);
    // A part of a picture was embedded by this model, and means nothing to the other one.
    if (elder === null || own.found.newestFirst || asked.vectors.length > 0) return own;
    const left = leftTo(elder, passed);
    if (left.size === 0) return own;
    const older = await elder.find(query, { ...passed, ids: left }, asked, count);
    return {
      found: { ...mergeRanked(own.found, older.found), newestFirst: false },
      notes: [...own.notes, { kind: 'mixed-models', count: left.size }],
      searched: own.searched + older.searched,
    };
  }

  async function findOwn(
    query: Query,
    passed: Among,
    asked: Given,
    count: number,
    recheck = false,
  ): Promise<Answered> {
    const everything = (ids: Iterable<PhotoId>): Found => {
      const hits = [...ids].map((id) => ({ id, cosine: 1, relevance: 100 }));
      const cutoff = { relevance: 100, expectedUnrelated: 0 };
      return { hits, best: hits.length, cutoff, newestFirst: true };
    };
    const parts = asked.texts.length + asked.photos.length + asked.vectors.length + query.nots.length;
    const among = passed.ids?.size ?? candidates.counts().indexed;
    const modelNeeded = parts > 0 || asked.picture !== null;
    if (!modelNeeded) return { found: everything(passed.ids ?? []), notes: [], searched: among };
    try {
      const ask = await asker.all(asked);
      const excluded = await Promise.all(query.nots.map((text) => asker.text(text)));
      const notes = mergeNotes([...(ask?.notes ?? []), ...excluded.flatMap((text) => text.notes)]);
      const gone = new Set<PhotoId>();
      for (const { embedding } of excluded) {
        for (const id of await ranker.showing(embedding, passed.ids)) gone.add(id);
      }
      if (gone.size > 0) notes.push({ kind: 'negation-removed', count: gone.size, texts: query.nots });
      const searched = among - gone.size;
      if (ask === null) {
        const left = [...(passed.ids ?? candidates.all())].filter((id) => !gone.has(id));
        return { found: everything(left), notes, searched };
      }
      const ranked = await ranker.rank(ask.ask, count, { among: passed.ids, gone });
      const [words, ...more] = asked.texts;
      if (recheck && words !== undefined && more.length + asked.photos.length + asked.vectors.length === 0) {
        ranked.hits = await binding.recheck(words.text, ranked.hits);
      }
      return { found: { ...ranked, newestFirst: false }, notes, searched };
    } catch (error) {
      const known = error instanceof SemblanceError && error.kind === 'COMPUTE_UNAVAILABLE';
      if (!known || passed.ids === null) throw error;
      return { found: everything(passed.ids), notes: [{ kind: 'partial' }], searched: among };
    }
  }

  async function run(request: SearchWish, strangers: readonly Float32Array[] = []): Promise<SearchAnswer> {
    const started = performance.now();
    const parts = (request.regions ?? []).map(({ photoId, region }) =>
      deps.regions.queryFromRegion(photoId, region),
    );
    const pictures = [...strangers, ...(await Promise.all(parts))];
    const { text = '', limit = 200, sort = 'relevance', group = false } = request;
    if (text.length > MAX_TYPED_CHARACTERS) {
      throw new SemblanceError('QUERY_TOO_LONG', `A search has at most ${MAX_TYPED_CHARACTERS} characters.`);
    }
    const query = parsed(text);
    const asked = { ...given(query, request), vectors: pictures };
    const chips = query.parsed.chips.length;
    const empty = chips + asked.photos.length + pictures.length === 0 && asked.picture === null;
    if (empty && request.view === undefined && query.parsed.problems.length === 0) {
      throw new SemblanceError('EMPTY_QUERY', 'Write what the photo shows.');
    }
    const passed = await among(query, request.view);
    const counts = candidates.counts();
    // With nothing understood there is nothing to show: the problems say why.
    const nothing = empty && request.view === undefined;
    const { found, notes, searched }: Answered = nothing
      ? {
          found: { hits: [], best: 0, cutoff: { relevance: 100, expectedUnrelated: 0 }, newestFirst: true },
          notes: [],
          searched: counts.indexed,
        }
      : await find(query, passed, asked, Math.max(limit, CONSIDERED), request.recheck);
    const results = await shown(found, { limit, sort, group, hidden: passed.hidden });

    const best = results[0]?.group === 'best';
    if (counts.indexed === 0 && !found.newestFirst) notes.push({ kind: 'library-empty' });
    if (results.length > 0 && !best) notes.push({ kind: 'nothing-matches' });
    if (!nothing && passed.ids?.size === 0)
      notes.push(...candidates.whatRemovedAll(query, request.view, clock()));
    if (!best && counts.offline > 0) notes.push({ kind: 'folder-offline', count: counts.offline });
    // What this model has not seen, the one before it answers for.
    const unseen = (deps.elder?.() ?? null) === null ? counts.photos - counts.indexed : 0;
    const waiting = counts.pending + unseen;
    if (waiting > 0) notes.push({ kind: 'not-indexed-yet', count: waiting });
    if (request.remember === true && text !== '') recent.add(text);
    return {
      parsed: {
        chips: query.parsed.chips.filter((chip) => !passed.unknown.some((gone) => gone.start === chip.start)),
        problems: [...query.parsed.problems, ...passed.problems].sort((a, b) => a.start - b.start),
      },
      results,
      notes,
      cutoff: found.cutoff,
      searched,
      milliseconds: performance.now() - started,
    };
  }

  /** What a window gets of it: tiles and paths, look-alikes folded, in the order asked for. */
  async function shown(
    found: Found,
    { limit, sort, group, hidden }: { limit: number; sort: Request['sort']; group: boolean; hidden: boolean },
  ): Promise<SearchHit[]> {
    const most = group ? Math.max(limit, CONSIDERED) : limit;
    const front = found.hits.slice(0, most);
    const tiles = catalog.tiles(
      front.map(({ id }) => id),
      hidden,
    );
    const hits = front.flatMap(({ id, cosine, relevance }, i) => {
      const tile = tiles.get(id);
      const place = i < found.best ? ('best' as const) : ('maybe' as const);
      return tile === undefined ? [] : [{ ...tile, cosine, relevance, group: place }];
    });
    const folded = group ? await foldGroups(hits) : hits;
    const cut = folded.slice(0, limit);
    if (sort === 'date') {
      cut.sort((a, b) => Number(a.group === 'maybe') - Number(b.group === 'maybe') || newestFirst(a, b));
    }
    const paths = catalog.pathsOf(cut.map(({ id }) => id));
    return cut.map((hit) => ({ ...hit, path: paths.get(hit.id)?.path ?? '' }));
  }

  /** Best and maybe apart: a look-alike never crosses the border. */
  async function foldGroups<Hit extends PhotoTile & { group: 'best' | 'maybe' }>(hits: readonly Hit[]) {
    const known = await vectors.getMany(hits.map(({ id }) => id));
    return (['best', 'maybe'] as const).flatMap((group) =>
      foldAlike(
        hits.filter((hit) => hit.group === group),
        known,
      ).map(({ photo, similar }) => (similar === 0 ? photo : { ...photo, similar })),
    );
  }

  return {
    run: (request) => run(request),
    async likeFiles(paths, request) {
      const ids: PhotoId[] = [];
      const strangers: Float32Array[] = [];
      for (const path of paths) {
        // The catalog knows real paths only.
        const known = catalog.photoByPath(await realpath(path).catch(() => path));
        if (known === null) strangers.push(await asker.file(path));
        else ids.push(known);
      }
      return run({ ...request, like: [...(request.like ?? []), ...ids] }, strangers);
    },
    async savedTimeline({ view, offset, limit }) {
      const query = view?.kind === 'album' ? catalog.album(view.id)?.query : undefined;
      if (query === undefined || query === null) return null;
      const ids = await photosOf(query);
      const tiles = catalog.tiles(ids.slice(offset, offset + limit));
      const photos = ids.slice(offset, offset + limit).flatMap((id) => tiles.get(id) ?? []);
      return { total: ids.length, revision: revision(), photos };
    },
    async found(set) {
      const query = set.kind === 'album' ? catalog.album(set.id)?.query : undefined;
      return query == null ? set : { kind: 'photos', ids: [...(await photosOf(query))] };
    },
    suggest,
    paraphrases: (text) =>
      compareWordings(parsed(text).texts[0]?.text ?? '', {
        embed: async (wording) => (await asker.text(wording)).embedding,
        nearest: async (embedding, count) =>
          (
            await ranker.rank({ kind: 'text', embedding, exclude: NONE }, count, { among: null, gone: NONE })
          ).hits.map(({ id }) => id),
      }),
    surprise: (count) => surprise({ catalog, vectors }, count),
    recent,
    everyday: embedPrompts,
    asElder: { ids: () => vectors.ids(), find: findOwn },
    lens,
    warm: () =>
      embedPrompts().then(
        (encoded) => vectors.probes(encoded),
        () => undefined,
      ),
  };
}

function given(query: Query, request: SearchWish = {}): Given {
  const photos = request.likePhoto === undefined ? [] : [request.likePhoto];
  return {
    texts: query.texts,
    photos: [...new Set([...photos, ...(request.like ?? [])])],
    picture: request.image === undefined ? null : droppedPicture(request.image),
    vectors: [],
  };
}

function meanOf(vectors: readonly Float32Array[]): Float32Array {
  const mean = new Float32Array(vectors[0]?.length ?? 0);
  for (const vector of vectors) {
    vector.forEach((value, i) => {
      mean[i] = (mean[i] ?? 0) + value / vectors.length;
    });
  }
  return mean;
}

function newestFirst(a: PhotoTile, b: PhotoTile): number {
  return b.takenAt - a.takenAt || (a.id < b.id ? -1 : 1);
}
