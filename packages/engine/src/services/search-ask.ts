// From what a person gave (texts, photos, a picture) to one unit vector.
import type { Catalog } from '@semblance/catalog';
import { MAX_QUERY_CHARACTERS, type PhotoId, type SearchNote, SemblanceError } from '@semblance/contract';
import { compose, plain, type Query, translateTurkish, unknownLanguage } from '@semblance/core';
import type { VectorTable } from '@semblance/vectors';
import { LRUCache } from 'lru-cache';
import { type ComputeClient, ComputeGone } from '../compute/client.ts';

const CACHED_TEXTS = 500;

/** What is compared with the photos. */
export interface Ask {
  /** Decides what its cosines are judged against. */
  kind: 'text' | 'photo' | 'both';
  embedding: Float32Array;
  /** Photos that were given: never their own answer. */
  exclude: ReadonlySet<PhotoId>;
}

export interface Given {
  texts: Query['texts'];
  photos: readonly PhotoId[];
  /** Bytes of a picture that need not be in the library. */
  picture: Uint8Array | null;
  /** Embeddings of further pictures. */
  vectors: readonly Float32Array[];
}

interface Encoded {
  embedding: Float32Array;
  notes: SearchNote[];
}

export interface Asker {
  /** One text. @throws SemblanceError COMPUTE_UNAVAILABLE */
  text(text: string): Promise<Encoded>;
  /**
   * Everything given, as one. Null when nothing was.
   * @throws SemblanceError QUERY_TOO_LONG, PHOTO_NOT_FOUND, PHOTO_UNREADABLE, COMPUTE_UNAVAILABLE
   */
  all(given: Given): Promise<{ ask: Ask; notes: SearchNote[] } | null>;
  /** By a picture file outside the library. @throws SemblanceError PHOTO_UNREADABLE */
  file(path: string): Promise<Float32Array>;
}

export interface AskerDeps {
  catalog: Catalog;
  vectors: VectorTable;
  compute: ComputeClient;
  /** Of the model, BCP 47. Never rejects. */
  languages: () => Promise<readonly string[]>;
  /** What a text is compared as: itself, where nobody has trained a network of their own. */
  adapt?: ((text: Float32Array) => Float32Array) | undefined;
}

export function createAsker(deps: AskerDeps): Asker {
  const { catalog, vectors, compute, languages, adapt = (embedding: Float32Array) => embedding } = deps;
  const texts = new LRUCache<string, Encoded>({ max: CACHED_TEXTS });

  async function text(raw: string): Promise<Encoded> {
    const said = plain(raw);
    const cached = texts.get(said);
    if (cached !== undefined) return adapted(cached);
    const notes: SearchNote[] = [];
    const known = await languages();
    const english = inEnglish(said, known);
    const encoded = await answering(compute.call('embedText', [english ?? said]));
    const language = english === null ? unknownLanguage(said, known) : 'tr';
    if (english !== null) {
      notes.push({ kind: 'translated', language: 'tr', texts: [{ from: said, to: english }] });
    }
    if (language !== null) notes.push({ kind: 'unknown-language', language, known: [...known] });
    if (encoded.unknownWords.length > 0) notes.push({ kind: 'unknown-words', words: encoded.unknownWords });
    if (encoded.truncated) notes.push({ kind: 'query-truncated', tokens: encoded.tokens });
    const result = { embedding: encoded.embedding, notes };
    texts.set(said, result);
    return adapted(result);
  }

  /** After the cache: the network may be switched off again. */
  function adapted({ embedding, notes }: Encoded): Encoded {
    return { embedding: adapt(embedding), notes };
  }

  async function photo(id: PhotoId): Promise<Float32Array> {
    const known = await vectors.get(id);
    if (known !== null) return known;
    const path = catalog.pathOf(id);
    if (path === null) throw new SemblanceError('PHOTO_NOT_FOUND', 'This photo is not in the library.');
    return file(path.path);
  }

  async function file(path: string): Promise<Float32Array> {
    const result = await answering(compute.call('embedImage', [path]));
    if (!result.ok) throw new SemblanceError('PHOTO_UNREADABLE', `${path}: ${result.message}`);
    return result.embedding;
  }

  async function picture(bytes: Uint8Array): Promise<Float32Array> {
    const result = await answering(compute.call('embedPicture', [bytes]));
    if (!result.ok) throw new SemblanceError('PHOTO_UNREADABLE', result.message);
    return result.embedding;
  }

  return {
    text,
    file,
    async all(given) {
      const length = given.texts.reduce((sum, part) => sum + part.text.length, 0);
      if (length > MAX_QUERY_CHARACTERS) {
        throw new SemblanceError(
          'QUERY_TOO_LONG',
          `A description has at most ${MAX_QUERY_CHARACTERS} characters; this one has ${length}.`,
        );
      }
      const encoded = await Promise.all(given.texts.map((part) => text(part.text)));
      const pictures = [...given.vectors, ...(await Promise.all(given.photos.map(photo)))];
      if (given.picture !== null) pictures.push(await picture(given.picture));
      if (encoded.length + pictures.length === 0) return null;
      const parts = encoded.map(({ embedding }, i) => ({
        vector: embedding,
        weight: given.texts[i]?.weight ?? 1,
      }));
      // However many photos there are, together they weigh as much as one text.
      if (pictures.length > 0) {
        parts.push({ vector: compose(pictures.map((vector) => ({ vector, weight: 1 }))), weight: 1 });
      }
      const kind = pictures.length === 0 ? 'text' : encoded.length === 0 ? 'photo' : 'both';
      return {
        ask: { kind, embedding: compose(parts), exclude: new Set(given.photos) },
        notes: mergeNotes(encoded.flatMap(({ notes }) => notes)),
      };
    },
  };
}

/**
 * A Turkish text for a model that was taught English and not Turkish. When nothing but its words says that it is Turkish,
 * all of them must be known; when its letters do, half of them.
 */
function inEnglish(said: string, known: readonly string[]): string | null {
  const spoken = known.map((language) => language.toLowerCase().split('-')[0]);
  if (spoken.includes('tr') || !spoken.includes('en')) return null;
  const translated = translateTurkish(said);
  if (translated === null) return null;
  const { text, known: found, words, sure } = translated;
  const enough = unknownLanguage(said, known) === 'tr' ? found * 2 >= words : sure && found === words;
  return enough ? text : null;
}

/** Of several texts: all unknown words in one note, all translations in another, every other note once. */
export function mergeNotes(notes: readonly SearchNote[]): SearchNote[] {
  const words = [...new Set(notes.flatMap((note) => (note.kind === 'unknown-words' ? note.words : [])))];
  const texts = notes.flatMap((note) => (note.kind === 'translated' ? note.texts : []));
  const others = new Map(
    notes
      .filter(({ kind }) => kind !== 'unknown-words' && kind !== 'translated')
      .map((note) => [JSON.stringify(note), note]),
  );
  const translated: SearchNote[] = texts.length === 0 ? [] : [{ kind: 'translated', language: 'tr', texts }];
  return [
    ...translated,
    ...(words.length > 0 ? [{ kind: 'unknown-words' as const, words }] : []),
    ...others.values(),
  ];
}

/** A dead process is replaced at the next call; the person only needs to ask again. */
export async function answering<T>(call: Promise<T>): Promise<T> {
  try {
    return await call;
  } catch (error) {
    if (!(error instanceof ComputeGone)) throw error;
    throw new SemblanceError('COMPUTE_UNAVAILABLE', 'The search process had to restart. Please try again.', {
      cause: error,
    });
  }
}
