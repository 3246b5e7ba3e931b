// Which pairs of photos are worth a look at their pixels: by hash, by vector, and by a very small grey picture.
import {
  GREY_SIDE,
  hammingDistance,
  type PerceptualHash,
  type Signature,
  TURNS,
  turnedFrom,
  turnHash,
} from './duplicates-signature.ts';

/** Bits that may differ. Four bands probed one bit around find all up to 7, and many beyond. */
export const HASH_DISTANCE = 12;
const BANDS = 4;

export interface HashIndex {
  add(item: number, hash: PerceptualHash): void;
  /** Items within HASH_DISTANCE of the hash in any of its eight turns, nearest first. */
  near(hash: PerceptualHash): { item: number; distance: number }[];
}

/** Multi-index hashing (Norouzi, Punjani, Fleet, 2012): one table per 16 bits of the hash. */
export function createHashIndex(): HashIndex {
  const hashes = new Map<number, PerceptualHash>();
  const tables = Array.from({ length: BANDS }, () => new Map<number, number[]>());

  return {
    add(item, hash) {
      hashes.set(item, hash);
      for (const [band, table] of tables.entries()) {
        const word = hash[band] ?? 0;
        const bucket = table.get(word);
        if (bucket === undefined) table.set(word, [item]);
        else bucket.push(item);
      }
    },
    near(hash) {
      const best = new Map<number, number>();
      for (const turn of TURNS) {
        const turned = turnHash(hash, turn);
        for (const [band, table] of tables.entries()) {
          const word = turned[band] ?? 0;
          for (let bit = -1; bit < 16; bit++) {
            for (const item of table.get(bit < 0 ? word : word ^ (1 << bit)) ?? []) {
              const known = hashes.get(item);
              const distance = known === undefined ? 64 : hammingDistance(turned, known);
              if (distance <= HASH_DISTANCE && distance < (best.get(item) ?? 64)) best.set(item, distance);
            }
          }
        }
      }
      return [...best]
        .map(([item, distance]) => ({ item, distance }))
        .sort((a, b) => a.distance - b.distance);
    },
  };
}

/** Shares of the side, and places, of a cut-out that are tried on the small grey pictures. */
const CUTS = [0.92, 0.84, 0.76];

const SAMPLED = Uint8Array.from({ length: GREY_SIDE ** 2 / 4 }, (_, i) => {
  const half = GREY_SIDE / 2;
  return (2 * Math.floor(i / half) + 1) * GREY_SIDE + 2 * (i % half) + 1;
});

/** For every cut at three places across and down: where in the outer picture the sampled pixels of the inner one lie. */
const WINDOWS = CUTS.flatMap((cut) =>
  Array.from({ length: 9 }, (_, place) => {
    const room = GREY_SIDE * (1 - cut);
    const at = (inner: number, step: number): number =>
      Math.min(GREY_SIDE - 1, Math.round((inner + 0.5) * cut + (room * step) / 2 - 0.5));
    return SAMPLED.map(
      (i) => at(Math.floor(i / GREY_SIDE), Math.floor(place / 3)) * GREY_SIDE + at(i % GREY_SIDE, place % 3),
    );
  }),
);

const TURN_TABLES = TURNS.map((turn) =>
  Uint16Array.from({ length: GREY_SIDE * GREY_SIDE }, (_, i) => {
    const [x, y] = turnedFrom(turn, i % GREY_SIDE, Math.floor(i / GREY_SIDE), GREY_SIDE, GREY_SIDE);
    return y * GREY_SIDE + x;
  }),
);

/** Below this the pixels are not looked at. */
export const WORTH_COMPARING = 0.68;

/** Best correlation of the small pictures, -1 to 1: whole in any turn, or one cut out of the other as they lie. */
export function quickLikeness(a: Signature, b: Signature): number {
  let best = -1;
  for (const table of TURN_TABLES) best = Math.max(best, greyCorrelation(a.grey, b.grey, table));
  if (best >= WORTH_COMPARING) return best;
  for (const window of WINDOWS) {
    best = Math.max(best, cutLikeness(a.grey, b.grey, window), cutLikeness(b.grey, a.grey, window));
  }
  return best;
}

function greyCorrelation(a: Uint8Array, b: Uint8Array, table: Uint16Array): number {
  let [sumA, sumB, sumAA, sumBB, sumAB] = [0, 0, 0, 0, 0];
  for (let i = 0; i < table.length; i++) {
    const x = a[i] ?? 0;
    const y = b[table[i] ?? 0] ?? 0;
    sumA += x;
    sumB += y;
    sumAA += x * x;
    sumBB += y * y;
    sumAB += x * y;
  }
  return pearson(table.length, sumA, sumB, sumAA, sumBB, sumAB);
}

function pearson(n: number, sumA: number, sumB: number, sumAA: number, sumBB: number, sumAB: number): number {
  const varA = sumAA - (sumA * sumA) / n;
  const varB = sumBB - (sumB * sumB) / n;
  return varA < n || varB < n ? 0 : (sumAB - (sumA * sumB) / n) / Math.sqrt(varA * varB);
}

/** The inner picture against a window of the outer one, on every second pixel. */
function cutLikeness(inner: Uint8Array, outer: Uint8Array, window: Uint8Array): number {
  let [sumA, sumB, sumAA, sumBB, sumAB] = [0, 0, 0, 0, 0];
  for (let i = 0; i < window.length; i++) {
    const p = inner[SAMPLED[i] ?? 0] ?? 0;
    const q = outer[window[i] ?? 0] ?? 0;
    sumA += p;
    sumB += q;
    sumAA += p * p;
    sumBB += q * q;
    sumAB += p * q;
  }
  return pearson(window.length, sumA, sumB, sumAA, sumBB, sumAB);
}
