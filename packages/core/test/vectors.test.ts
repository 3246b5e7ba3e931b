// Arithmetic on embeddings, and the wall clock.
import { expect, test } from 'vitest';
import { cosine, dot, normalise, wallClock } from '../src/index.ts';

test('dot, normalise and cosine', () => {
  expect(dot(Float32Array.of(1, 2, 3), Float32Array.of(4, 5, 6))).toBe(32);
  expect([...normalise(Float32Array.of(3, 4))]).toEqual([expect.closeTo(0.6, 6), expect.closeTo(0.8, 6)]);
  expect(cosine(Float32Array.of(1, 1), Float32Array.of(2, 2))).toBeCloseTo(1, 9);
  expect(cosine(Float32Array.of(1, 0), Float32Array.of(-3, 0))).toBe(-1);
});

test('vectors without direction give zero, not NaN', () => {
  expect([...normalise(new Float32Array(3))]).toEqual([0, 0, 0]);
  expect([...normalise(Float32Array.of(Number.NaN, 1))]).toEqual([0, 0]);
  expect(cosine(new Float32Array(2), Float32Array.of(1, 0))).toBe(0);
});

test('different lengths are a mistake in the program', () => {
  expect(() => dot(new Float32Array(2), new Float32Array(3))).toThrow(RangeError);
});

test('the wall clock shows what a clock on the wall shows', () => {
  const instant = new Date(2024, 6, 14, 15, 30, 5, 250);
  expect(wallClock(instant.getTime())).toBe(Date.UTC(2024, 6, 14, 15, 30, 5, 250));
  expect(wallClock(Number.NaN)).toBe(0);
  expect(wallClock(1e300)).toBe(0);
});
