// From typed text to tokens. Total: any string gives tokens, and nothing is thrown.
import type { FilterName, QueryProblem } from '@semblance/contract';
import { dateValue } from './date-value.ts';
import { filterCalled } from './filter-names.ts';
import { afterSpace, closingQuote, endsWord, MINUS, QUOTE, SPACE } from './spelling.ts';

interface At {
  /** UTF-16 offsets in the typed text, end exclusive. */
  start: number;
  end: number;
}

export type Token =
  | ({ kind: 'word'; text: string; minus: boolean } & At)
  | ({ kind: 'quoted'; text: string; minus: boolean } & At)
  | ({ kind: 'filter'; name: FilterName; value: string; minus: boolean } & At)
  /** `2:` before a text. */
  | ({ kind: 'weight'; weight: number; minus: boolean } & At)
  /** Stands between texts that are looked for together. */
  | ({ kind: 'plus' } & At);

const WEIGHT = /^(\d{1,3}(?:[.,]\d{1,3})?)[:：](?=\s*(?:[^\s\d:/]|$))/u;
const NAME = /^(\p{L}{1,20})[:：]/u;
/** `rating>=4` and `rating >= 4` for `rating:>=4`. */
const COMPARED = /^(\p{L}{1,20})\s*(?=[<>≤≥]=?(?:\p{L}|\s*\d)|=\s*\d)/u;
/** A number that goes on, or that wants to: `3 .. 5`, `>= 4`, `39.9, 32.8`. */
const NUMBER_GOES_ON: Partial<Record<FilterName, RegExp>> = {
  rating: /^(?:[<>≤≥]=?|=|[0-5]\s*(?:\.\.|…|-))\s*[0-5]\+?(?!\S)/u,
  near: /^[^\s"“(,]+[,\s]\s*\d+(?:\.\d+)?\s*(?:km|mi|m)(?!\S)|^[-+]?\d{1,3}(?:\.\d+)?\s*[,\s]\s*[-+]?\d{1,3}(?:\.\d+)?(?:\s*,\s*\d+(?:\.\d+)?\s*(?:km|mi|m))?(?!\S)/iu,
};

/** @param isDate whether the whole of a text is a date */
export function tokenize(
  typed: string,
  isDate: (text: string) => boolean,
): { tokens: Token[]; problems: QueryProblem[] } {
  const tokens: Token[] = [];
  const problems: QueryProblem[] = [];
  let at = 0;

  const skipSpace = (): void => {
    at = afterSpace(typed, at);
  };
  const isSpace = (index: number): boolean => index >= typed.length || SPACE.test(typed[index] ?? '');
  /** The end of the run of visible characters at `from`. */
  const endOfRun = (from: number): number => {
    let end = from;
    while (!endsWord(typed[end])) end += 1;
    return end;
  };
  /** At an opening quote: its contents, or null (with a problem) when nothing closes it. Moves on either way. */
  const quoted = (): string | null => {
    const open = at;
    const close = closingQuote(typed, open);
    at = close < 0 ? open + 1 : close + 1;
    if (close >= 0) return typed.slice(open + 1, close);
    problems.push({
      code: 'unbalanced-quote',
      message: 'This quotation mark has no partner.',
      text: typed.slice(open, open + 1),
      start: open,
      end: open + 1,
    });
    return null;
  };
  /** At a bracket that is closed: its contents. */
  const bracketed = (): string | null => {
    const close = typed[at] === '(' ? typed.indexOf(')', at) : -1;
    if (close < 0) return null;
    const inside = typed.slice(at + 1, close);
    at = close + 1;
    return inside;
  };
  /** Shells and habit put values between apostrophes; one that a word goes on behind is a letter. */
  const apostrophes = (): string | null => {
    const [all, inside = ''] = /^['‘](.*?)['’](?=\s|$)/su.exec(typed.slice(at)) ?? [];
    if (all === undefined) return null;
    at += all.length;
    return inside;
  };
  /**
   * The value after a filter's colon: quoted, in brackets, or one word. A space before it is forgiven, and a quotation mark that
   * nothing closes is pointed at and passed over.
   */
  const value = (name: FilterName): string => {
    const colon = at;
    if (isSpace(at)) {
      skipSpace();
      const rest = typed.slice(at, at + 40);
      const another = at >= typed.length || MINUS.test(typed[at] ?? '') || filterAt(rest) !== null;
      if (another || typed[at] === '+') {
        at = colon;
        return '';
      }
    }
    if (QUOTE.test(typed[at] ?? '') && closingQuote(typed, at) < 0) quoted();
    const date = name === 'date' && typed[at] !== '(' ? dateValue(typed, at, isDate) : null;
    if (date !== null) {
      at = date.end;
      return date.value;
    }
    if (QUOTE.test(typed[at] ?? '')) return quoted() ?? '';
    const [spaced] = NUMBER_GOES_ON[name]?.exec(typed.slice(at, at + 80)) ?? [];
    if (spaced !== undefined) {
      at += spaced.length;
      return spaced;
    }
    const inside = bracketed() ?? apostrophes();
    if (inside !== null) return inside;
    const start = at;
    at = endOfRun(at);
    return typed.slice(start, at);
  };

  for (skipSpace(); at < typed.length; skipSpace()) {
    const start = at;
    while (MINUS.test(typed[at] ?? '')) at += 1;
    const minus = at > start;
    if (isSpace(at)) continue;
    if (QUOTE.test(typed[at] ?? '')) {
      const text = quoted();
      if (text !== null) tokens.push({ kind: 'quoted', text, minus, start, end: at });
      continue;
    }
    if (typed[at] === '+' && !minus) {
      at += 1;
      tokens.push({ kind: 'plus', start, end: at });
      continue;
    }
    const rest = typed.slice(at, at + 40);
    const weight = WEIGHT.exec(rest);
    if (weight !== null) {
      at += weight[0].length;
      tokens.push({
        kind: 'weight',
        weight: Number((weight[1] ?? '').replace(',', '.')),
        minus,
        start,
        end: at,
      });
      continue;
    }
    const filter = filterAt(rest);
    if (filter !== null) {
      at += filter.length;
      tokens.push({ kind: 'filter', name: filter.name, value: value(filter.name), minus, start, end: at });
      continue;
    }
    // `-(red car)`: the one way to leave out several words, as quotation marks are for names.
    const several = minus ? bracketed() : null;
    if (several !== null) {
      tokens.push({ kind: 'word', text: several, minus, start, end: at });
      continue;
    }
    const from = at;
    at = endOfRun(at);
    // `-people,-dogs`
    const comma = minus ? /[,;]+(?=[-–—−－])/u.exec(typed.slice(from, at)) : null;
    if (comma !== null) at = from + comma.index;
    tokens.push({ kind: 'word', text: typed.slice(from, at), minus, start, end: at });
    if (comma !== null) at += comma[0].length;
  }
  return { tokens, problems };
}

function filterAt(rest: string): { name: FilterName; length: number } | null {
  const named = NAME.exec(rest);
  const name = named === null ? null : filterCalled(named[1] ?? '');
  if (named !== null && name !== null) return { name, length: named[0].length };
  const compared = COMPARED.exec(rest);
  const comparable = compared === null ? null : filterCalled(compared[1] ?? '');
  if (compared === null || (comparable !== 'rating' && comparable !== 'date')) return null;
  return { name: comparable, length: compared[0].length };
}
