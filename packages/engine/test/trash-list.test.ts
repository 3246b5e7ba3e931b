// What was thrown away in any session: the list, some of it put back, and what cannot come back any more.
import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { expect, test } from 'vitest';
import { createSystemTrash } from '../src/trash/system-trash.ts';
import { FILES, filesBelow, idsOf, request, type TrashBench, trashBench } from './trash-bench.ts';

const PAGE = { offset: 0, limit: 100 };
const names = (b: TrashBench) => [...filesBelow(b.photos).keys()];
const set = (b: TrashBench, ...wanted: string[]) => ({
  kind: 'photos' as const,
  ids: wanted.map((name) => b.ids.get(name)?.photoId ?? ''),
});

async function listed(b: TrashBench) {
  const { files } = await b.engine.services.trash.list(PAGE);
  return files.map((file) => ({ ...file, name: basename(file.path) }));
}

async function entry(b: TrashBench, name: string) {
  const found = (await listed(b)).find((file) => file.path === join(b.photos, name));
  if (found === undefined) throw new Error(`${name} is not on the list`);
  return found;
}

test('what an earlier session threw away is listed, newest first, with its picture, and comes back', async () => {
  const b = await trashBench();
  await b.engine.services.trash.photos(set(b, 'c.jpg'));
  await b.engine.services.trash.photos(set(b, 'copies/b.jpg'));
  await b.reopen();
  const list = await b.engine.services.trash.list(PAGE);
  const bytes = [FILES['c.jpg'], FILES['copies/b.jpg'], FILES['copies/b.jpg.json']].join('').length;
  expect(list).toMatchObject({ total: 2, bytes });
  expect(list.files.map(({ path }) => path)).toEqual([
    join(b.photos, 'copies/b.jpg'),
    join(b.photos, 'c.jpg'),
  ]);
  expect(list.files[0]).toMatchObject({
    companions: 1,
    place: 'here',
    tile: { id: b.ids.get('copies/b.jpg')?.photoId },
  });
  expect((await b.engine.services.trash.list({ offset: 1, limit: 1 })).files).toHaveLength(1);

  const { id } = await entry(b, 'copies/b.jpg');
  expect(await b.engine.services.trash.putBack([id])).toEqual({ restored: 2, renamed: [], failed: [] });
  expect(names(b)).toEqual(
    Object.keys(FILES)
      .sort()
      .filter((name) => name !== 'c.jpg'),
  );
  expect(b.engine.services.library.photo(b.ids.get('copies/b.jpg')?.photoId ?? '')).toMatchObject({
    rating: 2,
  });
  expect((await listed(b)).map(({ name }) => name)).toEqual(['c.jpg']);
});

test('some of an act comes back, gives back what was inherited from it alone, and undo brings the rest', async () => {
  const b = await trashBench();
  const report = await b.engine.services.trash.trash(request(b.ids));
  const { id } = await entry(b, 'copies/a.jpg');
  const kept = () => {
    const photo = b.engine.services.library.photo(b.ids.get('a.jpg')?.photoId ?? '');
    return { favourite: photo.favourite, rating: photo.rating };
  };
  expect(kept()).toEqual({ favourite: true, rating: 5 });
  await b.engine.services.trash.putBack([id]);
  expect(names(b)).toContain('copies/a.jpg');
  expect(names(b)).toContain('copies/a.xmp');
  expect(names(b)).not.toContain('copies/a2.jpg');
  expect(kept()).toEqual({ favourite: false, rating: 5 });
  expect(b.engine.services.acts.list(1)).toMatchObject([{ undone: false }]);
  expect(await b.engine.services.trash.putBack([id])).toEqual({ restored: 0, renamed: [], failed: [] });
  expect(await b.engine.services.acts.undo(report.actId ?? 0)).toEqual({ photos: 3 });
  expect(names(b)).toEqual(Object.keys(FILES).sort());
  expect(idsOf(b.library)).toEqual(b.ids);
});

test('several of several acts at once, one under another name because its own was taken', async () => {
  const b = await trashBench();
  await b.engine.services.trash.photos(set(b, 'c.jpg'));
  await b.engine.services.trash.photos(set(b, 'b.jpg', 'a.jpg'));
  writeFileSync(join(b.photos, 'b.jpg'), 'a stranger');
  const ids = [await entry(b, 'c.jpg'), await entry(b, 'b.jpg')].map(({ id }) => id);
  expect(await b.engine.services.trash.putBack(ids)).toEqual({
    restored: 2,
    renamed: [{ path: join(b.photos, 'b.jpg'), to: join(b.photos, 'b (restored).jpg') }],
    failed: [],
  });
  expect(readFileSync(join(b.photos, 'b.jpg'), 'utf8')).toBe('a stranger');
  expect((await listed(b)).map(({ name }) => name)).toEqual(['a.jpg']);
});

test('a trash that was emptied is told apart from one that is away; only the first can be taken off', async () => {
  const b = await trashBench();
  const { trash } = b.engine.services;
  await trash.photos(set(b, 'a.jpg', 'b.jpg'));
  rmSync(join(b.trash, 'files/a.jpg'));
  const { id } = await entry(b, 'a.jpg');
  expect(await trash.putBack([id])).toMatchObject({
    restored: 0,
    failed: [{ path: join(b.photos, 'a.jpg'), why: 'emptied' }],
  });
  expect((await entry(b, 'a.jpg')).place).toBe('gone');
  expect((await entry(b, 'b.jpg')).place).toBe('here');

  renameSync(b.trash, `${b.trash} away`);
  expect((await listed(b)).map(({ place }) => place)).toEqual(['away', 'away']);
  expect(await trash.dismiss()).toEqual({ files: 0 });
  renameSync(`${b.trash} away`, b.trash);
  expect(await trash.dismiss()).toEqual({ files: 1 });
  expect((await listed(b)).map(({ name }) => name)).toEqual(['b.jpg']);
  expect(await trash.dismiss([(await entry(b, 'b.jpg')).id])).toEqual({ files: 0 });
});

test('what somebody put back by hand is off the list, without having been asked for', async () => {
  const b = await trashBench();
  await b.engine.services.trash.photos(set(b, 'c.jpg'));
  renameSync(join(b.trash, 'files/c.jpg'), join(b.photos, 'c.jpg'));
  await b.engine.services.indexer.update();
  expect(await b.engine.services.trash.list(PAGE)).toEqual({ total: 0, bytes: 0, files: [] });
});

test('a crash while some of an act came back: that goes on when the library is opened, and the rest stays away', async () => {
  const b = await trashBench();
  await b.engine.services.trash.trash(request(b.ids));
  await b.engine.dispose();
  const database = new DatabaseSync(join(b.library, 'catalog.sqlite'));
  // As `putBack` leaves it before the first move.
  database.exec(`UPDATE file_operations SET state = 'undoing' WHERE path LIKE '%copies/b.jpg%'`);
  database.close();
  await b.reopen();
  expect(names(b)).toEqual(['a.jpg', 'b.jpg', 'c.jpg', 'copies/b.jpg', 'copies/b.jpg.json']);
  expect((await listed(b)).map(({ name }) => name)).toEqual(['c.jpg', 'a2.jpg', 'a.jpg']);
});

test('a sidecar that could not come along stays on the list by itself', async () => {
  const b = await trashBench();
  await b.engine.services.trash.photos(set(b, 'copies/a.jpg'));
  const aside = join(dirname(b.trash), 'aside');
  renameSync(join(b.trash, 'files/a.xmp'), aside);
  const { id } = await entry(b, 'copies/a.jpg');
  expect(await b.engine.services.trash.putBack([id])).toMatchObject({
    restored: 1,
    failed: [{ why: 'emptied' }],
  });
  const left = await entry(b, 'copies/a.xmp');
  expect(left).toMatchObject({ tile: null, place: 'gone', companions: 0 });
  renameSync(aside, join(b.trash, 'files/a.xmp'));
  expect(await b.engine.services.trash.putBack([left.id])).toMatchObject({ restored: 1, failed: [] });
  expect(await listed(b)).toEqual([]);
});

test('the system’s bin: listed as such, with the reason, and can be taken off by name', async () => {
  const b = await trashBench({
    trash: () =>
      createSystemTrash(async (path) => {
        mkdirSync(join(dirname(path), '../bin'), { recursive: true });
        renameSync(path, join(dirname(path), '../bin', basename(path)));
      }),
  });
  const { trash } = b.engine.services;
  await trash.photos(set(b, 'a.jpg', 'b.jpg'));
  const one = await entry(b, 'a.jpg');
  expect(one).toMatchObject({ place: 'system' });
  expect(await trash.putBack([one.id])).toMatchObject({ restored: 0, failed: [{ why: 'by-hand' }] });
  expect(await trash.dismiss()).toEqual({ files: 0 });
  expect(await trash.dismiss([one.id])).toEqual({ files: 1 });
  expect((await listed(b)).map(({ name }) => name)).toEqual(['b.jpg']);
});
