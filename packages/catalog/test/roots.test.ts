// Library folders: overlap, absence, removal.
import { expect, test } from 'vitest';
import { freshCatalog, index, photoAt, scan } from './fixtures.ts';

test('adding is idempotent, and a folder inside a known one is that one', () => {
  const catalog = freshCatalog();
  const outer = catalog.addRoot('/photos');
  expect(catalog.addRoot('/photos')).toEqual(outer);
  expect(catalog.addRoot('/photos/2024')).toEqual(outer);
  expect(catalog.addRoot('/photos2').id).not.toBe(outer.id);
  expect(catalog.listRoots().map((root) => [root.path, root.name, root.state])).toEqual([
    ['/photos', 'photos', 'online'],
    ['/photos2', 'photos2', 'online'],
  ]);
});

test('a folder around known ones takes over their files without looking at them again', () => {
  const catalog = freshCatalog();
  const inner = catalog.addRoot('/disk/photos/2024');
  index(catalog, inner.id, { 'a.jpg': 'A', 'x/b.jpg': 'B' });
  const id = photoAt(catalog, '/disk/photos/2024/x/b.jpg');
  const outer = catalog.addRoot('/disk');
  expect(outer.photos).toBe(2);
  expect(catalog.listRoots()).toHaveLength(1);
  expect(photoAt(catalog, '/disk/photos/2024/x/b.jpg')).toBe(id);
  const disk = { 'photos/2024/a.jpg': 'A', 'photos/2024/x/b.jpg': 'B' };
  expect(index(catalog, outer.id, disk)).toEqual({});
});

test('an offline folder: its photos stay, greyed, and its files are not handed out', () => {
  const catalog = freshCatalog();
  const root = catalog.addRoot('/stick');
  index(catalog, root.id, { 'a.jpg': 'A' });
  scan(catalog, root.id, { 'a.jpg': 'A', 'b.jpg': 'B' });
  catalog.setRootState(root.id, {
    state: 'offline',
    stranger: false,
    note: 'Its drive is not connected.',
    why: { kind: 'empty', known: 2, seen: 0, code: null },
    foundAt: null,
  });
  expect(catalog.root(root.id)?.why).toEqual({ kind: 'empty', known: 2, seen: 0, code: null });
  expect(catalog.nextPending({ limit: 9 })).toEqual([]);
  expect(catalog.missingEmbeddings('m', 9)).toEqual([]);
  expect(catalog.counts(null)).toMatchObject({ photos: 1, pending: 0, offline: 2, missing: 0 });
  const { photos } = catalog.timeline({ offset: 0, limit: 9 });
  expect(photos.map((photo) => photo.offline)).toEqual([true]);
  expect(catalog.pathOf(photos[0]?.id ?? '')?.reachable).toBe(false);
  expect(catalog.root(root.id)?.note).toBe('Its drive is not connected.');
  catalog.setRootState(root.id, { state: 'online', stranger: false, note: null, foundAt: null });
  expect(catalog.root(root.id)).toMatchObject({ note: null, why: null });
  expect(catalog.nextPending({ limit: 9 })).toHaveLength(1);
  expect(catalog.timeline({ offset: 0, limit: 9 }).photos[0]?.offline).toBe(false);
});

test('a photo with a copy in a reachable folder is not offline, and that copy is its path', () => {
  const catalog = freshCatalog();
  const stick = catalog.addRoot('/stick');
  const home = catalog.addRoot('/home');
  index(catalog, stick.id, { 'a.jpg': 'A' });
  index(catalog, home.id, { 'a.jpg': 'A' });
  catalog.setRootState(stick.id, { state: 'offline', stranger: false, note: 'gone', foundAt: null });
  const id = photoAt(catalog, '/home/a.jpg');
  expect(catalog.tiles([id]).get(id)?.offline).toBe(false);
  expect(catalog.pathOf(id)).toMatchObject({ path: '/home/a.jpg', reachable: true });
});

test('removing a folder hides its photos, and they come back as the same photos', () => {
  const catalog = freshCatalog();
  const root = catalog.addRoot('/photos');
  index(catalog, root.id, { 'a.jpg': 'A' });
  const id = photoAt(catalog, '/photos/a.jpg');
  catalog.markEmbedded([{ photoId: id, vectorHash: 'v' }], 'm');
  catalog.removeRoot(root.id);
  expect(catalog.counts('m')).toEqual({
    photos: 0,
    indexed: 0,
    pending: 0,
    copying: 0,
    failed: 0,
    offline: 0,
    missing: 0,
  });
  expect(catalog.hiddenEmbedded('m')).toEqual([id]);
  expect(catalog.pathOf(id)).toBeNull();
  index(catalog, catalog.addRoot('/elsewhere').id, { 'z.jpg': 'A' });
  expect(photoAt(catalog, '/elsewhere/z.jpg')).toBe(id);
  expect(catalog.counts('m')).toMatchObject({ photos: 1, indexed: 1 });
});
