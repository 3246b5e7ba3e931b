import { expect, test } from 'vitest';
import { cluster, normalNumber, randomNumbers, shuffled } from '../src/index.ts';

const DIMENSIONS = 16;

/** So many unit vectors around each of the first axes. */
function blobs(sizes: number[], spread: number): { vectors: Float32Array; truth: number[] } {
  const random = randomNumbers(7);
  const truth = sizes.flatMap((size, i) => Array.from({ length: size }, () => i));
  const vectors = new Float32Array(truth.length * DIMENSIONS);
  truth.forEach((axis, at) => {
    const vector = Array.from(
      { length: DIMENSIONS },
      (_, i) => (i === axis ? 1 : 0) + spread * normalNumber(random),
    );
    const length = Math.hypot(...vector);
    vectors.set(
      vector.map((value) => value / length),
      at * DIMENSIONS,
    );
  });
  return { vectors, truth };
}

test('finds the groups that are there, the same every time', () => {
  const { vectors, truth } = blobs([40, 25, 60, 10], 0.08);
  const found = cluster(vectors, DIMENSIONS, 4, 1);
  const pairs = new Set(truth.map((group, at) => `${group}:${found.members[at]}`));
  expect(pairs.size).toBe(4);
  expect(found.centres).toHaveLength(4 * DIMENSIONS);
  expect(Math.min(...found.cosines)).toBeGreaterThan(0.7);
  expect(cluster(vectors, DIMENSIONS, 4, 1)).toEqual(found);
});

test('no cluster is empty, and copies make one', () => {
  const { vectors } = blobs([5], 0);
  expect(cluster(vectors, DIMENSIONS, 9, 3).centres).toHaveLength(DIMENSIONS);
  const spread = cluster(blobs([3, 3], 0.3).vectors, DIMENSIONS, 50, 3);
  expect(new Set(spread.members).size * DIMENSIONS).toBe(spread.centres.length);
});

test('nothing in, nothing out', () => {
  expect(cluster(new Float32Array(0), DIMENSIONS, 3, 1).members).toHaveLength(0);
});

test('shuffled keeps every number', () => {
  const order = shuffled(100, randomNumbers(5));
  expect([...order].sort((a, b) => a - b)).toEqual(Array.from({ length: 100 }, (_, i) => i));
  expect(order).not.toEqual([...order].sort((a, b) => a - b));
});
