// Search in the fake engine: the real query language, an order that any words will do for, and every kind of note.
// States: no-match, no-line, no-results, filtered (a filter too many), noted (all quiet notes at once), search-error.
import type { PhotoTile, SearchNote, Suggestion } from '@semblance/contract';
import { parseQuery } from '@semblance/core';
import type { Client } from '../../src/connection/connection.ts';
import { rank } from './search-rank.ts';
import { whyOf } from './why.ts';

type Answer = <T>(value: T | (() => T)) => Promise<T>;

interface FakeFacts {
  state: string;
  /** The library has no photo yet. */
  isBare: boolean;
  fail(kind: string): void;
}

const NOW = Date.UTC(2026, 10, 23, 12);

const VALUES: readonly Suggestion[] = [
  { kind: 'label', insert: 'label:boat', title: 'boat', photos: 214 },
  { kind: 'label', insert: 'label:birthday', title: 'birthday', photos: 87 },
  { kind: 'album', insert: 'album:"Summer by the sea"', title: 'Summer by the sea', photos: 48 },
  { kind: 'place', insert: 'place:Bodrum', title: 'Bodrum', photos: 391 },
  { kind: 'camera', insert: 'camera:"NIKON Z 6_2"', title: 'NIKON Z 6_2', photos: 2210 },
  { kind: 'lens', insert: 'lens:"NIKKOR Z 24-70mm f/4 S"', title: 'NIKKOR Z 24-70mm f/4 S', photos: 1904 },
  { kind: 'folder', insert: 'in:"Autumn walks"', title: 'Autumn walks', photos: null },
  { kind: 'date', insert: 'date:"last summer"', title: 'last summer', photos: null },
  { kind: 'filter', insert: 'is:screenshot', title: 'screenshot', photos: null },
  { kind: 'filter', insert: 'date:', title: 'date:', photos: null },
  { kind: 'filter', insert: 'camera:', title: 'camera:', photos: null },
];

export function fakeSearch(
  photos: readonly PhotoTile[],
  answer: Answer,
  { state, isBare, fail }: FakeFacts,
): Client['search'] {
  let recent = ['balloons at dawn', 'red car date:2019', 'grandma in the garden -people'];

  const notesOf = (parsed: ReturnType<typeof parseQuery>['parsed']): SearchNote[] => {
    const notes: SearchNote[] = [];
    const nots = parsed.chips.flatMap((chip) => (chip.kind === 'not' ? [chip.text] : []));
    if (state === 'filtered') {
      for (const chip of parsed.chips) {
        if (chip.kind !== 'filter') continue;
        const { name, value, start, end } = chip;
        notes.push({ kind: 'filter-removed-all', name, value, count: 12 + start * 3, start, end });
      }
    }
    if (nots.length > 0 && state !== 'filtered')
      notes.push({ kind: 'negation-removed', count: 37, texts: nots });
    if (state === 'indexing' || state === 'noted') notes.push({ kind: 'not-indexed-yet', count: 1840 });
    if (state === 'noted') {
      notes.push(
        { kind: 'folder-offline', count: 1120 },
        { kind: 'unknown-language', language: 'tr', known: ['en'] },
        { kind: 'unknown-words', words: ['xyzzy'] },
        { kind: 'query-truncated', tokens: 32 },
        { kind: 'partial' },
      );
    }
    if (parsed.chips.length === 0 && parsed.problems.length > 0) notes.push({ kind: 'nothing-asked' });
    if (isBare) notes.push({ kind: 'library-empty' });
    if (state === 'no-match') notes.push({ kind: 'nothing-matches' });
    return notes;
  };

  return {
    run: ({ text = '', limit = 200, group = false, sort, remember }, options) =>
      answer(() => {
        options?.signal?.throwIfAborted();
        if (state === 'search-error') fail('COMPUTE_UNAVAILABLE');
        if (state === 'model-missing') fail('MODEL_MISSING');
        if (remember) recent = [text, ...recent.filter((past) => past !== text)];
        const { parsed } = parseQuery(text, { now: NOW });
        const notes = notesOf(parsed);
        const none =
          state === 'no-results' ||
          isBare ||
          notes.some(({ kind }) => kind === 'filter-removed-all' || kind === 'nothing-asked');
        const ranked = none ? [] : rank(photos, text === '' ? 'like' : text, state, group).slice(0, limit);
        if (sort === 'date') {
          ranked.sort(
            (a, b) => Number(a.group === 'maybe') - Number(b.group === 'maybe') || b.takenAt - a.takenAt,
          );
        }
        return {
          parsed,
          results: ranked,
          notes,
          cutoff: { relevance: 60, expectedUnrelated: state === 'no-line' ? null : 0.08 },
          searched: photos.length,
          milliseconds: 11.3,
        };
      }),
    suggest: ({ text, limit = 10 }) =>
      answer(() => {
        const piece = text.split(' ').at(-1)?.toLowerCase() ?? '';
        const past = recent
          .filter((one) => one.startsWith(text))
          .map((one): Suggestion => ({ kind: 'recent', insert: one, title: one, photos: null }));
        const saved: Suggestion = { kind: 'saved', insert: 'receipt', title: 'Receipts', photos: null };
        const known = VALUES.filter(
          ({ insert, title }) =>
            piece !== '' && (title.toLowerCase().startsWith(piece) || insert.startsWith(piece)),
        );
        return [...('receipts'.startsWith(text) ? [saved] : []), ...past, ...known].slice(0, limit);
      }),
    recent: () => answer(() => recent),
    forgetRecent: ({ text }) =>
      answer(() => {
        recent = text === undefined ? [] : recent.filter((past) => past !== text);
      }),
    why: ({ text }) => answer(() => whyOf(text)),
    paraphrases: ({ text }) =>
      answer(() =>
        text.includes('dog')
          ? {
              own: 0.46,
              others: [
                { text: 'photo of a dog', agreement: 0.88 },
                { text: 'a picture of a dog', agreement: 0.82 },
                { text: 'dogs', agreement: 0.61 },
              ],
              suggestion: 'photo of a dog',
            }
          : { own: 1, others: [], suggestion: null },
      ),
    surprise: ({ count = 40 }) => answer(() => photos.filter((_, i) => i % 7 === 2).slice(0, count)),
  };
}
