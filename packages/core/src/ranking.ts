// How likely a photo is what a query asks for, as a number that means the same for every query and model.
import type { Reference } from './ranking-reference.ts';
import { clamp, type Gaussian, logDensity, median, spreadBelow } from './ranking-statistics.ts';

/** The two groups that one query's cosines fall into, as estimated from a random sample of the library. */
export interface Background {
  /** Photos it was estimated from. */
  count: number;
  /** Cosines of the query with unrelated photos. */
  unrelated: Gaussian;
  /** Cosines of the query with photos that it asks for. Null when there was too little to tell: see `relevance`. */
  matching: Gaussian | null;
  /** Share of the library that matches, 0 to 1. */
  share: number;
  /** Photos of the library that match: the sum of their probabilities, never their number. */
  expectedMatches: number;
}

export interface BackgroundOptions {
  /**
   * What cosines of this model mean on this library. Without one the sample is all there is to go by, and where a third
   * of it matches, that third is taken for a part of the null.
   */
  reference?: Reference | null;
  /** The query's highest cosine in the whole library; the sample's where not given. */
  top?: number;
  /** Photos in the library; as many as in the sample where not given. */
  librarySize?: number;
}

/** With fewer photos than this, two groups cannot be told apart. */
const ENOUGH_PHOTOS = 20;
/** float32 cosines of equal vectors still differ by about this much. */
const NO_SPREAD = 1e-6;

// The numbers below are shares and weights, not cosines, so they carry over to other models: e2e/eval/results/search.md
// says on which photos they were chosen, and what they score on others and with a model that came later.

/** Share of a library that an everyday query matches, before its cosines have been seen. */
const USUAL_SHARE = 0.01;
/** How many photos' worth of evidence that is, per photo of the sample. */
const USUAL_SHARE_WEIGHT = 0.4;
/** How far a query's null is drawn to the usual null of the model. A high median is partly true matches. */
const NULL_SHRINKAGE = 2 / 3;
/** The level of a match lies this far from the model's usual level towards the query's own best photo. */
const TOP_WEIGHT = 0.7;
/** How many photos' worth of evidence that level is. */
const LEVEL_WEIGHT = 10;
/** Matches are at least so many null deviations away, or they could not be told apart. */
const LEAST_DISTANCE = 2;
const ROUNDS = 25;

/**
 * Fits null and matches to the cosines of one query with a random sample of the library.
 *
 * A two-group model (Efron, "Microarrays, Empirical Bayes and the Two-Groups Model", Statistical Science 2008) of two
 * normal distributions, fitted by expectation-maximisation (Dempster, Laird & Rubin, JRSS B 1977), because the true
 * matches are in the sample and may be 1 % or 40 % of it: the median and spread of the whole would rise with them. It
 * starts from the median and the lower half, which matches hardly reach. What single queries say is shrunk towards what
 * the reference prompts say of model and library (empirical Bayes; score normalisation against a cohort as in Auckenthaler
 * et al., "Score Normalization for Text-Independent Speaker Verification Systems", 2000): alone, a rare match is one
 * photo, and a cluster of look-alikes is not a match.
 */
export function summarizeBackground(cosines: Float32Array, options: BackgroundOptions = {}): Background {
  const sorted = cosines.filter(Number.isFinite).map(clampCosine).sort();
  const count = sorted.length;
  const centre = median(sorted);
  const own: Gaussian = { centre, spread: spreadBelow(sorted, centre) };
  const reference = options.reference ?? null;
  const start = shrink(own, reference);
  if (count < ENOUGH_PHOTOS || !(start.spread > NO_SPREAD)) {
    return { count, unrelated: own, matching: null, share: 0, expectedMatches: 0 };
  }

  const sampleTop = sorted[count - 1] ?? 0;
  const top = Math.max(sampleTop, clampCosine(options.top ?? sampleTop));
  const matchLevel = reference?.matching.centre ?? start.centre + 4 * start.spread;
  const level = TOP_WEIGHT * top + (1 - TOP_WEIGHT) * matchLevel;
  const levelSpread = reference?.matching.spread ?? start.spread;
  const weight = USUAL_SHARE_WEIGHT * count;
  let unrelated = start;
  let matching = matchesAbove(level, levelSpread, unrelated);
  let share = USUAL_SHARE;
  let matches = 0;
  for (let round = 0; round < ROUNDS; round++) {
    const logOdds = logOddsOf(unrelated, matching, share);
    let sum = 0;
    let sumMatching = 0;
    let sumUnrelated = 0;
    let squares = 0;
    for (const cosine of sorted) {
      const p = 1 / (1 + Math.exp(-logOdds(cosine)));
      sum += p;
      sumMatching += p * cosine;
      sumUnrelated += (1 - p) * cosine;
      squares += (1 - p) * (cosine - unrelated.centre) ** 2;
    }
    const rest = Math.max(1, count - sum);
    matches = sum;
    share = (sum + weight * USUAL_SHARE) / (count + weight);
    unrelated = shrink({ centre: sumUnrelated / rest, spread: Math.sqrt(squares / rest) }, reference);
    if (!(unrelated.spread > NO_SPREAD)) unrelated = start;
    const centreOfMatches = (sumMatching + LEVEL_WEIGHT * level) / (sum + LEVEL_WEIGHT);
    matching = matchesAbove(centreOfMatches, levelSpread, unrelated);
  }
  const expectedMatches = (matches / count) * Math.max(count, options.librarySize ?? count);
  return { count, unrelated, matching, share, expectedMatches };
}

/**
 * Relevance 0 to 100: the probability in percent that the photo is what the query asks for, 100 * (1 - local false
 * discovery rate) of Efron's two groups. A fixed cosine cut-off cannot do this: cosines of different queries and models
 * lie on different scales.
 *
 * Non-decreasing in `cosine` and finite for every input; not a number counts as no match. With fewer than 20 photos, or
 * no spread, there is nothing to compare with: then it is the cosine itself in percent, 0 for negative ones.
 */
export function relevance(cosine: number, background: Background): number {
  if (Number.isNaN(cosine)) return 0;
  const { unrelated, matching, share } = background;
  if (matching === null) return 100 * clamp(cosine, 0, 1);
  return 100 / (1 + Math.exp(-logOddsOf(unrelated, matching, share)(clampCosine(cosine))));
}

/**
 * Log-odds of a match. The match density is the narrower one, so far above both centres the ratio would fall again;
 * it is held at its peak there, which keeps the order of the cosines.
 */
function logOddsOf(unrelated: Gaussian, matching: Gaussian, share: number): (cosine: number) => number {
  const prior = Math.log(share / (1 - share));
  const narrow = 1 / matching.spread ** 2;
  const wide = 1 / unrelated.spread ** 2;
  const peak =
    narrow > wide
      ? (matching.centre * narrow - unrelated.centre * wide) / (narrow - wide)
      : Number.POSITIVE_INFINITY;
  return (cosine) => {
    const at = Math.min(cosine, peak);
    return prior + logDensity(at, matching) - logDensity(at, unrelated);
  };
}

/** Never wider than the null (see `logOddsOf`), never within it. */
function matchesAbove(centre: number, spread: number, unrelated: Gaussian): Gaussian {
  return {
    centre: Math.max(centre, unrelated.centre + LEAST_DISTANCE * unrelated.spread),
    spread: clamp(spread, unrelated.spread / 4, unrelated.spread),
  };
}

function shrink(own: Gaussian, reference: Reference | null): Gaussian {
  if (reference === null) return own;
  const usual = reference.unrelated;
  const rest = 1 - NULL_SHRINKAGE;
  return {
    centre: NULL_SHRINKAGE * usual.centre + rest * own.centre,
    spread: Math.sqrt(NULL_SHRINKAGE * usual.spread ** 2 + rest * own.spread ** 2),
  };
}

function clampCosine(cosine: number): number {
  return clamp(cosine, -1, 1);
}
