// What cosines of a model mean on a library, learnt without labels from everyday prompts and a sample of its photos.
import { type Gaussian, median, robust, spreadBelow } from './ranking-statistics.ts';

export interface Reference {
  /** An everyday query with a photo that it does not describe: centre and spread of a typical query's null. */
  unrelated: Gaussian;
  /** A photo with the one everyday prompt that describes it best. */
  matching: Gaussian;
}

/**
 * Typical null and typical match of a model on a library.
 *
 * @param cosines one row per prompt, one column per photo of a random sample; a column that must not count in a row
 *   (a photo with itself) is NaN
 * @returns null with fewer than 2 prompts or 20 photos, or where the cosines do not vary
 */
export function summarizeReference(cosines: readonly Float32Array[]): Reference | null {
  const photos = cosines[0]?.length ?? 0;
  if (cosines.length < 2 || photos < 20) return null;
  const best = new Float32Array(photos).fill(Number.NaN);
  const centres: number[] = [];
  const spreads: number[] = [];
  for (const row of cosines) {
    const sorted = row.filter(Number.isFinite).sort();
    if (sorted.length === 0) continue;
    const centre = median(sorted);
    centres.push(centre);
    spreads.push(spreadBelow(sorted, centre));
    row.forEach((cosine, photo) => {
      if (Number.isFinite(cosine))
        best[photo] = Math.max(cosine, Number.isNaN(best[photo]) ? -1 : (best[photo] ?? -1));
    });
  }
  const unrelated: Gaussian = { centre: middle(centres), spread: middle(spreads) };
  const matching = robust(best);
  return unrelated.spread > 1e-6 && matching.spread > 1e-6 ? { unrelated, matching } : null;
}

/** Photos that are near to every prompt, and by how much: see `hubPenalty`. */
export interface HubScale {
  /** Mean cosine with the everyday prompts above which a photo counts as a hub. */
  from: number;
}

/**
 * Where hubs begin: one robust standard deviation above the middle of the photos' mean cosines with everyday prompts.
 *
 * @param means of a random sample of the library
 * @param furthest the lowest mean that could be looked up when not every hub could; hubs then begin there
 */
export function summarizeHubs(means: Float32Array, furthest = Number.NEGATIVE_INFINITY): HubScale {
  const { centre, spread } = robust(means);
  return { from: Math.max(centre + spread, furthest) };
}

/**
 * What to take off a photo's cosine because it is close to everything ("hubness": Radovanović et al., JMLR 2010).
 *
 * CSLS (Conneau et al., "Word Translation Without Parallel Data", ICLR 2018) takes every photo's mean similarity off.
 * Here only the part above the hub threshold goes: what lies below says that the photo shows common things, and taking
 * that off too cost mean average precision (0.535 to 0.446; with this rule 0.536).
 */
export function hubPenalty(mean: number, { from }: HubScale): number {
  return mean > from ? mean - from : 0;
}

function middle(values: readonly number[]): number {
  return median(Float32Array.from(values).sort());
}
