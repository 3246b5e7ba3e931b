// Look-alikes in results: a burst shows one photo and "+4 similar".
import { dot } from '@semblance/core';

export interface Foldable {
  id: string;
  /** Milliseconds. */
  takenAt: number;
}

/** Cosine from which two photos taken together are near-identical; the same picture saved twice is closer still. */
const NEAR_IDENTICAL = 0.96;
const TOGETHER_MS = 60_000;
const SAME_PICTURE = 0.99;

/**
 * Folds each photo behind the best one that it looks like: near-identical and taken within a minute, or the same picture.
 * Compared with that first one only, so that a chain of small steps folds nothing far.
 *
 * @param photos best first
 * @returns the photos that stay, each with how many stand behind it
 */
export function foldAlike<Photo extends Foldable>(
  photos: readonly Photo[],
  vectors: ReadonlyMap<string, Float32Array>,
): { photo: Photo; similar: number }[] {
  const shown: { photo: Photo; vector: Float32Array | undefined; similar: number }[] = [];
  for (const photo of photos) {
    const vector = vectors.get(photo.id);
    const front =
      vector === undefined
        ? undefined
        : shown.find(
            (other) => other.vector !== undefined && alike(photo, other.photo, dot(vector, other.vector)),
          );
    if (front === undefined) shown.push({ photo, vector, similar: 0 });
    else front.similar += 1;
  }
  return shown.map(({ photo, similar }) => ({ photo, similar }));
}

function alike(a: Foldable, b: Foldable, cosine: number): boolean {
  if (cosine >= SAME_PICTURE) return true;
  return cosine >= NEAR_IDENTICAL && Math.abs(a.takenAt - b.takenAt) <= TOGETHER_MS;
}
