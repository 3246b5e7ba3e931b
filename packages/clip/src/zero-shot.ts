// Zero-shot classification: which of several texts fits a picture best (CLIP paper, arXiv 2103.00020, figure 3), or
// which of them fit at all (SigLIP).
import { dot } from './unit-vector.ts';

/**
 * Softmax over scaled cosines.
 *
 * @param image unit vector
 * @param texts unit vectors of the same width, one per class
 * @param logitScale from the model; higher is more decided
 * @returns one probability per text, summing to 1; empty for no texts
 */
export function zeroShot(image: Float32Array, texts: readonly Float32Array[], logitScale: number): number[] {
  const logits = texts.map((text) => logitScale * dot(image, text));
  // The largest is taken out so that exp cannot overflow.
  const largest = Math.max(...logits);
  const weights = logits.map((logit) => Math.exp(logit - largest));
  const sum = weights.reduce((total, weight) => total + weight, 0);
  return weights.map((weight) => weight / sum);
}

/**
 * SigLIP's way (arXiv 2303.15343, section 3): each text by itself, so none, one or several may fit.
 *
 * @param logitBias from the model; about -10 to -17, since most texts fit most pictures not at all
 * @returns one probability per text, independent of the others
 */
export function sigmoidScores(
  image: Float32Array,
  texts: readonly Float32Array[],
  logitScale: number,
  logitBias: number,
): number[] {
  return texts.map((text) => 1 / (1 + Math.exp(-(logitScale * dot(image, text) + logitBias))));
}
