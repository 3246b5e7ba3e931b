// Everything else that English has for dates, by chrono (https://github.com/wanasit/chrono).
import { casual, type ParsedResult } from 'chrono-node/en';
import { dayOf, dayRange, monthRange, yearRange } from './calendar.ts';
import type { DateRange } from './types.ts';

/** @param text folded; all of it must be a date. @param now wall-clock milliseconds */
export function freeDate(text: string, now: number): DateRange | null {
  const at = new Date(now);
  // chrono reckons in the zone of the machine: it gets, and gives, a local date with the digits of the wall clock.
  const local = new Date(at.getUTCFullYear(), at.getUTCMonth(), at.getUTCDate(), at.getUTCHours());
  const said = text.replace(/^(?:in|on|during|from) /u, '');
  const [found, ...more] = casual.parse(said, local);
  if (found === undefined || more.length > 0 || found.text.length < said.trim().length) return null;
  const start = stretch(found.start, now);
  const end = found.end ? stretch(found.end, now) : start;
  return start.from < end.until ? { from: start.from, until: end.until } : null;
}

/** The day, month or year that was named. A day without a year is past: photos are. */
function stretch(date: ParsedResult['start'], now: number): DateRange {
  const [year, month, day] = [date.get('year') ?? 1, date.get('month') ?? 1, date.get('day') ?? 1];
  const exact = (['day', 'weekday', 'hour'] as const).some((part) => date.isCertain(part));
  const isMonth = !exact && date.isCertain('month');
  if (!exact && !isMonth && date.isCertain('year')) return yearRange(year);
  // "This morning" is sure of nothing, and means a day.
  const range = (y: number) => (!isMonth ? dayRange(dayOf(y, month, day)) : monthRange(y, month));
  const said = range(year);
  return said.from > now && !date.isCertain('year') && date.isCertain('month') ? range(year - 1) : said;
}
