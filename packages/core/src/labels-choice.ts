// Which photos are worth a question, and whether two orders of photos agree.
import { dot } from './vectors.ts';

export interface Candidate {
  /** Unit vector. */
  vector: Float32Array;
  /** Probability that the label fits. */
  probability: number;
}

/** How much a likeness to a photo already chosen counts against another one. */
const LIKENESS_WEIGHT = 0.7;

/**
 * The photos whose answers teach most: undecided ones, unlike each other. Greedy maximal marginal relevance (Carbonell &
 * Goldstein, SIGIR 1998) with uncertainty as the relevance (uncertainty sampling, Lewis & Gale 1994).
 *
 * @returns positions in `candidates`, best first
 */
export function chooseQuestions(candidates: readonly Candidate[], count: number): number[] {
  const worth = candidates.map(({ probability: p }) => 4 * p * (1 - p));
  const likeness = new Float32Array(candidates.length);
  const chosen: number[] = [];
  const left = new Set(candidates.keys());
  while (chosen.length < count && left.size > 0) {
    let best = -1;
    let bestGain = Number.NEGATIVE_INFINITY;
    for (const at of left) {
      const gain = (worth[at] ?? 0) - LIKENESS_WEIGHT * (likeness[at] ?? 0);
      if (gain > bestGain) {
        best = at;
        bestGain = gain;
      }
    }
    const next = candidates[best];
    if (next === undefined) break;
    chosen.push(best);
    left.delete(best);
    for (const at of left) {
      const other = candidates[at];
      if (other !== undefined) likeness[at] = Math.max(likeness[at] ?? 0, dot(next.vector, other.vector));
    }
  }
  return chosen;
}

/** Share of the best `top` photos that two lists of scores of the same photos have in common: 0 to 1. */
export function agreement(a: Float32Array, b: Float32Array, top: number): number {
  const best = (scores: Float32Array): Set<number> =>
    new Set([...scores.keys()].sort((x, y) => (scores[y] ?? 0) - (scores[x] ?? 0) || x - y).slice(0, top));
  const first = best(a);
  if (first.size === 0) return 1;
  let common = 0;
  for (const at of best(b)) if (first.has(at)) common += 1;
  return common / first.size;
}
