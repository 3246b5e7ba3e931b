// What a person does to a shown photo is done to its raw file too, and taken back from both.
import { readdirSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { fakeCompute, photoOf } from './fake-compute.ts';
import { bench } from './harness.ts';

async function pair() {
  const fake = fakeCompute({
    ingest: async ({ path }) => ({
      ...photoOf(await readFile(path, 'utf8'), new Float32Array([1, 0, 0, 0])),
      format: path.endsWith('.NEF') ? 'nef' : 'jpeg',
    }),
  });
  const b = await bench({ fake });
  await b.write({ 'a.JPG': 'jpeg', 'a.NEF': 'raw file' });
  const { id } = await b.engine.services.folders.add(b.photos);
  await b.engine.services.indexer.update([id]);
  const { services } = b.engine;
  const [shown, ...more] = services.library.timeline({ offset: 0, limit: 9 }).photos;
  expect(more).toEqual([]);
  const raw = await services.library.photoAt(`${b.photos}/a.NEF`);
  return { b, services, shown: shown?.id ?? '', raw: raw ?? '' };
}

test('marks, albums and labels', async () => {
  const { services, shown, raw } = await pair();
  const set = { kind: 'photos' as const, ids: [shown] };
  const marked = services.marks.mark({ photos: set, rating: 3 });
  expect(marked.photos).toBe(1);
  expect([shown, raw].map((id) => services.library.photo(id).rating)).toEqual([3, 3]);
  services.acts.undo(marked.actId ?? 0);
  expect([shown, raw].map((id) => services.library.photo(id).rating)).toEqual([null, null]);
  const { album, photos } = services.albums.create({ name: 'Best', query: null, photos: set });
  expect([photos, album.photos]).toEqual([1, 1]);
  expect(services.albums.of(raw)).toHaveLength(1);
});

test('thrown away and brought back', async () => {
  const { b, services, shown } = await pair();
  const report = await services.trash.photos({ kind: 'photos', ids: [shown] });
  expect(readdirSync(b.photos)).toEqual([]);
  await services.acts.undo(report.actId ?? 0);
  expect(readdirSync(b.photos).sort()).toEqual(['a.JPG', 'a.NEF']);
  await services.indexer.update();
  expect(services.library.timeline({ offset: 0, limit: 9 }).photos).toMatchObject([
    { id: shown, together: ['raw'] },
  ]);
});
