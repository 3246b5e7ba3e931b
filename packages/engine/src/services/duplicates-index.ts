// What pairs are worth looking at, kept in memory while the library is open: hashes, small pictures, vectors.
import type { Catalog, ContentKey, StoredSignature } from '@semblance/catalog';
import {
  BURST_MS,
  createHashIndex,
  createNeighbours,
  quickLikeness,
  readSignature,
  SIGNATURE_VERSION,
  type Signature,
  WORTH_COMPARING,
} from '@semblance/core';
import type { VectorTable } from '@semblance/vectors';

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
  /** Everything that has a signature, once; later what was not compared so (`StoredSignature.compared`). */
  load(compared: string): Promise<void>;
  /**
   * Candidates for one photo, most likely first; those out of sight now are not left out.
   * @param wanted whether a pair is new: asked before anything is computed for it
   */
  candidates(content: ContentKey, wanted: (other: ContentKey) => boolean): Candidate[];
  /** What two photos look like without their pixels. */
  between(a: ContentKey, b: ContentKey): Candidate;
}

/** Nearest vectors looked at per photo, and the cosine below which a vector says nothing. */
const NEIGHBOURS = 10;
const LEAST_COSINE = 0.75;
const SHOTS = 6;
/** A hash that so many share is that of an empty picture. */
const MOST_TWINS = 60;
/** Bits apart up to which the hash alone is reason enough to look at the pixels. */
const SURE_DISTANCE = 8;
/** More new vectors than this are read with all others rather than by name. */
const MANY_NEW = 1000;

export function createCandidateIndex(catalog: Catalog, vectors: VectorTable): CandidateIndex {
  const hashes = createHashIndex();
  const neighbours = createNeighbours(vectors.dimensions);
  const items = new Map<ContentKey, number>();
  const contents: ContentKey[] = [];
  const signatures: Signature[] = [];
  const photoItems = new Map<string, number>();
  const withVector = new Set<number>();

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
  const look = (item: number, other: number, cosine: number | null, nearHash: boolean): Candidate => {
    const [mine, theirs] = [signatures[item], signatures[other]];
    const quick = mine === undefined || theirs === undefined ? 0 : quickLikeness(mine, theirs);
    const [a, b] = [contents[item] ?? '', contents[other] ?? ''];
    return { a, b, cosine, quick, compare: nearHash || quick >= WORTH_COMPARING };
  };

  return {
    async load(compared) {
      const known = contents.length;
      for (const row of catalog.signatures(SIGNATURE_VERSION, known === 0 ? undefined : compared)) add(row);
      if (contents.length - known > MANY_NEW) {
        for await (const rows of vectors.scan()) for (const row of rows) addVector(row.photoId, row.vector);
        return;
      }
      const missing = [...photoItems].filter(([, item]) => !withVector.has(item)).map(([photoId]) => photoId);
      for (const [photoId, vector] of await vectors.getMany(missing)) addVector(photoId, vector);
    },
    candidates(content, wanted) {
      const item = items.get(content);
      if (item === undefined) return [];
      const found = new Map<number, Candidate>();
      const isNew = (other: number): boolean => !found.has(other) && wanted(contents[other] ?? '');
      const nearest = withVector.has(item) ? neighbours.near(item, NEIGHBOURS) : [];
      const cosines = new Map(nearest.map((near) => [near.item, near.cosine]));
      const twins = hashes
        .near(signatures[item]?.hash ?? new Uint16Array(4))
        .filter((near) => near.item !== item);
      for (const { item: other, distance } of twins.slice(0, MOST_TWINS)) {
        if (isNew(other))
          found.set(other, look(item, other, cosines.get(other) ?? null, distance <= SURE_DISTANCE));
      }
      for (const { item: other, cosine } of nearest) {
        if (cosine >= LEAST_COSINE && isNew(other)) found.set(other, look(item, other, cosine, false));
      }
      for (const shot of catalog.shotsAround(content, BURST_MS, SHOTS)) {
        const other = items.get(shot);
        if (other !== undefined && isNew(other)) {
          found.set(other, look(item, other, cosines.get(other) ?? null, false));
        }
      }
      return [...found.values()];
    },
    between(a, b) {
      const [item, other] = [items.get(a), items.get(b)];
      if (item === undefined || other === undefined) return { a, b, cosine: null, quick: 0, compare: true };
      return { ...look(item, other, null, true), a, b };
    },
  };
}
