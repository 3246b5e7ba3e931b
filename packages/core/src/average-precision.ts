// How well a ranking puts the right ones first.

/**
 * Average precision (Manning, Raghavan & Schütze, "Introduction to Information Retrieval", 8.4): the mean of the precision
 * at each right one. Equal scores count as the worst order, so that a constant score is no feat.
 *
 * @returns 0 to 1; 0 when nothing is right
 */
export function averagePrecision(scored: readonly { score: number; right: boolean }[]): number {
  const ranked = [...scored].sort((a, b) => b.score - a.score || Number(a.right) - Number(b.right));
  let found = 0;
  let sum = 0;
  ranked.forEach(({ right }, at) => {
    if (!right) return;
    found += 1;
    sum += found / (at + 1);
  });
  return found === 0 ? 0 : sum / found;
}
