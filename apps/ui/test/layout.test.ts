// The justified layout: rows fill the width, photos keep shape and order, days stand where they belong.
import { describe, expect, it } from 'vitest';
import { layoutPhotos } from '../src/shared/layout/justify.ts';
import type { GridLayout, LayoutOptions } from '../src/shared/layout/layout.ts';
import { at } from '../src/shared/layout/visible.ts';

const DAY = 86_400_000;
const START = Date.UTC(2024, 4, 20, 12);
const OPTIONS: LayoutOptions = {
  width: 1200,
  rowHeight: 200,
  gap: 4,
  grouped: true,
  dayHeading: 30,
  monthHeading: 50,
  dayGap: 20,
  monthGap: 32,
};

/** `perDay` photos a day, going back in time. */
function photos(total: number, perDay: number, ratio = (i: number) => [1.5, 0.7, 1.33, 1][i % 4] ?? 1) {
  return Array.from({ length: total }, (_, i) => ({
    ratio: ratio(i),
    takenAt: START - Math.floor(i / perDay) * DAY,
  }));
}

function rightEdge(layout: GridLayout, row: number): number {
  const last = at(layout.rowFirst, row + 1) - 1;
  return at(layout.left, last) + at(layout.photoWidth, last);
}

describe('layoutPhotos', () => {
  it('fills the width in every full row and keeps the wished height within bounds', () => {
    const layout = layoutPhotos(photos(100, 100), { ...OPTIONS, grouped: false });
    expect(layout.rows).toBeGreaterThan(10);
    for (let row = 0; row < layout.rows - 1; row++) {
      expect(rightEdge(layout, row)).toBeCloseTo(1200, 1);
      expect(at(layout.rowHeight, row)).toBeGreaterThan(200 / 1.45);
      expect(at(layout.rowHeight, row)).toBeLessThan(200 * 1.45);
    }
  });

  it('keeps the shape of every photo that is not an extreme panorama', () => {
    const input = photos(57, 9);
    const layout = layoutPhotos(input, OPTIONS);
    for (const [i, photo] of input.entries()) {
      const height = at(layout.rowHeight, at(layout.row, i));
      expect(at(layout.photoWidth, i) / height).toBeCloseTo(photo.ratio, 3);
    }
  });

  it('never lets photos of a row overlap or leave the grid, whatever their shapes', () => {
    const wild = (i: number) => [9, 0.1, 1, 3.2, 0.5, 2][(i * 7) % 6] ?? 1;
    for (const perDay of [1, 2, 3, 5, 40]) {
      for (const width of [320, 868, 1200, 3800]) {
        const layout = layoutPhotos(photos(120, perDay, wild), { ...OPTIONS, width });
        for (let row = 0; row < layout.rows; row++) {
          expect(rightEdge(layout, row)).toBeLessThanOrEqual(width + 0.5);
          for (let i = at(layout.rowFirst, row) + 1; i < at(layout.rowFirst, row + 1); i++) {
            expect(at(layout.left, i)).toBeGreaterThan(at(layout.left, i - 1) + at(layout.photoWidth, i - 1));
          }
        }
      }
    }
  });

  it('covers all photos with rows, and all rows with sections, in order and without gaps', () => {
    const layout = layoutPhotos(photos(333, 7), OPTIONS);
    expect(at(layout.rowFirst, layout.rows)).toBe(333);
    let photo = 0;
    let row = 0;
    for (const section of layout.sections) {
      expect(section.first).toBe(photo);
      expect(section.firstRow).toBe(row);
      photo += section.count;
      row = section.endRow;
    }
    expect(photo).toBe(333);
    expect(row).toBe(layout.rows);
    for (let r = 1; r < layout.rows; r++)
      expect(at(layout.rowTop, r)).toBeGreaterThanOrEqual(at(layout.rowTop, r - 1));
  });

  it('puts small days side by side, and days that need several rows below each other', () => {
    const small = layoutPhotos(photos(4, 1), OPTIONS);
    expect(small.sections.map((section) => section.top)).toEqual([50, 50, 50, 50]);
    const [first, second] = small.sections;
    expect(second?.left).toBeGreaterThanOrEqual((first?.left ?? 0) + (first?.width ?? 0) + 20);
    const large = layoutPhotos(photos(40, 20), OPTIONS);
    expect(large.sections).toHaveLength(2);
    expect(large.sections[1]?.left).toBe(0);
    expect(large.sections[1]?.top).toBe((large.sections[0]?.top ?? 0) + (large.sections[0]?.height ?? 0));
  });

  it('starts a month with room for its heading and counts its photos', () => {
    const layout = layoutPhotos(photos(60, 2), OPTIONS);
    expect(layout.months.map((month) => new Date(month.moment).getUTCMonth())).toEqual([4, 3]);
    expect(layout.months.map((month) => month.count)).toEqual([40, 20]);
    const april = layout.months[1];
    expect(layout.sections[april?.firstSection ?? 0]?.top).toBe((april?.top ?? 0) + 50);
    expect(layout.height).toBe((april?.top ?? 0) + (april?.height ?? 0));
  });

  it('leaves a nearly empty last row at the wished height', () => {
    const layout = layoutPhotos(
      photos(31, 31, () => 1.5),
      { ...OPTIONS, grouped: false },
    );
    const last = layout.rows - 1;
    expect(at(layout.rowFirst, last + 1) - at(layout.rowFirst, last)).toBeLessThan(4);
    expect(at(layout.rowHeight, last)).toBe(200);
  });

  it('is empty for no photos', () => {
    const layout = layoutPhotos([], OPTIONS);
    expect(layout).toMatchObject({ height: 0, rows: 0, sections: [], months: [] });
  });

  it('lays out 100,000 photos within one slow frame', () => {
    const input = photos(100_000, 6);
    layoutPhotos(input.slice(0, 5000), OPTIONS);
    const times = [1, 2, 3].map(() => {
      const began = performance.now();
      layoutPhotos(input, OPTIONS);
      return performance.now() - began;
    });
    // About 12 ms when the machine is idle; the bound leaves room for a busy one.
    expect(Math.min(...times)).toBeLessThan(400);
  });
});
