// What a keeper takes over, in the catalog's own columns, and what it gives back.
import { join } from 'node:path';
import { type Catalog, openCatalog } from '@semblance/catalog';
import { tempDir } from '@semblance/testkit';
import { expect, onTestFinished, test } from 'vitest';
import { createCatalogInheritor } from '../src/trash/inheritors.ts';
import { photoOf } from './fake-compute.ts';

const PLACE = { latitude: 41.01, longitude: 28.98 };

/** A photo without place and date, and a copy of it that has both. */
async function twoPhotos(): Promise<{ catalog: Catalog; keeper: string; copy: string }> {
  const catalog = openCatalog(join(await tempDir(), 'library'));
  onTestFinished(() => catalog.close());
  const { id } = catalog.addRoot('/photos');
  const added = ['a.jpg', 'b.jpg'].map((relPath) => ({ relPath, size: 1, mtimeMs: 1, inode: null }));
  const none = { changed: [], returned: [], respelled: [], unchanged: 0, missing: [] };
  catalog.applyScan(id, { added, ...none }, 'scan');
  const [keeper = '', copy = ''] = catalog.nextPending({ limit: 2 }).map(({ fileId, path }) => {
    const facts = photoOf(path, new Float32Array(4));
    const known = path.endsWith('b.jpg')
      ? { ...facts, place: PLACE, takenAt: 5_000, dateSource: 'exif' as const }
      : facts;
    return catalog.finishFile(fileId, known, null)?.photoId;
  });
  return { catalog, keeper, copy };
}

test('place and date go to a keeper without them, and back', async () => {
  const { catalog, keeper, copy } = await twoPhotos();
  const inheritor = createCatalogInheritor(catalog);
  const before = catalog.shot(keeper);
  expect(before).toMatchObject({ place: null, dateSource: 'mtime' });
  const change = inheritor.inherit(keeper, copy);
  expect(catalog.shot(keeper)).toEqual({ place: PLACE, takenAt: 5_000, dateSource: 'exif' });
  expect(catalog.photo(keeper, null)).toMatchObject({ place: PLACE, takenAt: 5_000 });
  expect(inheritor.inherit(keeper, copy)).toBeNull();
  if (change === null) throw new Error('nothing was inherited');
  inheritor.giveBack(JSON.parse(JSON.stringify(change)));
  expect(catalog.shot(keeper)).toEqual(before);
  expect(catalog.shot(copy)).toEqual({ place: PLACE, takenAt: 5_000, dateSource: 'exif' });
});

test('a place that was set since is not taken back', async () => {
  const { catalog, keeper, copy } = await twoPhotos();
  const inheritor = createCatalogInheritor(catalog);
  const change = inheritor.inherit(keeper, copy);
  catalog.setShot(keeper, { place: { latitude: 0, longitude: 0 }, takenAt: 9 });
  if (change !== null) inheritor.giveBack(change);
  expect(catalog.shot(keeper)).toMatchObject({ place: { latitude: 0, longitude: 0 }, takenAt: 9 });
});

test('a photo that is not on record any more neither gives nor takes', async () => {
  const { catalog, keeper } = await twoPhotos();
  const inheritor = createCatalogInheritor(catalog);
  expect(inheritor.inherit(keeper, 'f'.repeat(20))).toBeNull();
  expect(inheritor.inherit('f'.repeat(20), keeper)).toBeNull();
});
