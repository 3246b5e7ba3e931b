// The index of a table that memory does not hold: built beside everything else, trusted only when it finds what there
// is, and never the reason for a wrong answer.
import { spawn } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { expect, onTestFinished, test } from 'vitest';
import { openVectors, type VectorRow, type VectorStore, type VectorTable } from '../src/index.ts';
import { id, MODEL, tableFolder, temporaryFolder, unit } from './fixtures.ts';

const WIDTH = 32;
const ROWS = 3000;

/** Photos in 40 groups, as those of people are. */
function photo(n: number): VectorRow {
  const centre = unit(n % 40, WIDTH);
  const own = unit(n + 1000, WIDTH);
  const vector = centre.map((value, i) => value + 0.6 * (own[i] ?? 0));
  const length = Math.hypot(...vector);
  return { photoId: id(n), vector: vector.map((value) => value / length) };
}

const photos = (from: number, to: number) => Array.from({ length: to - from }, (_, i) => photo(from + i));

async function open(folder: string): Promise<{ store: VectorStore; table: VectorTable }> {
  const store = await openVectors(folder, { residentBytes: 0 });
  onTestFinished(() => store.close());
  return { store, table: await store.table(MODEL, WIDTH) };
}

/** An index is trusted from 0.99 on, by queries of its own and a start by chance: ten others may come out a little below. */
const TRUSTED = 0.98;

async function recall(table: VectorTable, among?: ReadonlySet<string>): Promise<number> {
  const queries = Array.from({ length: 10 }, (_, n) => photo(n * 37).vector);
  const { ids, cosines } = await table.scoreAll(queries);
  let found = 0;
  for (const [at, query] of queries.entries()) {
    const exact = [...ids.keys()]
      .filter((i) => among?.has(ids[i] ?? '') ?? true)
      .sort((a, b) => (cosines[at]?.[b] ?? 0) - (cosines[at]?.[a] ?? 0))
      .slice(0, 100);
    const answer = new Set((await table.search(query, 100, among && { among })).map((hit) => hit.photoId));
    found += exact.filter((i) => answer.has(ids[i] ?? '')).length / exact.length;
  }
  return found / queries.length;
}

const verdictFile = (folder: string) => `${tableFolder(folder)}.index.json`;

test('built in the background, measured, asked, and there again after closing', async () => {
  const folder = temporaryFolder();
  const { store, table } = await open(folder);
  await table.append(photos(0, ROWS));
  expect(await table.index()).toBeNull();
  // Meanwhile searches are answered, and photos come, change and go.
  const [early] = await Promise.all([
    table.search(photo(5).vector, 1),
    table.append(photos(ROWS, ROWS + 50)),
    table.append([{ photoId: id(0), vector: photo(777).vector }]),
    table.remove([id(9)]),
  ]);
  expect(early[0]?.photoId).toBe(id(5));
  await table.settled();
  const verdict = await table.index();
  expect(verdict?.recall).toBeGreaterThanOrEqual(TRUSTED);
  expect(await recall(table)).toBeGreaterThanOrEqual(TRUSTED);

  await table.append([photo(5000)]);
  expect((await table.search(photo(5000).vector, 1))[0]?.photoId).toBe(id(5000));
  await table.remove([id(5000)]);
  expect((await table.search(photo(5000).vector, 1))[0]?.photoId).not.toBe(id(5000));
  await table.append([{ photoId: id(3), vector: unit(4242, WIDTH) }]);
  expect((await table.search(unit(4242, WIDTH), 1))[0]?.photoId).toBe(id(3));
  expect((await table.search(photo(3).vector, 100)).map((hit) => hit.photoId)).not.toContain(id(3));
  await store.close();

  const later = await open(folder);
  expect(later.table.recovery).toBeNull();
  expect(await later.table.index()).toEqual(verdict);
  expect(await recall(later.table)).toBeGreaterThanOrEqual(TRUSTED);
  expect(await later.table.compact(0)).toBe(true);
  expect(await recall(later.table)).toBeGreaterThanOrEqual(TRUSTED);
});

test('filters: few photos, some, and most', async () => {
  const { table } = await open(temporaryFolder());
  await table.append(photos(0, ROWS));
  await table.settled();
  expect(await table.index()).not.toBeNull();
  const some = (count: number) => new Set(photos(0, count).map((row) => row.photoId));
  expect(await recall(table, some(120))).toBe(1);
  expect(await recall(table, some(2500))).toBeGreaterThanOrEqual(TRUSTED);
  expect(await table.search(photo(1).vector, 10, { among: new Set() })).toEqual([]);
});

test('queries of another kind are measured apart, also when they come later', async () => {
  const folder = temporaryFolder();
  const { store, table } = await open(folder);
  await table.append(photos(0, ROWS));
  await table.settled();
  expect((await table.index())?.given).toBe(0);
  await store.close();
  const later = await open(folder);
  later.table.probes([unit(1, WIDTH), unit(2, WIDTH), unit(3, WIDTH)]);
  await later.table.warm();
  await later.table.settled();
  expect(await later.table.index()).toMatchObject({ given: 3, trained: ROWS });
});

test('an index that finds too little is not asked', async () => {
  const folder = temporaryFolder();
  const { store, table } = await open(folder);
  await table.append(photos(0, ROWS));
  await table.settled();
  await store.close();
  writeFileSync(
    verdictFile(folder),
    readFileSync(verdictFile(folder), 'utf8').replace(/"recall":[\d.]+/, '"recall":0.98'),
  );
  const later = await open(folder);
  expect(await later.table.index()).toBeNull();
  expect(await recall(later.table)).toBe(1);
});

test('a damaged index costs nothing but its making', async () => {
  const folder = temporaryFolder();
  const { store, table } = await open(folder);
  await table.append(photos(0, ROWS));
  await table.settled();
  await store.close();
  const indices = join(tableFolder(folder), '_indices');
  for (const name of readdirSync(indices, { recursive: true, encoding: 'utf8' })) {
    if (/\.(idx|lance)$/.test(name)) truncateSync(join(indices, name), 40);
  }
  const later = await open(folder);
  expect(later.table.recovery).toBeNull();
  expect(later.table.count()).toBe(ROWS);
  expect((await later.table.search(photo(70).vector, 1))[0]?.photoId).toBe(id(70));
  await later.table.append([photo(ROWS)]);
  await later.table.settled();
  expect(await recall(later.table)).toBeGreaterThanOrEqual(TRUSTED);
  expect(await later.table.index()).not.toBeNull();
});

test('rows saved from damage lose their index, and get a new one', async () => {
  const folder = temporaryFolder();
  const { store, table } = await open(folder);
  await table.append(photos(0, ROWS));
  await table.append(photos(ROWS, ROWS + 200));
  await table.settled();
  await store.close();
  const data = join(tableFolder(folder), 'data');
  const smallest = readdirSync(data)
    .map((name) => join(data, name))
    .sort((a, b) => readFileSync(a).length - readFileSync(b).length)[0];
  truncateSync(smallest ?? '', 30);
  const later = await open(folder);
  expect(later.table.recovery?.emptied).toBe(false);
  expect(later.table.count()).toBe(ROWS);
  expect(existsSync(verdictFile(folder))).toBe(false);
  expect(await recall(later.table)).toBe(1);
  await later.table.warm();
  await later.table.settled();
  expect((await later.table.index())?.rows).toBe(ROWS);
});

const WORKER = `
const [, , index, directory, rows] = process.argv;
const { openVectors } = await import(index);
const table = await (await openVectors(directory, { residentBytes: 0 })).table('${MODEL}', ${WIDTH});
process.stdout.write('ready\\n');
await table.warm();
await table.settled();
process.stdout.write('built\\n');`;

test('kills while it is built', { timeout: 60_000 }, async () => {
  const folder = temporaryFolder();
  const { store, table } = await open(folder);
  await table.append(photos(0, 1000));
  await store.close();
  const adding = await openVectors(folder);
  await (await adding.table(MODEL, WIDTH)).append(photos(1000, ROWS));
  await adding.close();
  // It takes half a second, and the last kill may find it done.
  for (const delay of [20, 120, 260, 400]) {
    const worker = spawn(
      process.execPath,
      [
        '--input-type=module',
        '--eval',
        WORKER,
        '--',
        'worker',
        join(import.meta.dirname, '../src/index.ts'),
        folder,
      ],
      { stdio: ['ignore', 'pipe', 'inherit'] },
    );
    const ended = new Promise((resolve) => worker.once('close', resolve));
    await new Promise((resolve) => worker.stdout.once('data', resolve));
    await wait(delay);
    worker.kill('SIGKILL');
    await ended;
    const later = await open(folder);
    expect(later.table.recovery).toBeNull();
    expect(later.table.count()).toBe(ROWS);
    // A finished index found at least 0.99 of what it was judged by; these are other photos.
    expect(await recall(later.table)).toBeGreaterThanOrEqual(0.97);
    await later.store.close();
  }
  const last = await open(folder);
  await last.table.warm();
  await last.table.settled();
  expect(await last.table.index()).not.toBeNull();
});
