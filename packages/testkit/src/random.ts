// Seeded random numbers: a test that fails must fail again.

/** Uniform in [0, 1), or in [low, high) when given. */
export type Random = (low?: number, high?: number) => number;

/** mulberry32 (Tommy Ettinger, public domain): small, fast, good enough for pictures and random weights. */
export function seededRandom(seed: number): Random {
  let state = seed >>> 0;
  return (low = 0, high = 1) => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t = (t + Math.imul(t ^ (t >>> 7), t | 61)) ^ t;
    return low + (((t ^ (t >>> 14)) >>> 0) / 4_294_967_296) * (high - low);
  };
}

/** A number from a text, so that every scene and file gets a seed of its own. */
export function seedFrom(...parts: (string | number)[]): number {
  let hash = 2_166_136_261;
  for (const char of parts.join('\u0000')) hash = Math.imul(hash ^ (char.codePointAt(0) ?? 0), 16_777_619);
  return hash >>> 0;
}
