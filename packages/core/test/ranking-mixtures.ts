// Cosines of made-up queries whose matches are known.
import { summarizeReference } from '../src/index.ts';

/** Deterministic numbers in [0, 1): linear congruential, with its weak low bits dropped. */
export function uniforms(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return (state >>> 8) / 2 ** 24;
  };
}

/** Normal numbers (Box & Muller 1958). */
export function normals(seed: number): (mean: number, deviation: number) => number {
  const next = uniforms(seed);
  return (mean, deviation) => {
    const radius = Math.sqrt(-2 * Math.log(1 - next()));
    return mean + deviation * radius * Math.cos(2 * Math.PI * next());
  };
}

export interface Scale {
  mean: number;
  deviation: number;
}

/** Matches lie four null deviations above the null. */
export function mixture(seed: number, scale: Scale, photos: number, share: number) {
  const normal = normals(seed);
  const matches = Math.round(photos * share);
  // Queries differ in level by half a deviation.
  const level = normal(scale.mean, scale.deviation / 2);
  const cosines = new Float32Array(photos);
  const matching = cosines.map((_, i) => (i < matches ? 1 : 0));
  cosines.forEach((_, i) => {
    cosines[i] =
      i < matches
        ? normal(level + 4 * scale.deviation, 0.7 * scale.deviation)
        : normal(level, scale.deviation);
  });
  return { cosines, matching };
}

/** Forty prompts over a library of which each photo is described by one of them. */
export function referenceOf(scale: Scale, seed = 99) {
  const normal = normals(seed);
  const photos = 400;
  return summarizeReference(
    Array.from({ length: 40 }, (_, prompt) => {
      const level = normal(scale.mean, scale.deviation / 2);
      return Float32Array.from({ length: photos }, (_, photo) =>
        photo % 40 === prompt
          ? normal(level + 4 * scale.deviation, 0.7 * scale.deviation)
          : normal(level, scale.deviation),
      );
    }),
  );
}
