// How large an open photo is: all of it, never more than its own pixels, and 1:1 from wherever one is.
import { describe, expect, it } from 'vitest';
import { actualZoom, fitPicture, furthestZoom, toggledZoom } from '../src/features/lightbox/fit.ts';

const ROOM = { width: 1440, height: 900 };

describe('an open photo', () => {
  it('shows a small original at its own size and a large one within the room', () => {
    expect(fitPicture(ROOM, 1.5, { width: 300, height: 200 })).toEqual({ width: 300, height: 200 });
    expect(fitPicture(ROOM, 1.5, { width: 6000, height: 4000 })).toEqual({ width: 1350, height: 900 });
    expect(fitPicture(ROOM, 3, { width: 9000, height: 3000 })).toEqual({ width: 1440, height: 480 });
    expect(fitPicture(ROOM, 0.5, { width: 700, height: 1400 })).toEqual({ width: 450, height: 900 });
  });

  it('fits the room by its shape while its size is not known', () => {
    expect(fitPicture(ROOM, 1.5, null)).toEqual({ width: 1350, height: 900 });
    expect(fitPicture(ROOM, 2, null)).toEqual({ width: 1440, height: 720 });
  });

  it('goes to its own pixels by double click and back', () => {
    const actual = actualZoom({ width: 6000, height: 4000 }, 1350);
    expect(actual * 1350).toBeCloseTo(6000);
    expect(toggledZoom(1, actual)).toBe(actual);
    expect(toggledZoom(actual, actual)).toBe(1);
    expect(toggledZoom(2.4, actual)).toBe(1);
  });

  it('can still be enlarged when it is shown at its own size', () => {
    expect(actualZoom({ width: 300, height: 200 }, 300)).toBe(1);
    expect(toggledZoom(1, 1)).toBe(2);
    expect(furthestZoom({ width: 300, height: 200 }, ROOM)).toBeGreaterThanOrEqual(8);
  });

  it('can be zoomed beyond its own pixels however large it is, and somewhat when its size is unknown', () => {
    const scan = { width: 40_000, height: 9000 };
    const { width } = fitPicture(ROOM, 1, scan);
    expect(furthestZoom(scan, ROOM)).toBeGreaterThan(actualZoom(scan, width));
    expect(furthestZoom(null, ROOM)).toBe(8);
    expect(actualZoom(null, 500)).toBe(1);
  });
});
