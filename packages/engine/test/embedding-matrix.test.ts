// The matrix stays in step with its table, and a view taken from it stays as it was.
import type { VectorTable } from '@semblance/vectors';
import { expect, onTestFinished, test, vi } from 'vitest';
import { followEmbeddings } from '../src/services/embedding-matrix.ts';

/** A table that holds its rows in memory; only what the matrix uses of it. */
function fakeTable(): VectorTable & { scans: number } {
  const rows = new Map<string, Float32Array>();
  const table: Partial<VectorTable> & { scans: number } = {
    scans: 0,
    dimensions: 2,
    count: () => rows.size,
    append: async (added) => {
      for (const { photoId, vector } of added) rows.set(photoId, vector);
    },
    remove: async (gone) => {
      for (const id of gone) rows.delete(id);
    },
    async *scan() {
      table.scans += 1;
      yield [...rows].map(([photoId, vector]) => ({ photoId, vector }));
    },
  };
  return table as VectorTable & { scans: number };
}

const row = (photoId: string, value: number) => ({ photoId, vector: Float32Array.of(value, value) });

test('what is written reaches it without reading everything again', async () => {
  const table = fakeTable();
  await table.append([row('a', 1), row('b', 2)]);
  const followed = followEmbeddings(table);
  await followed.table.append([row('c', 3)]);
  expect(table.scans).toBe(0);
  const before = await followed.matrix();
  expect(before.rows).toBe(3);

  await followed.table.append([row('d', 4), row('a', 5), row('e', 6)]);
  const after = await followed.matrix();
  expect(table.scans).toBe(1);
  expect(after.rows).toBe(5);
  expect(after.vectors[2 * (after.rowOf('a') ?? -1)]).toBe(5);
  expect(after.vectors[2 * (after.rowOf('e') ?? -1)]).toBe(6);
  expect(before.rows).toBe(3);
  expect(before.vectors[2 * (before.rowOf('c') ?? -1)]).toBe(3);
});

test('photos that are gone leave a hole, and many holes are closed by reading anew', async () => {
  const table = fakeTable();
  await table.append(Array.from({ length: 10 }, (_, i) => row(`p${i}`, i)));
  const followed = followEmbeddings(table);
  await followed.matrix();
  await followed.table.remove(['p3', 'unknown']);
  const holed = await followed.matrix();
  expect(holed.rows).toBe(10);
  expect(holed.ids[3]).toBeNull();
  expect(holed.rowOf('p3')).toBeUndefined();
  await followed.table.remove(['p1', 'p2', 'p4']);
  const closed = await followed.matrix();
  expect(table.scans).toBe(2);
  expect(closed.rows).toBe(6);
  expect(closed.ids).not.toContain(null);
});

test('a write while everything is being read is not lost, and a failed reading is tried again', async () => {
  const table = fakeTable();
  await table.append([row('a', 1)]);
  const followed = followEmbeddings(table);
  const reading = followed.matrix();
  await followed.table.append([row('b', 2)]);
  await reading;
  expect((await followed.matrix()).rowOf('b')).toBeDefined();

  const broken = fakeTable();
  const { scan } = broken;
  broken.scan = () => {
    broken.scan = scan;
    throw new Error('the disk is busy');
  };
  const again = followEmbeddings(broken);
  await expect(again.matrix()).rejects.toThrow('busy');
  expect((await again.matrix()).rows).toBe(0);
});

test('it is let go of when nobody asks, and read again when somebody does', async () => {
  vi.useFakeTimers();
  onTestFinished(() => void vi.useRealTimers());
  const table = fakeTable();
  await table.append([row('a', 1)]);
  const followed = followEmbeddings(table, 1000);
  await followed.matrix();
  vi.advanceTimersByTime(900);
  const held = await followed.matrix();
  vi.advanceTimersByTime(900);
  await followed.matrix();
  expect(table.scans).toBe(1);
  vi.advanceTimersByTime(1100);
  await followed.table.append([row('b', 2)]);
  expect(table.scans).toBe(1);
  expect((await followed.matrix()).rows).toBe(2);
  expect(table.scans).toBe(2);
  expect(held.rows).toBe(1);
});
