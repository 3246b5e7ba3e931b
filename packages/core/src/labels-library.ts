// How the embeddings of a library lie: their middle and their spread in every direction, learnt from a sample.

export interface LibraryShape {
  dimensions: number;
  /** Photos it was learnt from. */
  count: number;
  /** Row-major, `count` unit vectors. */
  sample: Float32Array;
  mean: Float32Array;
  /** The inverse covariance, regularised, times a vector: what sets a direction apart from what is common here. */
  whiten(vector: Float32Array): Float32Array;
}

/** Share of the mean variance that is added to every direction; more where there are few photos for many dimensions. */
const RIDGE = 0.3;
const RIDGE_PER_DIMENSION = 0.5;

/**
 * @param sample row-major unit vectors of random photos; some thousands are plenty
 * @returns its covariance is kept as a Cholesky factor: d²/2 numbers, `count` * d²/2 multiplications once per library
 */
export function summarizeLibrary(sample: Float32Array, dimensions: number): LibraryShape {
  const count = dimensions === 0 ? 0 : Math.floor(sample.length / dimensions);
  const mean = meanOfRows(sample, dimensions, count);
  const factor = count < 2 ? null : factorise(covariance(sample, mean, count), dimensions, count);
  return {
    dimensions,
    count,
    sample,
    mean,
    whiten: (vector) => (factor === null ? vector.slice() : solve(factor, vector)),
  };
}

function meanOfRows(sample: Float32Array, dimensions: number, count: number): Float32Array {
  const sums = new Float64Array(dimensions);
  for (let row = 0; row < count; row++) {
    for (let i = 0; i < dimensions; i++) sums[i] = (sums[i] ?? 0) + (sample[row * dimensions + i] ?? 0);
  }
  return Float32Array.from(sums, (sum) => (count === 0 ? 0 : sum / count));
}

/** Lower triangle, row-major in a square. */
function covariance(sample: Float32Array, mean: Float32Array, count: number): Float64Array {
  const d = mean.length;
  const square = new Float64Array(d * d);
  const centred = new Float64Array(d);
  for (let row = 0; row < count; row++) {
    for (let i = 0; i < d; i++) centred[i] = (sample[row * d + i] ?? 0) - (mean[i] ?? 0);
    for (let i = 0; i < d; i++) {
      const at = i * d;
      const value = (centred[i] ?? 0) / count;
      for (let j = 0; j <= i; j++) square[at + j] = (square[at + j] ?? 0) + value * (centred[j] ?? 0);
    }
  }
  return square;
}

/** Cholesky factor of the covariance plus the ridge, in place; null where the photos do not vary. */
function factorise(square: Float64Array, d: number, count: number): Float64Array | null {
  let trace = 0;
  for (let i = 0; i < d; i++) trace += square[i * d + i] ?? 0;
  const ridge = (trace / d) * (RIDGE + (RIDGE_PER_DIMENSION * d) / count);
  if (!(ridge > 1e-12)) return null;
  for (let i = 0; i < d; i++) {
    const row = i * d;
    square[row + i] = (square[row + i] ?? 0) + ridge;
    for (let j = 0; j <= i; j++) {
      const other = j * d;
      let sum = square[row + j] ?? 0;
      for (let k = 0; k < j; k++) sum -= (square[row + k] ?? 0) * (square[other + k] ?? 0);
      square[row + j] = i === j ? Math.sqrt(Math.max(sum, ridge / 1e6)) : sum / (square[other + j] ?? 1);
    }
  }
  return square;
}

function solve(factor: Float64Array, vector: Float32Array): Float32Array {
  const d = vector.length;
  const y = Float64Array.from(vector);
  for (let i = 0; i < d; i++) {
    let sum = y[i] ?? 0;
    for (let k = 0; k < i; k++) sum -= (factor[i * d + k] ?? 0) * (y[k] ?? 0);
    y[i] = sum / (factor[i * d + i] ?? 1);
  }
  for (let i = d - 1; i >= 0; i--) {
    let sum = y[i] ?? 0;
    for (let k = i + 1; k < d; k++) sum -= (factor[k * d + i] ?? 0) * (y[k] ?? 0);
    y[i] = sum / (factor[i * d + i] ?? 1);
  }
  return Float32Array.from(y);
}
