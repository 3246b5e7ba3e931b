// Photos in the order of their scores, for libraries where comparing pairs would take too long.

/** Rows above this cannot be packed with their score into one number. */
const MOST_ROWS = 2 ** 21;

/**
 * Rows by descending score, equal ones by row; what is not a number is left out. One numeric sort: the bits of a float
 * ordered as a whole number, with the row below them, fit into the 53 bits of a double.
 *
 * @throws RangeError with more than two million scores
 */
export function descendingRows(scores: Float32Array): Uint32Array {
  if (scores.length > MOST_ROWS) throw new RangeError(`${scores.length} scores are too many`);
  const bits = new Uint32Array(scores.buffer, scores.byteOffset, scores.length);
  const keys = new Float64Array(scores.length);
  let count = 0;
  for (let row = 0; row < scores.length; row++) {
    if (Number.isNaN(scores[row])) continue;
    const own = bits[row] ?? 0;
    // Negative floats order the wrong way round, and positive ones below them.
    const ascending = own >= 0x8000_0000 ? ~own >>> 0 : own + 0x8000_0000;
    keys[count] = (0xffff_ffff - ascending) * MOST_ROWS + row;
    count += 1;
  }
  return Uint32Array.from(keys.subarray(0, count).sort(), (key) => key % MOST_ROWS);
}
