// Folders that move with all that is known of them, files that wait, and photos that were moved and edited.
import { diffScan, type SeenFile } from '@semblance/core';
import { expect, test } from 'vitest';
import { facts, freshCatalog, index, photoAt, scan } from './fixtures.ts';

const file = (relPath: string, over: Partial<SeenFile> = {}): SeenFile => ({
  relPath,
  size: 1,
  mtimeMs: 1_700_000_000_000,
  inode: null,
  ...over,
});

test('a folder that lies elsewhere keeps its files, its number and what was said', () => {
  const catalog = freshCatalog();
  const root = catalog.addRoot('/media/card');
  index(catalog, root.id, { 'a.jpg': 'A', 'x/b.jpg': 'B' });
  const id = photoAt(catalog, '/media/card/x/b.jpg');
  catalog.mark([id], { favourite: true });
  catalog.setRootState(root.id, { state: 'offline', stranger: true, note: 'n', foundAt: '/media/card1' });
  expect(catalog.root(root.id)).toMatchObject({ stranger: true, foundAt: '/media/card1' });
  expect(catalog.moveRoot(root.id, '/media/card1')).toMatchObject({
    id: root.id,
    path: '/media/card1',
    state: 'online',
    note: null,
    stranger: false,
    foundAt: null,
    photos: 2,
  });
  expect(photoAt(catalog, '/media/card1/x/b.jpg')).toBe(id);
  expect(catalog.marks([id]).get(id)).toMatchObject({ favourite: true });
});

test('a folder that was moved into another one becomes a part of it, also where that has seen its files', () => {
  const catalog = freshCatalog();
  const one = catalog.addRoot('/one');
  const all = catalog.addRoot('/all');
  index(catalog, one.id, { 'a.jpg': 'A', 'b.jpg': 'B', 'c.jpg': 'C' });
  const [a, b, c] = ['a', 'b', 'c'].map((name) => photoAt(catalog, `/one/${name}.jpg`));
  // The one around it has read a.jpg already, and met b.jpg.
  index(catalog, all.id, { 'one/a.jpg': 'A' });
  scan(catalog, all.id, { 'one/a.jpg': 'A', 'one/b.jpg': 'B' });
  expect(catalog.moveRoot(one.id, '/all/one')).toMatchObject({ id: all.id, path: '/all', photos: 3 });
  expect(catalog.listRoots().map((root) => root.path)).toEqual(['/all']);
  expect(['a', 'b', 'c'].map((name) => photoAt(catalog, `/all/one/${name}.jpg`))).toEqual([a, b, c]);
  expect(catalog.counts(null)).toMatchObject({ photos: 3, pending: 0, missing: 0 });
  expect(catalog.presentFiles(all.id)).toBe(3);
});

test('a folder that was moved around another one takes that one in', () => {
  const catalog = freshCatalog();
  const outer = catalog.addRoot('/old');
  const inner = catalog.addRoot('/new/x');
  index(catalog, outer.id, { 'a.jpg': 'A' });
  index(catalog, inner.id, { 'b.jpg': 'B' });
  const b = photoAt(catalog, '/new/x/b.jpg');
  expect(catalog.moveRoot(outer.id, '/new')).toMatchObject({ id: outer.id, path: '/new', photos: 2 });
  expect(catalog.listRoots()).toHaveLength(1);
  expect(photoAt(catalog, '/new/x/b.jpg')).toBe(b);
});

test('the files to recognise a folder by are spread over it, and always the same', () => {
  const catalog = freshCatalog();
  const root = catalog.addRoot('/p');
  scan(catalog, root.id, Object.fromEntries(Array.from({ length: 500 }, (_, i) => [`${1000 + i}.jpg`, 'x'])));
  const sample = catalog.sampleFiles(root.id, 20);
  expect(sample).toEqual(catalog.sampleFiles(root.id, 20));
  const places = sample.map(({ relPath }) => Number.parseInt(relPath, 10) - 1000).sort((x, y) => x - y);
  expect(places[0]).toBeLessThan(100);
  expect(places.at(-1)).toBeGreaterThan(400);
  expect(catalog.sampleFiles(root.id + 1, 20)).toEqual([]);
});

test('what a folder was known by is kept, and only a change is written', () => {
  const catalog = freshCatalog();
  const { id } = catalog.addRoot('/p');
  expect(catalog.rootIdentity(id)).toEqual({ volume: null, inside: null, serial: null });
  const identity = { volume: 'uuid:1', inside: 'p', serial: '1-2' };
  catalog.setRootIdentity(id, identity);
  expect(catalog.rootIdentity(id)).toEqual(identity);
  const before = catalog.changes();
  catalog.setRootIdentity(id, identity);
  expect(catalog.changes()).toBe(before);
});

test('a file that is still being copied is not handed out before its time, and counts as that', () => {
  const catalog = freshCatalog();
  const { id } = catalog.addRoot('/p');
  scan(catalog, id, { 'a.jpg': 'A', 'b.jpg': 'B' });
  const [first, second] = catalog.nextPending({ limit: 9 });
  const now = { size: 9, mtimeMs: 8.7, changedMs: 7 };
  catalog.markInFlight([first?.fileId ?? 0]);
  const later = Date.now() + 3_600_000;
  catalog.postpone(first?.fileId ?? 0, now, later);
  expect(catalog.nextPending({ limit: 9 }).map((one) => one.fileId)).toEqual([second?.fileId]);
  expect(catalog.nextCopied()).toBe(later);
  expect(catalog.counts(null)).toMatchObject({ pending: 2, copying: 1, failed: 0 });
  expect(catalog.inFlightLeftovers()).toEqual([]);
  catalog.postpone(first?.fileId ?? 0, now, 1);
  const again = catalog.nextPending({ limit: 9 }).find((one) => one.fileId === first?.fileId);
  expect(again).toMatchObject({ bytes: 9, modifiedAt: 8, waitingSince: expect.any(Number) });
  catalog.failFile(first?.fileId ?? 0, 'corrupt', 'x');
  expect(catalog.nextCopied()).toBeNull();
  expect(catalog.counts(null)).toMatchObject({ pending: 1, copying: 0, failed: 1 });
  catalog.postpone(second?.fileId ?? 0, now, later);
  catalog.setRootState(id, { state: 'offline', stranger: false, note: 'n', foundAt: null });
  expect(catalog.nextCopied()).toBeNull();
});

test('moved and edited: the photo goes with its file, unless it may itself be among those that wait', () => {
  for (const elsewhere of [false, true]) {
    const catalog = freshCatalog();
    const { id } = catalog.addRoot('/p');
    const known = file('a.jpg', { serial: '7-99' });
    catalog.applyScan(id, diffScan([], [known]), 's');
    const settled = (path: string, content: string) => {
      const waiting = catalog.nextPending({ limit: 9 }).find((one) => one.path === `/p/${path}`);
      return catalog.finishFile(waiting?.fileId ?? 0, facts(content), null);
    };
    const photo = settled('a.jpg', 'A')?.photoId;
    const now = [file('b.jpg', { serial: '7-99', size: 2 })];
    if (elsewhere) now.push(file('c.jpg', { serial: '8-99' }));
    catalog.applyScan(id, diffScan(catalog.knownFiles(id), now), 's');
    const after = settled('b.jpg', 'AB');
    if (elsewhere) expect(after).toMatchObject({ story: 'new' });
    else expect(after).toMatchObject({ photoId: photo, story: 'moved-and-edited' });
    if (elsewhere) expect(settled('c.jpg', 'A')).toMatchObject({ photoId: photo, story: 'found-again' });
    expect(catalog.counts(null).missing).toBe(0);
  }
});

test('files below a place are those of that place', () => {
  const catalog = freshCatalog();
  const { id } = catalog.addRoot('/p');
  const disk = { 'a.jpg': 'A', 'x/b.jpg': 'B', 'x/y/c.jpg': 'C', 'x2/d.jpg': 'D' };
  index(catalog, id, disk);
  scan(catalog, id, { ...disk, 'x/e.jpg': 'E' });
  const count = (...places: string[]) => {
    const { present, pending } = catalog.filesBelow(places);
    return [present.size, pending];
  };
  expect(count('/p')).toEqual([5, 1]);
  expect(count('/')).toEqual([5, 1]);
  expect(count('/p/x')).toEqual([3, 1]);
  expect(count('/p/x/y', '/p/x2')).toEqual([2, 0]);
  expect(count('/elsewhere')).toEqual([0, 0]);
});
