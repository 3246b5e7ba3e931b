// Dates, sizes and camera facts as people write them, by locale. `takenAt` is wall-clock time held as UTC, so
// it is always printed in UTC: the clock on the wall where the photo was taken.

const cache = new Map<string, Intl.DateTimeFormat>();

function date(locale: string, moment: number, options: Intl.DateTimeFormatOptions): string {
  const key = locale + JSON.stringify(options);
  let format = cache.get(key);
  if (format === undefined) {
    format = new Intl.DateTimeFormat(locale, { ...options, timeZone: 'UTC' });
    cache.set(key, format);
  }
  return format.format(moment);
}

export function monthName(locale: string, moment: number): string {
  return date(locale, moment, { month: 'long', year: 'numeric' });
}

/** Heading of a day within its month. */
export function dayName(locale: string, moment: number): string {
  return date(locale, moment, { weekday: 'short', day: 'numeric', month: 'short' });
}

export function longDate(locale: string, moment: number): string {
  return date(locale, moment, { dateStyle: 'full' });
}

export function shortDate(locale: string, moment: number): string {
  return date(locale, moment, { dateStyle: 'medium' });
}

export function clockTime(locale: string, moment: number): string {
  return date(locale, moment, { timeStyle: 'short' });
}

export function dateAndTime(locale: string, moment: number): string {
  return date(locale, moment, { dateStyle: 'long', timeStyle: 'short' });
}

export function number(locale: string, value: number, maximumFractionDigits = 0): string {
  return new Intl.NumberFormat(locale, { maximumFractionDigits }).format(value);
}

/** `en` in the reader's language; the code itself where there is no name for it. */
export function languageName(locale: string, code: string): string {
  try {
    return new Intl.DisplayNames(locale, { type: 'language' }).of(code) ?? code;
  } catch {
    return code;
  }
}

const UNITS = ['byte', 'kilobyte', 'megabyte', 'gigabyte', 'terabyte'] as const;

export function fileSize(locale: string, bytes: number): string {
  const step = Math.min(bytes < 1 ? 0 : Math.floor(Math.log10(bytes) / 3), UNITS.length - 1);
  const value = bytes / 1000 ** step;
  return new Intl.NumberFormat(locale, {
    style: 'unit',
    unit: UNITS[step] ?? 'byte',
    unitDisplay: 'short',
    maximumFractionDigits: step > 1 && value < 100 ? 1 : 0,
  }).format(value);
}

/** `1/250 s`, `0.5 s`, `2 s`. */
export function exposure(locale: string, seconds: number): string {
  if (seconds > 0 && seconds < 0.4) return `1/${number(locale, Math.round(1 / seconds))} s`;
  return `${number(locale, seconds, 1)} s`;
}

/** `48.8584° N, 2.2945° E`, to about ten metres. */
export function coordinates(locale: string, latitude: number, longitude: number): string {
  const part = (degrees: number, positive: string, negative: string) =>
    `${number(locale, Math.abs(degrees), 4)}° ${degrees < 0 ? negative : positive}`;
  return `${part(latitude, 'N', 'S')}, ${part(longitude, 'E', 'W')}`;
}

/** `0.3 MP`, `24 MP`; null for pictures so small that nobody counts them so. */
export function megapixels(locale: string, width: number, height: number): string | null {
  const millions = (width * height) / 1e6;
  // 9.96 would be written 10.0.
  return millions < 0.1 ? null : `${number(locale, millions, millions < 9.95 ? 1 : 0)} MP`;
}

/** Unit of the largest part that matters, for "about 4 minutes left". */
export function roughDuration(seconds: number): { unit: 'seconds' | 'minutes' | 'hours'; count: number } {
  if (seconds < 55) return { unit: 'seconds', count: Math.max(5, Math.ceil(seconds / 5) * 5) };
  if (seconds < 90 * 60) return { unit: 'minutes', count: Math.max(1, Math.round(seconds / 60)) };
  return { unit: 'hours', count: Math.round(seconds / 3600) };
}

/** Last part of a path of any platform. */
export function fileName(path: string): string {
  return path.split(/[\\/]/).findLast((part) => part !== '') ?? path;
}
