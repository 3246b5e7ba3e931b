// Arithmetic on embeddings. Plain loops over Float32Array: V8 makes them fast, and they are exact enough for cosines.

/** Inner product. @throws RangeError when the lengths differ. */
export function dot(a: Float32Array, b: Float32Array): number {
  if (a.length !== b.length) throw new RangeError(`vectors of ${a.length} and ${b.length} dimensions`);
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += (a[i] ?? 0) * (b[i] ?? 0);
  return sum;
}

/** A copy with Euclidean length 1. A vector without direction (all zero, or not finite) comes back as zeros. */
export function normalise(vector: Float32Array): Float32Array {
  const length = Math.sqrt(dot(vector, vector));
  if (!Number.isFinite(length) || length === 0) return new Float32Array(vector.length);
  return vector.map((value) => value / length);
}

/** Cosine of the angle between two vectors, -1 to 1; 0 when one of them has no direction. */
export function cosine(a: Float32Array, b: Float32Array): number {
  const length = Math.sqrt(dot(a, a) * dot(b, b));
  if (!Number.isFinite(length) || length === 0) return 0;
  return Math.min(1, Math.max(-1, dot(a, b) / length));
}

/**
 * The direction of a weighted sum of unit vectors, at unit length: how several texts and pictures make one query.
 * Cosines stay on the scale of a single one (rclip leaves the sum as it is, so its scores grow with every part).
 *
 * @throws RangeError when there is none, or when lengths differ
 */
export function compose(parts: readonly { vector: Float32Array; weight: number }[]): Float32Array {
  const [first] = parts;
  if (first === undefined) throw new RangeError('no vectors to put together');
  const sum = new Float32Array(first.vector.length);
  for (const { vector, weight } of parts) {
    if (vector.length !== sum.length)
      throw new RangeError(`vectors of ${sum.length} and ${vector.length} dimensions`);
    for (let i = 0; i < sum.length; i++) sum[i] = (sum[i] ?? 0) + weight * (vector[i] ?? 0);
  }
  return normalise(sum);
}
