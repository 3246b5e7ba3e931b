// Where the good results of a search end.
import { clamp } from './ranking-statistics.ts';

export interface CutOff {
  /** So many results from the front are the best ones; 0 when nothing really matches. */
  best: number;
  /** Relevance of the last of them; 100 when there is none. */
  relevance: number;
  /** Expected share of unrelated photos among them, 0 to 1, given that any photo matches; 0 when there is none. */
  expectedUnrelated: number;
}

export interface CutOffOptions {
  /** Photos of the library that match, from the background. */
  expectedMatches?: number;
  /** Results are added as long as the expected share of unrelated ones stays within this. */
  maxUnrelated?: number;
  /** When not even the best result is this relevant, nothing matches. */
  leastRelevance?: number;
}

const MAX_UNRELATED = 0.2;
const LEAST_RELEVANCE = 5;
/** A photo less likely than this is not let in on the strength of the ones before it. */
const LEAST_LIKELY = 0.2;

/**
 * The longest list whose expected share of unrelated photos, the mean of their local false discovery rates, stays
 * within `maxUnrelated` (Efron 2008; the Bayesian form of Benjamini & Hochberg, JRSS B 1995).
 *
 * A model that cannot tell photos apart that well would then show nothing at all, though its first results are the best
 * there are. So the list is at least as long as makes the expected F1 greatest (Lipton, Elkan & Naryanaswamy, "Optimal
 * Thresholding of Classifiers to Maximize F1 Measure", ECML 2014); `expectedUnrelated` says what that costs.
 *
 * @param relevances 0 to 100, descending
 */
export function cutOff(relevances: readonly number[], options: CutOffOptions = {}): CutOff {
  const { maxUnrelated = MAX_UNRELATED, leastRelevance = LEAST_RELEVANCE } = options;
  const none: CutOff = { best: 0, relevance: 100, expectedUnrelated: 0 };
  if (!((relevances[0] ?? 0) >= leastRelevance)) return none;
  const probabilities = relevances.map((value) => clamp(value / 100, 0, 1) || 0);
  const listed = probabilities.reduce((sum, p) => sum + p, 0);
  const someMatch = 1 - probabilities.reduce((none, p) => none * (1 - p), 1);
  const matches = Math.max(listed, options.expectedMatches ?? 0);
  let sum = 0;
  let greatest = 0;
  let best = 0;
  let expectedUnrelated = 0;
  const unrelated = (size: number): number => clamp(1 - sum / size / someMatch, 0, 1);
  probabilities.forEach((p, i) => {
    sum += p;
    const size = i + 1;
    const f1 = (2 * sum) / (size + matches);
    if (f1 > greatest || (p >= LEAST_LIKELY && unrelated(size) <= maxUnrelated)) {
      greatest = Math.max(greatest, f1);
      best = size;
      expectedUnrelated = unrelated(size);
    }
  });
  if (best === 0) return none;
  return { best, relevance: relevances[best - 1] ?? 100, expectedUnrelated };
}
