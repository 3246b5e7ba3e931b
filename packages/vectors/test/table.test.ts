// Storing, replacing, finding, sampling: one row per photo, exact cosines, typed refusals.
import { cosine as exactCosine } from '@semblance/core';
import { beforeEach, describe, expect, test } from 'vitest';
import { hashVector, openVectors, type VectorStore, VectorsError, type VectorTable } from '../src/index.ts';
import { DIMENSIONS, id, MODEL, open, rows, temporaryFolder, unit } from './fixtures.ts';

let folder: string;
let store: VectorStore;
let table: VectorTable;

beforeEach(async () => {
  folder = temporaryFolder();
  ({ store, table } = await open(folder));
});

async function storedRows(): Promise<number> {
  let count = 0;
  for await (const batch of table.scan()) count += batch.length;
  return count;
}

test('an empty table answers', async () => {
  expect(await table.search(unit(1), 10)).toEqual([]);
  expect(await table.sample(10, 1)).toEqual(new Float32Array(0));
  expect(await table.get(id(1))).toBeNull();
  expect(table.count()).toBe(0);
  await table.append([]);
  await table.remove([id(1)]);
  expect(await storedRows()).toBe(0);
  expect(table.recovery).toBeNull();
});

test('every cosine is exact to 3e-5, best first', async () => {
  await table.append(rows(0, 300));
  // Not a unit vector, and stored beside unit ones: cosine does not mind.
  await table.append([{ photoId: id(1000), vector: unit(7).map((value) => value * 40) }]);
  const query = unit(12_345).map((value) => value * 3);
  const found = await table.search(query, 1000);
  expect(found).toHaveLength(301);
  for (const { photoId, cosine } of found) {
    const n = Number.parseInt(photoId, 16);
    expect(Math.abs(cosine - exactCosine(query, unit(n === 1000 ? 7 : n)))).toBeLessThan(3e-5);
  }
  expect(found.map((hit) => hit.cosine)).toEqual(found.map((hit) => hit.cosine).sort((a, b) => b - a));
  expect(await table.search(query, 3)).toEqual(found.slice(0, 3));
  expect((await table.search(unit(5), 1))[0]).toEqual({ photoId: id(5), cosine: expect.closeTo(1, 5) });
});

test('equal vectors: all found, in the order of their ids', async () => {
  const vector = new Float32Array(DIMENSIONS).fill(0.5);
  await table.append([3, 1, 2].map((n) => ({ photoId: id(n), vector })));
  const found = await table.search(vector, 10);
  expect(found.map((hit) => hit.photoId)).toEqual([id(1), id(2), id(3)]);
  const opposite = await table.search(
    vector.map((value) => -value),
    10,
  );
  for (const hit of opposite) expect(hit.cosine).toBeCloseTo(-1, 5);
});

test('search among some photos only, few or many, known or not', async () => {
  await table.append(rows(0, 3000));
  const all = await table.search(unit(99_999), 3000);
  const among = async (ids: string[]) => {
    const wanted = new Set(ids);
    const found = await table.search(unit(99_999), 20, { among: wanted });
    expect(found).toEqual(all.filter((hit) => wanted.has(hit.photoId)).slice(0, 20));
    return found.length;
  };
  expect(await among([])).toBe(0);
  expect(await among([id(5), id(2999), id(77_777)])).toBe(2);
  expect(await among(rows(0, 1500).map((row) => row.photoId))).toBe(20);
  expect(await among(rows(500, 2900).map((row) => row.photoId))).toBe(20);
});

test('a photo is stored once, whatever is appended', async () => {
  await table.append(rows(0, 5));
  await table.append([
    { photoId: id(3), vector: unit(300) },
    { photoId: id(9), vector: unit(8) },
    { photoId: id(9), vector: unit(9) },
  ]);
  expect(table.count()).toBe(6);
  expect(await storedRows()).toBe(6);
  expect(await table.get(id(3))).toEqual(unit(300));
  expect(await table.get(id(9))).toEqual(unit(9));
  expect((await table.search(unit(3), 10)).filter((hit) => hit.photoId === id(3))).toHaveLength(1);
});

test('many writers at once go through one queue', async () => {
  const writes = Array.from({ length: 20 }, (_, i) => table.append(rows(i * 3, i * 3 + 6)));
  writes.push(table.remove([id(0)]), table.append([{ photoId: id(0), vector: unit(1234) }]));
  await Promise.all(writes);
  expect(table.count()).toBe(63);
  expect(await storedRows()).toBe(63);
  expect(await table.get(id(0))).toEqual(unit(1234));
});

test('removing', async () => {
  await table.append(rows(0, 10));
  await table.remove([id(2), id(2), id(500)]);
  expect(table.count()).toBe(9);
  expect(table.ids().has(id(2))).toBe(false);
  expect(await table.get(id(2))).toBeNull();
  expect(await storedRows()).toBe(9);
});

test('a sample is random rows that are there, the same for the same seed', async () => {
  await table.append(rows(0, 200));
  await table.remove([id(0), id(100)]);
  const sample = await table.sample(50, 1);
  expect(sample).toHaveLength(50 * DIMENSIONS);
  expect(await table.sample(50, 1)).toEqual(sample);
  expect(await table.sample(50, 2)).not.toEqual(sample);
  const known = new Set(rows(0, 200).map((row) => hashVector(row.vector)));
  const hashes = Array.from({ length: 50 }, (_, i) =>
    hashVector(sample.slice(i * DIMENSIONS, (i + 1) * DIMENSIONS)),
  );
  expect(new Set(hashes).size).toBe(50);
  for (const hash of hashes) expect(known.has(hash)).toBe(true);
  expect(await table.sample(9999, 1)).toHaveLength(198 * DIMENSIONS);
});

test('all rows are written anew only for many fragments that are a fair part of them', async () => {
  const add = async (from: number, batches: number, each: number) => {
    for (let i = 0; i < batches; i++) await table.append(rows(from + i * each, from + (i + 1) * each));
  };
  await add(0, 32, 4);
  expect(await table.compact()).toBe(false);
  await add(128, 1, 4);
  expect(await table.compact()).toBe(true);
  // One of 132 rows, and 40 of one row each: less than a fourth.
  await add(132, 40, 1);
  expect(await table.compact()).toBe(false);
  await add(172, 8, 1);
  expect(await table.compact()).toBe(true);
  // However few they are, in the end there are too many.
  await table.append(rows(180, 2000));
  await table.compact(1);
  await add(2000, 255, 1);
  expect(await table.compact()).toBe(false);
  await add(2255, 1, 1);
  expect(await table.compact()).toBe(true);
  expect(await storedRows()).toBe(2256);
});

test('rows that were replaced or removed are written anew no less than those in small fragments', async () => {
  await table.append(rows(0, 400));
  for (let i = 0; i < 33; i++) await table.append(rows(i * 4, i * 4 + 4));
  expect(await table.compact()).toBe(true);
  expect(await table.compact()).toBe(false);
  await table.remove(Array.from({ length: 120 }, (_, i) => id(i)));
  for (let i = 0; i < 33; i++) await table.append(rows(1000 + i, 1001 + i));
  expect(await table.compact()).toBe(true);
  expect(await storedRows()).toBe(313);
});

test('compacting merges fragments and keeps every vector', async () => {
  for (let i = 0; i < 6; i++) await table.append(rows(i * 10, i * 10 + 10));
  await table.append([{ photoId: id(0), vector: unit(777) }]);
  await table.remove([id(59)]);
  expect(await table.compact(20)).toBe(false);
  expect(await table.compact(3)).toBe(true);
  expect(await table.compact(3)).toBe(false);
  expect(table.count()).toBe(59);
  await store.close();
  const again = await open(folder);
  expect(again.table.recovery).toBeNull();
  expect(again.table.count()).toBe(59);
  expect(await again.table.get(id(0))).toEqual(unit(777));
  await again.table.append(rows(59, 60));
  expect(again.table.count()).toBe(60);
});

describe('refusals', () => {
  const kindOf = async (work: Promise<unknown>) => {
    const error = await work.then(
      () => null,
      (reason: unknown) => reason,
    );
    return error instanceof VectorsError ? error.kind : error;
  };

  test('wrong dimensions', async () => {
    await table.append(rows(0, 1));
    expect(await kindOf(table.append([{ photoId: id(1), vector: unit(1, 9) }]))).toBe('dimensions');
    expect(await kindOf(table.search(unit(1, 7), 1))).toBe('dimensions');
    expect(await kindOf(store.table(MODEL, 9))).toBe('dimensions');
    await store.close();
    const later = await openVectors(folder);
    expect(await kindOf(later.table(MODEL, 9))).toBe('dimensions');
    expect((await later.table(MODEL, DIMENSIONS)).count()).toBe(1);
    await later.close();
  });

  test('vectors that point nowhere, and ids that are none: nothing of the batch is written', async () => {
    const good = rows(0, 1);
    const nowhere = [
      new Float32Array(DIMENSIONS),
      unit(1).fill(Number.NaN, 2, 3),
      unit(1).fill(Infinity, 0, 1),
    ];
    for (const vector of nowhere) {
      expect(await kindOf(table.append([...good, { photoId: id(1), vector }]))).toBe('no-direction');
    }
    for (const photoId of ['', "x' OR 'a'='a", 'A'.repeat(20), `${id(1)}0`]) {
      expect(await kindOf(table.append([...good, { photoId, vector: unit(1) }]))).toBe('bad-id');
      expect(await table.search(unit(1), 1, { among: new Set([photoId]) })).toEqual([]);
      expect(await kindOf(table.remove([photoId]))).toBe('bad-id');
    }
    expect(table.count()).toBe(0);
    expect(await table.search(new Float32Array(DIMENSIONS), 5)).toEqual([]);
  });

  test('a closed table', async () => {
    await store.close();
    expect(await kindOf(table.append(rows(0, 1)))).toBe('closed');
    expect(await kindOf(table.remove([]))).toBe('closed');
    expect(await kindOf(table.sample(1, 1))).toBe('closed');
  });
});

test('models are apart, and dropping one leaves the others', async () => {
  const other = await store.table('Model One 1', 3);
  await table.append(rows(0, 2));
  await other.append([{ photoId: id(1), vector: unit(1, 3) }]);
  expect(await store.table(MODEL, DIMENSIONS)).toBe(table);
  await store.drop('Model One 1');
  await store.drop('never there');
  expect(table.count()).toBe(2);
  expect((await store.table('Model One 1', 5)).count()).toBe(0);
});

test('a hash names the exact floats', () => {
  expect(hashVector(Float32Array.of(1, 2))).toBe(hashVector(new Float32Array([1, 2])));
  expect(hashVector(Float32Array.of(0))).not.toBe(hashVector(Float32Array.of(-0)));
  // sha256 of 00 00 80 3f
  expect(hashVector(Float32Array.of(1))).toBe(
    'e00e5eb9444182f352323374ef4e08ebcb784725fdd4fd612d7730540b3e0c8c',
  );
});
