import { describe, expect, it } from 'vitest';
import { createRate } from '../src/indexing/rate.ts';

describe('rate', () => {
  it('counts from the beginning of the work, then over the last ten seconds', () => {
    const rate = createRate();
    rate.begin(1000);
    rate.add(3000, 10);
    expect(rate.perSecond(3000)).toBe(5);
    for (let at = 4000; at <= 60_000; at += 1000) rate.add(at, 2);
    expect(rate.perSecond(60_000)).toBeCloseTo(2.2, 5);
    expect(rate.secondsLeft(60_000, 22)).toBeCloseTo(10, 5);
  });

  it('is silent rather than wrong', () => {
    const rate = createRate();
    expect(rate.perSecond(0)).toBe(0);
    rate.begin(0);
    rate.add(100, 3);
    expect(rate.secondsLeft(100, 50), 'too few to tell').toBeNull();
    rate.add(200, 20);
    expect(rate.secondsLeft(200, 50)).not.toBeNull();
    expect(rate.secondsLeft(60_000, 50), 'nothing lately').toBeNull();
    rate.begin(60_000);
    expect(rate.perSecond(61_000), 'a pause does not count').toBe(0);
  });
});
