// Made-up photos that lie as those of people do: in clusters of very different sizes, all a little alike, some of them
// about what the queries ask for.
export const DIMENSIONS = 512;

/** Groups of photos: occasions, places, kinds of things. */
const CLUSTERS = 2000;
/** Lengths of what a vector is the sum of. */
const COMMON = 0.9;
const GROUP = 1;
const OWN = 0.75;
/** How far a group leans to its query: about 0.3 as a cosine, what CLIP gives a fitting text. */
const TOWARDS_TEXT = 0.6;

/** Row-major unit vectors. The same seed and texts give the same photos. */
export function clusteredVectors(count: number, texts: readonly Float32Array[], seed = 1): Float32Array {
  const normal = normals(seed);
  const vector = (length: number) =>
    Float32Array.from({ length: DIMENSIONS }, () => (normal() * length) / Math.sqrt(DIMENSIONS));
  const common = vector(COMMON);
  const own = withoutMean(texts);
  const centres = Array.from({ length: CLUSTERS }, (_, c) => {
    const text = own[c % (2 * own.length)];
    return vector(GROUP).map((value, i) => value + (common[i] ?? 0) + TOWARDS_TEXT * (text?.[i] ?? 0));
  });
  const rows = new Float32Array(count * DIMENSIONS);
  for (let row = 0; row < count; row++) {
    // Squared: a few groups are large, most are small.
    const centre = centres[Math.floor(CLUSTERS * normal.uniform() ** 2)] as Float32Array;
    const at = row * DIMENSIONS;
    let squares = 0;
    for (let i = 0; i < DIMENSIONS; i++) {
      const value = (centre[i] as number) + (normal() * OWN) / Math.sqrt(DIMENSIONS);
      rows[at + i] = value;
      squares += value * value;
    }
    const length = Math.sqrt(squares);
    for (let i = 0; i < DIMENSIONS; i++) rows[at + i] = (rows[at + i] as number) / length;
  }
  return rows;
}

/** What is particular to each text, as unit vectors: an untrained encoder gives all texts much in common. */
function withoutMean(texts: readonly Float32Array[]): Float32Array[] {
  const mean = new Float32Array(DIMENSIONS);
  for (const text of texts)
    for (let i = 0; i < DIMENSIONS; i++) mean[i] = (mean[i] ?? 0) + (text[i] ?? 0) / texts.length;
  return texts.map((text) => {
    const own = text.map((value, i) => value - (mean[i] ?? 0));
    const length = Math.hypot(...own);
    return own.map((value) => value / length);
  });
}

/** Nearly normal: the sum of four uniform numbers of Mulberry32. */
function normals(seed: number): { (): number; uniform: () => number } {
  let state = seed >>> 0;
  const uniform = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  return Object.assign(() => (uniform() + uniform() + uniform() + uniform() - 2) * Math.sqrt(3), { uniform });
}

export function photoId(row: number): string {
  return row.toString(16).padStart(20, '0');
}
