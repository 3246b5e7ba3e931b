// Photo times are wall-clock times, because cameras seldom know their zone. This is the one place that converts.

/**
 * Local wall-clock time of an instant, in milliseconds as if it were UTC: the scale of `takenAt`.
 *
 * @param instantMs milliseconds since 1970 UTC, e.g. a file's modification time
 * @returns a whole number; 0 for an instant that no calendar can hold
 */
export function wallClock(instantMs: number): number {
  const offsetMinutes = new Date(instantMs).getTimezoneOffset();
  if (Number.isNaN(offsetMinutes)) return 0;
  return Math.trunc(instantMs) - Math.round(offsetMinutes * 60_000);
}
