// The query language. Total: whatever is typed gives a query, with a problem at each spot that was not understood.
import type { QueryChip, QueryProblem } from '@semblance/contract';
import { understand } from './conditions.ts';
import { parseDate } from './dates.ts';
import { type Token, tokenize } from './lexer.ts';
import { isNegating, isNegatingBehind, splitNegation, type Word } from './negation.ts';
import { plain } from './text.ts';
import type { Query } from './types.ts';

/** Each costs a run of the text encoder. */
const MOST_TEXTS = 8;
const MOST_FILTERS = 50;
const MOST_PROBLEMS = 20;

export interface ParseOptions {
  /** Wall-clock milliseconds (`wallClock`): relative dates count from it. */
  now: number;
}

/**
 * Understands a query.
 *
 * - Plain words are looked for by the model, as one text, wherever they stand. `+` separates texts that are looked for
 *   together; `2:` before a text gives it that weight, to the next `+`, weight or end.
 * - `-word`, "without x", "no x", "not x", "excluding x", "x yok", "x olmadan", "x hariç" and "x-siz" exclude what matches.
 * - `"quoted"` is looked for letter by letter in file names, never by the model.
 * - `name:value` is a filter (values with spaces in quotes or brackets), `-name:value` its opposite. An unknown name is
 *   text. Several of one name: any of them, but all of them for `is` and `has`. Different names: all of them.
 */
export function parseQuery(typed: string, { now }: ParseOptions): Query {
  const { tokens, problems } = tokenize(typed, (text) => parseDate(text, now) !== null);
  const chips: QueryChip[] = [];
  const query: Query = { parsed: { chips, problems }, texts: [], nots: [], exacts: [], filters: [] };
  let words: Word[] = [];
  let part: Part = { chips: [], weight: 1, from: null };

  const problem = (
    code: QueryProblem['code'],
    message: string,
    { start, end }: Span,
    instead?: string,
  ): void => {
    const offer = instead === undefined ? {} : { instead };
    problems.push({ code, message, text: typed.slice(start, end), ...offer, start, end });
  };
  const not = (text: string, span: Span, shown = text): void => {
    if (!readable(text)) return;
    if (query.nots.length >= MOST_TEXTS) {
      problem('too-many-parts', `At most ${MOST_TEXTS} things can be excluded.`, span);
      return;
    }
    if (!query.nots.includes(text)) query.nots.push(text);
    chips.push({ kind: 'not', text: shown, ...span });
  };
  const endWords = (): void => {
    for (const { kind, text, start, end } of splitNegation(words)) {
      const said = plain(text);
      if (kind === 'not') not(said, { start, end });
      else if (readable(said)) {
        const from = part.chips.length === 0 ? part.from : null;
        // The weight goes when the chip goes.
        part.chips.push({ kind: 'text', text: said, weight: part.weight, start: from ?? start, end });
      }
    }
    words = [];
  };
  const endPart = (): void => {
    endWords();
    const said = part;
    part = { chips: [], weight: 1, from: null };
    const [first] = said.chips;
    if (first === undefined) return;
    if (query.texts.length >= MOST_TEXTS) {
      const end = said.chips.at(-1)?.end ?? first.end;
      problem('too-many-parts', `At most ${MOST_TEXTS} texts can be looked for together.`, {
        start: first.start,
        end,
      });
      return;
    }
    chips.push(...said.chips);
    query.texts.push({ text: said.chips.map(({ text }) => text).join(' '), weight: said.weight });
  };

  for (const [at, token] of tokens.entries()) {
    const span: Span = { start: token.start, end: token.end };
    switch (token.kind) {
      case 'plus':
        endPart();
        break;
      case 'weight': {
        endPart();
        const next = tokens[at + 1];
        if (next === undefined) {
          problem('empty-value', 'Write what this weight is for.', span);
          break;
        }
        const leavesOut = token.minus || ('minus' in next && next.minus);
        if (leavesOut || next.kind === 'filter') {
          problem('bad-number', 'Only a text that is looked for can have a weight.', span);
        } else if (token.weight > 0) part = { chips: [], weight: token.weight, from: token.start };
        else problem('bad-number', 'A weight must be above 0; -word leaves things out.', span);
        break;
      }
      case 'quoted': {
        // `2:"golden sunset"`: only a text can have a weight.
        if (isLeftOut(tokens[at - 1])) not(plain(token.text), span);
        else if (tokens[at - 1]?.kind === 'weight') words.push({ text: token.text, ...span });
        else {
          const from = negated(token.minus);
          endWords();
          phrase({ ...token, minus: token.minus || from !== null }, { ...span, start: from ?? token.start });
        }
        break;
      }
      case 'filter':
        filterAfter(negated(token.minus), token, span);
        break;
      case 'word':
        // `-2:people`: the minus means the text.
        if (token.minus || isLeftOut(tokens[at - 1])) {
          endWords();
          leaveOut(token.text, span);
        } else if (words.length > 0 || !isNegatingBehind(token.text) || !turn(tokens[at - 1], span.end))
          words.push({ text: token.text, ...span });
    }
  }
  endPart();
  chips.sort((a, b) => a.start - b.start);
  problems.sort((a, b) => a.start - b.start);
  problems.splice(MOST_PROBLEMS);
  return query;

  /** The start of "without" or "not" before a filter or phrase, which it excludes; it is taken from the words. */
  function negated(already: boolean): number | null {
    const last = words.at(-1);
    if (already || last === undefined || !isNegating(last.text)) return null;
    words.pop();
    return last.start;
  }

  /** Turns the filter or phrase round that `before` became. */
  function turn(before: Token | undefined, end: number): boolean {
    const isSame = ({ start, negated }: { start: number; negated: boolean }): boolean =>
      start === before?.start && !negated;
    const piece = query.filters.find(isSame) ?? query.exacts.find(isSame);
    const chip = chips.find((one) => 'negated' in one && isSame(one));
    if (piece === undefined || chip === undefined) return false;
    for (const one of [piece, chip]) Object.assign(one, { negated: true, end });
    return true;
  }

  function filterAfter(from: number | null, token: Extract<Token, { kind: 'filter' }>, span: Span): void {
    endWords();
    filter({ ...token, minus: token.minus || from !== null }, { ...span, start: from ?? span.start });
  }

  /** `-(cat, people)` and `-(cat or people)` are several in one piece. */
  function leaveOut(text: string, span: Span): void {
    const [first = '', ...more] = text
      .split(/\s*[,;|]\s*|\s+(?:or|veya)\s+/iu)
      .map(plain)
      .filter(readable);
    not(first, span, plain(text));
    for (const other of more.slice(0, MOST_TEXTS - query.nots.length)) query.nots.push(other);
  }

  function phrase({ text, minus }: Extract<Token, { kind: 'quoted' }>, span: Span): void {
    const exact = plain(text);
    if (exact === '') problem('empty-value', 'There is nothing between these quotation marks.', span);
    else if (isFull(span)) return;
    else {
      query.exacts.push({ text: exact, negated: minus, ...span });
      chips.push({ kind: 'exact', text: exact, negated: minus, ...span });
    }
  }

  function filter({ name, value, minus }: Extract<Token, { kind: 'filter' }>, span: Span): void {
    const understood = understand(name, value, now);
    if ('code' in understood) {
      const { code, message, instead } = understood;
      const meant = instead === undefined ? undefined : `${minus ? '-' : ''}${name}:${instead}`;
      problem(code, message, span, meant);
    } else if (isFull(span)) return;
    else {
      const { condition, meaning } = understood;
      query.filters.push({ name, value: plain(value), negated: minus, condition, ...span });
      chips.push({ kind: 'filter', name, value: plain(value), meaning, negated: minus, ...span });
    }
  }

  function isFull(span: Span): boolean {
    const full = query.filters.length + query.exacts.length >= MOST_FILTERS;
    if (full) problem('too-many-parts', `At most ${MOST_FILTERS} filters can be used.`, span);
    return full;
  }
}

/** Texts up to the next "+" or weight. */
interface Part {
  chips: Extract<QueryChip, { kind: 'text' }>[];
  weight: number;
  /** Where its weight stands, if it has one. */
  from: number | null;
}

interface Span {
  start: number;
  end: number;
}

function isLeftOut(before: Token | undefined): boolean {
  return before?.kind === 'weight' && before.minus;
}

/** Punctuation alone says nothing to a model. */
function readable(text: string): boolean {
  return /[\p{L}\p{N}\p{Extended_Pictographic}]/u.test(text);
}
