import { describe, expect, test } from 'vitest';
import { decidePace, effortOf, type PowerConditions, restAfter, UNKNOWN_CONDITIONS } from '../src/index.ts';

const conditions = (change: Partial<PowerConditions>): PowerConditions => ({
  ...UNKNOWN_CONDITIONS,
  ...change,
});

describe('decidePace', () => {
  test.each([
    ['automatic', {}, 'balanced', 'unknown'],
    ['automatic', { battery: false, idle: true }, 'full', 'idle'],
    ['automatic', { battery: false, idle: false }, 'gentle', 'active'],
    ['automatic', { battery: true, idle: true }, 'gentle', 'battery'],
    ['automatic', { battery: true }, 'gentle', 'battery'],
    ['automatic', { idle: true }, 'full', 'idle'],
    ['automatic', { idle: true, suspended: true }, 'stopped', 'suspended'],
    ['full', { battery: true, idle: false }, 'full', 'chosen'],
    ['gentle', { idle: true }, 'gentle', 'chosen'],
    ['balanced', {}, 'balanced', 'chosen'],
    ['full', { suspended: true }, 'stopped', 'suspended'],
  ] as const)('%s with %o is %s, because %s', (choice, change, acting, because) => {
    expect(decidePace(choice, conditions(change))).toEqual({ acting, because });
  });
});

describe('effortOf', () => {
  test('each pace asks for more than the one before, on any machine', () => {
    for (const cores of [1, 2, 4, 8, 16]) {
      const [gentle, balanced, full] = (['gentle', 'balanced', 'full'] as const).map((pace) =>
        effortOf(pace, cores),
      );
      expect(gentle?.width).toBeLessThan(balanced?.width ?? 0);
      expect(balanced?.width).toBeLessThan(full?.width ?? 0);
    }
  });

  test('only gentle rests, for as long as it worked and never for long', () => {
    expect(restAfter(effortOf('gentle', 8), 700)).toBe(700);
    expect(restAfter(effortOf('gentle', 8), 60_000)).toBe(5000);
    expect(restAfter(effortOf('balanced', 8), 700)).toBe(0);
    expect(restAfter(effortOf('full', 8), 700)).toBe(0);
  });
});
