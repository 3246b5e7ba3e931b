// Marks, albums, views and acts.
import { photoDetail } from '@semblance/contract';
import { beforeEach, expect, test } from 'vitest';
import type { Catalog } from '../src/index.ts';
import { facts, freshCatalog, index, photoAt, scan } from './fixtures.ts';

let catalog: Catalog;
let root: number;
let a: string;
let b: string;
let c: string;

beforeEach(() => {
  catalog = freshCatalog();
  root = catalog.addRoot('/p').id;
  index(catalog, root, { 'a.jpg': 'A', 'trip/b.jpg': 'B', 'trip2/c.jpg': 'C', 'trip/day 1/a.jpg': 'A' });
  [a, b, c] = ['/p/a.jpg', '/p/trip/b.jpg', '/p/trip2/c.jpg'].map((path) => photoAt(catalog, path)) as [
    string,
    string,
    string,
  ];
});

const ids = (view: Parameters<Catalog['timeline']>[1]) =>
  catalog
    .timeline({ offset: 0, limit: 10 }, view)
    .photos.map((photo) => photo.id)
    .sort();

test('marks change what is named and leave the rest', () => {
  catalog.mark([a, b], { favourite: true, rating: 4 });
  catalog.mark([a], { rating: null });
  catalog.mark([b], { favourite: false });
  expect(catalog.marks([a, b, c])).toEqual(
    new Map([
      [a, { favourite: true, rating: null, hidden: false }],
      [b, { favourite: false, rating: 4, hidden: false }],
      [c, { favourite: false, rating: null, hidden: false }],
    ]),
  );
  const photo = catalog.photo(b, null);
  expect(photo).toMatchObject({ rating: 4, favourite: false, hidden: false });
  expect(photoDetail.safeParse(photo).success).toBe(true);
});

test('marks stay with a photo that is edited in place', () => {
  catalog.mark([b], { favourite: true, rating: 5 });
  scan(catalog, root, { 'a.jpg': 'A', 'trip/b.jpg': 'edited', 'trip2/c.jpg': 'C', 'trip/day 1/a.jpg': 'A' });
  for (const { fileId } of catalog.nextPending({ limit: 9 }))
    catalog.finishFile(fileId, facts('edited'), null);
  expect(photoAt(catalog, '/p/trip/b.jpg')).toBe(b);
  expect(catalog.marks([b]).get(b)).toEqual({ favourite: true, rating: 5, hidden: false });
});

test('views: favourites, folders with everything below, hidden ones nowhere else', () => {
  catalog.mark([a], { favourite: true });
  expect(ids({ kind: 'favourites' })).toEqual([a]);
  expect(ids({ kind: 'folder', id: root, path: '' })).toEqual([a, b, c].sort());
  expect(ids({ kind: 'folder', id: root, path: 'trip' })).toEqual([a, b].sort());
  expect(ids({ kind: 'folder', id: root, path: 'trip/day 1' })).toEqual([a]);
  expect(ids({ kind: 'recent' })).toEqual([a, b, c].sort());
  catalog.markEmbedded(
    [a, b].map((photoId) => ({ photoId, vectorHash: 'v' })),
    'm',
  );
  catalog.mark([a], { hidden: true });
  for (const view of [{ kind: 'all' }, { kind: 'favourites' }, { kind: 'recent' }] as const) {
    expect(ids(view)).not.toContain(a);
  }
  expect(ids({ kind: 'hidden' })).toEqual([a]);
  expect(catalog.tiles([a, b]).has(a)).toBe(false);
  expect(catalog.hiddenEmbedded('m')).toEqual([a]);
});

test('an album counts what is in sight and keeps what is not', () => {
  const id = catalog.createAlbum('Trip', null);
  expect(catalog.addToAlbum(id, [a, b, a, 'f'.repeat(20)])).toEqual([a, b]);
  expect(catalog.addToAlbum(id, [b, c])).toEqual([c]);
  catalog.mark([c], { hidden: true });
  expect(catalog.album(id)).toMatchObject({ name: 'Trip', query: null, photos: 2 });
  expect(ids({ kind: 'album', id })).toEqual([a, b].sort());
  expect(catalog.photoIds({ kind: 'album', id }).sort()).toEqual([a, b].sort());
  expect(catalog.albumMembers(id)).toEqual([a, b, c].sort());
  expect(catalog.albumsOf(a).map((album) => album.id)).toEqual([id]);
  expect(catalog.removeFromAlbum(id, [a, a])).toEqual([a]);
  catalog.changeAlbum(id, { name: 'Trip 2' });
  const before = catalog.album(id);
  catalog.removeAlbum(id);
  expect(catalog.albums()).toEqual([]);
  expect(catalog.albumsOf(b)).toEqual([]);
  if (before !== null) catalog.restoreAlbum(before, [b, c]);
  expect(catalog.album(id)).toEqual(before);
  expect(catalog.albumMembers(id)).toEqual([b, c].sort());
});

test('albums keep their photos when a folder is removed and comes back', () => {
  const id = catalog.createAlbum('Trip', null);
  catalog.addToAlbum(id, [a, b]);
  catalog.removeRoot(root);
  expect(catalog.album(id)).toMatchObject({ photos: 0, cover: null });
  index(catalog, catalog.addRoot('/q').id, { 'new name.jpg': 'A' });
  expect(ids({ kind: 'album', id })).toEqual([a]);
});

test('acts are listed newest first and marked when undone', () => {
  const first = catalog.recordAct('mark', [a]);
  const second = catalog.recordAct('trash', { file: 'ü' });
  catalog.markUndone(first);
  expect(catalog.acts(9).map((act) => [act.id, act.kind, act.undone])).toEqual([
    [second, 'trash', false],
    [first, 'mark', true],
  ]);
  expect(catalog.act(second)?.payload).toEqual({ file: 'ü' });
  expect(catalog.act(99)).toBeNull();
});

test('captions and keywords follow the file; rating and favourite are taken over once', () => {
  const finish = (content: string, over: Parameters<typeof facts>[1]) => {
    scan(catalog, root, { 'n.jpg': content });
    const file = catalog.nextPending({ limit: 9 }).find(({ path }) => path === '/p/n.jpg');
    catalog.finishFile(file?.fileId ?? 0, facts(content, over), null);
    return catalog.photo(photoAt(catalog, '/p/n.jpg'), null);
  };
  const first = finish('new', { caption: 'Sea', keywords: ['b', 'a', 'b'], rating: 3, favourite: true });
  expect(first).toMatchObject({ caption: 'Sea', keywords: ['a', 'b'], rating: 3, favourite: true });
  catalog.mark([first?.id ?? ''], { rating: 5, favourite: false });
  const edited = finish('newer', { caption: null, keywords: ['c'], rating: 1, favourite: true });
  expect(edited?.id).toBe(first?.id);
  expect(edited).toMatchObject({ caption: null, keywords: ['c'], rating: 5, favourite: false });
});

test('the tree names each folder that holds photos in sight, however deep', () => {
  expect(catalog.subfolders()).toEqual([
    { folderId: root, path: '', photos: 1 },
    { folderId: root, path: 'trip', photos: 1 },
    { folderId: root, path: 'trip/day 1', photos: 1 },
    { folderId: root, path: 'trip2', photos: 1 },
  ]);
  catalog.mark([c], { hidden: true });
  expect(catalog.subfolders().map(({ path }) => path)).toEqual(['', 'trip', 'trip/day 1']);
});
