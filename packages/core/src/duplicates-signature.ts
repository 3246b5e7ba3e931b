// What is stored of every photo to find its likes: a perceptual hash whose turned and mirrored forms follow from its own
// bits, and a very small grey picture.

/** Signatures of another version are made anew. */
export const SIGNATURE_VERSION = 1;
/** Side of the square picture that a signature is made of. */
export const SIGNATURE_SIDE = 32;
/** Side of the grey picture in it. */
export const GREY_SIDE = 16;
const HASH_BYTES = 8;
export const SIGNATURE_BYTES = HASH_BYTES + GREY_SIDE * GREY_SIDE;

/** Frequencies per axis that the hash looks at, 1 to 8. */
const FREQUENCIES = 8;

/** 64 bits as four words of 16. */
export type PerceptualHash = Uint16Array;

/** One of the eight ways to lay a picture down: first mirrored left to right when odd, then `turn >> 1` quarters clockwise. */
export type Turn = 0 | 1 | 2 | 3 | 4 | 5 | 6 | 7;
export const TURNS: readonly Turn[] = [0, 1, 2, 3, 4, 5, 6, 7];

export interface Signature {
  hash: PerceptualHash;
  /** GREY_SIDE squared levels, row by row; the picture squeezed into a square. */
  grey: Uint8Array;
}

/** @param square grey levels of the upright picture squeezed to SIGNATURE_SIDE squared pixels */
export function signatureOf(square: Uint8Array): Uint8Array {
  const bytes = new Uint8Array(SIGNATURE_BYTES);
  const words = hashOf(square);
  for (let i = 0; i < 4; i++) {
    bytes[2 * i] = (words[i] ?? 0) >> 8;
    bytes[2 * i + 1] = (words[i] ?? 0) & 255;
  }
  for (let y = 0; y < GREY_SIDE; y++) {
    for (let x = 0; x < GREY_SIDE; x++) {
      const at = 2 * y * SIGNATURE_SIDE + 2 * x;
      const sum =
        at1(square, at) +
        at1(square, at + 1) +
        at1(square, at + SIGNATURE_SIDE) +
        at1(square, at + SIGNATURE_SIDE + 1);
      bytes[HASH_BYTES + y * GREY_SIDE + x] = (sum + 2) >> 2;
    }
  }
  return bytes;
}

/** @throws RangeError for bytes of another length */
export function readSignature(bytes: Uint8Array): Signature {
  if (bytes.length !== SIGNATURE_BYTES) throw new RangeError(`a signature of ${bytes.length} bytes`);
  const hash = Uint16Array.from({ length: 4 }, (_, i) => (at1(bytes, 2 * i) << 8) | at1(bytes, 2 * i + 1));
  return { hash, grey: bytes.subarray(HASH_BYTES) };
}

function at1(data: Uint8Array, index: number): number {
  return data[index] ?? 0;
}

const COSINES = Float64Array.from({ length: (FREQUENCIES + 1) * SIGNATURE_SIDE }, (_, i) => {
  const [frequency, x] = [Math.floor(i / SIGNATURE_SIDE), i % SIGNATURE_SIDE];
  return Math.cos(((2 * x + 1) * frequency * Math.PI) / (2 * SIGNATURE_SIDE));
});

/**
 * Signs of the DCT-II coefficients of frequencies 1 to 8 on both axes (after Zauner, "Implementation and Benchmarking of
 * Perceptual Image Hash Functions", 2010; signs instead of a median, as in PDQ, so that mirroring flips known bits).
 */
function hashOf(square: Uint8Array): PerceptualHash {
  const rows = new Float64Array(SIGNATURE_SIDE * FREQUENCIES);
  for (let y = 0; y < SIGNATURE_SIDE; y++) {
    for (let u = 1; u <= FREQUENCIES; u++) {
      let sum = 0;
      for (let x = 0; x < SIGNATURE_SIDE; x++) {
        sum += at1(square, y * SIGNATURE_SIDE + x) * (COSINES[u * SIGNATURE_SIDE + x] ?? 0);
      }
      rows[y * FREQUENCIES + u - 1] = sum;
    }
  }
  const hash = new Uint16Array(4);
  for (let v = 1; v <= FREQUENCIES; v++) {
    for (let u = 1; u <= FREQUENCIES; u++) {
      let sum = 0;
      for (let y = 0; y < SIGNATURE_SIDE; y++) {
        sum += (rows[y * FREQUENCIES + u - 1] ?? 0) * (COSINES[v * SIGNATURE_SIDE + y] ?? 0);
      }
      if (sum > 0) setBit(hash, u - 1, v - 1);
    }
  }
  return hash;
}

function setBit(hash: PerceptualHash, u: number, v: number): void {
  const bit = v * FREQUENCIES + u;
  hash[bit >> 4] = (hash[bit >> 4] ?? 0) | (1 << (bit & 15));
}

function getBit(hash: PerceptualHash, u: number, v: number): number {
  const bit = v * FREQUENCIES + u;
  return ((hash[bit >> 4] ?? 0) >> (bit & 15)) & 1;
}

/** The hash that the picture would have if it were laid down so. Exact: mirroring negates odd frequencies. */
export function turnHash(hash: PerceptualHash, turn: Turn): PerceptualHash {
  const turned = new Uint16Array(4);
  for (let v = 0; v < FREQUENCIES; v++) {
    for (let u = 0; u < FREQUENCIES; u++) {
      if (turnedBit(hash, turn, u, v) === 1) setBit(turned, u, v);
    }
  }
  return turned;
}

function turnedBit(hash: PerceptualHash, turn: Turn, u: number, v: number): number {
  const quarters = turn >> 1;
  const swapped = quarters % 2 === 1;
  // Frequencies are counted from 0 here, so that an even index is an odd frequency. After quarters clockwise the picture
  // reads, in the old axes: 1: (y, -x), 2: (-x, -y), 3: (-y, x).
  const negateX = quarters === 1 || quarters === 2;
  const negateY = quarters === 2 || quarters === 3;
  const [oldU, oldV] = swapped ? [v, u] : [u, v];
  let bit = getBit(hash, oldU, oldV);
  if (negateX && u % 2 === 0) bit ^= 1;
  if (negateY && v % 2 === 0) bit ^= 1;
  if (turn % 2 === 1 && oldU % 2 === 0) bit ^= 1;
  return bit;
}

/** Of 32: sums of neighbouring bits, then pairs, then fours (Warren, "Hacker's Delight", 2012). */
export function bitsIn(bits: number): number {
  const pairs = bits - ((bits >>> 1) & 0x55555555);
  const fours = (pairs & 0x33333333) + ((pairs >>> 2) & 0x33333333);
  return Math.imul((fours + (fours >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24;
}

export function hammingDistance(a: PerceptualHash, b: PerceptualHash): number {
  let sum = 0;
  for (let i = 0; i < 4; i++) sum += bitsIn((a[i] ?? 0) ^ (b[i] ?? 0));
  return sum;
}

/** Where the pixel that shall stand at (x, y) comes from, in a picture of this size before it is turned. */
export function turnedFrom(
  turn: Turn,
  x: number,
  y: number,
  width: number,
  height: number,
): [x: number, y: number] {
  const quarters = turn >> 1;
  let from: [number, number] = [x, y];
  if (quarters === 1) from = [y, height - 1 - x];
  else if (quarters === 2) from = [width - 1 - x, height - 1 - y];
  else if (quarters === 3) from = [width - 1 - y, x];
  return turn % 2 === 1 ? [width - 1 - from[0], from[1]] : from;
}
