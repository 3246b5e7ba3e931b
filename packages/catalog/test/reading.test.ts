// What a window and a terminal read: tiles, details, paths, settings, journal.

import { photoDetail, photoTile } from '@semblance/contract';
import { wallClock } from '@semblance/core';
import { expect, test } from 'vitest';
import { facts, freshCatalog, index, photoAt, scan } from './fixtures.ts';

test('the timeline is newest first, in pages, and fits the contract', () => {
  const catalog = freshCatalog();
  scan(catalog, catalog.addRoot('/p').id, { 'a.jpg': 'A', 'b.jpg': 'BB', 'c.jpg': 'CCC' });
  const year = (y: number) => Date.UTC(y, 5, 1);
  const times: Record<string, number> = {
    '/p/a.jpg': year(2001),
    '/p/b.jpg': year(2003),
    '/p/c.jpg': year(2002),
  };
  for (const { fileId, path, bytes } of catalog.nextPending({ limit: 9 })) {
    catalog.finishFile(fileId, facts('X'.repeat(bytes), { takenAt: times[path] ?? null }), null);
  }
  const all = catalog.timeline({ offset: 0, limit: 9 });
  expect(all.photos.map((photo) => photo.takenAt)).toEqual([year(2003), year(2002), year(2001)]);
  for (const photo of all.photos) expect(photoTile.parse(photo)).toEqual(photo);
  const page = catalog.timeline({ offset: 1, limit: 1 });
  expect(page.total).toBe(3);
  expect(page.photos).toEqual([all.photos[1]]);
});

test('a photo in full, as it was given', () => {
  const catalog = freshCatalog();
  scan(catalog, catalog.addRoot('/p').id, { 'ö/ü 🦊.jpg': 'A' });
  const [file] = catalog.nextPending({ limit: 1 });
  const given = facts('A', {
    width: 30,
    height: 40,
    camera: {
      make: 'Leica',
      model: 'M6',
      lens: 'Summicron',
      aperture: 2.8,
      exposureSeconds: 1 / 125,
      iso: 400,
      focalLengthMm: 35,
    },
    place: { latitude: -39.9, longitude: 32.85 },
    placeholder: 'abc=',
  });
  const id = catalog.finishFile(file?.fileId ?? 0, given, null)?.photoId ?? '';
  const photo = catalog.photo(id, null);
  expect(photo).toMatchObject({
    id,
    fileName: 'ü 🦊.jpg',
    ratio: 0.75,
    camera: given.camera,
    place: given.place,
    placeholder: 'abc=',
    dateSource: 'exif',
    contentHash: given.contentHash,
    searchable: false,
    files: [{ path: '/p/ö/ü 🦊.jpg', bytes: 1, reachable: true }],
  });
  expect(photoDetail.parse(photo)).toBeDefined();
  expect(catalog.contentHash(id)).toBe(given.contentHash);
  expect(catalog.photo('f'.repeat(20), null)).toBeNull();
});

test('without a date in the photo, the file date on the wall clock stands in', () => {
  const catalog = freshCatalog();
  scan(catalog, catalog.addRoot('/p').id, { 'a.jpg': 'A' });
  const [file] = catalog.nextPending({ limit: 1 });
  const modifiedAt = 1_720_000_000_123.6;
  const settled = catalog.finishFile(file?.fileId ?? 0, facts('A', { takenAt: null, modifiedAt }), null);
  expect(catalog.photo(settled?.photoId ?? '', null)).toMatchObject({
    takenAt: wallClock(modifiedAt),
    dateSource: 'mtime',
  });
});

test('paths: only real files of a root are photos, and neighbours are not inside', () => {
  const catalog = freshCatalog();
  index(catalog, catalog.addRoot('/p').id, { 'a.jpg': 'A' });
  const id = photoAt(catalog, '/p/a.jpg');
  for (const path of ['/p2/a.jpg', '/a.jpg', '/p', '/p/../a.jpg', '/p/b.jpg', 'a.jpg']) {
    expect(catalog.photoByPath(path), path).toBeNull();
  }
  expect(catalog.pathsOf([id, 'f'.repeat(20)]).size).toBe(1);
  expect(catalog.tiles([id, 'f'.repeat(20), id]).size).toBe(1);
});

test('settings and journal', () => {
  const catalog = freshCatalog();
  expect(catalog.setting('model')).toBeNull();
  catalog.setSetting('model', 'a');
  catalog.setSetting('model', 'b');
  expect(catalog.setting('model')).toBe('b');
  catalog.setSetting('model', null);
  expect(catalog.setting('model')).toBeNull();

  const first = catalog.appendJournal('x', { deep: ['ü', 1] });
  catalog.appendJournal('y', undefined);
  catalog.appendJournal('x', 2);
  expect(catalog.journal({ kind: 'x' }).map((entry) => entry.payload)).toEqual([{ deep: ['ü', 1] }, 2]);
  expect(catalog.journal({ afterId: first }).map((entry) => entry.payload)).toEqual([null, 2]);
  expect(catalog.journal({ limit: 1 })).toHaveLength(1);
});
