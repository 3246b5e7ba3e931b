import { expect, test } from 'vitest';
import { sigmoidScores, unitVector, zeroShot } from '../src/index.ts';

const unit = (...values: number[]): Float32Array => unitVector(values) ?? new Float32Array();

test('probabilities sum to one and follow the cosines', () => {
  const probabilities = zeroShot(unit(1, 0), [unit(1, 0), unit(1, 1), unit(0, 1)], 10);
  expect(probabilities.reduce((sum, p) => sum + p, 0)).toBeCloseTo(1, 10);
  const weights = [Math.exp(10), Math.exp(10 * Math.SQRT1_2), 1];
  const sum = weights.reduce((a, b) => a + b, 0);
  probabilities.forEach((p, i) => {
    expect(p).toBeCloseTo((weights[i] ?? 0) / sum, 6);
  });
});

test('a large scale does not overflow; no texts give nothing', () => {
  expect(zeroShot(unit(1, 0), [unit(1, 0), unit(-1, 0)], 1e6)).toEqual([1, 0]);
  expect(zeroShot(unit(1, 0), [], 100)).toEqual([]);
});

test('a vector without a direction has no unit vector', () => {
  expect(unitVector([0, 0])).toBeNull();
  expect(unitVector([1, Number.NaN])).toBeNull();
  expect(unitVector([Number.POSITIVE_INFINITY, 1])).toBeNull();
  expect(unitVector([3, 4])).toEqual(Float32Array.of(0.6, 0.8));
});

test('sigmoid scores: each text by itself', () => {
  const image = Float32Array.of(1, 0);
  const [fits, not] = [Float32Array.of(1, 0), Float32Array.of(0, 1)];
  expect(sigmoidScores(image, [fits, not], 20, -10)).toEqual([
    expect.closeTo(1 / (1 + Math.exp(-10)), 6),
    expect.closeTo(1 / (1 + Math.exp(10)), 6),
  ]);
  expect(sigmoidScores(image, [fits, fits, fits], 20, -10).every((score) => score > 0.99)).toBe(true);
  expect(sigmoidScores(image, [not], 0, 0)).toEqual([0.5]);
});
