// Which pairs of photos are worth a look at their pixels: by hash, by vector, and by a very small grey picture.
import {
  bitsIn,
  GREY_SIDE,
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

/** Multi-index hashing (Norouzi, Punjani, Fleet, 2012): one table per 16 bits of the hash, each a list per word. */
export function createHashIndex(): HashIndex {
  const items: number[] = [];
  // Two words in one number, so that 32 bits are compared at a time.
  let [low, high] = [new Int32Array(1024), new Int32Array(1024)];
  const firsts = Array.from({ length: BANDS }, () => new Int32Array(65_536).fill(-1));
  const nexts = Array.from({ length: BANDS }, () => new Int32Array(1024));

  return {
    add(item, hash) {
      const row = items.length;
      items.push(item);
      if (row === low.length) {
        [low, high] = [doubled(low), doubled(high)];
        for (const [band, next] of nexts.entries()) nexts[band] = doubled(next);
      }
      low[row] = word(hash, 0) | (word(hash, 1) << 16);
      high[row] = word(hash, 2) | (word(hash, 3) << 16);
      for (const [band, first] of firsts.entries()) {
        const next = nexts[band] as Int32Array;
        next[row] = first[word(hash, band)] as number;
        first[word(hash, band)] = row;
      }
    },
    near(hash) {
      const best = new Map<number, number>();
      for (const turn of TURNS) {
        const turned = turnHash(hash, turn);
        const lowBits = word(turned, 0) | (word(turned, 1) << 16);
        const highBits = word(turned, 2) | (word(turned, 3) << 16);
        for (let band = 0; band < BANDS; band++) {
          const [first, next] = [firsts[band] as Int32Array, nexts[band] as Int32Array];
          for (let bit = -1; bit < 16; bit++) {
            const wanted = bit < 0 ? word(turned, band) : word(turned, band) ^ (1 << bit);
            for (let row = first[wanted] as number; row >= 0; row = next[row] as number) {
              const distance =
                bitsIn((low[row] as number) ^ lowBits) + bitsIn((high[row] as number) ^ highBits);
              if (distance > HASH_DISTANCE) continue;
              const item = items[row] as number;
              if (distance < (best.get(item) ?? 64)) best.set(item, distance);
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

function word(hash: PerceptualHash, band: number): number {
  return hash[band] as number;
}

function doubled(numbers: Int32Array): Int32Array<ArrayBuffer> {
  const larger = new Int32Array(numbers.length * 2);
  larger.set(numbers);
  return larger;
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
  return quickLikenessTo(a)(b);
}

/** The same for one picture and many others: what is made of the one is made once. */
export function quickLikenessTo({ grey }: Signature): (other: Signature) => number {
  const whole = sumsOf(grey);
  const sampled = pick(grey, SAMPLED);
  const sampledSums = sumsOf(sampled);
  const turned = TURN_TABLES.map((table) => {
    // Correlation is the same when the other one is turned back.
    const levels = new Uint8Array(table.length);
    for (let i = 0; i < table.length; i++) levels[table[i] as number] = grey[i] as number;
    return levels;
  });
  let cuts: { levels: Uint8Array; sums: Sums }[] | null = null;
  return ({ grey: other }) => {
    const otherWhole = sumsOf(other);
    let best = -1;
    for (const levels of turned)
      best = Math.max(best, pearson(levels.length, whole, otherWhole, dot(levels, other)));
    if (best >= WORTH_COMPARING) return best;
    cuts ??= WINDOWS.map((window) => {
      const levels = pick(grey, window);
      return { levels, sums: sumsOf(levels) };
    });
    const otherSampled = pick(other, SAMPLED);
    const otherSums = sumsOf(otherSampled);
    for (const { levels, sums } of cuts) {
      best = Math.max(best, pearson(levels.length, otherSums, sums, dot(otherSampled, levels)));
    }
    for (const window of WINDOWS) best = Math.max(best, cutLikeness(sampled, sampledSums, other, window));
    return best;
  };
}

interface Sums {
  levels: number;
  squares: number;
}

function sumsOf(grey: Uint8Array): Sums {
  let [levels, squares] = [0, 0];
  for (let i = 0; i < grey.length; i++) {
    const level = grey[i] as number;
    levels = (levels + level) | 0;
    squares = (squares + level * level) | 0;
  }
  return { levels, squares };
}

function pick(grey: Uint8Array, at: Uint8Array): Uint8Array {
  const picked = new Uint8Array(at.length);
  for (let i = 0; i < at.length; i++) picked[i] = grey[at[i] as number] as number;
  return picked;
}

/** Sides of small pictures are even, so that four products at a time leave none over. */
function dot(a: Uint8Array, b: Uint8Array): number {
  let [first, second, third, fourth] = [0, 0, 0, 0];
  for (let i = 0; i < a.length; i += 4) {
    first = (first + (a[i] as number) * (b[i] as number)) | 0;
    second = (second + (a[i + 1] as number) * (b[i + 1] as number)) | 0;
    third = (third + (a[i + 2] as number) * (b[i + 2] as number)) | 0;
    fourth = (fourth + (a[i + 3] as number) * (b[i + 3] as number)) | 0;
  }
  return first + second + third + fourth;
}

function pearson(n: number, a: Sums, b: Sums, products: number): number {
  const varA = a.squares - (a.levels * a.levels) / n;
  const varB = b.squares - (b.levels * b.levels) / n;
  return varA < n || varB < n ? 0 : (products - (a.levels * b.levels) / n) / Math.sqrt(varA * varB);
}

/** The sampled pixels of the inner picture against a window of the outer one. */
function cutLikeness(inner: Uint8Array, sums: Sums, outer: Uint8Array, window: Uint8Array): number {
  let [levels, squares, products] = [0, 0, 0];
  for (let i = 0; i < window.length; i++) {
    const q = outer[window[i] as number] as number;
    levels = (levels + q) | 0;
    squares = (squares + q * q) | 0;
    products = (products + (inner[i] as number) * q) | 0;
  }
  return pearson(window.length, sums, { levels, squares }, products);
}
