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
    const diff = diffScan(files, [], ['locked']);
    expect(diff.missing).toEqual([3]);
    expect(diff.unchanged).toBe(2);
    expect(diffScan(files, [], ['']).missing).toEqual([]);
    expect(diffScan(files, [], ['locked2/c.jpg']).missing).toEqual([1, 2]);
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
