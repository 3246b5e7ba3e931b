// What pairs are worth looking at, kept in memory while the library is open: hashes, small pictures, vectors.
import type { Catalog, ContentKey, StoredSignature } from '@semblance/catalog';
import {
  createHashIndex,
  mayBeAlike,
  quickLikenessTo,
  readSignature,
  SIGNATURE_VERSION,
  type Signature,
  WORTH_COMPARING,
} from '@semblance/core';
import { createNeighbours, type VectorTable } from '@semblance/vectors';

export interface Candidate {
  a: ContentKey;
  b: ContentKey;
  /** Null when one of them has no vector. */
  cosine: number | null;
  /** Correlation of the small grey pictures. */
  quick: number;
  /** Whether the pixels may show a copy. */
  compare: boolean;
}

export interface CandidateIndex {
  /** Reads everything that has a signature, once; later what is new. Returns what was not compared so. */
  load(compared: string): Promise<Fresh[]>;
  /**
   * Candidates for one photo, most likely first; those out of sight now are not left out, those that cannot be anything are.
   * @param shots taken about the same time
   * @param wanted whether a pair is new: asked before anything is computed for it
   */
  candidates(
    content: ContentKey,
    shots: readonly ContentKey[],
    wanted: (other: ContentKey) => boolean,
  ): Candidate[];
  /** What two photos look like without their pixels. */
  between(a: ContentKey, b: ContentKey): Candidate;
}

export type Fresh = Pick<StoredSignature, 'content' | 'photoId'>;

/** Nearest vectors looked at per photo, and the cosine below which a vector says nothing. */
const NEIGHBOURS = 10;
const LEAST_COSINE = 0.75;
/** A hash that so many share is that of an empty picture. */
const MOST_TWINS = 60;
/** Bits apart up to which the hash alone is reason enough to look at the pixels. */
const SURE_DISTANCE = 8;
/** More new vectors than this are read with all others rather than by name. */
const MANY_NEW = 1000;
/** Rows read, or kept, before others have the thread. */
const PAGE = 2000;
const ADDED_AT_ONCE = 250;

export function createCandidateIndex(catalog: Catalog, vectors: VectorTable): CandidateIndex {
  const hashes = createHashIndex();
  const neighbours = createNeighbours(vectors.dimensions);
  const items = new Map<ContentKey, number>();
  const contents: ContentKey[] = [];
  const signatures: Signature[] = [];
  const photoItems = new Map<string, number>();
  const withVector = new Set<number>();
  /** Per photo: near vectors that this pass has looked at from its side, and that cannot be anything. */
  let nothing = new Int32Array(0);

  const add = ({ content, photoId, signature }: StoredSignature): void => {
    if (items.has(content)) return;
    const item = contents.length;
    const read = readSignature(signature);
    items.set(content, item);
    contents.push(content);
    signatures.push(read);
    // An edit in place: the photo's vector is that of its new content.
    photoItems.set(photoId, item);
    hashes.add(item, read.hash);
  };
  const addVector = (photoId: string, vector: Float32Array): void => {
    const item = photoItems.get(photoId);
    if (item === undefined || withVector.has(item)) return;
    neighbours.add(item, vector);
    withVector.add(item);
  };
  const wasNothing = (item: number, other: number): boolean => {
    const from = item * NEIGHBOURS;
    for (let at = from; at < from + NEIGHBOURS; at++) if (nothing[at] === other) return true;
    return false;
  };
  const describe = (
    item: number,
    other: number,
    cosine: number | null,
    nearHash: boolean,
    quickTo: (theirs: Signature) => number,
  ): Candidate => {
    const theirs = signatures[other];
    const quick = theirs === undefined ? 0 : quickTo(theirs);
    const [a, b] = [contents[item] ?? '', contents[other] ?? ''];
    return { a, b, cosine, quick, compare: nearHash || quick >= WORTH_COMPARING };
  };

  return {
    async load(compared) {
      const known = contents.length;
      const fresh: Fresh[] = [];
      if (known === 0) {
        for await (const { content, photoId, ...row } of everySignature(catalog)) {
          add({ content, photoId, ...row });
          if (row.compared !== compared) fresh.push({ content, photoId });
        }
      } else {
        for (const row of catalog.signaturesToCompare(SIGNATURE_VERSION, compared)) {
          add(row);
          fresh.push({ content: row.content, photoId: row.photoId });
        }
      }
      if (contents.length - known > MANY_NEW) {
        for await (const rows of vectors.scan()) {
          for (const [at, row] of rows.entries()) {
            addVector(row.photoId, row.vector);
            if (at % ADDED_AT_ONCE === 0) await breathe();
          }
        }
      } else {
        const missing = [...photoItems].filter(([, item]) => !withVector.has(item)).map(([id]) => id);
        for (const [photoId, vector] of await vectors.getMany(missing)) addVector(photoId, vector);
      }
      await neighbours.settle();
      nothing = new Int32Array(contents.length * NEIGHBOURS).fill(-1);
      return fresh;
    },
    candidates(content, shots, wanted) {
      const item = items.get(content);
      const mine = item === undefined ? undefined : signatures[item];
      if (item === undefined || mine === undefined) return [];
      const quickTo = quickLikenessTo(mine);
      const found = new Map<number, Candidate>();
      const isNew = (other: number): boolean => !found.has(other) && wanted(contents[other] ?? '');
      const look = (other: number, cosine: number | null, nearHash: boolean): boolean => {
        const candidate = describe(item, other, cosine, nearHash, quickTo);
        const promising = candidate.compare || mayBeAlike(candidate);
        if (promising) found.set(other, candidate);
        return promising;
      };
      const nearest = withVector.has(item) ? neighbours.near(item, NEIGHBOURS) : [];
      const cosines = new Map(nearest.map((near) => [near.item, near.cosine]));
      const twins = hashes.near(mine.hash).filter((near) => near.item !== item);
      for (const { item: other, distance } of twins.slice(0, MOST_TWINS)) {
        if (isNew(other)) look(other, cosines.get(other) ?? null, distance <= SURE_DISTANCE);
      }
      for (const [at, { item: other, cosine }] of nearest.entries()) {
        if (cosine < LEAST_COSINE || wasNothing(other, item) || !isNew(other)) continue;
        if (!look(other, cosine, false)) nothing[item * NEIGHBOURS + at] = other;
      }
      for (const shot of shots) {
        const other = items.get(shot);
        if (other !== undefined && !wasNothing(other, item) && isNew(other))
          look(other, cosines.get(other) ?? null, false);
      }
      return [...found.values()];
    },
    between(a, b) {
      const [item, other] = [items.get(a), items.get(b)];
      const mine = item === undefined ? undefined : signatures[item];
      if (item === undefined || other === undefined || mine === undefined)
        return { a, b, cosine: null, quick: 0, compare: true };
      return { ...describe(item, other, null, true, quickLikenessTo(mine)), a, b };
    },
  };
}

async function* everySignature(catalog: Catalog): AsyncGenerator<StoredSignature> {
  let after: ContentKey = '';
  for (;;) {
    const page = catalog.signatures(SIGNATURE_VERSION, { after, limit: PAGE });
    yield* page;
    const last = page.at(-1);
    if (last === undefined) return;
    after = last.content;
    await breathe();
  }
}

/** Lets whoever waits have the thread. */
export function breathe(): Promise<void> {
  return new Promise((resolve) => {
    setImmediate(resolve);
  });
}
