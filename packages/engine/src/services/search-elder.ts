// While a new model has not seen every photo yet, the one before it answers for the others. Cosines of two models cannot
// be compared; relevance can: each model's is a probability, judged against the whole library.
import type { PhotoId, SearchNote } from '@semblance/contract';
import type { Query } from '@semblance/core';
import type { Given } from './search-ask.ts';
import type { Among } from './search-candidates.ts';
import type { Ranked } from './search-rank.ts';

/** The search of the model before. */
export interface Elder {
  /** Photos that it can rank. */
  ids(): ReadonlySet<PhotoId>;
  find(
    query: Query,
    passed: Among,
    asked: Given,
    wish: { count: number },
  ): Promise<{ found: Ranked; notes: SearchNote[]; searched: number }>;
}

/** Both answers as one: first the best of either, then the others; each by relevance. */
export function mergeRanked(a: Ranked, b: Ranked): Ranked {
  const byRelevance = (hits: Ranked['hits']): Ranked['hits'] =>
    hits.sort((one, other) => other.relevance - one.relevance);
  const best = byRelevance([...a.hits.slice(0, a.best), ...b.hits.slice(0, b.best)]);
  const others = byRelevance([...a.hits.slice(a.best), ...b.hits.slice(b.best)]);
  const parts = [a, b].filter((part) => part.best > 0);
  const unrelated = parts.map(({ best: size, cutoff }) =>
    cutoff.expectedUnrelated === null ? null : cutoff.expectedUnrelated * size,
  );
  const sum = unrelated.reduce<number | null>(
    (total, part) => (total === null || part === null ? null : total + part),
    0,
  );
  return {
    hits: [...best, ...others],
    best: best.length,
    cutoff: {
      relevance: parts.length === 0 ? 100 : Math.min(...parts.map(({ cutoff }) => cutoff.relevance)),
      expectedUnrelated: sum === null || best.length === 0 ? sum : sum / best.length,
    },
  };
}
