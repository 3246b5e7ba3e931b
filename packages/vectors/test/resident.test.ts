// The copy in memory says what the table says: for every width, through writes at any time, and below its limit only.
import { cosine } from '@semblance/core';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { openVectors } from '../src/index.ts';
import { createResident } from '../src/resident.ts';
import { DIMENSIONS, id, MODEL, open, rows, temporaryFolder, unit } from './fixtures.ts';

test.each([1, 15, 16, 17, 24, 256, 512])('cosines of %i dimensions', (dimensions) => {
  const resident = createResident(dimensions, 100);
  // More rows than are scored at a time, and than were promised.
  for (let n = 0; n < 5000; n++) resident.put({ photoId: id(n), vector: unit(n, dimensions) });
  const query = unit(77_777, dimensions).map((value) => value * 3);
  const cosines = resident.score(query);
  for (const n of [0, 1, 4095, 4096, 4999]) {
    expect(cosines[n]).toBeCloseTo(cosine(query, unit(n, dimensions)), 4);
  }
  expect(cosines).toHaveLength(5000);
});

test('rows are replaced, removed and added, and the nearest stay right', () => {
  const resident = createResident(DIMENSIONS, 1000);
  for (const row of rows(0, 1000)) resident.put(row);
  for (let n = 0; n < 1000; n += 3) resident.remove(id(n));
  resident.remove(id(123_456));
  resident.put({ photoId: id(1), vector: unit(5000) });
  resident.put({ photoId: id(0), vector: unit(0) });
  expect(resident.count()).toBe(667);
  expect(resident.nearest(unit(5000), 1)).toEqual([{ photoId: id(1), cosine: expect.closeTo(1, 4) }]);
  expect(resident.nearest(unit(0), 1)[0]?.photoId).toBe(id(0));
  const all = resident.nearest(unit(9), 1000);
  expect(all).toHaveLength(667);
  expect(resident.nearest(unit(9), 40)).toEqual(all.slice(0, 40));
  expect(resident.nearest(unit(9), 2, { among: new Set([id(3), id(4), id(5)]) })).toEqual(
    all.filter((hit) => [id(4), id(5)].includes(hit.photoId)),
  );
});

test('what is kept for a query and a set does not outlive a write', () => {
  const resident = createResident(DIMENSIONS, 100);
  for (const row of rows(0, 10)) resident.put(row);
  const [query, among, without] = [unit(3), new Set([id(3), id(4), id(99)]), [new Set([id(4)])]];
  const found = () => resident.nearest(query, 3, { among, without }).map((hit) => hit.photoId);
  expect(found()).toEqual([id(3)]);
  resident.put({ photoId: id(99), vector: unit(3) });
  expect(found()).toEqual([id(3), id(99)]);
  // The last row takes the place of one that goes.
  resident.remove(id(3));
  expect(found()).toEqual([id(99)]);
  resident.put({ photoId: id(99), vector: unit(3).map((value) => -value) });
  expect(resident.nearest(query, 1, { among })[0]?.photoId).toBe(id(4));
});

test('memory and disk give the same answers, whenever something is written', async () => {
  const folder = temporaryFolder();
  const { store, table } = await open(folder);
  await table.append(rows(0, 3000));
  // Read while it is written to.
  const first = table.search(unit(1), 5);
  const writes = [table.append(rows(2990, 3100)), table.remove([id(7), id(8)]), table.append(rows(8, 9))];
  await Promise.all([first, ...writes]);
  expect(table.residentBytes()).toBeGreaterThan(0);
  await table.compact(0);
  await table.append([{ photoId: id(20), vector: unit(31_337) }]);
  const answers = await table.search(unit(31_337), 60);
  const without = [new Set(answers.slice(0, 20).map((hit) => hit.photoId)), new Set([id(999)])];
  const left = await table.search(unit(31_337), 40, { without });
  const scores = await table.scoreAll([unit(31_337), unit(4)]);
  await store.close();

  const other = await openVectors(folder, { residentBytes: 0 });
  const onDisk = await other.table(MODEL, DIMENSIONS);
  const expected = await onDisk.search(unit(31_337), 60);
  const named = (hits: { photoId: string }[]) => hits.map((hit) => hit.photoId);
  expect(named(answers)).toEqual(named(expected));
  expect(named(left)).toEqual(
    named(expected)
      .slice(20)
      .filter((one) => one !== id(999)),
  );
  expect(named(await onDisk.search(unit(31_337), 40, { without }))).toEqual(named(left));
  expect(onDisk.residentBytes()).toBe(0);
  const again = await onDisk.scoreAll([unit(31_337), unit(4)]);
  const byId = ({ ids, cosines }: typeof scores) => new Map(ids.map((photo, i) => [photo, cosines[1]?.[i]]));
  expect(byId(again)).toEqual(byId(scores));
  expect(byId(scores).size).toBe(table.count());
  expect(byId(scores).get(id(4))).toBeCloseTo(1, 4);
  await other.close();
});

test('a table that outgrows its memory is searched on disk', async () => {
  const store = await openVectors(temporaryFolder(), { residentBytes: 100 * 64 });
  const table = await store.table(MODEL, DIMENSIONS);
  await table.append(rows(0, 100));
  await table.search(unit(1), 5);
  expect(table.residentBytes()).toBeGreaterThan(0);
  await table.append(rows(100, 200));
  expect(table.residentBytes()).toBe(0);
  expect((await table.search(unit(150), 1))[0]?.photoId).toBe(id(150));
  expect(await table.search(unit(150), 3, { among: new Set([id(3)]) })).toHaveLength(1);
  await store.close();
});

test('removing while everything is scored gives each photo its own cosine', async () => {
  const { table } = await open(temporaryFolder());
  await table.append(rows(0, 500));
  const queries = Array.from({ length: 20 }, (_, n) => unit(n));
  const [scores] = await Promise.all([table.scoreAll(queries), table.remove([id(0), id(100)])]);
  for (const n of [1, 100, 499]) {
    const at = scores.ids.indexOf(id(n));
    if (at < 0) continue;
    expect(scores.cosines[3]?.[at]).toBeCloseTo(cosine(unit(3), unit(n)), 4);
    expect(scores.cosines[19]?.[at]).toBeCloseTo(cosine(unit(19), unit(n)), 4);
  }
});

test('high bytes alone never cost a neighbour, however close the cosines lie', () => {
  const dimensions = 64;
  const resident = createResident(dimensions, 3000);
  const centre = unit(1, dimensions);
  // All within a hundredth: closer than high bytes tell apart.
  const near = Array.from({ length: 3000 }, (_, n) => {
    const noise = unit(n + 10, dimensions);
    return centre.map((value, i) => value + 0.05 * (noise[i] ?? 0));
  });
  for (const [n, vector] of near.entries()) resident.put({ photoId: id(n), vector });
  const query = unit(2, dimensions);
  const exact = near
    .map((vector, n) => ({ n, cosine: cosine(query, vector) }))
    .sort((a, b) => b.cosine - a.cosine)
    .slice(0, 100);
  const found = resident.nearest(query, 100);
  expect(found.at(-1)?.cosine).toBeCloseTo(exact.at(-1)?.cosine ?? 0, 4);
  const right = new Set(exact.map(({ n }) => id(n)));
  expect(found.filter((hit) => right.has(hit.photoId)).length).toBeGreaterThanOrEqual(98);
});

describe('a matrix', () => {
  test('is the copy that searches use, follows what is written, and keeps its rows', async () => {
    const { table } = await open(temporaryFolder());
    await table.append(rows(0, 100));
    await table.search(unit(1), 5);
    const bytes = table.residentBytes();
    const before = await table.matrix();
    expect(table.residentBytes()).toBe(bytes);
    await table.append([...rows(100, 110), { photoId: id(5), vector: unit(777) }]);
    await table.remove([id(3), id(123_456)]);
    const after = await table.matrix();
    expect(before.rows).toBe(100);
    expect(after.rows).toBe(110);
    expect(after.ids[before.rowOf(id(4)) ?? -1]).toBe(id(4));
    expect(after.rowOf(id(3))).toBeUndefined();
    expect(after.ids.filter((one) => one === null)).toHaveLength(1);
    const row = after.rowOf(id(5)) ?? -1;
    expect(cosine(after.vectorAt(row), unit(777))).toBeCloseTo(1, 5);
    const out = new Float32Array(110);
    after.dots(
      unit(777).map((value) => 3 * value),
      row,
      row + 1,
      out,
    );
    expect(out[row]).toBeCloseTo(3, 3);
    expect(out[row + 1]).toBe(0);
    // A photo that is gone is found no more, and one that comes back has a new row.
    expect((await table.search(unit(3), 1))[0]?.photoId).not.toBe(id(3));
    await table.append(rows(3, 4));
    expect((await table.matrix()).rowOf(id(3))).toBe(110);
  });

  test('closes its holes when many photos are gone, and a view from before stays', async () => {
    const { table } = await open(temporaryFolder());
    await table.append(rows(0, 100));
    const before = await table.matrix();
    await table.remove(rows(0, 30).map(({ photoId }) => photoId));
    const after = await table.matrix();
    expect(after.rows).toBe(70);
    expect(after.ids).not.toContain(null);
    const row = before.rowOf(id(99)) ?? -1;
    expect(cosine(before.vectorAt(row), unit(99))).toBeCloseTo(1, 5);
  });

  test('of a table too large to be kept is let go of when nobody asks', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    onTestFinished(() => void vi.useRealTimers());
    const store = await openVectors(temporaryFolder(), { residentBytes: 100, idleMs: 1000 });
    const table = await store.table(MODEL, DIMENSIONS);
    await table.append(rows(0, 100));
    await table.search(unit(1), 5);
    expect(table.residentBytes()).toBe(0);
    expect((await table.matrix()).rows).toBe(100);
    vi.advanceTimersByTime(900);
    await table.append(rows(100, 101));
    expect((await table.matrix()).rows).toBe(101);
    vi.advanceTimersByTime(900);
    expect(table.residentBytes()).toBeGreaterThan(0);
    vi.advanceTimersByTime(200);
    expect(table.residentBytes()).toBe(0);
    expect((await table.search(unit(100), 1))[0]?.photoId).toBe(id(100));
    await store.close();
  });
});
