// Days and months of `takenAt`: local wall-clock milliseconds as if they were UTC, so no time zone is applied.

const DAY_MS = 86_400_000;

/** Start of the day, milliseconds. */
export function dayOf(moment: number): number {
  return Math.floor(moment / DAY_MS) * DAY_MS;
}

export function sameMonth(a: number, b: number): boolean {
  if (Math.abs(a - b) > 31 * DAY_MS) return false;
  const first = new Date(a);
  const second = new Date(b);
  return first.getUTCMonth() === second.getUTCMonth() && first.getUTCFullYear() === second.getUTCFullYear();
}
