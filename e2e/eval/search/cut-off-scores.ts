// Our cut-off against fixed cosines: the one an oracle would choose for this very folder, and those of two peers.
import type { SearchAnswer } from '@semblance/contract';
import { f1, interval, mean } from './metrics.ts';

export interface JudgedAnswer {
  answer: SearchAnswer;
  /** Per result, in order: is it what was asked for. */
  hits: boolean[];
  /** Photos that are what was asked for. */
  relevant: number;
}

export interface CutOffScores {
  /** F1, mean over the queries. */
  ours: number;
  /** Of the 20 % rule alone, without the longer list where a model cannot reach 20 %. */
  strict: number;
  oracle: { f1: number; cosine: number };
  ente: number;
  lap: number;
  /** Ours minus the oracle's, mean over the queries, with a 95 % interval. */
  gain: { mean: number; interval: [number, number] };
  /** Share of unrelated photos in the best group, mean over the queries that have one: as announced, and in truth. */
  unrelated: { expected: number; actual: number };
  /** Photos in the best group, mean over the queries. */
  shown: number;
}

export function scoreCutOff(judged: readonly JudgedAnswer[]): CutOffScores {
  const ours = judged.map((j) => f1(j.hits, bestOf(j.answer), j.relevant));
  const oracle = bestFixedCosine(judged);
  const withBest = judged.filter((j) => bestOf(j.answer) > 0);
  const differences = fixed(judged, oracle.cosine).map((other, i) => (ours[i] ?? 0) - other);
  return {
    ours: mean(ours),
    strict: mean(judged.map((j) => f1(j.hits, strictOf(j.answer), j.relevant))),
    oracle,
    ente: mean(fixed(judged, 0.175)),
    lap: mean(fixed(judged, 0.25)),
    gain: { mean: mean(differences), interval: interval(differences) },
    unrelated: {
      expected: mean(withBest.map((j) => j.answer.cutoff?.expectedUnrelated ?? 0)),
      actual: mean(withBest.map((j) => mean(j.hits.slice(0, bestOf(j.answer)).map((hit) => (hit ? 0 : 1))))),
    },
    shown: mean(judged.map((j) => bestOf(j.answer))),
  };
}

/** F1 per query of showing every photo from this cosine on. */
function fixed(judged: readonly JudgedAnswer[], cosine: number): number[] {
  return judged.map(({ answer, hits, relevant }) => {
    const above = hits.filter((_, i) => (answer.results[i]?.cosine ?? -1) >= cosine);
    return f1(above, above.length, relevant);
  });
}

/** Tries every thousandth: the best that a fixed cut-off could do with the answers known. */
function bestFixedCosine(judged: readonly JudgedAnswer[]): { f1: number; cosine: number } {
  let best = { f1: 0, cosine: 0 };
  for (let cosine = -0.2; cosine <= 1; cosine += 0.001) {
    const score = mean(fixed(judged, cosine));
    if (score > best.f1) best = { f1: score, cosine };
  }
  return best;
}

function bestOf(answer: SearchAnswer): number {
  return answer.results.filter((result) => result.group === 'best').length;
}

/** The longest list whose mean relevance is 80. */
function strictOf(answer: SearchAnswer): number {
  let sum = 0;
  let length = 0;
  answer.results.forEach((result, i) => {
    sum += result.relevance;
    if (sum >= 80 * (i + 1)) length = i + 1;
  });
  return length;
}
