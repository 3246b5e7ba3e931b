// What the library remembers: copied every day, checked, mended, brought back.
import { readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { openVectors } from '@semblance/vectors';
import { expect, it } from 'vitest';
import { examineFiles, restoreNewest } from '../src/rescue.ts';
import { DIMENSIONS } from './fake-compute.ts';
import { bench } from './harness.ts';

async function withPhotos() {
  const b = await bench();
  await b.write({ 'a.jpg': 'a', 'b.jpg': 'b', 'c.jpg': 'c' });
  const { id } = await b.engine.services.folders.add(b.photos);
  await b.engine.services.indexer.update([id]);
  const { photos } = b.engine.services.library.timeline({ offset: 0, limit: 10 });
  return { ...b, bench: b, photos };
}

it('a session leaves a copy of what was said in it', async () => {
  const { engine, bench: b, photos, library } = await withPhotos();
  expect((await engine.services.library.status()).backup).toEqual({ takenAt: null, problem: null });
  const ids = photos.slice(0, 1).map((photo) => photo.id);
  engine.services.marks.mark({ photos: { kind: 'photos', ids }, favourite: true });
  await engine.dispose();
  const files = examineFiles(library);
  expect(files?.catalog).toMatchObject({ problems: [], photos: 3 });
  expect(files?.backups).toMatchObject([{ problems: [] }]);
  await writeFile(join(library, 'catalog.sqlite'), 'no database at all'.repeat(1000));
  expect(examineFiles(library)?.catalog.problems).not.toEqual([]);
  expect(restoreNewest(library)).toHaveProperty('replaced');
  b.engine = await b.open();
  const view = { kind: 'favourites' as const };
  const again = b.engine.services.library.timeline({ offset: 0, limit: 10, view });
  expect(again.photos.map((photo) => photo.id)).toEqual(ids);
});

it('nothing is restored over a sound catalog, or without a copy', async () => {
  const { engine, library } = await withPhotos();
  await engine.dispose();
  expect(restoreNewest(library)).toEqual({ refused: 'sound' });
  expect((await readdir(library)).filter((name) => name.startsWith('replaced'))).toEqual([]);
});

it('an empty library makes no copies', async () => {
  const b = await bench();
  await b.engine.dispose();
  expect(examineFiles(b.library)?.backups).toEqual([]);
});

it('a copy that cannot be made is told, and the library goes on', async () => {
  const { engine, library } = await withPhotos();
  await writeFile(join(library, 'catalog-backups'), 'in the way');
  await engine.services.health.backUp('end');
  expect((await engine.services.library.status()).backup.problem).toBe('LIBRARY_NOT_WRITABLE');
});

it('vectors that are not what was written are found, and computed again', async () => {
  const { bench: b, photos, library } = await withPhotos();
  const { services } = b.engine;
  expect(await services.health.damagedVectors()).toEqual({ stored: 3, damaged: [] });
  await b.engine.dispose();
  const store = await openVectors(join(library, 'vectors'));
  const table = await store.table('fake-1', DIMENSIONS);
  const [photo] = photos;
  const other = new Float32Array(DIMENSIONS);
  other[0] = 1;
  await table.remove([photo?.id ?? '']);
  await table.append([{ photoId: photo?.id ?? '', vector: other }]);
  await store.close();

  b.engine = await b.open();
  const { health, indexer } = b.engine.services;
  const found = await health.damagedVectors();
  expect(found).toEqual({ stored: 3, damaged: [photo?.id] });
  await health.dropVectors(found.damaged);
  await indexer.update([]);
  expect(await health.damagedVectors()).toEqual({ stored: 3, damaged: [] });
});

it('a crop that cannot be what was written is found, without a hash of it on record', async () => {
  const { bench: b, photos, library } = await withPhotos();
  await b.engine.dispose();
  const store = await openVectors(join(library, 'vectors'));
  const table = await store.table('fake-1', DIMENSIONS);
  const [sound, bent] = photos.map(({ id }) => id);
  const crop = Float32Array.from({ length: DIMENSIONS }, (_, i) => (i === 0 ? 1 : 0));
  const vectorOf = async (id = '') => (await table.get(id)) ?? new Float32Array();
  await table.append([
    { photoId: sound ?? '', vector: await vectorOf(sound), crops: [crop] },
    { photoId: bent ?? '', vector: await vectorOf(bent), crops: [crop.map((value) => value * 3)] },
  ]);
  await store.close();
  b.engine = await b.open();
  expect(await b.engine.services.health.damagedVectors()).toEqual({ stored: 3, damaged: [bent] });
});
