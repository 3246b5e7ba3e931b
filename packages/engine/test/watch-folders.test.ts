// A folder whose events never come is looked at all the same.
import { renameSync } from 'node:fs';
import { join } from 'node:path';
import { volumes } from '@semblance/scan';
import { expect, onTestFinished, test, vi } from 'vitest';
import { watchDisks } from '../src/indexing/watch-disks.ts';
import { watchFolders } from '../src/indexing/watch-folders.ts';
import { bench } from './harness.ts';

test('folders are looked at now and then without a hint, until the watcher is closed', async () => {
  const b = await bench();
  const { id } = await b.engine.services.folders.add(b.photos);
  const hint = vi.fn();
  const catalog = { listRoots: () => b.engine.services.folders.list() };
  const watcher = watchFolders(catalog as never, { onHint: hint, volumes, lookAgainMs: 20 });
  watcher.refresh();
  await vi.waitFor(() => expect(hint.mock.calls.length).toBeGreaterThan(1));
  expect(hint).toHaveBeenCalledWith(id);
  watcher.close();
  const before = hint.mock.calls.length;
  await new Promise((resolve) => setTimeout(resolve, 80));
  expect(hint).toHaveBeenCalledTimes(before);
});

test('a disk that goes or comes is a hint, although no watcher says so', async () => {
  const b = await bench();
  const { id } = await b.engine.services.folders.add(b.photos);
  const hint = vi.fn();
  const catalog = { listRoots: () => b.engine.services.folders.list() };
  const disks = watchDisks(catalog as never, volumes, hint, 5);
  onTestFinished(() => disks.close());
  await disks.begin();
  expect(hint).not.toHaveBeenCalled();
  const away = join(b.photos, '../away');
  for (const [from, to] of [
    [b.photos, away],
    [away, b.photos],
  ] as const) {
    hint.mockClear();
    renameSync(from, to);
    await vi.waitFor(() => expect(hint).toHaveBeenCalledWith(id), { timeout: 15_000 });
  }
});
