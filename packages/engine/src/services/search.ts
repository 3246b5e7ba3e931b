// Search: query to unit vector, nearest photos, calibrated against the library's own background.
import { realpath } from 'node:fs/promises';
import type { Catalog } from '@semblance/catalog';
import {
  MAX_QUERY_CHARACTERS,
  type PhotoId,
  type PhotoTile,
  type SearchAnswer,
  type SearchHit,
  type SearchNote,
  SemblanceError,
  type searchRequest,
} from '@semblance/contract';
import { cutOff, relevance } from '@semblance/core';
import type { VectorTable } from '@semblance/vectors';
import { LRUCache } from 'lru-cache';
import type { z } from 'zod';
import { type ComputeClient, ComputeGone } from '../compute/client.ts';
import { EVERYDAY_PROMPTS } from './everyday-prompts.ts';
import { createCalibration } from './search-calibration.ts';

const CACHED_QUERIES = 500;
/** Nearest photos that the cut-off is decided on, so that it does not depend on how many are asked for. */
const CONSIDERED = 500;

interface Query {
  kind: 'text' | 'photo';
  embedding: Float32Array;
  notes: SearchNote[];
  /** The photo that was asked for: never its own answer. */
  exclude: PhotoId | null;
}

interface Ranked {
  hits: { tile: PhotoTile; cosine: number; relevance: number }[];
  /** So many of them from the front are the best ones. */
  best: number;
  cutoff: SearchAnswer['cutoff'];
}

export interface SearchService {
  run(request: z.output<typeof searchRequest>): Promise<SearchAnswer>;
  /** Ranks by a picture file, in the library or not. @throws SemblanceError PHOTO_UNREADABLE */
  likeFile(path: string, limit: number): Promise<SearchAnswer>;
  /** Does beforehand what the first search would otherwise wait for. Never rejects. */
  warm(): Promise<void>;
  /** Unit vectors of everyday texts. */
  everyday(): Promise<readonly Float32Array[]>;
}

export interface SearchDeps {
  catalog: Catalog;
  vectors: VectorTable;
  compute: ComputeClient;
  modelKey: string;
  /** What a text's unit vector is compared as: itself, where nobody has trained a network of their own. */
  adapt?: (text: Float32Array) => Float32Array;
}

export function createSearch(deps: SearchDeps): SearchService {
  const { catalog, vectors, compute } = deps;
  const texts = new LRUCache<string, Query>({ max: CACHED_QUERIES });
  const calibrate = createCalibration({ vectors, prompts: embedPrompts });
  let prompts: readonly Float32Array[] | null = null;

  /** Once per model, when first searched. */
  async function embedPrompts(): Promise<readonly Float32Array[]> {
    if (prompts === null) {
      const encoded = EVERYDAY_PROMPTS.map((prompt) => compute.call('embedText', [prompt]));
      prompts = (await answering(Promise.all(encoded))).map((result) => result.embedding);
    }
    return prompts;
  }

  async function fromText(raw: string): Promise<Query> {
    const text = normalize(raw);
    const cached = texts.get(text);
    if (cached !== undefined) return adapted(cached);
    const encoded = await answering(compute.call('embedText', [text]));
    const notes: SearchNote[] = [];
    if (encoded.unknownWords.length > 0) notes.push({ kind: 'unknown-words', words: encoded.unknownWords });
    if (encoded.truncated) notes.push({ kind: 'query-truncated', tokens: encoded.tokens });
    const query: Query = { kind: 'text', embedding: encoded.embedding, notes, exclude: null };
    texts.set(text, query);
    return adapted(query);
  }

  /** After the cache: the network may be switched off again. */
  function adapted(query: Query): Query {
    return deps.adapt === undefined ? query : { ...query, embedding: deps.adapt(query.embedding) };
  }

  async function fromPhoto(id: PhotoId): Promise<Query> {
    const known = await vectors.get(id);
    if (known !== null) return { kind: 'photo', embedding: known, notes: [], exclude: id };
    const file = catalog.pathOf(id);
    if (file === null) throw new SemblanceError('PHOTO_NOT_FOUND', 'This photo is not in the library.');
    return { ...(await fromFile(file.path)), exclude: id };
  }

  async function fromFile(path: string): Promise<Query> {
    const result = await answering(compute.call('embedImage', [path]));
    if (!result.ok) throw new SemblanceError('PHOTO_UNREADABLE', `${path}: ${result.message}`);
    return { kind: 'photo', embedding: result.embedding, notes: [], exclude: null };
  }

  async function answer(query: Query, limit: number, started: number): Promise<SearchAnswer> {
    const counts = catalog.counts(deps.modelKey);
    const ranked = await rank(query, Math.max(limit, CONSIDERED));
    const shown = ranked.hits.slice(0, limit);
    const paths = catalog.pathsOf(shown.map((hit) => hit.tile.id));
    const results = shown.map(
      ({ tile, cosine, relevance }, i): SearchHit => ({
        ...tile,
        path: paths.get(tile.id)?.path ?? '',
        cosine,
        relevance,
        group: i < ranked.best ? 'best' : 'maybe',
      }),
    );
    const waiting = counts.pending + counts.photos - counts.indexed;
    const notes = [...query.notes];
    if (counts.indexed === 0) notes.push({ kind: 'library-empty' });
    if (results.length > 0 && ranked.best === 0) notes.push({ kind: 'nothing-matches' });
    if (waiting > 0) notes.push({ kind: 'not-indexed-yet', count: waiting });
    const { cutoff } = ranked;
    return { results, notes, cutoff, searched: counts.indexed, milliseconds: performance.now() - started };
  }

  /** At least `count` photos that can be shown, where there are so many; nearest first. */
  async function nearestVisible(query: Query, count: number): Promise<{ tile: PhotoTile; cosine: number }[]> {
    // Photos whose files are gone keep their vectors until they come back. Usually they are few; after a folder was
    // removed they may be most, and only then is everything asked for.
    const hidden = catalog.hiddenEmbedded(deps.modelKey).length + (query.exclude === null ? 0 : 1);
    for (const spare of hidden > count ? [count, hidden] : [hidden]) {
      const nearest = await vectors.search(query.embedding, count + spare);
      const tiles = catalog.tiles(nearest.map((hit) => hit.photoId));
      const visible = nearest.flatMap(({ photoId, cosine }) => {
        const tile = tiles.get(photoId);
        return tile === undefined || photoId === query.exclude ? [] : [{ tile, cosine }];
      });
      if (visible.length >= count || spare === hidden) return visible;
    }
    return [];
  }

  /** Nearest first, hubs moved back, and how many of them are the best ones. */
  async function rank(query: Query, count: number): Promise<Ranked> {
    const near = await nearestVisible(query, count);
    if (near.length === 0) return { hits: [], best: 0, cutoff: { relevance: 100, expectedUnrelated: 0 } };
    const calibration = await calibrate();
    const visible = near.map((hit) => ({
      ...hit,
      score: hit.cosine - (query.kind === 'text' ? calibration.penalty(hit.tile.id) : 0),
    }));
    visible.sort((a, b) => b.score - a.score);
    const background = calibration.judge(query.embedding, visible[0]?.score ?? 0, query.kind);
    const hits = visible
      .slice(0, count)
      .map(({ tile, cosine, score }) => ({ tile, cosine, relevance: relevance(score, background) }));
    if (background.matching === null) {
      return { hits, best: hits.length, cutoff: { relevance: 0, expectedUnrelated: null } };
    }
    const { expectedMatches } = background;
    const { best, ...cutoff } = cutOff(
      hits.map((hit) => hit.relevance),
      { expectedMatches },
    );
    return { hits, best, cutoff };
  }

  return {
    async run({ text, likePhoto, limit }) {
      const started = performance.now();
      const query =
        likePhoto === undefined ? await fromText(checked(text ?? '')) : await fromPhoto(likePhoto);
      return answer(query, limit, started);
    },
    async likeFile(path, limit) {
      const started = performance.now();
      // The catalog knows real paths only.
      const known = catalog.photoByPath(await realpath(path).catch(() => path));
      return answer(known === null ? await fromFile(path) : await fromPhoto(known), limit, started);
    },
    everyday: embedPrompts,
    warm: () =>
      embedPrompts().then(
        () => undefined,
        () => undefined,
      ),
  };
}

/** @throws SemblanceError EMPTY_QUERY, QUERY_TOO_LONG */
function checked(text: string): string {
  if (normalize(text) === '') throw new SemblanceError('EMPTY_QUERY', 'Write what the photo shows.');
  if (text.length > MAX_QUERY_CHARACTERS) {
    throw new SemblanceError('QUERY_TOO_LONG', `A search has at most ${MAX_QUERY_CHARACTERS} characters.`);
  }
  return text;
}

/** Control and format characters (bidi marks, zero-width) carry no meaning for an encoder. */
function normalize(text: string): string {
  return text
    .normalize('NFC')
    .replace(/[\p{Cc}\p{Cf}\s]+/gu, ' ')
    .trim();
}

/** A dead process is replaced at the next call; the person only needs to ask again. */
async function answering<T>(call: Promise<T>): Promise<T> {
  try {
    return await call;
  } catch (error) {
    if (!(error instanceof ComputeGone)) throw error;
    throw new SemblanceError('COMPUTE_UNAVAILABLE', 'The search process had to restart. Please try again.', {
      cause: error,
    });
  }
}
