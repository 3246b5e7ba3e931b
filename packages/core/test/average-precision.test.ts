import { expect, test } from 'vitest';
import { averagePrecision } from '../src/index.ts';

const ap = (...rows: [number, boolean][]) =>
  averagePrecision(rows.map(([score, right]) => ({ score, right })));

test('worked by hand', () => {
  expect(ap([9, true], [8, true], [1, false])).toBe(1);
  expect(ap([9, false], [8, true], [7, false], [6, true])).toBeCloseTo((1 / 2 + 2 / 4) / 2);
  expect(ap([1, false])).toBe(0);
  expect(ap()).toBe(0);
});

test('a constant score counts as the worst order', () => {
  expect(ap([1, true], [1, false], [1, false])).toBeCloseTo(1 / 3);
});
