// Every key of the review, what focused controls keep for themselves, and rows of facts and rules.
import { describe, expect, it } from 'vitest';
import { factNames, factRow } from '../src/features/duplicates/facts.ts';
import { belongsToControl, HELP, type KeyPress, reviewAction } from '../src/features/duplicates/keys.ts';
import { moved, placesOf, presetOf } from '../src/features/duplicates/rules.ts';
import en from '../src/locales/en.json';

const press = (key: string, part: Partial<KeyPress> = {}): KeyPress => ({
  key,
  ctrlKey: false,
  metaKey: false,
  altKey: false,
  ...part,
});

describe('keys of the review', () => {
  it('mark photos by their number', () => {
    expect(reviewAction(press('1'))).toEqual({ do: 'toggle', index: 0 });
    expect(reviewAction(press('9'))).toEqual({ do: 'toggle', index: 8 });
    expect(reviewAction(press('0'))).toEqual({ do: 'zoom', to: 'fit' });
  });

  it('decide, also with Caps Lock on', () => {
    for (const [key, decision] of [
      ['n', 'not-duplicates'],
      ['S', 'stack'],
      ['a', 'keep-all'],
    ] as const) {
      expect(reviewAction(press(key))).toEqual({ do: 'decide', decision });
    }
    expect(reviewAction(press(' '))).toEqual({ do: 'accept' });
  });

  it('walk by arrows and by j and k', () => {
    for (const key of ['j', 'ArrowRight', 'ArrowDown']) expect(reviewAction(press(key))?.do).toBe('next');
    for (const key of ['k', 'ArrowLeft', 'ArrowUp']) expect(reviewAction(press(key))?.do).toBe('previous');
  });

  it('leave keys with Ctrl, Cmd and Alt to the system', () => {
    for (const part of [{ ctrlKey: true }, { metaKey: true }, { altKey: true }]) {
      expect(reviewAction(press('a', part))).toBeNull();
    }
    expect(reviewAction(press('x'))).toBeNull();
  });

  it('leave a focused control what it needs', () => {
    expect(belongsToControl(' ', 'button')).toBe(true);
    expect(belongsToControl('n', 'button')).toBe(false);
    expect(belongsToControl('ArrowLeft', 'slider')).toBe(true);
    expect(belongsToControl('ArrowLeft', 'radio')).toBe(true);
    expect(belongsToControl('ArrowLeft', 'row')).toBe(false);
    expect(belongsToControl('ArrowLeft', 'button')).toBe(false);
    expect(belongsToControl('ArrowLeft', 'none')).toBe(false);
    expect(belongsToControl('n', 'text')).toBe(true);
    // Space goes on to the next group, wherever in the list the focus is.
    expect(belongsToControl(' ', 'row')).toBe(false);
    expect(belongsToControl('Enter', 'row')).toBe(true);
  });

  it('are all on the sheet, in words', () => {
    const words: Record<string, string> = en.duplicates.keys;
    for (const { name } of HELP) expect(words[name], name).toBeTruthy();
  });
});

describe('facts side by side', () => {
  it('sets off what differs, and the one that stands alone', () => {
    expect(factRow('a', 'A', ['x', 'x', 'y'])).toMatchObject({ differs: true, odd: [false, false, true] });
    expect(factRow('a', 'A', ['x', 'x'])).toMatchObject({ differs: false, odd: [false, false] });
    expect(factRow('a', 'A', ['x', null])).toMatchObject({ differs: true, odd: [true, true] });
  });

  it('takes the names of all photos', () => {
    const row = (facts: Record<string, string | null>) => ({ photoId: '0'.repeat(20), fileId: 1, facts });
    expect(factNames([row({ camera: 'x' }), row({ camera: null, lens: 'y' })])).toEqual(['camera', 'lens']);
  });
});

describe('rules', () => {
  it('move one place, and stop at the ends', () => {
    expect(moved(['raw', 'oldest', 'detail'], 'detail', -1)).toEqual(['raw', 'detail', 'oldest']);
    expect(moved(['raw', 'oldest'], 'raw', -1)).toEqual(['raw', 'oldest']);
    expect(moved(['raw', 'oldest'], 'oldest', 1)).toEqual(['raw', 'oldest']);
    expect(moved(['raw'], 'exposure', 1)).toEqual(['raw']);
  });

  it('know a preset by its order', () => {
    const presets = [{ preset: 'oldest' as const, order: ['oldest' as const, 'raw' as const] }];
    expect(presetOf(['oldest', 'raw'], presets)).toBe('oldest');
    expect(presetOf(['raw', 'oldest'], presets)).toBeNull();
  });

  it('offer folders as the engine names them', () => {
    const roots = [{ id: 1, path: '/home/ada/Pictures' }];
    const files = [
      { folderId: 1, path: '/home/ada/Pictures/2019/sea/a.jpg' },
      { folderId: 1, path: '/home/ada/Pictures/2019/sea/b.jpg' },
      { folderId: 7, path: '/gone/c.jpg' },
    ];
    expect(placesOf(roots, files)).toEqual([
      { folderId: 1, path: '' },
      { folderId: 1, path: '2019/sea' },
    ]);
  });
});
