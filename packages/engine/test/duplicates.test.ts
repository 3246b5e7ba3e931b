// Duplicates through the engine: groups, decisions that last, and undo.
import { readFile, rename, stat, utimes } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { beforeEach, expect, test } from 'vitest';
import { fakeCompute, photoOf } from './fake-compute.ts';
import { type Bench, bench } from './harness.ts';

let b: Bench;
const duplicates = () => b.engine.services.duplicates;
const index = async () => {
  await b.engine.services.indexer.update();
  await duplicates().find();
};

beforeEach(async () => {
  b = await bench();
  await b.write({ 'a.jpg': 'one', 'deep/a (1).jpg': 'one', 'b.jpg': 'two' });
  await b.engine.services.folders.add(b.photos);
  await index();
});

test('byte-identical files are one group, the plainest name is kept, and the plan says what goes', async () => {
  const { total, groups } = duplicates().groups();
  expect(total).toBe(1);
  const [group] = groups;
  expect(group).toMatchObject({ kind: 'exact', decision: null, chosen: false, freed: 3 });
  expect(group?.photos.map(({ path, keep }) => [path, keep])).toEqual([
    [join(b.photos, 'a.jpg'), true],
    [join(b.photos, 'deep/a (1).jpg'), false],
  ]);
  expect(await duplicates().plan()).toMatchObject({ groups: 1, files: 1, bytes: 3, skipped: [] });
  expect(duplicates().status().kinds[0]).toEqual({ kind: 'exact', groups: 1, files: 1, bytes: 3 });
});

test('a decision outlives a move and a new opening, is undone, and a third copy alone is open again', async () => {
  const id = duplicates().groups().groups[0]?.id ?? '';
  const act = duplicates().choose(id, { kind: 'decide', decision: 'keep-all' });
  expect(duplicates().groups().total).toBe(0);
  expect(duplicates().groups({ decided: true }).groups[0]).toMatchObject({ id, decision: 'keep-all' });

  await rename(join(b.photos, 'a.jpg'), join(b.photos, 'moved.jpg'));
  await b.reopen();
  await index();
  expect(duplicates().groups().total).toBe(0);

  await b.write({ 'third.jpg': 'one' });
  await index();
  const [again] = duplicates().groups().groups;
  expect(again?.photos.filter((photo) => !photo.keep)).toHaveLength(1);
  expect(again?.freed).toBe(3);

  await b.engine.services.acts.undo(act.actId ?? 0);
  expect(duplicates().groups().groups[0]?.freed).toBe(6);
});

test('a preset for one run leaves what the person has chosen', async () => {
  const before = duplicates().rules();
  duplicates().preferFor('smallest');
  expect(duplicates().rules().order).toEqual(
    duplicates()
      .presets()
      .find(({ preset }) => preset === 'smallest')?.order,
  );
  await b.reopen();
  expect(duplicates().rules()).toEqual(before);
});

test('a choice overrides the suggestion, and undo takes it back', async () => {
  const [group] = duplicates().groups().groups;
  const other = group?.photos[1]?.fileId ?? 0;
  const act = duplicates().choose(group?.id ?? '', { kind: 'keep', files: [other] });
  const chosen = duplicates().group(group?.id ?? '').group;
  expect(chosen).toMatchObject({ chosen: true });
  expect(chosen.photos.filter((photo) => photo.keep).map((photo) => photo.fileId)).toEqual([other]);
  await b.engine.services.acts.undo(act.actId ?? 0);
  expect(duplicates().group(group?.id ?? '').group).toMatchObject({ chosen: false });
  expect(() => duplicates().group('0'.repeat(20))).toThrow('does not exist');
});

test('files that changed since the scan, and the last one on the disk, are left alone', async () => {
  await b.write({ 'deep/a (1).jpg': 'other' });
  expect(await duplicates().plan()).toMatchObject({ files: 0, skipped: [{ why: 'changed' }] });
  await b.write({ 'deep/a (1).jpg': 'one', 'a.jpg': 'other' });
  await index();
  expect(duplicates().groups().total).toBe(0);
});

test('nothing in a reference folder is proposed', async () => {
  const folderId = b.engine.services.folders.list()[0]?.id ?? 0;
  const rules = duplicates().rules();
  duplicates().setRules({ ...rules, references: [{ folderId, path: 'deep' }] });
  const [group] = duplicates().groups().groups;
  expect(group?.photos.map(({ reference, keep }) => [reference, keep])).toEqual([
    [true, true],
    [false, false],
  ]);
  duplicates().setRules({ ...rules, references: [{ folderId, path: '' }] });
  expect(await duplicates().plan()).toMatchObject({ files: 0 });
});

test('copies are grouped by what their pixels say; other shots of the same thing are not', async () => {
  await b.write({ 'boat.jpg': 'boat', 's.jpg': 'boat small', 'e.jpg': 'boat edited', 'two.jpg': 'boat 2' });
  await index();
  const groups = duplicates().groups({ kinds: ['resaved', 'edited'] }).groups;
  expect(groups).toHaveLength(1);
  expect(groups[0]?.kind).toBe('edited');
  const names = groups[0]?.photos.map((photo) => photo.path.slice(b.photos.length + 1)).sort();
  expect(names).toEqual(['boat.jpg', 'e.jpg', 's.jpg']);
  expect(groups[0]?.photos.filter((photo) => photo.keep)).toHaveLength(1);
});

test('nothing is verified twice: not by another pass, not after a new opening; only what is new is compared', async () => {
  const compared: string[][] = [];
  const fake = fakeCompute({
    async comparePhotos(one, other) {
      compared.push([basename(one.path), basename(other.path)].sort());
      return { ok: true, likeness: { kind: 'resaved', ofA: [], ofB: [], difference: 0 } };
    },
  });
  b = await bench({ fake });
  await b.write({ 'a.jpg': 'boat', 'b.jpg': 'boat small', 'c.jpg': 'tree' });
  await b.engine.services.folders.add(b.photos);
  await index();
  expect(compared).toEqual([['a.jpg', 'b.jpg']]);
  await index();
  await b.reopen();
  await index();
  expect(compared).toHaveLength(1);
  await b.write({ 'd.jpg': 'tree large' });
  await index();
  expect(compared.slice(1)).toEqual([['c.jpg', 'd.jpg']]);
  expect(duplicates().groups().total).toBe(2);
});

test('"not duplicates" is remembered by content; a newcomer brings the question back without the old answer', async () => {
  await b.write({ 'boat.jpg': 'boat', 's.jpg': 'boat small' });
  await index();
  const [group] = duplicates().groups({ kinds: ['resaved'] }).groups;
  duplicates().choose(group?.id ?? '', { kind: 'decide', decision: 'not-duplicates' });
  await b.reopen();
  await index();
  expect(duplicates().groups({ kinds: ['resaved'] }).total).toBe(0);
  expect(duplicates().groups({ kinds: ['resaved'], decided: true }).total).toBe(1);
  await b.write({ 't.jpg': 'boat tiny' });
  await index();
  const [again] = duplicates().groups({ kinds: ['resaved'] }).groups;
  const names = again?.photos.map((photo) => basename(photo.path));
  expect(names).toContain('t.jpg');
  expect(names).toHaveLength(2);
});

test('the answer of a group is the same whatever the order in which its photos came', async () => {
  await b.write({ 'boat.jpg': 'boat', 's.jpg': 'boat small', 't.jpg': 'boat tiny' });
  await index();
  const one = duplicates().groups({ kinds: ['resaved'] }).groups[0];
  b = await bench();
  for (const [name, text] of [
    ['t.jpg', 'boat tiny'],
    ['boat.jpg', 'boat'],
    ['s.jpg', 'boat small'],
  ] as const) {
    await b.write({ [name]: text });
    if (name === 't.jpg') await b.engine.services.folders.add(b.photos);
    await index();
  }
  expect(duplicates().groups({ kinds: ['resaved'] }).groups[0]?.id).toBe(one?.id);
});

test('a raw file and the picture beside it are one photo in two files, a copy of it elsewhere is a copy', async () => {
  const fake = fakeCompute({
    async ingest({ path }) {
      const text = await readFile(path, 'utf8');
      const { size, mtimeMs } = await stat(path);
      const photo = photoOf(text, new Float32Array([1, 0, 0, 0]));
      const read = { bytes: size, modifiedAt: Math.trunc(mtimeMs) };
      return { ...photo, ...read, format: path.endsWith('.nef') ? 'nef' : 'jpeg' };
    },
  });
  b = await bench({ fake });
  await b.write({ 'IMG_1.jpg': 'boat', 'IMG_1.nef': 'boat raw' });
  await b.engine.services.folders.add(b.photos);
  await index();
  expect(duplicates().groups().total).toBe(0);
  await b.write({ 'elsewhere/IMG_1.jpg': 'boat small' });
  await index();
  const [group] = duplicates().groups().groups;
  expect(group?.photos.map(({ path, keep }) => [path.slice(b.photos.length + 1), keep])).toEqual([
    [group?.photos[0]?.path.endsWith('.nef') ? 'IMG_1.nef' : 'IMG_1.jpg', true],
    ['elsewhere/IMG_1.jpg', false],
  ]);
});

test('whatever a plan would move can be seen, also when a raw file stays that its picture stands for elsewhere', async () => {
  const fake = fakeCompute({
    async ingest({ path }) {
      const { size, mtimeMs } = await stat(path);
      const photo = photoOf(await readFile(path, 'utf8'), new Float32Array([1, 0, 0, 0]));
      const read = { bytes: size, modifiedAt: Math.trunc(mtimeMs) };
      return { ...photo, ...read, format: path.endsWith('.nef') ? 'nef' : 'jpeg' };
    },
  });
  b = await bench({ fake });
  await b.write({ 'IMG_1.jpg': 'boat', 'IMG_1.nef': 'boat raw' });
  // A picture made later from a raw file is younger than that: the raw file is what stays.
  await utimes(join(b.photos, 'IMG_1.nef'), 1_000_000, 1_000_000);
  await b.write({ 'elsewhere/IMG_1.jpg': 'boat small' });
  await b.engine.services.folders.add(b.photos);
  await index();
  const { total, groups } = duplicates().groups();
  const shown = groups.flatMap((group) => group.photos.filter((photo) => !photo.keep));
  const plan = await duplicates().plan();
  expect(groups).toHaveLength(total);
  expect(shown).toHaveLength(plan.files);
  expect(plan.files).toBeGreaterThan(0);
});
