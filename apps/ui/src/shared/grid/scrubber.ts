// Arithmetic of the date scrubber: where the years are on its track, and which month a place in the grid belongs to.
import type { Month } from '../layout/layout.ts';
import { firstWhere } from '../layout/visible.ts';

export interface YearMark {
  year: number;
  /** Pixels from the top of the track. */
  y: number;
}

/**
 * The first place of each year, in the order of the grid, left out where it would come nearer than `least` pixels to
 * the one before.
 */
export function yearMarks(
  months: readonly Month[],
  height: number,
  track: number,
  least: number,
): YearMark[] {
  const marks: YearMark[] = [];
  let before: number | null = null;
  for (const { moment, top } of months) {
    const year = new Date(moment).getUTCFullYear();
    if (year === before) continue;
    before = year;
    const y = height === 0 ? 0 : (top / height) * track;
    const last = marks.at(-1);
    if (last === undefined || y - last.y >= least) marks.push({ year, y });
  }
  return marks;
}

/** Index of the month at so many pixels from the grid's top; 0 in an empty grid. */
export function monthIndexAt(months: readonly Month[], top: number): number {
  return Math.max(0, firstWhere(months.length, (i) => (months[i]?.top ?? 0) > top + 1) - 1);
}

/** Where a key leads from a month: one month or one year on, or an end. Null for other keys. */
export function monthByKey(key: string, here: number, months: readonly Month[]): number | null {
  const last = months.length - 1;
  const year = (index: number) => new Date(months[index]?.moment ?? 0).getUTCFullYear();
  switch (key) {
    case 'ArrowDown':
      return Math.min(here + 1, last);
    case 'ArrowUp':
      return Math.max(here - 1, 0);
    case 'PageDown': {
      const next = months.findIndex((_, i) => i > here && year(i) !== year(here));
      return next < 0 ? last : next;
    }
    case 'PageUp': {
      const first = months.findIndex((_, i) => year(i) === year(here));
      if (first < here) return first;
      return Math.max(
        0,
        months.findIndex((_, i) => year(i) === year(Math.max(0, here - 1))),
      );
    }
    case 'Home':
      return 0;
    case 'End':
      return last;
    default:
      return null;
  }
}
