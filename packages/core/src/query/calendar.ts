// Stretches of the calendar on the wall-clock scale, as dates in a query need them.
import type { DateRange } from './types.ts';

export const DAY_MS = 86_400_000;

/** Start of a day. Months count from 1 and may run over: month 13 is January of the next year. */
export function dayOf(year: number, month: number, day: number): number {
  // setUTCFullYear, because Date.UTC takes the years 0 to 99 for 1900 to 1999.
  return new Date(0).setUTCFullYear(year, month - 1, day);
}

/** Open ends reach to the ends of the calendar. */
export const EARLIEST = dayOf(1, 1, 1);
export const LATEST = dayOf(10_000, 1, 1);

export const yearRange = (year: number, years = 1): DateRange => ({
  from: dayOf(year, 1, 1),
  until: dayOf(year + years, 1, 1),
});

export const monthRange = (year: number, month: number, months = 1): DateRange => ({
  from: dayOf(year, month, 1),
  until: dayOf(year, month + months, 1),
});

export const dayRange = (from: number, days = 1): DateRange => ({ from, until: from + days * DAY_MS });

/** The day that a moment belongs to. */
export const startOfDay = (moment: number): number => Math.floor(moment / DAY_MS) * DAY_MS;

/** Weeks begin on Monday (ISO 8601), in both languages. */
export function startOfWeek(moment: number): number {
  const day = startOfDay(moment);
  return day - ((new Date(day).getUTCDay() + 6) % 7) * DAY_MS;
}

export const yearOf = (moment: number): number => new Date(moment).getUTCFullYear();
/** 1 to 12. */
export const monthOf = (moment: number): number => new Date(moment).getUTCMonth() + 1;

/** Null where the calendar has no such day. */
export function realDay(year: number, month: number, day: number): number | null {
  if (year < 1 || year > 9999) return null;
  const moment = dayOf(year, month, day);
  return monthOf(moment) === month && new Date(moment).getUTCDate() === day ? moment : null;
}

/** `2019-05-01`. Years beyond 9999 are written as they are. */
export function isoDay(moment: number): string {
  return new Date(moment).toISOString().split('T')[0] ?? '';
}
