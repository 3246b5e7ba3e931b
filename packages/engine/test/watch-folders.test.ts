// A folder whose events never come is looked at all the same.
import { expect, test, vi } from 'vitest';
import { watchFolders } from '../src/indexing/watch-folders.ts';
import { bench } from './harness.ts';

test('folders are looked at now and then without a hint, until the watcher is closed', async () => {
  const b = await bench();
  const { id } = await b.engine.services.folders.add(b.photos);
  const hint = vi.fn();
  const catalog = { listRoots: () => b.engine.services.folders.list() };
  const watcher = watchFolders(catalog as never, hint, 20);
  watcher.refresh();
  await vi.waitFor(() => expect(hint.mock.calls.length).toBeGreaterThan(1));
  expect(hint).toHaveBeenCalledWith(id);
  watcher.close();
  const before = hint.mock.calls.length;
  await new Promise((resolve) => setTimeout(resolve, 80));
  expect(hint).toHaveBeenCalledTimes(before);
});
