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

/** Hashes added later are looked at one by one until there are so many. */
const MOST_LATER = 1024;
/** Numbers in an entry of a table: the hash in two, and the row. */
const ENTRY = 3;

/** Entries in the order of one word of the hash: those of neighbouring words lie side by side, near in the cache. */
interface BandTable {
  /** Where the entries of each word begin. */
  starts: Int32Array;
  entries: Int32Array;
}

/** Multi-index hashing (Norouzi, Punjani, Fleet, 2012): one table per 16 bits of the hash. */
export function createHashIndex(): HashIndex {
  const items: number[] = [];
  const hashes: number[] = [];
  let tables: BandTable[] = [];
  let sorted = 0;

  return {
    add(item, hash) {
      items.push(item);
      hashes.push(lowOf(hash), highOf(hash));
    },
    near(hash) {
      if (items.length - sorted > MOST_LATER) {
        tables = Array.from({ length: BANDS }, (_, band) => tableOf(hashes, band));
        sorted = items.length;
      }
      const best = new Map<number, number>();
      const offer = (row: number, distance: number): void => {
        const item = items[row] as number;
        if (distance < (best.get(item) ?? 64)) best.set(item, distance);
      };
      for (const turn of TURNS) {
        const turned = turnHash(hash, turn);
        const [low, high] = [lowOf(turned), highOf(turned)];
        for (const [band, { starts, entries }] of tables.entries()) {
          const word = turned[band] as number;
          for (let bit = -1; bit < 16; bit++) {
            const wanted = bit < 0 ? word : word ^ (1 << bit);
            const end = (starts[wanted + 1] as number) * ENTRY;
            for (let at = (starts[wanted] as number) * ENTRY; at < end; at += ENTRY) {
              const distance =
                bitsIn((entries[at] as number) ^ low) + bitsIn((entries[at + 1] as number) ^ high);
              if (distance <= HASH_DISTANCE) offer(entries[at + 2] as number, distance);
            }
          }
        }
        for (let row = sorted; row < items.length; row++) {
          const [lows, highs] = [(hashes[2 * row] as number) ^ low, (hashes[2 * row + 1] as number) ^ high];
          const distance = bitsIn(lows) + bitsIn(highs);
          if (distance <= HASH_DISTANCE && wouldMeet(lows, highs)) offer(row, distance);
        }
      }
      return [...best]
        .map(([item, distance]) => ({ item, distance }))
        .sort((a, b) => a.distance - b.distance);
    },
  };
}

/** By counting: how many have each word, and so where the entries of each begin. */
function tableOf(hashes: readonly number[], band: number): BandTable {
  const count = hashes.length / 2;
  const wordOf = (row: number): number =>
    ((hashes[2 * row + (band >> 1)] as number) >>> (16 * (band & 1))) & 0xffff;
  const starts = new Int32Array(65_537);
  for (let row = 0; row < count; row++) starts[wordOf(row) + 1] = (starts[wordOf(row) + 1] as number) + 1;
  for (let word = 0; word < 65_536; word++)
    starts[word + 1] = (starts[word + 1] as number) + (starts[word] as number);
  const next = starts.slice();
  const entries = new Int32Array(count * ENTRY);
  for (let row = 0; row < count; row++) {
    const at = next[wordOf(row)] as number;
    next[wordOf(row)] = at + 1;
    entries[at * ENTRY] = hashes[2 * row] as number;
    entries[at * ENTRY + 1] = hashes[2 * row + 1] as number;
    entries[at * ENTRY + 2] = row;
  }
  return { starts, entries };
}

/** Whether the tables would find a hash that differs in these bits: what is found does not hang on what was added when. */
function wouldMeet(low: number, high: number): boolean {
  return [low & 0xffff, low >>> 16, high & 0xffff, high >>> 16].some((bits) => bitsIn(bits) <= 1);
}

function lowOf(hash: PerceptualHash): number {
  return (hash[0] as number) | ((hash[1] as number) << 16);
}

function highOf(hash: PerceptualHash): number {
  return (hash[2] as number) | ((hash[3] as number) << 16);
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
