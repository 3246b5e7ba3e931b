// Dates as people write them in a query: numbers, ranges, comparisons, and the words of `date-words.ts`.
import { dayRange, EARLIEST, isoDay, LATEST, monthRange, realDay, yearOf, yearRange } from './calendar.ts';
import { dateWords } from './date-words.ts';
import { freeDate } from './free-date.ts';
import { ascii, fold } from './text.ts';
import type { DateRange } from './types.ts';

/**
 * A day, month, year, season or stretch of them: `2019`, `2020-05`, `12.05.2019`, `2019..2021`, `>=2019`, `1990s`, `last
 * summer`, `geçen yaz`, `3 weeks ago`. Seasons are those of the northern hemisphere; a winter has the year of its December.
 *
 * @param now wall-clock milliseconds; relative dates count from it
 * @returns null for what is no date
 */
export function parseDate(value: string, now: number): DateRange | null {
  const text = ascii(fold(value));
  if (text === '' || text.length > 80) return null;
  const range = /^(.*?)(?:\.\.+|…)(.*)$/u.exec(text);
  if (range !== null) return between(range[1] ?? '', range[2] ?? '', now);
  const years = /^(\d{4})\s*[-–]\s*(\d{4})$/u.exec(text);
  if (years !== null) return between(years[1] ?? '', years[2] ?? '', now);
  const compared = /^([<>]=?|=)\s*(.*)$/u.exec(text);
  if (compared !== null) return beside(compared[1] ?? '', compared[2] ?? '', now);
  return one(text, now) ?? saidBetween(text, now) ?? saidBeside(text, now);
}

function beside(sign: string, text: string, now: number): DateRange | null {
  const date = one(text, now);
  if (date === null) return null;
  switch (sign) {
    case '>':
      return { from: date.until, until: LATEST };
    case '>=':
      return { from: date.from, until: LATEST };
    case '<':
      return { from: EARLIEST, until: date.from };
    case '<=':
      return { from: EARLIEST, until: date.until };
    default:
      return date;
  }
}

/** "may 2019 to today", "between 2019 and last summer", "geçen yazdan bugüne kadar", "2019 ile 2021 arası". */
function saidBetween(text: string, now: number): DateRange | null {
  const parts =
    /^(?:from )?(.+?) (?:to|until|till|through|[-–]) (.+)$/u.exec(text) ??
    /^between (.+?) and (.+)$/u.exec(text) ??
    /^(\p{L}+)[-–](\p{L}+(?: \d{4})?)$/u.exec(text) ??
    /^(.+?) ile (.+?) arasi(?:nda)?$/u.exec(text);
  if (parts !== null) return between(parts[1] ?? '', parts[2] ?? '', now);
  const turkish = /^(.+?[dt][ae]n) (.+?[ae])(?: kadar)?$/u.exec(text);
  if (turkish === null) return null;
  const [start, end] = [withoutEnding(turkish[1] ?? '', FROM, now), withoutEnding(turkish[2] ?? '', TO, now)];
  return start === null || end === null ? null : between(start, end, now);
}

/** "since last summer", "before 2019", "geçen yazdan beri", "2019'dan önce", "bugüne kadar". */
function saidBeside(text: string, now: number): DateRange | null {
  const english = /^(since|after|before|until|till) (.+)$/u.exec(text);
  if (english !== null) return beside(BESIDE[english[1] ?? ''] ?? '', english[2] ?? '', now);
  const turkish = /^(.+) (beri|sonra|once|kadar)$/u.exec(text);
  const [, date = '', word = ''] = turkish ?? [];
  const bare = withoutEnding(date, word === 'kadar' ? TO : FROM, now);
  return bare === null ? null : beside(BESIDE[word] ?? '', bare, now);
}

const BESIDE: Readonly<Record<string, string>> = {
  ...{ since: '>=', after: '>', before: '<', until: '<=', till: '<=' },
  ...{ beri: '>=', sonra: '>', once: '<', kadar: '<=' },
};
/** Endings of "from" and "to" in Turkish, the longer ones where a possessive or vowel goes before: yazından, kışına, haftaya. */
const FROM = [/'?[dt][ae]n$/u, /n[dt][ae]n$/u];
const TO = [/'?[ae]$/u, /'?[yn][ae]$/u];

/** Null where what is left is no date. */
function withoutEnding(text: string, endings: readonly RegExp[], now: number): string | null {
  const bare = endings.flatMap((ending) => (ending.test(text) ? [text.replace(ending, '')] : []));
  return bare.find((date) => one(date, now) !== null) ?? null;
}

/** `2019-01-01 - 2021-12-31`; the days are included. */
export function dateMeaning({ from, until }: DateRange): string {
  const last = until - 1;
  if (from <= EARLIEST) return `until ${isoDay(last)}`;
  if (until >= LATEST) return `from ${isoDay(from)}`;
  return isoDay(from) === isoDay(last) ? isoDay(from) : `${isoDay(from)} - ${isoDay(last)}`;
}

/** Either end may be open; ends the wrong way round are turned. */
function between(first: string, second: string, now: number): DateRange | null {
  const [said, saidLast] = [first.trim(), second.trim()];
  const [start, end] = [said === '' ? null : one(said, now), saidLast === '' ? null : one(saidLast, now)];
  if ((start === null && said !== '') || (end === null && saidLast !== '')) return null;
  if (start === null || end === null) {
    if (start === null && end === null) return null;
    return { from: start?.from ?? EARLIEST, until: end?.until ?? LATEST };
  }
  const [low, high] = sameYears(said, start, saidLast, end, now) ?? [start, end];
  return high.from < low.from ? { from: high.from, until: low.until } : { from: low.from, until: high.until };
}

/** "May..July 2019" is of one year, and "November..February" goes over the turn of one. Null where nothing is to be added. */
function sameYears(
  first: string,
  start: DateRange,
  second: string,
  end: DateRange,
  now: number,
): [DateRange, DateRange] | null {
  const [yearless, yearlessEnd] = [isYearless(first, start, now), isYearless(second, end, now)];
  const of = (text: string, year: number): DateRange => one(`${text} ${year}`, now) ?? start;
  if (yearless && (!yearlessEnd || start.from > end.from)) {
    const year = yearOf(end.from);
    const same = of(first, year);
    return [same.from > end.from ? of(first, year - 1) : same, end];
  }
  // "2018..may" is until the last May.
  if (!yearlessEnd || yearless || !/\p{L}/u.test(first)) return null;
  const year = yearOf(start.from);
  const same = of(second, year);
  return [start, same.from < start.from ? of(second, year + 1) : same];
}

/** "May", "5 mayıs": the same text with its year is a date of the same length. Not "yesterday", nor "last may". */
function isYearless(text: string, range: DateRange, now: number): boolean {
  const dated = /\d{4}/u.test(text) ? null : one(`${text} ${yearOf(range.from)}`, now);
  return dated !== null && dated.from === range.from && dated.until === range.until;
}

function one(text: string, now: number): DateRange | null {
  return numeric(text) ?? dateWords(text, now) ?? freeDate(text, now);
}

function numeric(text: string): DateRange | null {
  const decade = /^(?:the )?(\d{3}0)'?(?:s|l[ae]r)$/u.exec(text);
  if (decade !== null) return yearIfReal(Number(decade[1]), 10);
  // Photography is younger than the 1820s, and the next decades have no photos yet.
  const short = /^(?:the )?'?(\d0)'?(?:s|l[ae]r)$/u.exec(text);
  if (short !== null) return yearRange(Number(short[1]) + (Number(short[1]) < 30 ? 2000 : 1900), 10);
  const digits = /^((?:19|20)\d\d)(\d\d)(\d\d)$/u.exec(text);
  if (digits !== null) return calendarDate(digits[1], digits[2], digits[3]);
  if (/^\d{4}$/u.test(text)) return yearIfReal(Number(text), 1);
  const yearFirst = /^(\d{4})[-./](\d{1,2})(?:[-./](\d{1,2}))?$/u.exec(text);
  if (yearFirst !== null) return calendarDate(yearFirst[1], yearFirst[2], yearFirst[3]);
  const dayFirst = /^(?:(\d{1,2})[-./])?(\d{1,2})[-./](\d{4})$/u.exec(text);
  return dayFirst === null ? null : calendarDate(dayFirst[3], dayFirst[2], dayFirst[1]);
}

function yearIfReal(year: number, years: number): DateRange | null {
  return year < 1 ? null : yearRange(year, years);
}

function calendarDate(year = '', month = '', day?: string): DateRange | null {
  const [y, m] = [Number(year), Number(month)];
  if (m < 1 || m > 12 || y < 1) return null;
  if (day === undefined) return monthRange(y, m);
  const moment = realDay(y, m, Number(day));
  return moment === null ? null : dayRange(moment);
}
