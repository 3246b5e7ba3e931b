// One line of days, perhaps of several months: how wide it is at a row height, and which height fills the grid.
import type { LayoutOptions } from './layout.ts';

export interface Day {
  day: number;
  first: number;
  count: number;
  /** Sum of width / height over its photos. */
  shape: number;
}

/** Days of one month that share a line. */
export type Group = readonly Day[];

type Spaces = Pick<LayoutOptions, 'gap' | 'dayGap' | 'monthGap'>;

/** A day beside others needs room for its heading, and so does a month: pixels. */
const NARROWEST_DAY = 128;
const NARROWEST_MONTH = 152;
/** Enough for a hundredth of a pixel. */
const HALVINGS = 16;

export function dayWidth(day: Day, height: number, { gap }: Spaces): number {
  return Math.max(gap * (day.count - 1) + day.shape * height, NARROWEST_DAY);
}

export function groupWidth(group: Group, height: number, spaces: Spaces): number {
  let wide = -spaces.dayGap;
  for (const day of group) wide += spaces.dayGap + dayWidth(day, height, spaces);
  return Math.max(wide, NARROWEST_MONTH);
}

export function lineWidth(line: readonly Group[], height: number, spaces: Spaces): number {
  let wide = -spaces.monthGap;
  for (const group of line) wide += spaces.monthGap + groupWidth(group, height, spaces);
  return wide;
}

/** The row height between `low` and `high` at which the line is as wide as the grid, or the nearest of the two. */
export function fillingHeight(
  line: readonly Group[],
  width: number,
  low: number,
  high: number,
  spaces: Spaces,
): number {
  if (lineWidth(line, high, spaces) <= width) return high;
  if (lineWidth(line, low, spaces) >= width) return low;
  let fits = low;
  let tooWide = high;
  for (let i = 0; i < HALVINGS; i++) {
    const middle = (fits + tooWide) / 2;
    if (lineWidth(line, middle, spaces) <= width) fits = middle;
    else tooWide = middle;
  }
  return fits;
}
