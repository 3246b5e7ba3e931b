// Changing the typed query piece by piece: a chip taken out, a suggestion taken up, a wording exchanged.
import type { Suggestion } from '@semblance/contract';

/** UTF-16 offsets, end exclusive. */
export interface Span {
  start: number;
  end: number;
}

/**
 * The text without a piece of it, spaces and dangling `+` tidied.
 *
 * @param parsed the text that `span` counts in; what is typed since then is kept
 * @returns the text as it is when the piece is no longer in it
 */
export function withoutPiece(text: string, parsed: string, span: Span): string {
  return exchanged(text, parsed, span, '');
}

/** The same, with something in the piece's place. */
export function exchanged(text: string, parsed: string, span: Span, by: string): string {
  const piece = parsed.slice(span.start, span.end);
  if (piece === '') return text;
  // The engine read the text trimmed.
  const offset = text.length - text.trimStart().length;
  const isThere = text.startsWith(piece, span.start + offset);
  const at = isThere ? span.start + offset : text.indexOf(piece);
  if (at < 0) return text;
  return tidy(`${text.slice(0, at)} ${by} ${text.slice(at + piece.length)}`);
}

/** Without several pieces of the same text. */
export function withoutPieces(text: string, parsed: string, spans: readonly Span[]): string {
  return [...spans]
    .sort((a, b) => b.start - a.start)
    .reduce((rest, span) => withoutPiece(rest, parsed, span), text);
}

function tidy(text: string): string {
  return text
    .replace(/\s+/gu, ' ')
    .replace(/^(?:\s*\+\s+)+|(?:\s+\+\s*)+$/gu, '')
    .replace(/(?:\s\+)+(?=\s\+\s)/gu, '')
    .trim();
}

/** Where the last piece begins: after the last space that is not within quotes or brackets. */
function lastPieceStart(text: string): number {
  let start = 0;
  let open = false;
  for (let at = 0; at < text.length; at++) {
    const character = text[at] ?? '';
    if (/["“”]/u.test(character)) open = !open;
    else if (character === '(' && text[at - 1] === ':') open = true;
    else if (character === ')') open = false;
    else if (!open && /\s/u.test(character)) start = at + 1;
  }
  return start;
}

/** The text with a suggestion taken up. A filter that still wants its value ends where the value is to be typed. */
export function completed(text: string, { kind, insert }: Pick<Suggestion, 'kind' | 'insert'>): string {
  if (kind === 'recent' || kind === 'saved') return insert;
  const done = `${text.slice(0, lastPieceStart(text))}${insert}`;
  return isUnfinished(insert) ? done : `${done} `;
}

export function isUnfinished(insert: string): boolean {
  return insert.endsWith(':');
}
