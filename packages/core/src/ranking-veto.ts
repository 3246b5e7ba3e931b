// When a photo shows what a query excludes.

/**
 * Relevance from which a photo counts as showing what was excluded. Both mistakes cost the same (a wanted photo gone, an
 * unwanted one left), so it is where showing it becomes more likely than not; e2e/eval/results/search.md has what other
 * values would do.
 */
export const VETO_RELEVANCE = 50;
