// Embeddings are compared by angle only, so every one that leaves this package has length 1.

/** Below this a vector has no direction worth trusting. */
const MIN_LENGTH = 1e-9;

/** @returns a copy of length 1, or null when it has no direction (all zeros, NaN or infinite values) */
export function unitVector(vector: ArrayLike<number>): Float32Array | null {
  let squares = 0;
  for (let i = 0; i < vector.length; i++) squares += (vector[i] as number) ** 2;
  const length = Math.sqrt(squares);
  if (!(length > MIN_LENGTH && Number.isFinite(length))) return null;
  return Float32Array.from(vector, (value) => value / length);
}

/** Of two unit vectors of the same width: their cosine, -1 to 1. */
export function dot(a: ArrayLike<number>, b: ArrayLike<number>): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += (a[i] as number) * (b[i] as number);
  return sum;
}
