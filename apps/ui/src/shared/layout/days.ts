// Days and months of `takenAt`: local wall-clock milliseconds as if they were UTC, so no time zone is applied.
import type { Day } from './line.ts';

const DAY_MS = 86_400_000;

/** Start of the day, milliseconds. */
function dayOf(moment: number): number {
  return Math.floor(moment / DAY_MS) * DAY_MS;
}

function sameMonth(a: number, b: number): boolean {
  if (Math.abs(a - b) > 31 * DAY_MS) return false;
  const first = new Date(a);
  const second = new Date(b);
  return first.getUTCMonth() === second.getUTCMonth() && first.getUTCFullYear() === second.getUTCFullYear();
}

/** The days of each month, in the order of the photos. */
export function monthsOf(
  total: number,
  takenAt: (index: number) => number,
  ratio: (index: number) => number,
): Day[][] {
  const found: Day[][] = [];
  let open: Day[] = [];
  for (let first = 0; first < total; ) {
    const day = dayOf(takenAt(first));
    let end = first;
    while (end < total && dayOf(takenAt(end)) === day) end++;
    const before = open[0];
    if (before === undefined || !sameMonth(before.day, day)) {
      open = [];
      found.push(open);
    }
    open.push(dayOfPhotos(first, end, day, ratio));
    first = end;
  }
  return found;
}

/** Photos from `first` up to `end` as one block. */
export function dayOfPhotos(first: number, end: number, day: number, ratio: (index: number) => number): Day {
  let shape = 0;
  for (let i = first; i < end; i++) shape += ratio(i);
  return { day, first, count: end - first, shape };
}
