// What was thrown away, day by day, by this computer's clock.
import type { ThrownAway } from '@semblance/contract';

export interface TrashDay {
  /** Midnight, milliseconds since 1970 UTC. */
  day: number;
  files: ThrownAway[];
}

/** In the order given, which is newest first. */
export function byDay(files: readonly ThrownAway[]): TrashDay[] {
  const days: TrashDay[] = [];
  for (const file of files) {
    const day = new Date(file.at).setHours(0, 0, 0, 0);
    const last = days.at(-1);
    if (last?.day === day) last.files.push(file);
    else days.push({ day, files: [file] });
  }
  return days;
}

/** `Today`, `Yesterday`, else the date; the year where it is another one. */
export function dayTitle(locale: string, day: number, now: number): string {
  const today = new Date(now).setHours(0, 0, 0, 0);
  // Days are 23 or 25 hours long twice a year.
  const ago = Math.round((today - day) / 86_400_000);
  if (ago === 0 || ago === 1) {
    const words = new Intl.RelativeTimeFormat(locale, { numeric: 'auto' }).format(-ago, 'day');
    return words.charAt(0).toLocaleUpperCase(locale) + words.slice(1);
  }
  const sameYear = new Date(day).getFullYear() === new Date(now).getFullYear();
  return new Intl.DateTimeFormat(locale, {
    weekday: 'long',
    day: 'numeric',
    month: 'long',
    ...(sameYear ? {} : { year: 'numeric' }),
  }).format(day);
}

export function timeOf(locale: string, at: number): string {
  return new Intl.DateTimeFormat(locale, { timeStyle: 'short' }).format(at);
}

/** The folder of a path of any platform. */
export function folderName(path: string): string {
  const cut = Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\'));
  return cut <= 0 ? path.slice(0, 1) : path.slice(0, cut);
}
