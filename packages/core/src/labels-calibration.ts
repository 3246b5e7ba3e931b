// From a label's raw scores to probabilities, and from a wanted precision to a threshold.
import { clamp, median, spreadBelow } from './ranking-statistics.ts';

export interface LabelCalibration {
  /** 0 to 1, non-decreasing in the raw score. */
  probability(raw: number): number;
  basis: 'answers' | 'calibration';
}

export interface CalibrationInput {
  /** Raw scores of a random sample of the library. */
  sample: Float32Array;
  /** Raw score that the library's best photos reach, examples left out: `topOf`. */
  top: number;
  /** A person's answers, each with the score that its photo has when it is not an example. */
  answers: readonly { raw: number; yes: boolean }[];
}

export interface LabelThreshold {
  /** Photos from this probability on are tagged. */
  threshold: number;
  inside: number;
  /** Mean probability of those; null when there are none. */
  expectedPrecision: number | null;
}

// Log-odds of a match: how far a photo lies above the middle of the library, and how far below the library's best photos
// for the same label, both in spreads of the library's lower half. Fitted on photos of 15 public sets, with 0 to 10
// examples; e2e/eval/results/labels.md has the reliability across labels that it was not fitted on. Search's two-group
// model (ranking.ts) says which photos are best, but overrates them: of those it calls 80 % sure, 23 % were right.
const AT_ZERO = -0.82;
const PER_SPREAD = 0.61;
const PER_SPREAD_BELOW_TOP = 1.22;

/** Fewer answers than this say too little. */
const ENOUGH_ANSWERS = 10;
const ENOUGH_OF_EACH = 3;
/** How far answers may be expected to move the log-odds (standard deviations of the prior): shift, and factor around 1. */
const SHIFT_PRIOR = 1;
const FACTOR_PRIOR = 0.5;
const LEAST_FACTOR = 0.1;
/** A photo that is less likely than not is never tagged on the strength of the ones before it. */
const LEAST_TAGGED = 0.5;

/** From this probability on a photo that is not tagged is worth a question. */
export const LEAST_SUGGESTED = 0.3;

/**
 * Answers correct the probabilities as Platt's scaling does (1999), but as a shift and a factor drawn towards "right as
 * they are": ten answers do not outweigh everything known before.
 */
export function calibrateLabel({ sample, top, answers }: CalibrationInput): LabelCalibration {
  const sorted = sample.filter(Number.isFinite).sort();
  const centre = median(sorted);
  const spread = Math.max(spreadBelow(sorted, centre), 1e-6);
  const logOdds = (raw: number): number => {
    const z = clamp((raw - centre) / spread, -30, 30);
    return AT_ZERO + PER_SPREAD * z + PER_SPREAD_BELOW_TOP * (z - clamp((top - centre) / spread, -30, 30));
  };
  const yes = answers.filter((answer) => answer.yes).length;
  const enough = answers.length >= ENOUGH_ANSWERS && Math.min(yes, answers.length - yes) >= ENOUGH_OF_EACH;
  if (!enough) return { probability: (raw) => sigmoid(logOdds(raw)), basis: 'calibration' };
  const { shift, factor } = correct(answers.map(({ raw, yes }) => ({ at: logOdds(raw), yes })));
  return { probability: (raw) => sigmoid(shift + factor * logOdds(raw)), basis: 'answers' };
}

/**
 * Mean of the best few scores: of one photo in a library of hundreds, of 16 in one of 100,000.
 *
 * @param descending best first
 */
export function topOf(descending: Float32Array): number {
  if (descending.length === 0) return 0;
  const few = descending.subarray(0, Math.max(1, Math.round(Math.sqrt(descending.length) / 20)));
  return few.reduce((sum, value) => sum + value, 0) / few.length;
}

/**
 * The longest list whose mean probability is the wanted precision.
 *
 * @param probabilities descending
 * @param wanted 0.5 to 0.99
 */
export function thresholdFor(probabilities: Iterable<number>, wanted: number): LabelThreshold {
  let sum = 0;
  let seen = 0;
  // A photo of that probability would do when it came.
  let found: LabelThreshold = { threshold: wanted, inside: 0, expectedPrecision: null };
  for (const p of probabilities) {
    if (p < LEAST_TAGGED) break;
    sum += p;
    seen += 1;
    if (sum >= wanted * seen) found = { threshold: p, inside: seen, expectedPrecision: sum / seen };
  }
  return found;
}

/** Maximum a posteriori by Newton's method; convex, so it converges from anywhere. */
function correct(answers: readonly { at: number; yes: boolean }[]): { shift: number; factor: number } {
  let shift = 0;
  let factor = 1;
  for (let round = 0; round < 25; round++) {
    let gradientShift = shift / SHIFT_PRIOR ** 2;
    let gradientFactor = (factor - 1) / FACTOR_PRIOR ** 2;
    let shiftShift = 1 / SHIFT_PRIOR ** 2;
    let factorFactor = 1 / FACTOR_PRIOR ** 2;
    let shiftFactor = 0;
    for (const { at, yes } of answers) {
      const p = sigmoid(shift + factor * at);
      const error = p - (yes ? 1 : 0);
      const weight = p * (1 - p);
      gradientShift += error;
      gradientFactor += error * at;
      shiftShift += weight;
      shiftFactor += weight * at;
      factorFactor += weight * at * at;
    }
    const determinant = shiftShift * factorFactor - shiftFactor ** 2;
    shift -= (factorFactor * gradientShift - shiftFactor * gradientFactor) / determinant;
    factor -= (shiftShift * gradientFactor - shiftFactor * gradientShift) / determinant;
    factor = Math.max(LEAST_FACTOR, factor);
  }
  return { shift, factor };
}

function sigmoid(value: number): number {
  return 1 / (1 + Math.exp(-clamp(value, -40, 40)));
}
