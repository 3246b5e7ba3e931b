// Months smaller than a row stand side by side; larger ones keep the width to themselves.
import { describe, expect, it } from 'vitest';
import { nextIndex } from '../src/shared/grid/keys.ts';
import { layoutPhotos } from '../src/shared/layout/justify.ts';
import type { GridLayout, LayoutOptions, Month } from '../src/shared/layout/layout.ts';
import { at, visibleMonths, visibleSections } from '../src/shared/layout/visible.ts';

const OPTIONS: LayoutOptions = {
  width: 1400,
  rowHeight: 200,
  gap: 4,
  grouped: true,
  dayHeading: 34,
  monthHeading: 52,
  dayGap: 20,
  monthGap: 32,
};
const TOP = 52 + 34;

/** So many photos in each month going back from December 2024, `perDay` a day. */
function library(
  counts: readonly number[],
  ratio = (i: number) => [1.5, 0.7, 1.33][i % 3] ?? 1,
  perDay = 40,
) {
  let index = 0;
  return counts.flatMap((count, month) =>
    Array.from({ length: count }, (_, i) => ({
      ratio: ratio(index++),
      takenAt: Date.UTC(2024, 11 - month, 28 - Math.floor(i / perDay), 12),
    })),
  );
}

const lines = (layout: GridLayout) => Map.groupBy(layout.months, (month) => month.top);
const right = (month: Month) => month.left + month.width;

/** Right edge of the last photo of a line of months. */
function photosEnd(layout: GridLayout, months: readonly Month[]): number {
  const section = layout.sections[(months.at(-1)?.endSection ?? 1) - 1];
  const last = (section?.first ?? 0) + (section?.count ?? 1) - 1;
  return at(layout.left, last) + at(layout.photoWidth, last);
}

describe('small months', () => {
  it('flow side by side, all photos of a line level and its full lines reaching the edge', () => {
    const layout = layoutPhotos(library(Array(36).fill(1)), OPTIONS);
    const all = [...lines(layout).values()];
    expect(layout.months).toHaveLength(36);
    expect(all.length).toBeLessThan(12);
    for (const [i, line] of all.entries()) {
      expect(new Set(line.map((month) => month.height)).size).toBe(1);
      const rows = line.map((month) => layout.sections[month.firstSection]?.firstRow ?? -1);
      for (const row of rows) expect(at(layout.rowTop, row)).toBe((line[0]?.top ?? 0) + TOP);
      expect(new Set(rows.map((row) => at(layout.rowHeight, row))).size).toBe(1);
      const height = at(layout.rowHeight, rows[0] ?? 0);
      expect(height).toBeGreaterThan(200 * 0.69);
      expect(height).toBeLessThan(200 * 1.46);
      if (i < all.length - 1) expect(photosEnd(layout, line)).toBeGreaterThan(1400 - 1);
      expect(photosEnd(layout, line)).toBeLessThanOrEqual(1400.5);
    }
  });

  it('have their heading above their first photo and never overlap, whatever their photos', () => {
    const wild = (i: number) => [9, 0.1, 1, 3.2, 0.5, 2][(i * 7) % 6] ?? 1;
    const counts = Array.from({ length: 60 }, (_, i) => [1, 2, 1, 5, 1, 1, 14, 3][(i * 5) % 8] ?? 1);
    for (const perDay of [1, 2, 9]) {
      for (const width of [320, 868, 1400, 3800]) {
        const layout = layoutPhotos(library(counts, wild, perDay), { ...OPTIONS, width });
        expect(layout.months.map((month) => month.count)).toEqual(counts);
        for (const month of layout.months) {
          const section = layout.sections[month.firstSection];
          expect(section?.left).toBe(month.left);
          expect(section?.top).toBe(month.top + 52);
          expect(at(layout.left, section?.first ?? 0)).toBeCloseTo(month.left, 2);
          expect(right(month)).toBeLessThanOrEqual(width + 0.5);
        }
        for (const line of lines(layout).values())
          for (let i = 1; i < line.length; i++)
            expect(line[i]?.left).toBeGreaterThanOrEqual(right(line[i - 1] as Month) + 32);
      }
    }
  });

  it('leave a month that needs several rows the width to itself', () => {
    const layout = layoutPhotos(library([1, 1, 30, 1, 1]), OPTIONS);
    const [a, b, big, d, e] = layout.months;
    expect(b?.top).toBe(a?.top);
    expect(big).toMatchObject({ left: 0, width: 1400, top: (a?.top ?? 0) + (a?.height ?? 0) });
    expect(d?.top).toBe((big?.top ?? 0) + (big?.height ?? 0));
    expect(e?.top).toBe(d?.top);
    expect(layout.height).toBe((e?.top ?? 0) + (e?.height ?? 0));
  });

  it('keep one that cannot fill its line at the wished height', () => {
    const layout = layoutPhotos(library([1]), OPTIONS);
    expect(at(layout.rowHeight, 0)).toBe(200);
    expect(at(layout.left, 0)).toBe(0);
  });

  it('are found by the viewport as slowly looking would find them', () => {
    const counts = Array.from({ length: 200 }, (_, i) => [1, 2, 1, 25, 1, 3][i % 6] ?? 1);
    const layout = layoutPhotos(library(counts), OPTIONS);
    for (const top of [-100, 0, 500, 1234, layout.height / 2, layout.height - 10]) {
      const meets = (block: { top: number; height: number }) =>
        block.top + block.height > top && block.top < top + 900;
      const months = visibleMonths(layout, top, top + 900);
      expect(layout.months.slice(months.first, months.end)).toEqual(layout.months.filter(meets));
      const sections = visibleSections(layout, top, top + 900);
      expect(layout.sections.slice(sections.first, sections.end)).toEqual(layout.sections.filter(meets));
    }
  });

  it('are walked by the arrow keys as they read: along the line, then to the line below', () => {
    const layout = layoutPhotos(
      library(Array(12).fill(1), () => 1.5),
      OPTIONS,
    );
    const perLine = [...lines(layout).values()][0]?.length ?? 0;
    expect(perLine).toBeGreaterThan(2);
    expect(nextIndex('ArrowRight', 0, layout, 900, 12)).toBe(1);
    const below = nextIndex('ArrowDown', 1, layout, 900, 12) ?? 0;
    expect(below).toBe(perLine + 1);
    expect(nextIndex('ArrowUp', below, layout, 900, 12)).toBe(1);
  });
});

describe('a split', () => {
  const flat = { ...OPTIONS, grouped: false };
  const photos = library([60]);

  it('gives the second part its own rows below a heading', () => {
    const layout = layoutPhotos(photos, { ...flat, split: { at: 13, heading: 56, rowHeight: 140 } });
    const [best, rest] = layout.sections;
    expect([best?.first, best?.count, rest?.first, rest?.count]).toEqual([0, 13, 13, 47]);
    expect(rest?.top).toBe((best?.top ?? 0) + (best?.height ?? 0));
    const row = rest?.firstRow ?? 0;
    expect(at(layout.rowTop, row)).toBe((rest?.top ?? 0) + 56);
    expect(at(layout.rowHeight, row)).toBeLessThan(140 * 1.45);
    expect(at(layout.rowHeight, 0)).toBeGreaterThan(200 / 1.45);
    expect(at(layout.rowFirst, layout.rows)).toBe(60);
  });

  it('may stand at either end', () => {
    for (const [place, count] of [
      [0, 1],
      [60, 1],
      [99, 1],
    ] as const) {
      const layout = layoutPhotos(photos, { ...flat, split: { at: place, heading: 56, rowHeight: 140 } });
      expect(layout.sections).toHaveLength(count);
      expect(layout.months[0]).toMatchObject({ endSection: 1, height: layout.height, count: 60 });
    }
  });
});
