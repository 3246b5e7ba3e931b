// Copies to the trash and back, on real files: what is kept inherits, the catalog shows it at once, undo is exact.
import {
  existsSync,
  linkSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
} from 'node:fs';
import { appendFile, rm, utimes, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { bench } from './harness.ts';
import {
  FILES,
  filesBelow,
  idsOf,
  query,
  request,
  stateOf,
  type TrashBench,
  trashBench,
} from './trash-bench.ts';

const names = (b: TrashBench) => [...filesBelow(b.photos).keys()];
const trashed = (b: TrashBench) => readdirSync(join(b.trash, 'files')).sort();
const states = (b: TrashBench) =>
  query(b.library, 'SELECT state FROM file_operations').map((row) => row.state);

function shown(b: TrashBench, name: string) {
  const id = b.ids.get(name)?.photoId ?? '';
  const { library, albums } = b.engine.services;
  const { favourite, rating, files } = library.photo(id);
  return { favourite, rating, albums: albums.of(id).map((album) => album.name), files: files.length };
}

test('copies go with their sidecars, what is kept inherits, a scan agrees, and undo is exact', async () => {
  const b = await trashBench();
  const before = stateOf(b.engine, b.photos);
  const report = await b.engine.services.trash.trash(request(b.ids));
  expect(report).toMatchObject({ trashed: 4, failed: [] });
  expect(names(b)).toEqual(['a.jpg', 'b.jpg', 'c.jpg']);
  expect(trashed(b)).toEqual(['a.jpg', 'a.xmp', 'a2.jpg', 'b.jpg', 'b.jpg.json', 'c.jpg']);
  const bytes = Object.entries(FILES).reduce(
    (sum, [n, text]) => sum + (n.includes('/') ? text.length : 0),
    0,
  );
  expect(report.bytes).toBe(bytes);
  expect(shown(b, 'a.jpg')).toMatchObject({ favourite: true, rating: 5, albums: [] });
  expect(shown(b, 'b.jpg')).toMatchObject({ favourite: false, rating: 4 });
  expect(shown(b, 'c.jpg')).toMatchObject({ albums: ['Boat'] });
  const decided = stateOf(b.engine, b.photos);
  expect(decided.shown).toHaveLength(3);

  await b.engine.services.indexer.update();
  expect(stateOf(b.engine, b.photos)).toEqual(decided);
  expect(shown(b, 'copies/a.jpg')).toMatchObject({ favourite: true, rating: 3 });

  const { actId } = report;
  expect(b.engine.services.acts.list(1)).toMatchObject([
    { id: actId, kind: 'duplicates-apply', undone: false },
  ]);
  expect(await b.engine.services.trash.list({ offset: 0, limit: 2 })).toMatchObject({ total: 4, bytes });
  const decoded = b.fake.ingested.length;
  expect(await b.engine.services.acts.undo(actId ?? 0)).toEqual({ photos: 4 });
  expect(stateOf(b.engine, b.photos)).toEqual(before);
  expect(idsOf(b.library)).toEqual(b.ids);
  expect(trashed(b)).toEqual([]);
  expect(readdirSync(join(b.trash, 'info'))).toEqual([]);
  await b.engine.services.indexer.update();
  expect(stateOf(b.engine, b.photos)).toEqual(before);
  expect(b.fake.ingested).toHaveLength(decoded);
  await expect(b.engine.services.acts.undo(actId ?? 0)).rejects.toMatchObject({ kind: 'NOTHING_TO_UNDO' });
  await expect(b.engine.services.trash.restore(actId ?? 0)).rejects.toMatchObject({
    kind: 'NOTHING_TO_UNDO',
  });
  expect(await b.engine.services.trash.list({ offset: 0, limit: 9 })).toEqual({
    total: 0,
    bytes: 0,
    files: [],
  });
});

test('photos go by themselves, from all their places, and come back', async () => {
  const b = await trashBench();
  await b.write({ 'twice/b.jpg': FILES['b.jpg'] ?? '' });
  await b.engine.services.indexer.update();
  const before = stateOf(b.engine, b.photos);
  const ids = [b.ids.get('b.jpg')?.photoId ?? '', b.ids.get('c.jpg')?.photoId ?? ''];
  const report = await b.engine.services.trash.photos({ kind: 'photos', ids });
  expect(report).toMatchObject({ trashed: 3, failed: [] });
  expect(stateOf(b.engine, b.photos).shown).toHaveLength(before.shown.length - 2);
  expect(b.engine.services.library.photo(ids[0] ?? '')).toMatchObject({ rating: 4 });
  await b.engine.services.indexer.update();
  expect(await b.engine.services.acts.undo(report.actId ?? 0)).toEqual({ photos: 2 });
  expect(stateOf(b.engine, b.photos)).toEqual(before);
});

test('one of two files of a photo goes and comes back under its old id', async () => {
  const b = await trashBench();
  await b.write({ 'twice/b.jpg': FILES['b.jpg'] ?? '' });
  await b.engine.services.indexer.update();
  const before = idsOf(b.library);
  const fileId = before.get('twice/b.jpg')?.fileId ?? 0;
  const keepers = new Map([[fileId, before.get('b.jpg')?.fileId ?? 0]]);
  const report = await b.engine.services.trash.trash({
    kind: 'duplicates-apply',
    fileIds: [fileId],
    keepers,
  });
  expect(report.trashed).toBe(1);
  expect(shown(b, 'b.jpg').files).toBe(1);
  await b.engine.services.indexer.update();
  await b.engine.services.acts.undo(report.actId ?? 0);
  expect(idsOf(b.library)).toEqual(before);
});

test('a file that changed, went or lies where nothing is touched stays, with the reason', async () => {
  const b = await trashBench();
  await appendFile(join(b.photos, 'copies/a.jpg'), '!');
  await rm(join(b.photos, 'copies/a2.jpg'));
  const copies = { folderId: 1, path: 'copies' };
  const { trash } = b.engine.services;
  expect((await trash.check({ ...request(b.ids), references: [copies] })).refused.map((r) => r.why)).toEqual([
    'reference',
    'reference',
    'reference',
    'reference',
  ]);
  const checked = await trash.check(request(b.ids));
  expect(checked).toMatchObject({ files: 2, refused: [{ why: 'changed' }, { why: 'missing' }] });
  const report = await trash.trash(request(b.ids));
  expect(report.trashed).toBe(2);
  expect(report.failed).toMatchObject([
    { path: join(b.photos, 'copies/a.jpg'), why: 'changed' },
    { path: join(b.photos, 'copies/a2.jpg'), why: 'missing' },
  ]);
  expect(readFileSync(join(b.photos, 'copies/a.jpg'), 'utf8')).toBe('a copy of a!');
});

test('same size, same date, other bytes: still seen', async () => {
  const b = await trashBench();
  const path = join(b.photos, 'copies/c.jpg');
  const date = new Date();
  await writeFile(path, 'a copy of C');
  await utimes(path, date, date);
  const checked = await b.engine.services.trash.check(request(b.ids));
  expect(checked.refused).toEqual([{ path, why: 'changed' }]);
});

test('touched but not changed: goes', async () => {
  const b = await trashBench();
  await utimes(join(b.photos, 'copies/c.jpg'), new Date(1e12), new Date(1e12));
  expect((await b.engine.services.trash.trash(request(b.ids))).trashed).toBe(4);
});

test('a group is never emptied: the one kept must be there, be readable and be another file', async () => {
  const b = await trashBench();
  const { trash } = b.engine.services;
  await rm(join(b.photos, 'a.jpg'));
  await writeFile(join(b.photos, 'b.jpg'), 'the one of B');
  rmSync(join(b.photos, 'copies/c.jpg'));
  linkSync(join(b.photos, 'c.jpg'), join(b.photos, 'copies/c.jpg'));
  await utimes(join(b.photos, 'c.jpg'), new Date(1e12), new Date(1e12));
  const why = async () => (await trash.check(request(b.ids))).refused.map((r) => r.why);
  expect(await why()).toEqual(['last-one', 'last-one', 'last-one', 'changed']);
  await b.engine.services.indexer.update();
  b.ids = idsOf(b.library);
  const keepers = new Map([[b.ids.get('copies/c.jpg')?.fileId ?? 0, b.ids.get('c.jpg')?.fileId ?? 0]]);
  const linked = { kind: 'duplicates-apply' as const, fileIds: [...keepers.keys()], keepers };
  expect((await trash.check(linked)).refused.map((r) => r.why)).toEqual(['link']);
  const both = { ...linked, fileIds: [...keepers.keys(), ...keepers.values()] };
  expect((await trash.check(both)).refused.map((r) => r.why)).toEqual(['last-one', 'last-one']);
});

test.skipIf(process.platform === 'win32')('a link is no copy to keep, and does not go either', async () => {
  const b = await bench();
  await b.write({ 'real.jpg': 'bytes' });
  symlinkSync(join(b.photos, 'real.jpg'), join(b.photos, 'link.jpg'));
  await b.engine.services.folders.add(b.photos);
  await b.engine.services.indexer.update();
  const ids = idsOf(b.library);
  const [real, link] = [ids.get('real.jpg')?.fileId ?? 0, ids.get('link.jpg')?.fileId ?? 0];
  const check = (file: number, keeper: number) =>
    b.engine.services.trash.check({
      kind: 'duplicates-apply',
      fileIds: [file],
      keepers: new Map([[file, keeper]]),
    });
  expect((await check(real, link)).refused).toMatchObject([{ why: 'last-one' }]);
  expect((await check(link, real)).refused).toMatchObject([{ why: 'link' }]);
});

test('duplicates never go without a keeper', async () => {
  const b = await trashBench();
  const { fileIds } = request(b.ids);
  const report = await b.engine.services.trash.trash({ kind: 'duplicates-apply', fileIds });
  expect(report).toMatchObject({ actId: null, trashed: 0 });
  expect(report.failed).toHaveLength(4);
  expect(names(b)).toEqual(Object.keys(FILES).sort());
});

test('a name taken meanwhile is never overwritten', async () => {
  const b = await trashBench();
  const report = await b.engine.services.trash.trash(request(b.ids));
  await b.write({ 'copies/c.jpg': 'a new picture', 'copies/c (restored).jpg': 'and another' });
  await b.engine.services.indexer.update();
  const restored = await b.engine.services.trash.restore(report.actId ?? 0);
  const to = join(b.photos, 'copies/c (restored 2).jpg');
  expect(restored).toMatchObject({
    restored: 6,
    failed: [],
    renamed: [{ path: join(b.photos, 'copies/c.jpg'), to }],
  });
  expect(readFileSync(join(b.photos, 'copies/c.jpg'), 'utf8')).toBe('a new picture');
  expect(readFileSync(to, 'utf8')).toBe(FILES['copies/c.jpg']);
  expect(idsOf(b.library).get('copies/c (restored 2).jpg')?.photoId).toBe(b.ids.get('copies/c.jpg')?.photoId);
  await b.engine.services.indexer.update();
  expect(idsOf(b.library).size).toBe(9);
});

test('what belongs to a photo whose name was taken comes back under its new name, and not to the stranger', async () => {
  const b = await trashBench();
  await b.write({ 'copies/a.jpg.xmp': 'by its whole name', 'copies/b.aae': 'by its stem' });
  const report = await b.engine.services.trash.trash(request(b.ids));
  await b.write({ 'copies/a.jpg': 'a stranger', 'copies/b.jpg': 'another one' });
  await b.engine.services.indexer.update();
  expect(await b.engine.services.trash.restore(report.actId ?? 0)).toMatchObject({ restored: 8, failed: [] });
  expect(readdirSync(join(b.photos, 'copies')).sort()).toEqual([
    ...['a (restored).jpg', 'a (restored).jpg.xmp', 'a (restored).xmp', 'a.jpg', 'a2.jpg'],
    ...['b (restored).aae', 'b (restored).jpg', 'b (restored).jpg.json', 'b.jpg', 'c.jpg'],
  ]);
});

test('undo after the keeper was renamed, and after the folder of the copies was removed', async () => {
  const b = await trashBench();
  const before = stateOf(b.engine, b.photos);
  const report = await b.engine.services.trash.trash(request(b.ids));
  renameSync(join(b.photos, 'a.jpg'), join(b.photos, 'renamed.jpg'));
  rmSync(join(b.photos, 'copies'), { recursive: true });
  await b.engine.services.indexer.update();
  await b.engine.services.acts.undo(report.actId ?? 0);
  renameSync(join(b.photos, 'renamed.jpg'), join(b.photos, 'a.jpg'));
  await b.engine.services.indexer.update();
  expect(stateOf(b.engine, b.photos)).toEqual(before);
});

test('what was said of the keeper since stays when the act is undone', async () => {
  const b = await trashBench();
  const report = await b.engine.services.trash.trash(request(b.ids));
  const ids = [b.ids.get('a.jpg')?.photoId ?? ''];
  b.engine.services.marks.mark({ photos: { kind: 'photos', ids }, rating: 1 });
  await b.engine.services.acts.undo(report.actId ?? 0);
  expect(shown(b, 'a.jpg')).toMatchObject({ rating: 1, favourite: false });
});

test('a trash that was emptied is said, the rest comes back, and trying again is possible', async () => {
  const b = await trashBench();
  const report = await b.engine.services.trash.trash(request(b.ids));
  const lost = join(b.trash, 'files/c.jpg');
  const aside = join(dirname(b.trash), 'aside');
  renameSync(lost, aside);
  await expect(b.engine.services.acts.undo(report.actId ?? 0)).rejects.toMatchObject({
    kind: 'UNDO_INCOMPLETE',
    message: expect.stringContaining('not in the trash any more'),
  });
  expect(names(b)).toEqual(
    Object.keys(FILES)
      .sort()
      .filter((name) => name !== 'copies/c.jpg'),
  );
  expect(b.engine.services.acts.list(1)).toMatchObject([{ undone: false }]);
  renameSync(aside, lost);
  expect(await b.engine.services.acts.undo(report.actId ?? 0)).toEqual({ photos: 1 });
  expect(names(b)).toEqual(Object.keys(FILES).sort());
  expect(new Set(states(b))).toEqual(new Set(['undone']));
});

test('a file put back by hand is not brought back twice', async () => {
  const b = await trashBench();
  const report = await b.engine.services.trash.trash(request(b.ids));
  renameSync(join(b.trash, 'files/b.jpg'), join(b.photos, 'copies/b.jpg'));
  await b.engine.services.indexer.update();
  await b.engine.services.acts.undo(report.actId ?? 0);
  expect(names(b)).toEqual(Object.keys(FILES).sort());
  expect(readdirSync(join(b.trash, 'info'))).toEqual([]);
});

test('the raw of a pair keeps the sidecar that both share', async () => {
  const b = await bench();
  await b.write({ 'p.jpg': 'jpeg', 'p.cr2': 'raw', 'p.xmp': 'edits', 'p.jpg.xmp': 'own' });
  await b.engine.services.folders.add(b.photos);
  await b.engine.services.indexer.update();
  const ids = [idsOf(b.library).get('p.jpg')?.photoId ?? ''];
  await b.engine.services.trash.photos({ kind: 'photos', ids });
  expect([...filesBelow(b.photos).keys()]).toEqual(['p.cr2', 'p.xmp']);
  await b.engine.services.trash.photos({ kind: 'all' });
  expect([...filesBelow(b.photos).keys()]).toEqual([]);
});

test('the film of a Live Photo goes with it, a video of the same name does not', async () => {
  const b = await bench();
  const film = '\0\0\0.moovcom.apple.quicktime.content.identifier';
  await b.write({
    'live.jpg': '1',
    'live.mov': film,
    'day.jpg': '2',
    'day.mov': 'a long film',
    'LIVE.AAE': 'x',
  });
  await b.engine.services.folders.add(b.photos);
  await b.engine.services.indexer.update();
  await b.engine.services.trash.photos({ kind: 'all' });
  expect([...filesBelow(b.photos).keys()]).toEqual(['day.mov']);
});

test('a scan that began before the act neither resurrects nor forgets', async () => {
  const b = await trashBench();
  const { trash, indexer, acts } = b.engine.services;
  for (let round = 0; round < 20; round++) {
    const before = stateOf(b.engine, b.photos);
    const scan = indexer.update();
    const report = await trash.trash(request(b.ids));
    expect(report.failed).toEqual([]);
    await scan;
    expect(stateOf(b.engine, b.photos).shown).toHaveLength(3);
    const again = indexer.update();
    await acts.undo(report.actId ?? 0);
    await again;
    expect(stateOf(b.engine, b.photos)).toEqual(before);
  }
});

test('acts wait for each other', async () => {
  const b = await trashBench();
  const { trash } = b.engine.services;
  const [one, two] = await Promise.all([trash.trash(request(b.ids)), trash.trash(request(b.ids))]);
  expect(one.trashed).toBe(4);
  expect(two).toMatchObject({ actId: null, trashed: 0 });
});

test('a folder that was taken out of the library is still given its files back', async () => {
  const b = await trashBench();
  const report = await b.engine.services.trash.trash(request(b.ids));
  await b.engine.services.folders.remove(1);
  await b.engine.services.acts.undo(report.actId ?? 0);
  expect(names(b)).toEqual(Object.keys(FILES).sort());
  expect(existsSync(join(b.photos, 'copies/a.xmp'))).toBe(true);
});

test('the system’s bin: nothing is brought back, and the sentence says what to do', async () => {
  const bin: string[] = [];
  const { createSystemTrash } = await import('../src/trash/system-trash.ts');
  const b = await trashBench({
    trash: () =>
      createSystemTrash(async (path) => {
        bin.push(path);
        mkdirSync(join(dirname(path), '../../bin'), { recursive: true });
        renameSync(path, join(dirname(path), '../../bin', String(bin.length)));
      }),
  });
  const before = stateOf(b.engine, b.photos);
  const report = await b.engine.services.trash.trash(request(b.ids));
  expect(report.trashed).toBe(4);
  await expect(b.engine.services.acts.undo(report.actId ?? 0)).rejects.toMatchObject({
    message: expect.stringContaining('put it back from there'),
  });
  for (const [at, path] of bin.entries()) renameSync(join(b.photos, '../bin', String(at + 1)), path);
  await b.engine.services.acts.undo(report.actId ?? 0);
  expect(stateOf(b.engine, b.photos)).toEqual(before);
});

test('a folder whose name a file has by now: what is in the trash waits there, and nothing else waits for it', async () => {
  const b = await trashBench();
  const { acts, trash } = b.engine.services;
  const report = await trash.trash(request(b.ids));
  rmSync(join(b.photos, 'copies'), { recursive: true });
  await writeFile(join(b.photos, 'copies'), 'a file');
  const refused = await trash.restore(report.actId ?? 0);
  expect(refused).toMatchObject({ restored: 0, renamed: [] });
  expect(refused.failed).toHaveLength(6);
  expect(refused.failed[0]).toMatchObject({
    why: 'folder-taken',
    message: expect.stringMatching(/^A file has the name of its folder/),
  });
  rmSync(join(b.photos, 'copies'));
  expect(await acts.undo(report.actId ?? 0)).toEqual({ photos: 4 });
  expect(names(b)).toEqual(Object.keys(FILES).sort());
});
