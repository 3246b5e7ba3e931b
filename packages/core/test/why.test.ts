// Windows cover a picture of any shape; the heat is where the scores are, and nowhere when there are none.
import { describe, expect, it } from 'vitest';
import { heatMap, squareWindows, WHY_WINDOWS } from '../src/index.ts';

describe('squareWindows', () => {
  it.each([0.05, 0.5, 0.75, 1, 1.5, 3, 40])('covers a picture of ratio %d with squares', (ratio) => {
    const windows = squareWindows(ratio, WHY_WINDOWS);
    expect(windows.length).toBeLessThanOrEqual(150);
    for (const { left, top, width, height } of windows) {
      expect(width * ratio).toBeCloseTo(height, 6);
      expect(left).toBeGreaterThanOrEqual(0);
      expect(left + width).toBeLessThanOrEqual(1 + 1e-9);
      expect(top + height).toBeLessThanOrEqual(1 + 1e-9);
    }
    // A panorama has gaps; an ordinary photo has none.
    if (ratio > 0.4 && ratio < 2.5) {
      for (let x = 0.01; x < 1; x += 0.07)
        for (let y = 0.01; y < 1; y += 0.07) {
          const over = windows.filter(
            (w) => x >= w.left && x <= w.left + w.width && y >= w.top && y <= w.top + w.height,
          );
          expect(over.length).toBeGreaterThan(0);
        }
    }
  });

  it('is one window where there is no room for two', () => {
    expect(squareWindows(1, [{ side: 1, step: 0.5 }])).toEqual([{ left: 0, top: 0, width: 1, height: 1 }]);
  });
});

describe('heatMap', () => {
  const at = (ratio: number, score: (x: number, y: number) => number) => {
    const windows = squareWindows(ratio, WHY_WINDOWS);
    const scores = windows.map((w) => score(w.left + w.width / 2, w.top + w.height / 2));
    return heatMap(ratio, windows, scores);
  };
  const hottest = ({ columns, rows, values }: ReturnType<typeof heatMap>) => {
    const cell = values.indexOf(Math.max(...values));
    return { x: ((cell % columns) + 0.5) / columns, y: (Math.floor(cell / columns) + 0.5) / rows };
  };

  it('is hottest where the windows score highest', () => {
    for (const [x, y] of [
      [0.2, 0.3],
      [0.8, 0.75],
      [0.5, 0.5],
    ] as const) {
      const found = hottest(at(1.5, (u, v) => 0.3 * Math.exp(-20 * ((u - x) ** 2 + (v - y) ** 2))));
      expect(Math.hypot(found.x - x, found.y - y)).toBeLessThan(0.15);
    }
  });

  it('gives values from 0 to 1 on a grid of the shape of the picture', () => {
    const wide = at(2, (x) => x);
    expect([wide.columns, wide.rows]).toEqual([24, 12]);
    expect(wide.values).toHaveLength(24 * 12);
    expect(Math.max(...wide.values)).toBe(1);
    expect(Math.min(...wide.values)).toBe(0);
    const tall = at(0.5, (_, y) => y);
    expect([tall.columns, tall.rows]).toEqual([12, 24]);
  });

  it('stays pale where nothing stands out, and cold where everything is unlike the query', () => {
    expect(Math.max(...at(1, (x) => 0.2 + 0.01 * x).values)).toBeLessThan(0.2);
    expect(Math.max(...at(1, (x) => -0.3 + 0.2 * x).values)).toBe(0);
    expect(Math.max(...heatMap(1, [], []).values)).toBe(0);
  });
});
