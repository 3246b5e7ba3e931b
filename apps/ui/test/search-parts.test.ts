// Search, piece by piece: chips taken out of the text, suggestions taken up, keys in the box, what a filter means.
import type { ParsedQuery } from '@semblance/contract';
import { parseQuery } from '@semblance/core';
import { describe, expect, it } from 'vitest';
import { chipsOf, filterRemedies, meaningOf, onlyText } from '../src/features/search/chips.ts';
import { base64Of, within } from '../src/features/search/dropped.ts';
import { heatPixels } from '../src/features/search/heat.ts';
import { boxAfter, boxBetween, FIRST_BOX, SMALLEST } from '../src/features/search/part.ts';
import { boxKey } from '../src/features/search/SearchBox.tsx';
import { completed, exchanged, withoutPiece, withoutPieces } from '../src/features/search/text-edit.ts';
import { worthwhile } from '../src/features/search/useSuggestions.ts';

const parse = (text: string): ParsedQuery => parseQuery(text, { now: Date.UTC(2026, 10, 23) }).parsed;
const piece = (text: string, part: string) => ({
  start: text.indexOf(part),
  end: text.indexOf(part) + part.length,
});

describe('a piece taken out of the query', () => {
  it('leaves the rest as it was typed', () => {
    const text = 'beach -people camera:"NIKON D90"';
    expect(withoutPiece(text, text, piece(text, '-people'))).toBe('beach camera:"NIKON D90"');
    expect(withoutPiece(text, text, piece(text, 'beach'))).toBe('-people camera:"NIKON D90"');
  });

  it('takes a plus with it that would join nothing', () => {
    const text = 'beach + 2:sunset + dog';
    expect(withoutPiece(text, text, piece(text, '2:sunset'))).toBe('beach + dog');
    expect(withoutPiece(text, text, piece(text, 'dog'))).toBe('beach + 2:sunset');
    expect(withoutPiece(text, text, piece(text, 'beach'))).toBe('2:sunset + dog');
  });

  it('is found again in what was typed since, and nothing else goes when it is not', () => {
    const parsed = 'beach is:favorite';
    const span = piece(parsed, 'is:favorite');
    expect(withoutPiece('sandy beach is:favorite now', parsed, span)).toBe('sandy beach now');
    expect(withoutPiece('  beach is:favorite', parsed, span)).toBe('beach');
    expect(withoutPiece('mountains', parsed, span)).toBe('mountains');
  });

  it('can be several, or be exchanged', () => {
    const text = '-cat dog -bird';
    const spans = [piece(text, '-cat'), piece(text, '-bird')];
    expect(withoutPieces(text, text, spans)).toBe('dog');
    expect(exchanged(text, text, piece(text, 'dog'), 'photo of a dog')).toBe('-cat photo of a dog -bird');
  });

  it('goes for every chip of every kind', () => {
    const text = 'red car next to a house -people "IMG 42" date:2019 in:(a b)';
    for (const chip of parse(text).chips) {
      const left = parse(withoutPiece(text, text, chip)).chips;
      expect(left, text.slice(chip.start, chip.end)).toHaveLength(parse(text).chips.length - 1);
    }
  });
});

describe('chips', () => {
  it('are left out where they would repeat the box', () => {
    expect(chipsOf(parse('red car'))).toEqual([]);
    expect(chipsOf(parse('2:sunset'))).toHaveLength(1);
    expect(chipsOf(parse('red car -people')).map((chip) => chip.type)).toEqual(['piece', 'piece']);
  });

  it('point at what was not understood, where it stands', () => {
    const chips = chipsOf(parse('dog date:nonsense'));
    expect(chips.map((chip) => [chip.type, chip.start])).toEqual([
      ['piece', 0],
      ['problem', 4],
    ]);
    // What is understood and names nothing is one chip, not two.
    const parsed = parse('dog label:boot');
    const problem = { code: 'names-nothing' as const, message: '', text: 'label:boot', start: 4, end: 14 };
    expect(chipsOf({ ...parsed, problems: [problem] }).map(({ type }) => type)).toEqual(['piece', 'problem']);
    expect(onlyText(parse('dog date:2019'))?.text).toBe('dog');
    expect(onlyText(parse('dog + cat'))).toBeNull();
  });
});

describe('the meaning of a filter', () => {
  const meaning = (text: string) => {
    const [chip] = parse(text).chips;
    return chip?.kind === 'filter' ? meaningOf(chip.name, chip.meaning) : null;
  };

  it('is read from what the query language says', () => {
    expect(meaning('date:2019..2021')).toEqual({
      kind: 'dates',
      from: Date.UTC(2019, 0, 1),
      until: Date.UTC(2021, 11, 31),
    });
    expect(meaning('date:2019..')).toMatchObject({ kind: 'dates', until: null });
    expect(meaning('date:..2019')).toMatchObject({ kind: 'dates', from: null });
    expect(meaning('near:"Ankara,10km"')).toEqual({ kind: 'near', km: 10, place: 'Ankara' });
    expect(meaning('rating:>=4')).toEqual({ kind: 'stars', least: 4, most: 5 });
    expect(meaning('rating:none')).toEqual({ kind: 'plain', text: 'none' });
    expect(meaning('camera:Nikon')).toEqual({ kind: 'plain', text: 'Nikon' });
  });
});

describe('suggestions', () => {
  it('replace the last piece, or all for a search as a whole', () => {
    expect(completed('beach cam', { kind: 'filter', insert: 'camera:' })).toBe('beach camera:');
    expect(completed('beach camera:n', { kind: 'camera', insert: 'camera:"NIKON D90"' })).toBe(
      'beach camera:"NIKON D90" ',
    );
    expect(completed('place:"new y', { kind: 'place', insert: 'place:"New York"' })).toBe(
      'place:"New York" ',
    );
    expect(completed('balloons a', { kind: 'recent', insert: 'balloons at dawn' })).toBe('balloons at dawn');
  });

  it('are none where nothing would change', () => {
    const same = { kind: 'recent' as const, insert: 'dog', title: 'dog', photos: null };
    expect(worthwhile('dog ', [same])).toEqual([]);
    expect(worthwhile('do', [same])).toHaveLength(1);
  });

  it('of filters to leave out begin with the one that brings most', () => {
    const note = { kind: 'filter-removed-all' as const, name: 'date' as const, value: 'x', start: 0, end: 1 };
    const counts = filterRemedies([{ ...note, count: 3 }, { kind: 'partial' }, { ...note, count: 9 }]).map(
      ({ count }) => count,
    );
    expect(counts).toEqual([9, 3]);
  });
});

describe('keys in the box', () => {
  const facts = { isOpen: true, filled: true, shown: -1, count: 3, completes: false };
  const press = (key: string, more: Partial<typeof facts> = {}, at = 5) =>
    boxKey(
      {
        key,
        shiftKey: false,
        currentTarget: { selectionStart: at, selectionEnd: at } as HTMLInputElement,
      },
      { ...facts, ...more },
    );

  it('walk the list, then lead to the photos', () => {
    expect(press('ArrowDown')).toEqual({ kind: 'activate', index: 0 });
    expect(press('ArrowDown', { shown: 2 })).toEqual({ kind: 'leave' });
    expect(press('ArrowDown', { isOpen: false })).toEqual({ kind: 'leave' });
    expect(press('ArrowUp', { shown: 0 })).toEqual({ kind: 'activate', index: -1 });
  });

  it('take with Enter and Tab what is active, and nothing unasked', () => {
    expect(press('Enter')).toEqual({ kind: 'submit' });
    expect(press('Enter', { shown: 1 })).toEqual({ kind: 'take', index: 1 });
    expect(press('Tab')).toBeNull();
    expect(press('Tab', { completes: true })).toEqual({ kind: 'take', index: 0 });
  });

  it('close the list before they clear the box', () => {
    expect(press('Escape')).toEqual({ kind: 'close' });
    expect(press('Escape', { isOpen: false })).toEqual({ kind: 'clear' });
    expect(press('Escape', { isOpen: false, filled: false })).toEqual({ kind: 'leave' });
    // Over an empty box the list goes with the box: once is enough.
    expect(press('Escape', { filled: false })).toEqual({ kind: 'leave' });
    expect(press('ArrowDown', { isOpen: false, filled: false })).toEqual({ kind: 'open' });
  });

  it('take the picture away from the start of the box only', () => {
    expect(press('Backspace')).toBeNull();
    expect(press('Backspace', {}, 0)).toEqual({ kind: 'drop-picture' });
  });
});

describe('a dropped picture', () => {
  it('is made smaller, never larger', () => {
    expect(within(1024, { width: 4000, height: 3000 })).toEqual({ width: 1024, height: 768 });
    expect(within(1024, { width: 300, height: 200 })).toEqual({ width: 300, height: 200 });
    expect(within(1024, { width: 20_000, height: 3 })).toEqual({ width: 1024, height: 1 });
  });

  it('is sent without the head of its URL', () => {
    expect(base64Of('data:image/jpeg;base64,/9j/4A==')).toBe('/9j/4A==');
  });
});

describe('a box on a photo', () => {
  it('is drawn from any corner, stays inside, and is never too small', () => {
    expect(boxBetween({ x: 0.8, y: 0.9 }, { x: 0.2, y: 0.4 })).toEqual({
      left: 0.2,
      top: 0.4,
      width: expect.closeTo(0.6),
      height: 0.5,
    });
    expect(boxBetween({ x: -1, y: -1 }, { x: 3, y: 3 })).toEqual({ left: 0, top: 0, width: 1, height: 1 });
    expect(boxBetween({ x: 1, y: 1 }, { x: 1, y: 1 })).toEqual({
      left: 1 - SMALLEST,
      top: 1 - SMALLEST,
      width: SMALLEST,
      height: SMALLEST,
    });
  });

  it('moves and grows by key, up to the edges', () => {
    let box = FIRST_BOX;
    for (let i = 0; i < 100; i++) box = boxAfter(box, 'ArrowRight', false) ?? box;
    expect(box).toMatchObject({ left: 1 - FIRST_BOX.width, width: FIRST_BOX.width });
    for (let i = 0; i < 100; i++) box = boxAfter(box, 'ArrowUp', true) ?? box;
    expect(box.height).toBe(SMALLEST);
    expect(boxAfter(box, 'x', false)).toBeNull();
  });
});

describe('a heat map', () => {
  it('dims what was not found, and glows where it was', () => {
    const pixels = heatPixels({ columns: 3, rows: 1, values: [0, 0.35, 1] });
    const alpha = [pixels[3], pixels[7], pixels[11]];
    expect(alpha[0]).toBeGreaterThan(100);
    expect(alpha[1]).toBe(0);
    expect(alpha[2]).toBeGreaterThan(80);
    expect((pixels[8] ?? 0) > (pixels[0] ?? 0)).toBe(true);
  });
});
