// The cut-off must keep its promise where it can, and say so where it cannot.
import { describe, expect, test } from 'vitest';
import { cutOff } from '../src/index.ts';
import { uniforms } from './ranking-mixtures.ts';

describe('cutOff', () => {
  test('goes on while the expected share of unrelated photos is within the rate', () => {
    const relevances = [100, 99, 98, 90, 60, 40, 3, 2, 1];
    expect(cutOff(relevances)).toMatchObject({ best: 6, relevance: 40 });
    expect(cutOff(relevances).expectedUnrelated).toBeCloseTo(0.188, 2);
    expect(cutOff([...new Array(20).fill(95), ...new Array(20).fill(30)], { maxUnrelated: 0 }).best).toBe(20);
  });

  test('shows the most useful list where no list is as good as the rate, and announces it', () => {
    const { best, expectedUnrelated } = cutOff([50, 45, 40, 5, 4, 3, 2, 1, 1]);
    expect(best).toBe(3);
    expect(expectedUnrelated).toBeGreaterThan(0.4);
  });

  test('nothing matches', () => {
    const none = { best: 0, relevance: 100, expectedUnrelated: 0 };
    expect(cutOff([])).toEqual(none);
    expect(cutOff([4.9, 3, 1])).toEqual(none);
    expect(cutOff([Number.NaN, 50])).toEqual(none);
    expect(cutOff([0, 0], { leastRelevance: 0 })).toEqual(none);
  });

  test('one certain photo is enough', () => {
    expect(cutOff([100, 0, 0])).toEqual({ best: 1, relevance: 100, expectedUnrelated: 0 });
  });

  test('is finite, within the list, and longer when more may be unrelated', () => {
    const next = uniforms(11);
    for (let round = 0; round < 200; round++) {
      const relevances = Array.from({ length: 1 + Math.floor(next() * 60) }, () => 100 * next() ** 3).sort(
        (a, b) => b - a,
      );
      const expectedMatches = next() * 100;
      let last = 0;
      for (const maxUnrelated of [0, 0.1, 0.2, 0.5, 0.9, 1]) {
        const cut = cutOff(relevances, { maxUnrelated, expectedMatches, leastRelevance: 0 });
        expect(cut.best).toBeGreaterThanOrEqual(last);
        expect(cut.best).toBeLessThanOrEqual(relevances.length);
        expect(cut.expectedUnrelated).toBeGreaterThanOrEqual(0);
        expect(cut.expectedUnrelated).toBeLessThanOrEqual(1);
        last = cut.best;
      }
    }
  });
});
