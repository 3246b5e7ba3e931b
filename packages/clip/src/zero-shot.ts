// Zero-shot classification: which of several texts fits a picture best (CLIP paper, arXiv 2103.00020, figure 3).
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
