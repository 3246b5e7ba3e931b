// Vectors as whole numbers: a row is two bytes an element, the high ones apart from the low ones; a query is int16.

/** Largest value of a row: 127 high, 0 low. */
const MOST = 127 * 256;
const ROUND = 32_768;
const MOST_OF_QUERY = 32_767;
const OVERFLOW = 2 ** 31 - 1;
/** Spread of a low byte, evenly distributed: 256 / sqrt(12). */
const SPREAD_OF_LOW = 74;
/** No low part of a row's sum lies further out: six standard deviations, one in a thousand million. */
const FAR = 6;

/** How far a row's cosine may be from what its high bytes alone say, for the `scale` that `writeRow` gave. */
export function reachOfLow(scale: number): number {
  return FAR * SPREAD_OF_LOW * scale;
}

/** Writes a row's bytes. @returns what its numbers are multiplied with to have length 1 */
export function writeRow(high: Int8Array, low: Int8Array, vector: Float32Array): number {
  const { length } = vector;
  let squares = 0;
  let most = 0;
  for (let i = 0; i < length; i++) {
    const value = vector[i] as number;
    squares += value * value;
    const size = Math.abs(value);
    if (size > most) most = size;
  }
  const levels = MOST / most;
  for (let i = 0; i < length; i++) {
    // Rounded as a positive number: quicker than Math.round, and than asking for its sign, which is as good as random.
    const whole = (((vector[i] as number) * levels + (ROUND + 0.5)) | 0) - ROUND;
    const upper = (whole + 128) >> 8;
    high[i] = upper;
    low[i] = whole - (upper << 8);
  }
  return most / MOST / Math.sqrt(squares);
}

export function readRow(
  high: Int8Array,
  low: Int8Array,
  { at, scale, dimensions }: { at: number; scale: number; dimensions: number },
): Float32Array {
  return Float32Array.from(
    { length: dimensions },
    (_, i) => ((high[at + i] as number) * 256 + (low[at + i] as number)) * scale,
  );
}

/**
 * A query's numbers, and what a sum of products with them is multiplied with. Small enough that the sum of a row of bytes
 * stays below 2^31: by Cauchy and Schwarz it is at most 128 * levels * elements.
 */
export function levelsOf(query: Float32Array): { levels: Int16Array; scale: number } {
  let most = 0;
  for (const value of query) most = Math.max(most, Math.abs(value));
  const range = Math.min(MOST_OF_QUERY, Math.floor(OVERFLOW / (128 * query.length)));
  const step = most / range || 1;
  return { levels: Int16Array.from(query, (value) => Math.round(value / step)), scale: step };
}
