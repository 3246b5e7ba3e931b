// A group always keeps something, references always stay, and what is freed follows the marks.
import { describe, expect, it } from 'vitest';
import {
  bestOnly,
  freedBytes,
  keptFiles,
  toggleKeep,
  trashedPhotos,
} from '../src/features/duplicates/marks.ts';
import { alignment, hasShapeOf, nextTurn, otherOf } from '../src/features/duplicates/overlay.ts';
import { group, photo } from './duplicates-fixtures.ts';

describe('keep or trash', () => {
  it('never leaves a group with nothing kept', () => {
    expect(toggleKeep(group(1), 0)).toMatchObject({ group: null, refused: 'last-one' });
  });

  it('lets the kept one go once another is kept', () => {
    const both = toggleKeep(group(1), 1).group ?? group(9);
    expect(keptFiles(both)).toEqual([11, 12]);
    const swapped = toggleKeep(both, 0).group ?? group(9);
    expect(keptFiles(swapped)).toEqual([12]);
    expect(swapped.chosen).toBe(true);
  });

  it('counts what is freed by what is marked, not by what was suggested', () => {
    const three = group(1, { photos: [photo(1, { keep: true }), photo(2), photo(3)], freed: 500 });
    expect(freedBytes(three)).toBe(500);
    expect(toggleKeep(three, 2).group?.freed).toBe(200);
  });

  it('keeps photos of reference folders, by the key and when only the best is kept', () => {
    const photos = [photo(1, { keep: true, suggested: true }), photo(2, { keep: true, reference: true })];
    const mixed = group(1, { photos });
    expect(toggleKeep(mixed, 1)).toMatchObject({ group: null, refused: 'reference' });
    expect(keptFiles(bestOnly(mixed))).toEqual([1, 2]);
  });

  it('leaves similar photos alone', () => {
    const similar = group(1, { kind: 'similar' });
    expect(toggleKeep(similar, 1)).toMatchObject({ group: null, refused: 'browse-only' });
    expect(trashedPhotos(similar)).toEqual([]);
    expect(freedBytes(similar)).toBe(0);
  });

  it('leaves decided groups alone until they are taken back', () => {
    const decided = group(1, { decision: 'keep-all' });
    expect(toggleKeep(decided, 1)).toMatchObject({ group: null, refused: 'decided' });
    expect(trashedPhotos(decided)).toEqual([]);
  });

  it('knows no tenth photo of two', () => {
    expect(toggleKeep(group(1), 8).refused).toBe('no-such-photo');
  });

  it('keeps the best shot of a burst alone', () => {
    const photos = [
      photo(1, { keep: true }),
      photo(2, { keep: true, suggested: true }),
      photo(3, { keep: true }),
    ];
    expect(keptFiles(bestOnly(group(1, { kind: 'burst', photos })))).toEqual([2]);
    const none = group(1, { photos: [photo(1, { keep: true }), photo(2, { keep: true })] });
    expect(keptFiles(bestOnly(none))).toEqual([1, 2]);
  });
});

describe('two photos over each other', () => {
  it('takes the suggested one and the first of the others', () => {
    expect(otherOf([photo(1), photo(2, { suggested: true, keep: true }), photo(3)])).toEqual({ a: 1, b: 0 });
    expect(otherOf([photo(1, { keep: true }), photo(2)])).toEqual({ a: 0, b: 1 });
  });

  it('turns back what was mirrored or rotated, as far as the shapes tell', () => {
    const original = photo(1);
    const mirrored = photo(2, { changes: ['mirrored'], width: 1501, height: 1000 });
    expect(alignment(original, mirrored)).toEqual({ flip: true, turn: 0 });
    expect(alignment(mirrored, mirrored)).toEqual({ flip: false, turn: 0 });
    const rotated = photo(3, { changes: ['rotated'], width: 200, height: 300 });
    expect(alignment(original, rotated).turn).toBe(90);
    expect(hasShapeOf(original, rotated, 90)).toBe(true);
    expect(alignment(original, photo(4, { changes: ['rotated'] })).turn).toBe(180);
  });

  it('sees when shapes differ', () => {
    expect(hasShapeOf(photo(1), photo(2, { width: 1501, height: 1000 }), 0)).toBe(true);
    expect(hasShapeOf(photo(1), photo(2, { width: 280, height: 200 }), 0)).toBe(false);
    expect(([0, 90, 180, 270] as const).map(nextTurn)).toEqual([90, 180, 270, 0]);
  });
});
