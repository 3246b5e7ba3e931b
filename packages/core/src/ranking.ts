// How far a photo stands out for a query, as a number that means the same for every query and model.

/** The null distribution of one query: what its cosine with an unrelated photo of this library looks like. */
export interface Background {
  /** Photos it was estimated from. */
  count: number;
  /** Centre of the cosines. */
  median: number;
  /** Spread of the cosines, comparable to a standard deviation; 0 when they do not vary. */
  deviation: number;
}

/** Below this many photos a spread is noise. */
const ENOUGH = 8;
/** float32 cosines of equal vectors still differ by about this much. */
const NO_SPREAD = 1e-6;
/** Median absolute deviation of a normal distribution, as a share of its standard deviation. */
const MAD_OF_NORMAL = 0.674_489_75;
/** Deviations above the background at which relevance is 50: one unrelated photo in 44 gets there. */
const HALF_WAY = 2;

/**
 * Estimates the background from the cosines of one query with a random sample of the library.
 *
 * Median and MAD rather than mean and standard deviation: the true matches are in the sample too, and must not raise the
 * bar for themselves (Rousseeuw & Croux, "Alternatives to the Median Absolute Deviation", JASA 1993; breakdown point
 * 50 %). When more than half of the sample is one value (many copies), the standard deviation stands in.
 *
 * Not here yet (issue D): generic prompts as a second null, hubness correction, and the cut-off by expected share of
 * unrelated results.
 */
export function summarizeBackground(cosines: Float32Array): Background {
  const sorted = cosines.filter(Number.isFinite).sort();
  const median = middle(sorted);
  const spread = middle(sorted.map((value) => Math.abs(value - median)).sort()) / MAD_OF_NORMAL;
  return {
    count: sorted.length,
    median,
    deviation: spread > NO_SPREAD ? spread : standardDeviation(sorted),
  };
}

/**
 * Relevance 0 to 100: the cosine's z-score against this query's own background, through the normal distribution
 * function centred at two deviations. 50 means "as unusual as one unrelated photo in 44", 98 "one in 30,000".
 *
 * A fixed cosine cut-off cannot do this: text-to-image cosines of different queries and models lie on different
 * scales. The per-query null is the usual remedy for score normalisation in retrieval (Manmatha, Rath & Feng,
 * "Modeling score distributions for combining the outputs of search engines", SIGIR 2001).
 *
 * Non-decreasing in `cosine` and finite for every input. With fewer than 8 photos or no spread there is nothing to
 * compare with: then it is the cosine itself in percent, 0 for negative ones. Not a number counts as no match.
 */
export function relevance(cosine: number, background: Background): number {
  if (Number.isNaN(cosine)) return 0;
  if (background.count < ENOUGH || !(background.deviation > NO_SPREAD)) {
    return 100 * Math.min(1, Math.max(0, cosine));
  }
  const z = (cosine - background.median) / background.deviation;
  return 100 * normalCdf(z - HALF_WAY);
}

function middle(sorted: Float32Array): number {
  if (sorted.length === 0) return 0;
  const half = Math.floor(sorted.length / 2);
  const upper = sorted[half] ?? 0;
  return sorted.length % 2 === 1 ? upper : (upper + (sorted[half - 1] ?? upper)) / 2;
}

function standardDeviation(values: Float32Array): number {
  if (values.length === 0) return 0;
  let sum = 0;
  for (const value of values) sum += value;
  const mean = sum / values.length;
  let squares = 0;
  for (const value of values) squares += (value - mean) ** 2;
  return Math.sqrt(squares / values.length);
}

/** Abramowitz & Stegun, Handbook of Mathematical Functions, 26.2.17; absolute error below 7.5e-8. */
function normalCdf(z: number): number {
  const t = 1 / (1 + 0.231_641_9 * Math.abs(z));
  const series =
    t *
    (0.319_381_53 + t * (-0.356_563_782 + t * (1.781_477_937 + t * (-1.821_255_978 + t * 1.330_274_429))));
  const tail = (Math.exp((-z * z) / 2) / Math.sqrt(2 * Math.PI)) * series;
  return Math.min(1, Math.max(0, z > 0 ? 1 - tail : tail));
}
