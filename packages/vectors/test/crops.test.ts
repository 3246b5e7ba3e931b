// Further vectors of a photo: searched, replaced and removed with it.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { openVectors } from '../src/index.ts';

const id = (n: number): string => n.toString(16).padStart(20, '0');
const axis = (n: number): Float32Array => Float32Array.from({ length: 4 }, (_, i) => (i === n ? 1 : 0));

function folder(): string {
  const path = mkdtempSync(join(tmpdir(), 'semblance-vectors-'));
  onTestFinished(() => rmSync(path, { recursive: true, force: true }));
  return path;
}

it('a search takes the best look of each photo, also after a new opening', async () => {
  const path = folder();
  const first = await openVectors(path);
  const table = await first.table('model', 4);
  await table.append([
    { photoId: id(1), vector: axis(0), crops: [axis(1), axis(2)] },
    { photoId: id(2), vector: axis(3) },
  ]);
  await first.close();
  const store = await openVectors(path);
  onTestFinished(() => store.close());
  const again = await store.table('model', 4);
  for (const n of [0, 1, 2]) {
    expect(await again.search(axis(n), 2)).toMatchObject([
      { photoId: id(1), cosine: 1 },
      { photoId: id(2), cosine: 0 },
    ]);
  }
  expect(await again.search(axis(1), 5, { among: new Set([id(2)]) })).toMatchObject([{ photoId: id(2) }]);
  expect(again.count()).toBe(2);
  expect([...again.cropped()]).toEqual([[id(1), 2]]);
});

it('crops are replaced with the photo, go with it, and with the model', async () => {
  const path = folder();
  const store = await openVectors(path);
  onTestFinished(() => store.close());
  const table = await store.table('model', 4);
  const wide = { photoId: id(1), vector: axis(0), crops: [axis(1), axis(2)] };
  await table.append([wide]);
  await table.append([{ photoId: id(1), vector: axis(0) }]);
  expect(table.cropped().size).toBe(0);
  await table.append([wide]);
  await table.remove([id(1)]);
  expect(table.cropped().size).toBe(0);
  expect(await table.search(axis(1), 1)).toEqual([]);
  await table.append([wide]);
  await store.drop('model');
  expect((await store.table('model', 4)).cropped().size).toBe(0);
});
