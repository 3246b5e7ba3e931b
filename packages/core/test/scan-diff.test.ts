// What a finished walk means for the files on record.
import { describe, expect, test } from 'vitest';
import { diffScan, type KnownFile, type SeenFile } from '../src/index.ts';

const known = (id: number, relPath: string, over: Partial<KnownFile> = {}): KnownFile => ({
  id,
  relPath,
  size: 10,
  mtimeMs: 1000,
  presence: 'present',
  ...over,
});
const seen = (relPath: string, over: Partial<SeenFile> = {}): SeenFile => ({
  relPath,
  size: 10,
  mtimeMs: 1000,
  inode: null,
  ...over,
});
const nothing = { added: [], changed: [], returned: [], respelled: [], unchanged: 0, missing: [] };

describe('diffScan', () => {
  test('sorts every file into one group', () => {
    const diff = diffScan(
      [
        known(1, 'same.jpg'),
        known(2, 'bigger.jpg'),
        known(3, 'newer.jpg'),
        known(4, 'gone.jpg'),
        known(5, 'back.jpg', { presence: 'missing' }),
        known(6, 'back-edited.jpg', { presence: 'missing' }),
        known(7, 'still-gone.jpg', { presence: 'missing' }),
      ],
      [
        seen('same.jpg'),
        seen('bigger.jpg', { size: 11 }),
        seen('newer.jpg', { mtimeMs: 1002 }),
        seen('back.jpg'),
        seen('back-edited.jpg', { size: 9 }),
        seen('new.jpg'),
      ],
    );
    expect(diff.added.map((file) => file.relPath)).toEqual(['new.jpg']);
    expect(diff.changed.map(({ id }) => id)).toEqual([2, 3, 6]);
    expect(diff.returned.map(({ id }) => id)).toEqual([5]);
    expect(diff.unchanged).toBe(1);
    expect(diff.missing).toEqual([4]);
  });

  test.each([999, 1000.7, 1001])('a date rounded to %d is the same date', (mtimeMs) => {
    expect(diffScan([known(1, 'a.jpg')], [seen('a.jpg', { mtimeMs })])).toEqual({ ...nothing, unchanged: 1 });
  });

  test('the same name in another Unicode form is the same file, spelled anew', () => {
    const [nfc, nfd] = ['caf\u00e9.jpg', 'cafe\u0301.jpg'];
    const file = seen(nfd);
    expect(diffScan([known(1, nfc)], [file])).toEqual({
      ...nothing,
      unchanged: 1,
      respelled: [{ id: 1, file }],
    });
  });

  test('two files whose names differ only in Unicode form stay two', () => {
    const [nfc, nfd] = ['caf\u00e9.jpg', 'cafe\u0301.jpg'];
    const both = [seen(nfd), seen(nfc)];
    expect(diffScan([], both).added).toHaveLength(2);
    expect(diffScan([known(1, nfc), known(2, nfd)], both)).toEqual({ ...nothing, unchanged: 2 });
    expect(diffScan([known(1, nfc)], both)).toEqual({ ...nothing, unchanged: 1, added: [seen(nfd)] });
    expect(diffScan([known(1, nfc), known(2, nfd)], [seen(nfc)]).missing).toEqual([2]);
  });

  test('what lies in a folder that could not be read is not missing', () => {
    const files = [known(1, 'locked/a.jpg'), known(2, 'locked/deep/b.jpg'), known(3, 'locked2/c.jpg')];
    const diff = diffScan(files, [], { unlisted: ['locked'] });
    expect(diff.missing).toEqual([3]);
    expect(diff.unchanged).toBe(2);
    expect(diffScan(files, [], { unlisted: [''] }).missing).toEqual([]);
    expect(diffScan(files, [], { unlisted: ['locked2/c.jpg'] }).missing).toEqual([1, 2]);
  });

  describe('the clock of changes', () => {
    const looked = (id: number, changedMs: number | null, over: Partial<KnownFile> = {}) =>
      known(id, `${id}.jpg`, { changedMs, ...over });
    const now = (id: number, changedMs: number | null) => seen(`${id}.jpg`, { changedMs });

    test.each<[string, KnownFile, SeenFile, 'changed' | 'noted' | 'returned' | 'nothing']>([
      ['nothing happened', looked(1, 50), now(1, 50), 'nothing'],
      ['edited, and size and date put back', looked(1, 50), now(1, 60), 'changed'],
      ['nobody has looked before', looked(1, null), now(1, 60), 'noted'],
      ['this system has no such clock', looked(1, 50), now(1, null), 'nothing'],
      ['gone and back: moving changes it', looked(1, 50, { presence: 'missing' }), now(1, 60), 'returned'],
    ])('%s', (_name, before, after, group) => {
      const diff = diffScan([before], [after]);
      expect(diff.changed).toHaveLength(group === 'changed' ? 1 : 0);
      expect(diff.noted ?? []).toHaveLength(group === 'noted' ? 1 : 0);
      expect(diff.returned).toHaveLength(group === 'returned' ? 1 : 0);
      expect(diff.unchanged).toBe(group === 'noted' || group === 'nothing' ? 1 : 0);
    });

    test('a thousand at once are permissions or a backup, and no thousand edits', () => {
      const many = Array.from({ length: 1000 }, (_, id) => id);
      const diff = diffScan(
        many.map((id) => looked(id, 50)),
        many.map((id) => now(id, 60)),
      );
      expect(diff.changed).toEqual([]);
      expect(diff.noted).toHaveLength(1000);
      expect(diff.unchanged).toBe(1000);
    });
  });

  test('on another disk equal names mean nothing, and what is the same file is', () => {
    const diff = diffScan(
      [known(1, 'IMG_0001.JPG'), known(2, 'IMG_0002.JPG'), known(3, 'IMG_0003.JPG')],
      [seen('IMG_0001.JPG', { size: 11 }), seen('IMG_0002.JPG')],
      { stranger: true },
    );
    expect(diff.replaced?.map(({ id }) => id)).toEqual([1]);
    expect(diff.changed).toEqual([]);
    expect(diff.unchanged).toBe(1);
    expect(diff.missing).toEqual([3]);
  });

  test('a new file that somebody still writes waits; a known one stays what it is', () => {
    const writing = { unfinished: true };
    expect(diffScan([], [seen('a.jpg', writing)])).toEqual(nothing);
    const file = seen('a.jpg', { ...writing, size: 11 });
    expect(diffScan([known(1, 'a.jpg')], [file]).changed).toEqual([{ id: 1, file }]);
  });

  test('200,000 files in well under a second', () => {
    const paths = Array.from({ length: 200_000 }, (_, i) => `${i % 1000}/photo-${i}.jpg`);
    const start = performance.now();
    const diff = diffScan(
      paths.map((path, i) => known(i, path)),
      paths.map((path) => seen(path)),
    );
    expect(diff.unchanged).toBe(200_000);
    expect(performance.now() - start).toBeLessThan(5000);
  });
});
