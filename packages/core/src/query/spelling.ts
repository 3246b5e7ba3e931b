// Characters that mean something in a query, and those that mean nothing.

/** Between words. Marks of direction and the like stand for nothing at the edge of a word. */
export const SPACE = /[\p{Cc}\p{Cf}\s]/u;
/** What ends a word: a joiner or soft hyphen within one does not. */
const BREAK = /[\p{Cc}\s\u200b\u202a-\u202e\u2066-\u2069]/u;
export const QUOTE = /["“”„«»＂「」]/u;
/** What closes each quotation mark that can open. */
const CLOSES: Readonly<Record<string, string>> = {
  ...{ '“': '”"', '„': '“”"', '«': '»', '"': '"”', '”': '”"', '»': '«', '＂': '＂', '「': '」' },
};
/** Keyboards and editors make dashes of a minus. */
export const MINUS = /[-–—−－]/u;

/** Where the quotation mark at `open` is closed; -1 when nothing closes it. */
export function closingQuote(typed: string, open: number): number {
  const closing = CLOSES[typed[open] ?? ''] ?? '';
  for (let close = open + 1; close < typed.length; close++) {
    if (closing.includes(typed[close] ?? '')) return close;
  }
  return -1;
}

export const endsWord = (character: string | undefined): boolean =>
  character === undefined || BREAK.test(character);

/** The next place at or after `from` where something is written. */
export function afterSpace(typed: string, from: number): number {
  let at = from;
  while (at < typed.length && SPACE.test(typed[at] ?? '')) at += 1;
  return at;
}
