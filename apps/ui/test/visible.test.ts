// What a viewport shows, and where the keys lead.
import { describe, expect, it } from 'vitest';
import { nextIndex } from '../src/shared/grid/keys.ts';
import { layoutPhotos } from '../src/shared/layout/justify.ts';
import {
  at,
  firstWhere,
  photoBeside,
  rowBottom,
  visibleMonths,
  visibleRows,
  visibleSections,
} from '../src/shared/layout/visible.ts';

const DAY = 86_400_000;
const layout = layoutPhotos(
  Array.from({ length: 500 }, (_, i) => ({
    ratio: [1.5, 0.7, 1.33][i % 3] ?? 1,
    takenAt: Date.UTC(2024, 4, 20) - Math.floor(i / 3) * DAY,
  })),
  {
    width: 1400,
    rowHeight: 180,
    gap: 4,
    grouped: true,
    dayHeading: 30,
    monthHeading: 50,
    dayGap: 20,
    monthGap: 32,
  },
);
const flat = layoutPhotos(
  Array.from({ length: 40 }, () => ({ ratio: 1.5, takenAt: 0 })),
  {
    width: 1200,
    rowHeight: 200,
    gap: 4,
    grouped: false,
    dayHeading: 0,
    monthHeading: 0,
    dayGap: 0,
    monthGap: 0,
  },
);

describe('visible ranges', () => {
  it('finds the first index that holds, or the end', () => {
    expect(firstWhere(10, (i) => i >= 4)).toBe(4);
    expect(firstWhere(10, () => false)).toBe(10);
    expect(firstWhere(0, () => true)).toBe(0);
  });

  it('agrees with looking at every row', () => {
    for (const top of [-600, 0, 1, 777, 4321, layout.height - 300, layout.height + 50]) {
      const bottom = top + 900;
      const slow = Array.from({ length: layout.rows }, (_, row) => row).filter(
        (row) => rowBottom(layout, row) > top && at(layout.rowTop, row) < bottom,
      );
      const { first, end } = visibleRows(layout, top, bottom);
      expect(Array.from({ length: end - first }, (_, i) => first + i)).toEqual(slow);
    }
  });

  it('shows the sections and months that touch the viewport, and only those', () => {
    const sections = visibleSections(layout, 2000, 2900);
    const slow = layout.sections.filter(
      (section) => section.top + section.height > 2000 && section.top < 2900,
    );
    expect(layout.sections.slice(sections.first, sections.end)).toEqual(slow);
    const months = visibleMonths(layout, 0, 100);
    expect([months.first, months.end]).toEqual([0, 1]);
  });
});

describe('keys', () => {
  it('moves to the photo below and back', () => {
    const below = photoBeside(flat, 1, 1);
    expect(at(flat.row, below)).toBe(1);
    expect(photoBeside(flat, below, -1)).toBe(1);
  });

  it('treats days side by side as one line', () => {
    const first = layout.sections[0];
    const neighbour = layout.sections[1];
    expect(neighbour?.top).toBe(first?.top);
    const below = photoBeside(layout, 0, 1);
    expect(at(layout.rowTop, at(layout.row, below))).toBeGreaterThan(at(layout.rowTop, 0));
  });

  it('stays at the edges', () => {
    expect(nextIndex('ArrowLeft', 0, flat, 900, 40)).toBe(0);
    expect(nextIndex('ArrowUp', 2, flat, 900, 40)).toBe(2);
    expect(nextIndex('ArrowRight', 39, flat, 900, 40)).toBe(39);
    expect(nextIndex('ArrowDown', 39, flat, 900, 40)).toBe(39);
  });

  it('jumps to the ends and by pages, and ignores other keys', () => {
    expect(nextIndex('End', 3, flat, 900, 40)).toBe(39);
    expect(nextIndex('Home', 33, flat, 900, 40)).toBe(0);
    const page = nextIndex('PageDown', 0, flat, 700, 40) ?? 0;
    expect(at(flat.rowTop, at(flat.row, page))).toBeGreaterThan(350);
    expect(at(flat.rowTop, at(flat.row, page))).toBeLessThanOrEqual(700);
    expect(nextIndex('x', 0, flat, 900, 40)).toBeNull();
  });
});
