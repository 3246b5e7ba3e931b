// Groups of look-alike photos: k-means on the unit sphere, so that nearness is the cosine.
import { randomNumbers } from './random.ts';

export interface Clusters {
  /** Row-major unit vectors, one per cluster. */
  centres: Float32Array;
  /** Cluster of each row; its cosine with the cluster's centre. */
  members: Int32Array;
  cosines: Float32Array;
}

const ROUNDS = 25;

/**
 * Spherical k-means (Dhillon & Modha, "Concept Decompositions for Large Sparse Text Data Using Clustering", Machine
 * Learning 2001), started by k-means++ (Arthur & Vassilvitskii, SODA 2007) on cosine distances.
 *
 * @param vectors row-major matrix of unit vectors
 * @param count wanted clusters; there may be fewer, never an empty one
 * @param seed the same seed and vectors give the same clusters
 */
export function cluster(vectors: Float32Array, dimensions: number, count: number, seed: number): Clusters {
  const rows = Math.floor(vectors.length / dimensions);
  const row = (at: number) => vectors.subarray(at * dimensions, (at + 1) * dimensions);
  const starts = chooseStarts(rows, Math.min(count, rows), row, randomNumbers(seed));
  let centres = new Float32Array(starts.length * dimensions);
  starts.forEach((at, i) => void centres.set(row(at), i * dimensions));
  const members = new Int32Array(rows).fill(-1);
  const cosines = new Float32Array(rows);
  for (let round = 0; round < ROUNDS; round++) {
    let moved = false;
    const sums = new Float32Array(centres.length);
    for (let at = 0; at < rows; at++) {
      const vector = row(at);
      const [best, cosine] = nearest(vector, centres, dimensions);
      if (members[at] !== best) moved = true;
      members[at] = best;
      cosines[at] = cosine;
      for (let i = 0; i < dimensions; i++) {
        const to = best * dimensions + i;
        sums[to] = (sums[to] ?? 0) + (vector[i] ?? 0);
      }
    }
    if (!moved) break;
    centres = unitRows(sums, centres, dimensions);
  }
  return withoutEmpty({ centres, members, cosines }, dimensions);
}

function chooseStarts(
  rows: number,
  count: number,
  row: (at: number) => Float32Array,
  random: () => number,
): number[] {
  if (rows === 0) return [];
  const starts = [Math.floor(random() * rows)];
  const far = new Float64Array(rows).fill(Number.POSITIVE_INFINITY);
  while (starts.length < count) {
    const last = row(starts.at(-1) ?? 0);
    let total = 0;
    for (let at = 0; at < rows; at++) {
      far[at] = Math.min(far[at] ?? 0, Math.max(0, 1 - product(row(at), last)));
      total += far[at] ?? 0;
    }
    // Only copies of what is chosen already are left.
    if (total < 1e-6) break;
    let left = random() * total;
    let chosen = rows - 1;
    for (let at = 0; at < rows; at++) {
      left -= far[at] ?? 0;
      if (left > 0) continue;
      chosen = at;
      break;
    }
    starts.push(chosen);
  }
  return starts;
}

function nearest(vector: Float32Array, centres: Float32Array, dimensions: number): [number, number] {
  let best = 0;
  let highest = Number.NEGATIVE_INFINITY;
  for (let c = 0; c * dimensions < centres.length; c++) {
    const cosine = product(vector, centres.subarray(c * dimensions, (c + 1) * dimensions));
    if (cosine > highest) {
      highest = cosine;
      best = c;
    }
  }
  return [best, highest];
}

function product(a: Float32Array, b: Float32Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += (a[i] ?? 0) * (b[i] ?? 0);
  return sum;
}

/** A cluster that has lost all its members keeps its old centre. */
function unitRows(sums: Float32Array, before: Float32Array, dimensions: number): Float32Array<ArrayBuffer> {
  const centres = new Float32Array(sums.length);
  for (let at = 0; at < sums.length; at += dimensions) {
    const sum = sums.subarray(at, at + dimensions);
    const length = Math.sqrt(product(sum, sum));
    const source = length > 1e-6 ? sum.map((value) => value / length) : before.subarray(at, at + dimensions);
    centres.set(source, at);
  }
  return centres;
}

function withoutEmpty({ centres, members, cosines }: Clusters, dimensions: number): Clusters {
  const used = [...new Set(members)].sort((a, b) => a - b);
  const position = new Map(used.map((cluster, at) => [cluster, at]));
  const kept = new Float32Array(used.length * dimensions);
  used.forEach((cluster, at) => {
    kept.set(centres.subarray(cluster * dimensions, (cluster + 1) * dimensions), at * dimensions);
  });
  return { centres: kept, members: members.map((cluster) => position.get(cluster) ?? 0), cosines };
}
