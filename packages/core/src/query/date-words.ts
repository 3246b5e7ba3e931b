// Words for dates, English and Turkish: seasons, months, "last week". Turkish is our own, because no date library has it.
import {
  DAY_MS,
  dayRange,
  monthOf,
  monthRange,
  realDay,
  startOfDay,
  startOfWeek,
  yearOf,
  yearRange,
} from './calendar.ts';
import type { DateRange } from './types.ts';

type Unit = 'day' | 'week' | 'weekend' | 'month' | 'year';

/** Folded, with the endings that Turkish puts on them ("2019 yazı", "mayısta"). First month of each season. */
const SEASONS = words<number>({
  3: 'spring springtime bahar bahari ilkbahar ilkbahari baharda ilkbaharda',
  6: 'summer summertime yaz yazi yazin yazinda',
  9: 'autumn fall sonbahar sonbahari sonbaharda guz guzu guzun',
  12: 'winter wintertime kis kisi kisin kisinda',
});
const MONTHS = words<number>({
  1: 'january jan ocak ocakta ocagi ocag',
  2: 'february feb subat subatta subati',
  3: 'march mar mart martta marti',
  4: 'april apr nisan nisanda nisani',
  5: 'may mayis mayista mayisi',
  6: 'june jun haziran haziranda hazirani',
  7: 'july jul temmuz temmuzda temmuzu',
  8: 'august aug agustos agustosta agustosu',
  9: 'september sep sept eylul eylulde eylulu',
  10: 'october oct ekim ekimde ekimi',
  11: 'november nov kasim kasimda kasimi',
  12: 'december dec aralik aralikta araligi aralig',
});
const UNITS: ReadonlyMap<string, Unit> = new Map(
  Object.entries({
    day: 'day days gun',
    week: 'week weeks hafta',
    weekend: 'weekend weekends haftasonu',
    month: 'month months ay',
    year: 'year years yil sene',
  }).flatMap(([unit, names]) => names.split(' ').map((name) => [name, unit as Unit])),
);
/** Monday first, as `startOfWeek`. English ones too: chrono takes "friday" for the nearest, which may be to come. */
const WEEKDAYS = words<number>({
  0: 'monday mon pazartesi',
  1: 'tuesday tue sali',
  2: 'wednesday wed carsamba',
  3: 'thursday thu persembe',
  4: 'friday fri cuma',
  5: 'saturday sat cumartesi',
  6: 'sunday sun pazar',
});
const NUMBERS = words<number>({
  1: 'one a an bir',
  2: 'two iki',
  3: 'three uc',
  4: 'four dort',
  5: 'five bes',
  6: 'six alti',
  7: 'seven yedi',
  8: 'eight sekiz',
  9: 'nine dokuz',
  10: 'ten on',
  11: 'eleven',
  12: 'twelve',
});
const LAST = new Set(['last', 'past', 'previous', 'gecen', 'onceki', 'gectigimiz']);
const THIS = new Set(['this', 'bu']);
const FILLER = new Set(['of', 'in', 'the', 'during', 'from', 'yili', 'yilinin', 'ayi', 'ayinda']);
const NAMED_DAYS: ReadonlyMap<string, number> = new Map([
  ...['today', 'bugun', 'now', 'simdi'].map((name) => [name, 0] as const),
  ...['yesterday', 'dun'].map((name) => [name, 1] as const),
  ...['day before yesterday', 'evvelsi gun', 'evvelki gun'].map((name) => [name, 2] as const),
]);

const ENGLISH_TIMES = new Set(
  (
    'spring springtime summer summertime autumn fall winter wintertime january jan february feb march mar april apr may ' +
    'june jun july jul august aug september sep sept october oct november nov december dec'
  ).split(' '),
);

/** Words between dates, and those that only English dates have. */
const AROUND =
  'to until till through since before after between and ile kadar beri sonra once evvel arasi arasinda ago ' +
  'next';
const SAID: ReadonlySet<string> = new Set([
  ...[SEASONS, MONTHS, UNITS, NAMED_DAYS, WEEKDAYS, NUMBERS].flatMap((known) =>
    [...known.keys()].flatMap((n) => n.split(' ')),
  ),
  ...[...LAST, ...THIS, ...FILLER, 'sonu', 'son', ...AROUND.split(' ')],
]);

const TURKISH_TIMES = new Set(
  [...SEASONS.keys(), ...MONTHS.keys()].filter((word) => !ENGLISH_TIMES.has(word)),
);

/** A Turkish month or season, which no English text about a picture begins with. @param word folded */
export function isTurkishTime(word: string): boolean {
  return TURKISH_TIMES.has(word);
}

/** Whether a word can be part of a date. @param word folded */
export function isDateWord(word: string): boolean {
  const bare = word.replace(/,$/u, '');
  // "From" and "to" are endings in Turkish: yazdan, bugüne.
  const stems = [
    bare,
    bare.replace(/'?n?[dt][ae]n$/u, ''),
    bare.replace(/'?[ae]$/u, ''),
    bare.replace(/[yn][ae]$/u, ''),
  ];
  return (
    stems.some((stem) => SAID.has(stem)) ||
    /^(?:\d{1,4}(?:st|nd|rd|th|s)?|\d[\d./-]*\d|\d{4}'[a-z]{1,4}|[-–])$/u.test(bare)
  );
}

/** @param text folded. @param now wall-clock milliseconds */
export function dateWords(text: string, now: number): DateRange | null {
  const today = startOfDay(now);
  const parts = text
    .replace(/hafta ?sonu/gu, 'haftasonu')
    .replace(/[,']/gu, ' ')
    .split(' ')
    .filter((word) => word !== '' && !FILLER.has(word));
  const daysBack = NAMED_DAYS.get(parts.join(' '));
  if (daysBack !== undefined) return dayRange(today - daysBack * DAY_MS);
  return (
    weekday(parts, today) ??
    relative(parts, now) ??
    ago(parts, now) ??
    rolling(parts, today) ??
    named(parts, now)
  );
}

/** "friday", "geçen cuma": the latest one; with "last", one before today. "weekend", "hafta sonu": the latest that has begun. */
function weekday(parts: readonly string[], today: number): DateRange | null {
  const last = parts.length === 2 && LAST.has(parts[0] ?? '');
  if (parts.length !== (last ? 2 : 1)) return null;
  const day = WEEKDAYS.get(parts.at(-1) ?? '');
  const since = Math.round((today - startOfWeek(today)) / DAY_MS);
  if (day !== undefined) {
    const back = (since - day + 7) % 7;
    return dayRange(today - (back === 0 && last ? 7 : back) * DAY_MS);
  }
  const weekend = !last && UNITS.get(parts[0] ?? '') === 'weekend';
  return weekend ? unitAround('weekend', since < 5 ? 1 : 0, today) : null;
}

/** "last summer", "bu ay", "geçen hafta sonu". */
function relative([which = '', what = '', ...rest]: string[], now: number): DateRange | null {
  if (rest.length > 0) return null;
  const last = LAST.has(which);
  if (!last && !THIS.has(which)) return null;
  const unit = UNITS.get(what);
  if (unit !== undefined) return unitAround(unit, last ? 1 : 0, now);
  const season = SEASONS.get(what);
  const year = yearOf(now);
  if (season !== undefined) {
    // The season that is over, or the one that has begun last.
    const over = [year, year - 1, year - 2].map((y) => monthRange(y, season, 3));
    return over.find(({ from, until }) => (last ? until <= now : from <= now)) ?? null;
  }
  const month = MONTHS.get(what);
  if (month === undefined) return null;
  if (!last) return monthRange(year, month);
  return monthRange(month < monthOf(now) ? year : year - 1, month);
}

/** How many: "3", "three", "üç". */
function countOf(word: string): number | null {
  return /^\d{1,3}$/u.test(word) ? Number(word) : (NUMBERS.get(word) ?? null);
}

/** "3 weeks ago", "iki hafta önce": the unit that long ago. */
function ago([count = '', what = '', word = '', ...rest]: string[], now: number): DateRange | null {
  const unit = UNITS.get(what);
  const turkish = word === 'once' || word === 'evvel';
  if (rest.length > 0 || unit === undefined || !(turkish || word === 'ago')) return null;
  const n = countOf(count);
  return n === null ? null : unitAround(unit, n, now);
}

/** "last 30 days", "son 2 yıl": up to and with today. */
function rolling([which = '', count = '', what = '', ...rest]: string[], today: number): DateRange | null {
  const unit = UNITS.get(what);
  const n = countOf(count);
  if (rest.length > 0 || unit === undefined || n === null) return null;
  if (which !== 'son' && which !== 'last' && which !== 'past') return null;
  const until = today + DAY_MS;
  if (unit === 'day') return { from: until - n * DAY_MS, until };
  if (unit === 'week' || unit === 'weekend') return { from: until - 7 * n * DAY_MS, until };
  const from = new Date(today);
  from.setUTCMonth(from.getUTCMonth() - n * (unit === 'year' ? 12 : 1));
  return { from: from.getTime(), until };
}

/** "summer 2019", "2019 yazı", "mayıs 2020", "5 mayıs", "5 mayıs 2020". Without a year: the last one that has begun. */
function named(said: readonly string[], now: number): DateRange | null {
  // "12 Mayıs 2019 Pazar": the date says it all.
  const parts = said.length > 2 ? said.filter((word) => !WEEKDAYS.has(word)) : said;
  const [season] = parts.flatMap((word) => SEASONS.get(word) ?? []);
  const [month] = parts.flatMap((word) => MONTHS.get(word) ?? []);
  const years = parts
    .filter((word) => /^\d{4}(?:te|ta|de|da)?$/u.test(word))
    .map((word) => Number.parseInt(word, 10));
  const days = parts
    .filter((word) => /^\d{1,2}(?:st|nd|rd|th)?$/u.test(word))
    .map((word) => Number.parseInt(word, 10));
  const understood =
    (season === undefined ? 0 : 1) + (month === undefined ? 0 : 1) + years.length + days.length;
  if (understood !== parts.length || years.length > 1 || days.length > 1) return null;
  const [year] = years;
  const [day] = days;
  if (year !== undefined && year < 1) return null;
  if (season !== undefined && month === undefined && day === undefined) {
    return latest(year, now, (y) => monthRange(y, season, 3));
  }
  if (month === undefined || season !== undefined) return null;
  if (day === undefined) return latest(year, now, (y) => monthRange(y, month));
  return latest(year, now, (y) => {
    const moment = realDay(y, month, day);
    return moment === null ? null : dayRange(moment);
  });
}

function latest(
  year: number | undefined,
  now: number,
  range: (year: number) => DateRange | null,
): DateRange | null {
  if (year !== undefined) return range(year);
  const recent = [0, 1, 2, 3, 4, 5, 6, 7, 8].map((back) => range(yearOf(now) - back));
  return recent.find((found) => found !== null && found.from <= now) ?? null;
}

function unitAround(unit: Unit, back: number, now: number): DateRange {
  const week = startOfWeek(now) - back * 7 * DAY_MS;
  switch (unit) {
    case 'day':
      return dayRange(startOfDay(now) - back * DAY_MS);
    case 'week':
      return dayRange(week, 7);
    case 'weekend':
      return dayRange(week + 5 * DAY_MS, 2);
    case 'month':
      return monthRange(yearOf(now), monthOf(now) - back);
    case 'year':
      return yearRange(yearOf(now) - back);
  }
}

function words<Value extends number>(table: Record<Value, string>): ReadonlyMap<string, Value> {
  return new Map(
    Object.entries<string>(table).flatMap(([value, names]) =>
      names.split(' ').map((name) => [name, Number(value) as Value]),
    ),
  );
}
