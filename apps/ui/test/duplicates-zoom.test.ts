// Linked zoom: what lies under the pointer stays there, two sizes show one spot, and no picture leaves its pane.
import { describe, expect, it } from 'vitest';
import {
  actualScale,
  clamped,
  fitted,
  panned,
  placed,
  toggledScale,
  WHOLE,
  zoomed,
} from '../src/features/duplicates/zoom.ts';

const PANE = { width: 600, height: 400 };

/** The part of the picture, 0 to 1, that lies at a point of the pane. */
function under(view: typeof WHOLE, ratio: number, left: number, top: number) {
  const box = placed(view, PANE, ratio);
  return { x: (left - box.left) / box.width, y: (top - box.top) / box.height };
}

describe('zoom', () => {
  it('shows the whole picture in the middle first', () => {
    expect(fitted(PANE, 2)).toEqual({ width: 600, height: 300 });
    expect(placed(WHOLE, PANE, 2)).toEqual({ left: 0, top: 50, width: 600, height: 300 });
  });

  it('keeps what is under the pointer where it is', () => {
    const point = { left: 420, top: 130 };
    const near = zoomed(WHOLE, 3, point, PANE, 1.5);
    const before = under(WHOLE, 1.5, 420, 130);
    const after = under(near, 1.5, 420, 130);
    expect(after.x).toBeCloseTo(before.x, 6);
    expect(after.y).toBeCloseTo(before.y, 6);
  });

  it('pans by as much as the pointer moves, and stops at the edge', () => {
    const near = zoomed(WHOLE, 4, { left: 300, top: 200 }, PANE, 1.5);
    const moved = panned(near, -60, 0, PANE, 1.5);
    expect(placed(near, PANE, 1.5).left - placed(moved, PANE, 1.5).left).toBeCloseTo(60, 6);
    expect(placed(panned(near, 9999, 9999, PANE, 1.5), PANE, 1.5)).toMatchObject({ left: 0, top: 0 });
  });

  it('never zooms out beyond the whole, nor in without end', () => {
    expect(zoomed(WHOLE, 0.1, { left: 0, top: 0 }, PANE, 1.5)).toEqual(WHOLE);
    expect(clamped({ scale: 1e9, x: 0.5, y: 0.5 }, PANE, 1.5).scale).toBeLessThanOrEqual(40);
  });

  it('shows one spot in a photo and in its small copy', () => {
    const near = zoomed(WHOLE, 5, { left: 500, top: 300 }, PANE, 1.5);
    // Same shape, so the same box, whatever the pixels are.
    expect(placed(near, PANE, 3000 / 2000)).toEqual(placed(near, PANE, 750 / 500));
  });

  it('goes to the pixels on a double click and back', () => {
    expect(actualScale(4800, PANE, 1.5)).toBe(8);
    expect(actualScale(300, PANE, 1.5)).toBe(1);
    expect(toggledScale(1, 8)).toBe(8);
    expect(toggledScale(8, 8)).toBe(1);
    expect(toggledScale(1, 1)).toBe(2);
  });
});
