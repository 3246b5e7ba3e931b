// Reproducible random choice of rows, for the background of a query.

/**
 * `count` different whole numbers below `limit`, ascending; all of them when `count` reaches `limit`.
 * Robert Floyd's algorithm (Bentley, "Programming Pearls", CACM 30/9, 1987) on Mulberry32.
 */
export function chooseOffsets(count: number, limit: number, seed: number): number[] {
  if (count >= limit) return Array.from({ length: limit }, (_, at) => at);
  const random = mulberry32(seed);
  const chosen = new Set<number>();
  for (let top = limit - count; top < limit; top++) {
    const at = Math.floor(random() * (top + 1));
    chosen.add(chosen.has(at) ? top : at);
  }
  return [...chosen].sort((a, b) => a - b);
}

/** Tommy Ettinger's 32-bit generator: uniform in [0, 1). */
function mulberry32(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
