// Duplicates through the engine: groups, decisions that last, and undo.
import { rename } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeEach, expect, test } from 'vitest';
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
