// Search: what was typed is parsed, filters are resolved first, the model ranks what is left.
import { realpath } from 'node:fs/promises';
import type { Catalog } from '@semblance/catalog';
import {
  MAX_TYPED_CHARACTERS,
  type Paraphrases,
  type PhotoId,
  type PhotoTile,
  type SearchAnswer,
  SemblanceError,
  type Suggestion,
  type searchRequest,
} from '@semblance/contract';
import { parseQuery, type Query, wallClock } from '@semblance/core';
import type { VectorTable } from '@semblance/vectors';
import type { z } from 'zod';
import type { ComputeClient } from '../compute/client.ts';
import { createBinding } from './binding.ts';
import { EVERYDAY_PROMPTS } from './everyday-prompts.ts';
import type { RegionsService } from './regions.ts';
import { type Ask, answering, createAsker, type Given } from './search-ask.ts';
import { createCalibration } from './search-calibration.ts';
import { createCandidates } from './search-candidates.ts';
import type { Elder } from './search-elder.ts';
import { type Answered, createFind } from './search-find.ts';
import { compareWordings } from './search-paraphrases.ts';
import { droppedPicture } from './search-picture.ts';
import { createRanker } from './search-rank.ts';
import { createRecentSearches, type RecentSearches } from './search-recent.ts';
import { createSavedSearches, type SavedSearches } from './search-saved.ts';
import { CONSIDERED, createShown } from './search-shown.ts';
import { createSuggestions } from './search-suggest.ts';
import { surprise } from './search-surprise.ts';
import type { Lens } from './why.ts';

const NONE: ReadonlySet<PhotoId> = new Set();

type Request = z.output<typeof searchRequest>;
/** Everything but what is asked has its default. */
export type SearchWish = Partial<Request>;

export interface SearchService {
  /** @throws SemblanceError EMPTY_QUERY, QUERY_TOO_LONG, PHOTO_NOT_FOUND, PHOTO_UNREADABLE, ALBUM_NOT_FOUND, COMPUTE_UNAVAILABLE */
  run(request: SearchWish): Promise<SearchAnswer>;
  /** Ranks by picture files, in the library or not, and whatever else is asked. @throws SemblanceError PHOTO_UNREADABLE */
  likeFiles(paths: readonly string[], request: SearchWish): Promise<SearchAnswer>;
  /** A page of an album that is a saved search, newest first; null for any other view. */
  savedTimeline: SavedSearches['timeline'];
  /** A saved search holds no photos: what it finds now takes its place. Other sets stay as they are. */
  found: SavedSearches['found'];
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
  const { find, own } = createFind({
    ...{ catalog, vectors, asker, ranker, candidates, binding },
    elder: () => deps.elder?.()?.asElder ?? null,
  });
  const saved = createSavedSearches({ catalog, candidates, find, parsed, given, revision, clock });
  const shown = createShown({ catalog, vectors });

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
    const passed = await saved.among(query, request.view);
    const counts = candidates.counts();
    // With nothing understood there is nothing to show: the problems say why.
    const nothing = empty && request.view === undefined;
    const { found, notes, searched }: Answered = nothing
      ? {
          found: { hits: [], best: 0, cutoff: { relevance: 100, expectedUnrelated: 0 }, newestFirst: true },
          notes: [],
          searched: 0,
        }
      : await find(query, passed, asked, {
          count: Math.max(limit, CONSIDERED),
          recheck: request.recheck,
        });
    const results = await shown(found, { limit, sort, group, hidden: passed.hidden });

    const best = results[0]?.group === 'best';
    if (nothing) notes.push({ kind: 'nothing-asked' });
    if (counts.indexed === 0 && !found.newestFirst) notes.push({ kind: 'library-empty' });
    if (results.length > 0 && !best) notes.push({ kind: 'nothing-matches' });
    if (!nothing && passed.ids?.size === 0)
      notes.push(
        ...candidates.whatRemovedAll(query, {
          view: request.view,
          saved: passed.saved,
          instant: clock(),
        }),
      );
    if (!best && counts.offline > 0) notes.push({ kind: 'folder-offline', count: counts.offline });
    // What this model has not seen, the one before it answers for.
    const unseen = (deps.elder?.() ?? null) === null ? counts.photos - counts.indexed : 0;
    const waiting = counts.pending + unseen;
    if (waiting > 0) notes.push({ kind: 'not-indexed-yet', count: waiting });
    if (request.remember === true && text !== '') recent.add(text);
    return {
      parsed: {
        chips: query.parsed.chips,
        problems: [...query.parsed.problems, ...passed.problems].sort((a, b) => a.start - b.start),
      },
      results,
      notes,
      cutoff: found.cutoff,
      searched,
      milliseconds: performance.now() - started,
    };
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
    savedTimeline: saved.timeline,
    found: saved.found,
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
    asElder: { ids: () => vectors.ids(), find: own },
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
