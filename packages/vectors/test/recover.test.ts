// What a power cut can leave behind, and that the table opens again, loses no older vector, and destroys nothing.
import {
  existsSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, test } from 'vitest';
import { openVectors, type VectorTable } from '../src/index.ts';
import { DIMENSIONS, id, MODEL, open, rows, tableFolder, temporaryFolder, unit } from './fixtures.ts';

let folder: string;
let table: string;

/** Ten vectors in five appends of two; the last one is what the power cut hits. */
beforeEach(async () => {
  folder = temporaryFolder();
  const store = await openVectors(folder);
  const vectors = await store.table(MODEL, DIMENSIONS);
  for (let i = 0; i < 5; i++) await vectors.append(rows(i * 2, i * 2 + 2));
  await store.close();
  table = tableFolder(folder);
});

const zero = (path: string) => writeFileSync(path, Buffer.alloc(statSync(path).size));
const halve = (path: string) => truncateSync(path, Math.floor(statSync(path).size / 2));
const empty = (path: string) => truncateSync(path, 0);
const remove = (path: string) => rmSync(path);
const overwriteMiddle = (path: string) => {
  const bytes = readFileSync(path);
  writeFileSync(path, bytes.fill(0, 0, Math.floor(bytes.length / 2)));
};

const manifests = () =>
  readdirSync(join(table, '_versions'))
    .filter((name) => name.endsWith('.manifest'))
    .sort()
    .map((name) => join(table, '_versions', name));
/** Oldest first. */
const dataFiles = () =>
  readdirSync(join(table, 'data'))
    .map((name) => join(table, 'data', name))
    .sort((a, b) => Number(statSync(a, { bigint: true }).mtimeNs - statSync(b, { bigint: true }).mtimeNs));
const newest = (files: string[], back = 0) => files.at(back) ?? '';

/** The table works: what it names it has, and it can be written again. */
async function expectWorking(vectors: VectorTable, known: number): Promise<void> {
  expect([...vectors.ids()].sort()).toEqual(rows(0, known).map((row) => row.photoId));
  expect(await vectors.search(unit(1), 100)).toHaveLength(known);
  for (let n = 0; n < known; n++) expect(await vectors.get(id(n))).toEqual(unit(n));
  await vectors.append(rows(0, 12));
  expect(vectors.count()).toBe(12);
  expect(await vectors.search(unit(1), 100)).toHaveLength(12);
}

test('undamaged', async () => {
  const { table: vectors } = await open(folder);
  expect(vectors.recovery).toBeNull();
  await expectWorking(vectors, 10);
});

describe.each([
  ['zeroed', zero],
  ['cut in half', halve],
  ['empty', empty],
] as const)('the newest manifest %s', (_name, damage) => {
  test('opens the version before, and sets the damaged file aside', async () => {
    const path = newest(manifests());
    damage(path);
    const { table: vectors } = await open(folder);
    const { recovery } = vectors;
    expect(recovery?.emptied).toBe(false);
    expect(recovery?.setAside).toHaveLength(1);
    expect(existsSync(join(recovery?.quarantine ?? '', recovery?.setAside[0] ?? ''))).toBe(true);
    await expectWorking(vectors, 8);
  });
});

describe.each([
  ['zeroed', zero],
  ['cut in half', halve],
  ['empty', empty],
  ['gone', remove],
  ['half overwritten', overwriteMiddle],
] as const)('the newest data file %s', (_name, damage) => {
  test('every other vector is saved', async () => {
    damage(newest(dataFiles(), -1));
    const { table: vectors } = await open(folder);
    expect(vectors.recovery?.emptied).toBe(false);
    await expectWorking(vectors, 8);
  });
});

test('manifest and data file of the last two versions, all at once', async () => {
  zero(newest(manifests()));
  halve(newest(manifests().slice(1)));
  zero(newest(dataFiles(), -1));
  empty(newest(dataFiles(), -2));
  const { table: vectors } = await open(folder);
  await expectWorking(vectors, 6);
});

test('the newest manifest never written: the version before, nothing to set aside', async () => {
  remove(newest(manifests()));
  const { table: vectors } = await open(folder);
  expect(vectors.recovery).toBeNull();
  await expectWorking(vectors, 8);
});

test.each([
  ['zeroed', zero],
  ['gone', remove],
] as const)(
  'an old data file %s: every other vector is saved, those written later too',
  async (_name, damage) => {
    damage(newest(dataFiles(), 2));
    const { table: vectors } = await open(folder);
    expect(vectors.recovery?.emptied).toBe(false);
    const left = [0, 1, 2, 3, 6, 7, 8, 9];
    expect([...vectors.ids()].sort()).toEqual(left.map(id));
    for (const n of left) expect(await vectors.get(id(n))).toEqual(unit(n));
    await vectors.append(rows(4, 6));
    expect(await vectors.search(unit(1), 100)).toHaveLength(10);
  },
);

test('damage that shows only when vectors are read is healed by the next opening', async () => {
  const store = await openVectors(folder);
  const many = await store.table('many', DIMENSIONS);
  await many.append(rows(0, 1000));
  await many.append(rows(1000, 1600));
  await store.close();
  const path = join(folder, readdirSync(folder).find((name) => name.startsWith('many')) ?? '', 'data');
  const [first] = readdirSync(path)
    .map((name) => join(path, name))
    .sort((a, b) => statSync(b).size - statSync(a).size);
  // The vectors come after the ids in a file of Lance: find one and spoil what surrounds it.
  const bytes = readFileSync(first ?? '');
  const at = bytes.indexOf(Buffer.from(unit(500).buffer));
  expect(at).toBeGreaterThan(0);
  writeFileSync(first ?? '', bytes.fill(0, at - 64, at + 64));

  const before = await open(folder);
  const damaged = await before.store.table('many', DIMENSIONS);
  expect(damaged.recovery).toBeNull();
  expect(damaged.count()).toBe(1600);
  writeFileSync(`${path.slice(0, -'/data'.length)}.suspect`, '');
  await before.store.close();

  const after = await open(folder);
  const healed = await after.store.table('many', DIMENSIONS);
  expect(healed.recovery).not.toBeNull();
  expect(healed.count()).toBeGreaterThan(1590);
  expect(healed.ids().has(id(500))).toBe(false);
  expect(await healed.get(id(1599))).toEqual(unit(1599));
  expect(await healed.search(unit(3), 2000)).toHaveLength(healed.count());
});

test('every version damaged: an empty table, and the old one kept aside', async () => {
  for (const path of manifests()) zero(path);
  const { table: vectors } = await open(folder);
  expect(vectors.recovery?.emptied).toBe(true);
  expect(readdirSync(vectors.recovery?.quarantine ?? '').some((name) => name.endsWith('.lance'))).toBe(true);
  await expectWorking(vectors, 0);
});

test.each(['_versions/latest_version_hint.json', '_transactions'])(
  '%s damaged does no harm',
  async (path) => {
    const full = join(table, path);
    if (statSync(full).isDirectory()) for (const name of readdirSync(full)) zero(join(full, name));
    else writeFileSync(full, 'garbage');
    const { table: vectors } = await open(folder);
    expect(vectors.recovery).toBeNull();
    await expectWorking(vectors, 10);
  },
);

test('the folder of tables keeps a list of its own, which may be lost', async () => {
  rmSync(join(folder, '__manifest'), { recursive: true, force: true });
  const { table: vectors } = await open(folder);
  await expectWorking(vectors, 10);
});

test('a table folder without any version', async () => {
  rmSync(join(table, '_versions'), { recursive: true });
  const { table: vectors } = await open(folder);
  expect(vectors.recovery?.emptied).toBe(true);
  await expectWorking(vectors, 0);
});
