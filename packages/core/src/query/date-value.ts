// Where the value of `date:` ends. It is the one filter whose values are made of words, and of two values with dots between,
// each in quotes or not: `date:last summer`, `date:"last summer"..today`, `date:geçen yaz .. dün`.
import { isDateWord, isTurkishTime } from './date-words.ts';
import { afterSpace, closingQuote, endsWord, QUOTE } from './spelling.ts';
import { fold } from './text.ts';

const MOST_WORDS = 8;
const DOTS = /^(?:\.\.|…)/u;
/** "2019 to 2021", "mayıs - temmuz". */
const LINK = /^(?:to|until|till|through|ile|[-–]) /u;
/** `'last summer'..today`; in "'90s" and "2019'dan" it is a letter. */
const APOSTROPHES = /^['‘]([^'’]*)['’](?=\s|$|\.\.|…)/u;
/** What a second half comes after: `2019..`, `>=`. */
const WANTS_MORE = /(?:\.\.|…|[<>=≤≥])$/u;
const YEAR_NEXT = /^(?:\d{1,2}(?:st|nd|rd|th)?,? )?(?:1[89]|20)\d\d(?!\d)/u;
const END_NEXT = /^(?:\d|(?:today|yesterday|now|bugun|dun|simdi)(?: |$))/u;

/**
 * Reads as many words as are a date together. Words are taken on only where that is meant without doubt: what is there is no
 * date yet, dots lead on, or a month or season gets its year. "date:2019 may flowers" is 2019, and flowers in May.
 *
 * @param from behind the colon
 * @returns the value without its quotation marks; null when there is nothing, or a quotation mark without a partner
 */
export function dateValue(
  typed: string,
  from: number,
  isDate: (text: string) => boolean,
): { value: string; end: number } | null {
  let read = glued(typed, from);
  if (read === null) return null;
  const first = read;
  let { value, end } = read;
  for (let words = 0; words < MOST_WORDS; words++) {
    const next = glued(typed, afterSpace(typed, end));
    if (next === null || !isDateLike(next.value)) break;
    value = `${value} ${next.value}`;
    end = next.end;
    if (leadsOn(first.value, value.slice(first.value.length + 1), isDate) && isDate(value)) {
      read = { value, end };
    }
  }
  return read;
}

/** One run of characters, with quoted parts where dots or a comparison join them to it. */
function glued(typed: string, from: number): { value: string; end: number } | null {
  let value = '';
  let at = from;
  while (!endsWord(typed[at])) {
    if (QUOTE.test(typed[at] ?? '')) {
      if (value !== '' && !WANTS_MORE.test(value)) break;
      const close = closingQuote(typed, at);
      if (close < 0) return null;
      value += typed.slice(at + 1, close);
      at = close + 1;
      if (!DOTS.test(typed.slice(at))) break;
      continue;
    }
    const [aside = '', inside = ''] =
      value === '' || WANTS_MORE.test(value) ? (APOSTROPHES.exec(typed.slice(at)) ?? []) : [];
    value += aside === '' ? typed[at] : inside;
    at += aside === '' ? 1 : aside.length;
  }
  return at === from ? null : { value, end: at };
}

function leadsOn(value: string, rest: string, isDate: (text: string) => boolean): boolean {
  if (DOTS.test(rest)) return true;
  const next = fold(rest);
  if (!isDate(value) || LINK.test(next)) return true;
  if (WANTS_MORE.test(value)) return END_NEXT.test(next);
  // Turkish says the year first: 2019 yazı, 2026 kasım.
  if (/^\d{4}$/u.test(value) && isTurkishTime(next)) return true;
  return /\p{L}/u.test(value) && YEAR_NEXT.test(next);
}

function isDateLike(text: string): boolean {
  const halves = fold(text).split(/\.\.+|…/u);
  return halves.every((half) => half.split(' ').every((word) => word === '' || isDateWord(word)));
}
