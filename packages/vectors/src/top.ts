// The best few of many scores.

export interface Neighbour {
  photoId: string;
  /** -1 to 1, within 3e-5 of the exact value. */
  cosine: number;
}

/** Stands for the cosine of a photo that is not looked at. */
export const LEFT_OUT = -2;

/** Buckets of the histogram that finds where the best end. */
const BUCKETS = 4096;
/** Below any cosine, and above what is left out. */
const LOWEST = -1.5;

/** The `k` highest, best first; equal ones by id. One pass to count, one to pick, and only the picked are sorted. */
export function nearestOf(ids: readonly string[], cosines: Float32Array, k: number): Neighbour[] {
  const least = atLeast(cosines, k);
  const picked: Neighbour[] = [];
  for (let i = 0; i < cosines.length; i++) {
    const cosine = cosines[i] as number;
    if (cosine >= least) picked.push({ photoId: ids[i] as string, cosine });
  }
  return picked.sort(byCosine).slice(0, k);
}

export function byCosine(a: Neighbour, b: Neighbour): number {
  return b.cosine - a.cosine || (a.photoId < b.photoId ? -1 : 1);
}

/** A bound that at least `k` scores reach, and not many more; where there are fewer, one that all reach but what is left out. */
export function atLeast(cosines: Float32Array, k: number): number {
  if (cosines.length <= k) return LOWEST;
  const counts = new Uint32Array(BUCKETS + 1);
  for (let i = 0; i < cosines.length; i++) {
    const at = bucket(cosines[i] as number);
    counts[at] = (counts[at] as number) + 1;
  }
  let found = 0;
  for (let at = BUCKETS; at > 0; at--) {
    found += counts[at] as number;
    // A bucket holds everything from its lower edge on; one float less, because the edge is rounded.
    if (found >= k) return (at / BUCKETS) * 2 - 1 - 1e-6;
  }
  return LOWEST;
}

function bucket(cosine: number): number {
  return Math.min(BUCKETS, Math.floor(((cosine + 1) / 2) * BUCKETS));
}
