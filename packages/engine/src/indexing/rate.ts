// Photos per second and time left, from what was finished lately: honest after a pause, a slow disk, a big file.

/** How far back the rate looks: milliseconds. */
const WINDOW_MS = 10_000;
/** No estimate before so many photos are done: the first ones include start-up. */
const MIN_DONE = 8;

export interface Rate {
  /** Work begins (again): the time until now does not count. */
  begin(now: number): void;
  /** `count` photos were finished at `now` (ms). */
  add(now: number, count: number): void;
  /** Photos per second over the window. */
  perSecond(now: number): number;
  /** Seconds for `pending` more photos; null while it cannot be told. */
  secondsLeft(now: number, pending: number): number | null;
}

export function createRate(): Rate {
  let marks: { at: number; count: number }[] = [];
  let start: number | null = null;
  let total = 0;

  function perSecond(now: number): number {
    marks = marks.filter((mark) => now - mark.at <= WINDOW_MS);
    if (start === null || marks.length === 0) return 0;
    const span = Math.min(WINDOW_MS, now - start);
    return span <= 0 ? 0 : marks.reduce((sum, mark) => sum + mark.count, 0) / (span / 1000);
  }

  return {
    begin(now) {
      marks = [];
      start = now;
      total = 0;
    },
    add(now, count) {
      total += count;
      marks.push({ at: now, count });
    },
    perSecond,
    secondsLeft(now, pending) {
      const rate = perSecond(now);
      return rate <= 0 || total < MIN_DONE ? null : pending / rate;
    },
  };
}
