// When a photo was taken, from what people and programs have written: tags and file names.
import { wallClock } from './time.ts';

const FIRST_PHOTOGRAPH = 1826;
const FIRST_CAMERA_FILE = 1990;
const NOON = 12;
const A_YEAR_MS = 366 * 86_400_000;

/**
 * `YYYY:MM:DD HH:MM:SS` (Exif 2.32, 4.6.5) and XMP's ISO 8601 dates, with or without a time, as wall-clock milliseconds.
 * A zone is left out: the time on the wall where the photo was taken is what people remember. A day alone means noon.
 *
 * @returns null for blank, zero and impossible dates, for years before photography and for the future
 */
export function parsePhotoDate(value: string | null | undefined): number | null {
  const match = /^(\d{4})[:\-/.](\d{2})[:\-/.](\d{2})(?:[ T](\d{2}):(\d{2})(?::(\d{2}))?|$)/.exec(
    value?.trim() ?? '',
  );
  if (match === null) return null;
  const [, year, month, day, hour = NOON, minute = 0, second = 0] = match.map((part) => part && Number(part));
  return checkedDate([year, month, day, hour, minute, second].map(Number), FIRST_PHOTOGRAPH);
}

const DAY_AND_TIME =
  /(?<!\d)(\d{4})([-_.]?)(\d{2})\2(\d{2})(?:[-_. T]|\s+(?:at|um|à)\s+|\s+)?([01]\d|2[0-3])[-_.:h]?([0-5]\d)[-_.:m]?([0-5]\d)(?:\d{1,3})?(?!\d)/;
const DAY = /(?<!\d)(\d{4})([-_.]?)(\d{2})\2(\d{2})(?!\d)/;
/** Milliseconds since 1970, as Facebook and some messengers name their files. */
const INSTANT = /(?<!\d)(1[0-9]{12})(?!\d)/;

/**
 * A date in a file name: `IMG_20190704_123456`, `PXL_20210101_120000123`, `IMG-20190704-WA0001`, `2019-07-04 12.34.56`,
 * `Screenshot_2021-05-06-07-08-09`, `WhatsApp Image 2019-07-04 at 12.34.56`, `FB_IMG_1562243696789`.
 *
 * @param fileName without folder
 * @returns wall-clock milliseconds, noon for a day alone; null when the name holds no date from 1990 to now
 */
export function dateFromName(fileName: string): number | null {
  const timed = DAY_AND_TIME.exec(fileName);
  if (timed !== null) {
    const [, year, , month, day, hour, minute, second] = timed;
    const date = checkedDate([year, month, day, hour, minute, second].map(Number), FIRST_CAMERA_FILE);
    if (date !== null) return date;
  }
  const instant = INSTANT.exec(fileName);
  if (instant !== null && Number(instant[1]) < Date.now()) return wallClock(Number(instant[1]));
  const plain = DAY.exec(fileName);
  if (plain === null) return null;
  const [, year, , month, day] = plain;
  return checkedDate([...[year, month, day].map(Number), NOON, 0, 0], FIRST_CAMERA_FILE);
}

function checkedDate(parts: number[], firstYear: number): number | null {
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = parts;
  const time = Date.UTC(year, month - 1, day, hour, minute, second);
  const date = new Date(time);
  const real = date.getUTCMonth() === month - 1 && date.getUTCDate() === day && date.getUTCHours() === hour;
  return real && year >= firstYear && time < Date.now() + A_YEAR_MS ? time : null;
}
