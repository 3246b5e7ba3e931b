// The catalog in step with the disk: every everyday change, and what becomes of the photo and its id.
import { beforeEach, describe, expect, test } from 'vitest';
import type { Catalog } from '../src/index.ts';
import { freshCatalog, index, photoAt, scan } from './fixtures.ts';

let catalog: Catalog;
let root: number;

beforeEach(() => {
  catalog = freshCatalog();
  root = catalog.addRoot('/photos').id;
});

const photos = () => catalog.counts(null).photos;

describe('one photo', () => {
  let id: string;
  beforeEach(() => {
    expect(index(catalog, root, { 'a.jpg': 'A' })).toEqual({ 'a.jpg': 'new' });
    id = photoAt(catalog, '/photos/a.jpg');
    expect(id).toMatch(/^[0-9a-f]{20}$/);
  });

  test('nothing changed: nothing to do', () => {
    expect(index(catalog, root, { 'a.jpg': 'A' })).toEqual({});
    expect(catalog.journal({ kind: 'scan' })).toHaveLength(1);
  });

  test('touched', () => {
    expect(index(catalog, root, { 'a.jpg': { content: 'A', mtimeMs: 5 } })).toEqual({ 'a.jpg': 'same' });
    expect(index(catalog, root, { 'a.jpg': { content: 'A', mtimeMs: 5 } })).toEqual({});
    expect(photoAt(catalog, '/photos/a.jpg')).toBe(id);
  });

  test('moved: keeps its id, and the old place is forgotten', () => {
    expect(index(catalog, root, { 'x/b.jpg': 'A' })).toEqual({ 'x/b.jpg': 'found-again' });
    expect(photoAt(catalog, '/photos/x/b.jpg')).toBe(id);
    expect(catalog.photoByPath('/photos/a.jpg')).toBeNull();
    expect(catalog.counts(null)).toMatchObject({ photos: 1, missing: 0 });
  });

  test('copied: one photo with two files; either may go', () => {
    expect(index(catalog, root, { 'a.jpg': 'A', 'b.jpg': 'A' })).toEqual({ 'b.jpg': 'copied' });
    expect(catalog.photo(id, null)?.files).toHaveLength(2);
    index(catalog, root, { 'b.jpg': 'A' });
    expect(catalog.photo(id, null)?.files.map((file) => file.path)).toEqual(['/photos/b.jpg']);
    expect(catalog.counts(null)).toMatchObject({ photos: 1, missing: 0 });
  });

  test('edited: same id, other picture, vectors of the old bytes are gone', () => {
    const before = catalog.photo(id, null);
    catalog.markEmbedded([{ photoId: id, vectorHash: 'v' }], 'm');
    expect(index(catalog, root, { 'a.jpg': 'A edited' })).toEqual({ 'a.jpg': 'edited' });
    const after = catalog.photo(id, 'm');
    expect(after?.version).not.toBe(before?.version);
    expect(after?.edition).toBe(2);
    expect(after?.searchable).toBe(false);
    expect(photos()).toBe(1);
  });

  test('edited copy: becomes a photo of its own', () => {
    index(catalog, root, { 'a.jpg': 'A', 'b.jpg': 'A' });
    expect(index(catalog, root, { 'a.jpg': 'A', 'b.jpg': 'A edited' })).toEqual({ 'b.jpg': 'edited-copy' });
    expect(photoAt(catalog, '/photos/a.jpg')).toBe(id);
    expect(photoAt(catalog, '/photos/b.jpg')).not.toBe(id);
    expect(photos()).toBe(2);
  });

  test('all copies edited alike: still the same photo, and not a new one that nothing is said of', () => {
    index(catalog, root, { 'a.jpg': 'A', 'b.jpg': 'A' });
    expect(index(catalog, root, { 'a.jpg': 'A edited', 'b.jpg': 'A edited' })).toEqual({
      'a.jpg': 'edited',
      'b.jpg': 'same',
    });
    expect(photoAt(catalog, '/photos/a.jpg')).toBe(id);
    expect(photoAt(catalog, '/photos/b.jpg')).toBe(id);
    expect(photos()).toBe(1);
  });

  test('all copies edited, each in another way: the photo stays with one of them', () => {
    index(catalog, root, { 'a.jpg': 'A', 'b.jpg': 'A' });
    const stories = index(catalog, root, { 'a.jpg': 'A edited', 'b.jpg': 'A cut' });
    expect(Object.values(stories).sort()).toEqual(['edited', 'edited-copy']);
    expect(catalog.photo(id, null)?.files).toHaveLength(1);
    expect(photos()).toBe(2);
  });

  test('deleted, then restored in the same place', () => {
    index(catalog, root, {});
    expect(catalog.counts(null)).toMatchObject({ photos: 0, missing: 1 });
    expect(catalog.tiles([id]).size).toBe(0);
    expect(scan(catalog, root, { 'a.jpg': 'A' }).returned).toHaveLength(1);
    expect(catalog.counts(null)).toMatchObject({ photos: 1, missing: 0, pending: 0 });
    expect(photoAt(catalog, '/photos/a.jpg')).toBe(id);
  });

  test('deleted, then another picture saved under its name: a stranger, and the photo may still come back', () => {
    catalog.mark([id], { favourite: true, hidden: true });
    index(catalog, root, {});
    expect(index(catalog, root, { 'a.jpg': 'another one' })).toEqual({ 'a.jpg': 'new' });
    const stranger = photoAt(catalog, '/photos/a.jpg');
    expect(catalog.marks([stranger]).get(stranger)).toMatchObject({ favourite: false, hidden: false });
    expect(index(catalog, root, { 'a.jpg': 'another one', 'b.jpg': 'A' })).toEqual({
      'b.jpg': 'found-again',
    });
    expect(photoAt(catalog, '/photos/b.jpg')).toBe(id);
    expect(catalog.marks([id]).get(id)).toMatchObject({ favourite: true });
  });

  test('deleted, then restored in the same place with another date', () => {
    index(catalog, root, {});
    index(catalog, root, { 'a.jpg': { content: 'A', mtimeMs: 9 } });
    expect(photoAt(catalog, '/photos/a.jpg')).toBe(id);
    expect(catalog.counts(null)).toMatchObject({ photos: 1, missing: 0 });
  });

  test('deleted, then restored elsewhere with another date', () => {
    index(catalog, root, {});
    expect(index(catalog, root, { 'back/a.jpg': { content: 'A', mtimeMs: 9 } })).toEqual({
      'back/a.jpg': 'found-again',
    });
    expect(photoAt(catalog, '/photos/back/a.jpg')).toBe(id);
  });

  test('replaced by a known photo, and the replaced bytes come back later', () => {
    index(catalog, root, { 'a.jpg': 'A', 'b.jpg': 'BB' });
    const other = photoAt(catalog, '/photos/b.jpg');
    expect(index(catalog, root, { 'a.jpg': 'BB', 'b.jpg': 'BB' })).toEqual({ 'a.jpg': 'replaced' });
    expect(photoAt(catalog, '/photos/a.jpg')).toBe(other);
    expect(photos()).toBe(1);
    expect(index(catalog, root, { 'a.jpg': 'BB', 'b.jpg': 'BB', 'c.jpg': 'A' })).toEqual({
      'c.jpg': 'found-again',
    });
    expect(photoAt(catalog, '/photos/c.jpg')).toBe(id);
  });

  test('two names swapped: both photos keep their ids', () => {
    index(catalog, root, { 'a.jpg': 'A', 'b.jpg': 'BB' });
    const other = photoAt(catalog, '/photos/b.jpg');
    index(catalog, root, { 'a.jpg': 'BB', 'b.jpg': 'A' });
    expect(photoAt(catalog, '/photos/a.jpg')).toBe(other);
    expect(photoAt(catalog, '/photos/b.jpg')).toBe(id);
    expect(photos()).toBe(2);
  });

  test('renamed by case only, and spelled in another Unicode form', () => {
    index(catalog, root, { 'A.JPG': 'A' });
    expect(photoAt(catalog, '/photos/A.JPG')).toBe(id);
    index(catalog, root, { 'caf\u00e9.jpg': 'A' });
    expect(index(catalog, root, { 'cafe\u0301.jpg': 'A' })).toEqual({});
    expect(catalog.pathOf(id)?.path).toBe('/photos/cafe\u0301.jpg');
    expect(photoAt(catalog, '/photos/caf\u00e9.jpg')).toBe(id);
  });
});

test('a file known to be on disk elsewhere is linked without decoding', () => {
  index(catalog, root, { 'a.jpg': 'A' });
  scan(catalog, root, { 'a.jpg': 'A', 'b.jpg': 'A' });
  const [file] = catalog.nextPending({ limit: 5 });
  const [known] = catalog.photosBySize(1);
  if (file === undefined || known === undefined) throw new Error('expected a pending file and its twin');
  const settled = catalog.linkFile(file.fileId, known.photoId, { bytes: 1, modifiedAt: 7 }, 'm');
  expect(settled).toEqual({
    photoId: known.photoId,
    change: 'linked',
    story: 'copied',
    needsEmbedding: true,
  });
  expect(catalog.counts(null)).toMatchObject({ photos: 1, pending: 0 });
  expect(catalog.linkFile(file.fileId, 'f'.repeat(20), { bytes: 1, modifiedAt: 7 }, 'm')).toBeNull();
});

test('a file forgotten while it was decoded is no error', () => {
  scan(catalog, root, { 'a.jpg': 'A' });
  const [file] = catalog.nextPending({ limit: 1 });
  catalog.removeRoot(root);
  expect(catalog.linkFile(file?.fileId ?? 0, 'f'.repeat(20), { bytes: 1, modifiedAt: 7 }, 'm')).toBeNull();
  expect(index(catalog, catalog.addRoot('/photos').id, { 'a.jpg': 'A' })).toEqual({ 'a.jpg': 'new' });
});

test('a random year of changes keeps the books: every photo counts its present files, no missing file is kept in vain', () => {
  let state = 7;
  const random = (limit: number) => {
    state = (Math.imul(state, 48_271) >>> 0) % 2_147_483_647;
    return state % limit;
  };
  const disk: Record<string, string> = {};
  for (let day = 0; day < 120; day++) {
    for (let change = 0; change < 3; change++) {
      const path = `${'abcdef'[random(6)]}.jpg`;
      if (random(3) === 0) delete disk[path];
      else disk[path] = 'x'.repeat(1 + random(8));
    }
    index(catalog, root, disk);
    const distinct = new Set(Object.values(disk)).size;
    const { total, photos: tiles } = catalog.timeline({ offset: 0, limit: 100 });
    expect(total).toBe(distinct);
    expect(tiles).toHaveLength(distinct);
    const files = tiles.flatMap(({ id }) => catalog.photo(id, null)?.files ?? []);
    expect(files.map((file) => file.path).sort()).toEqual(
      Object.keys(disk)
        .map((path) => `/photos/${path}`)
        .sort(),
    );
  }
});
