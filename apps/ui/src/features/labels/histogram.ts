// Bars of a histogram in which a few photos must still be seen beside thousands.

/** Smallest bar of a bin that is not empty, in per cent. */
const LEAST = 4;

/** Heights in per cent, by the square root of the counts: most of a library is far from any one label. */
export function barHeights(counts: readonly number[]): number[] {
  const most = Math.max(1, ...counts);
  return counts.map((count) => (count === 0 ? 0 : Math.max(LEAST, Math.sqrt(count / most) * 100)));
}
