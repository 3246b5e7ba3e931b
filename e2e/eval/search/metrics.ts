// Measures of one ranked answer, and of a set of answers.

/** Average precision: the mean of the precisions at every relevant photo. */
export function averagePrecision(ranked: readonly boolean[], relevant: number): number {
  let found = 0;
  let sum = 0;
  ranked.forEach((hit, i) => {
    if (!hit) return;
    found += 1;
    sum += found / (i + 1);
  });
  return relevant === 0 ? 0 : sum / relevant;
}

export function precisionAt(ranked: readonly boolean[], k: number): number {
  return count(ranked.slice(0, k)) / k;
}

export function recallAt(ranked: readonly boolean[], k: number, relevant: number): number {
  return relevant === 0 ? 0 : count(ranked.slice(0, k)) / relevant;
}

/** F1 of showing the first `shown`. */
export function f1(ranked: readonly boolean[], shown: number, relevant: number): number {
  return shown + relevant === 0 ? 0 : (2 * count(ranked.slice(0, shown))) / (shown + relevant);
}

export function mean(values: readonly number[]): number {
  return values.length === 0 ? 0 : values.reduce((sum, value) => sum + value, 0) / values.length;
}

/** 95 % interval of a mean of paired differences, by bootstrap over the queries (Efron 1979). Deterministic. */
export function interval(differences: readonly number[], draws = 2000): [number, number] {
  let state = 12_345;
  const next = (): number => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) & 0x7fffffff;
    return state / 0x80000000;
  };
  const means = Array.from({ length: draws }, () =>
    mean(differences.map(() => differences[Math.floor(next() * differences.length)] ?? 0)),
  ).sort((a, b) => a - b);
  return [means[Math.floor(draws * 0.025)] ?? 0, means[Math.floor(draws * 0.975)] ?? 0];
}

function count(hits: readonly boolean[]): number {
  return hits.reduce((sum, hit) => sum + (hit ? 1 : 0), 0);
}
