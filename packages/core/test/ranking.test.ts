// Relevance must be monotone, finite, and mean the same whatever scale a query's cosines lie on.
import { describe, expect, test } from 'vitest';
import { relevance, summarizeBackground } from '../src/index.ts';

/** Deterministic normal numbers (sum of twelve uniforms from a linear congruential generator). */
function normals(count: number, mean: number, deviation: number): Float32Array {
  let state = 12_345;
  const uniform = () => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    return state / 2_147_483_648;
  };
  return Float32Array.from({ length: count }, () => {
    let sum = -6;
    for (let i = 0; i < 12; i++) sum += uniform();
    return mean + deviation * sum;
  });
}

describe('summarizeBackground', () => {
  test('finds centre and spread of a normal background', () => {
    const background = summarizeBackground(normals(5000, 0.18, 0.03));
    expect(background.median).toBeCloseTo(0.18, 2);
    expect(background.deviation).toBeCloseTo(0.03, 2);
  });

  test('one fifth true matches hardly move it, where a mean would be dragged along', () => {
    const clean = summarizeBackground(normals(800, 0.18, 0.03));
    const sample = Float32Array.of(...normals(800, 0.18, 0.03), ...normals(200, 0.35, 0.02));
    const mixed = summarizeBackground(sample);
    expect(mixed.median - clean.median).toBeLessThan(0.01);
    expect(mixed.deviation).toBeLessThan(clean.deviation * 1.5);
  });

  test('copies of one photo do not make the spread zero', () => {
    const sample = Float32Array.of(...new Float32Array(60).fill(0.2), ...normals(40, 0.2, 0.03));
    expect(summarizeBackground(sample).deviation).toBeGreaterThan(0.01);
  });
});

describe('relevance', () => {
  const scales = [
    { mean: 0.18, deviation: 0.03 },
    { mean: -0.02, deviation: 0.004 },
    { mean: 0.6, deviation: 0.1 },
  ];

  test('the same distance from the background is the same relevance on every scale', () => {
    const at = (z: number) =>
      scales.map(({ mean, deviation }) => {
        const background = { count: 1000, median: mean, deviation };
        return relevance(mean + z * deviation, background);
      });
    for (const value of at(2)) expect(value).toBeCloseTo(50, 3);
    for (const value of at(0)) expect(value).toBeLessThan(3);
    for (const value of at(4)) expect(value).toBeGreaterThan(97);
  });

  const backgrounds = [
    ['normal', summarizeBackground(normals(500, 0.2, 0.03))],
    ['constant', summarizeBackground(new Float32Array(100).fill(0.2))],
    ['empty', summarizeBackground(new Float32Array(0))],
    ['seven photos', summarizeBackground(normals(7, 0.2, 0.03))],
    ['not numbers', summarizeBackground(new Float32Array(50).fill(Number.NaN))],
  ] as const;

  test.each(backgrounds)('never falls and never leaves 0 to 100: %s', (_name, background) => {
    let last = 0;
    for (let cosine = -1; cosine <= 1; cosine += 1 / 4096) {
      const value = relevance(cosine, background);
      expect(value).toBeGreaterThanOrEqual(last);
      expect(value).toBeLessThanOrEqual(100);
      last = value;
    }
    for (const odd of [Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, 1e308, -1e308]) {
      expect(relevance(odd, background)).toBeGreaterThanOrEqual(0);
      expect(relevance(odd, background)).toBeLessThanOrEqual(100);
    }
  });

  test('with too few photos it is the cosine in percent', () => {
    const background = summarizeBackground(normals(7, 0.2, 0.03));
    expect(relevance(0.25, background)).toBeCloseTo(25, 5);
    expect(relevance(-0.25, background)).toBe(0);
  });
});
