// Search: query to unit vector, nearest photos, calibrated against the library's own background.
import type { Catalog } from '@semblance/catalog';
import {
  MAX_QUERY_CHARACTERS,
  type PhotoId,
  type SearchAnswer,
  type SearchHit,
  type SearchNote,
  SemblanceError,
  type searchRequest,
} from '@semblance/contract';
import { dot, relevance, summarizeBackground } from '@semblance/core';
import type { VectorTable } from '@semblance/vectors';
import { LRUCache } from 'lru-cache';
import type { z } from 'zod';
import { type ComputeClient, ComputeGone } from '../compute/client.ts';

/** Photos that stand for "any photo" when a query's cosines are judged. */
const BACKGROUND_PHOTOS = 2048;
const CACHED_QUERIES = 500;
/** The same library gives the same relevance twice. */
const SAMPLE_SEED = 1;

interface Query {
  embedding: Float32Array;
  notes: SearchNote[];
  /** The photo that was asked for: never its own answer. */
  exclude: PhotoId | null;
}

export interface SearchService {
  run(request: z.output<typeof searchRequest>): Promise<SearchAnswer>;
  /** Ranks by a picture file, in the library or not. @throws SemblanceError PHOTO_UNREADABLE */
  likeFile(path: string, limit: number): Promise<SearchAnswer>;
}

export interface SearchDeps {
  catalog: Catalog;
  vectors: VectorTable;
  compute: ComputeClient;
  modelKey: string;
}

export function createSearch(deps: SearchDeps): SearchService {
  const { catalog, vectors, compute } = deps;
  const texts = new LRUCache<string, Query>({ max: CACHED_QUERIES });
  let sample: { matrix: Float32Array; drawnAt: number } = { matrix: new Float32Array(0), drawnAt: -1 };

  async function fromText(raw: string): Promise<Query> {
    const text = normalize(raw);
    const cached = texts.get(text);
    if (cached !== undefined) return cached;
    const encoded = await answering(compute.call('embedText', [text]));
    const notes: SearchNote[] = [];
    if (encoded.unknownWords.length > 0) notes.push({ kind: 'unknown-words', words: encoded.unknownWords });
    if (encoded.truncated) notes.push({ kind: 'query-truncated', tokens: encoded.tokens });
    const query = { embedding: encoded.embedding, notes, exclude: null };
    texts.set(text, query);
    return query;
  }

  async function fromPhoto(id: PhotoId): Promise<Query> {
    const known = await vectors.get(id);
    if (known !== null) return { embedding: known, notes: [], exclude: id };
    const file = catalog.pathOf(id);
    if (file === null) throw new SemblanceError('PHOTO_NOT_FOUND', 'This photo is not in the library.');
    return { ...(await fromFile(file.path)), exclude: id };
  }

  async function fromFile(path: string): Promise<Query> {
    const result = await answering(compute.call('embedImage', [path]));
    if (!result.ok) throw new SemblanceError('PHOTO_UNREADABLE', `${path}: ${result.message}`);
    return { embedding: result.embedding, notes: [], exclude: null };
  }

  /** Row-major. Redrawn when the library has grown by a tenth: the null must be this library's. */
  async function sampleMatrix(): Promise<Float32Array> {
    const count = vectors.count();
    if (Math.abs(count - sample.drawnAt) > sample.drawnAt / 10) {
      sample = { matrix: await vectors.sample(BACKGROUND_PHOTOS, SAMPLE_SEED), drawnAt: count };
    }
    return sample.matrix;
  }

  async function answer(query: Query, limit: number, started: number): Promise<SearchAnswer> {
    const counts = catalog.counts(deps.modelKey);
    // Photos whose files are gone keep their vectors until they come back; ask for as many more.
    const spare = catalog.hiddenEmbedded(deps.modelKey).length + (query.exclude === null ? 0 : 1);
    const nearest = await vectors.search(query.embedding, limit + spare);
    const ids = nearest.map((hit) => hit.photoId);
    const tiles = catalog.tiles(ids);
    const paths = catalog.pathsOf(ids);
    const background = summarizeBackground(cosines(query.embedding, await sampleMatrix()));
    const results: SearchHit[] = [];
    for (const { photoId, cosine } of nearest) {
      const tile = tiles.get(photoId);
      if (tile === undefined || photoId === query.exclude || results.length === limit) continue;
      const path = paths.get(photoId)?.path ?? '';
      results.push({ ...tile, path, cosine, relevance: relevance(cosine, background) });
    }
    const waiting = counts.pending + counts.photos - counts.indexed;
    const notes = [...query.notes];
    if (counts.indexed === 0) notes.push({ kind: 'library-empty' });
    if (waiting > 0) notes.push({ kind: 'not-indexed-yet', count: waiting });
    return { results, notes, searched: counts.indexed, milliseconds: performance.now() - started };
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
      const known = catalog.photoByPath(path);
      return answer(known === null ? await fromFile(path) : await fromPhoto(known), limit, started);
    },
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

/** Cosine of a unit query with every row of a matrix of unit vectors. */
function cosines(query: Float32Array, matrix: Float32Array): Float32Array {
  const { length } = query;
  return Float32Array.from({ length: matrix.length / length }, (_, row) =>
    dot(query, matrix.subarray(row * length, (row + 1) * length)),
  );
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
