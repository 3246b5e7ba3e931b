// A write that resolved is on disk: every file of the table was fsynced, and every folder that names one.
import { readdirSync, readlinkSync, statSync, writeFileSync } from 'node:fs';
import { type FileHandle, open as openFile } from 'node:fs/promises';
import { join } from 'node:path';
import { SemblanceError } from '@semblance/contract';
import { expect, test, vi } from 'vitest';
import { openVectors } from '../src/index.ts';
import { open, rows, tableFolder, temporaryFolder } from './fixtures.ts';

/** Paths of everything that is fsynced from now on. */
async function watchSyncs(): Promise<Set<string>> {
  const handle = await openFile('/proc/self/status');
  const prototype: FileHandle = Object.getPrototypeOf(handle);
  await handle.close();
  const synced = new Set<string>();
  const real = prototype.sync;
  vi.spyOn(prototype, 'sync').mockImplementation(function (this: FileHandle) {
    synced.add(readlinkSync(`/proc/self/fd/${this.fd}`));
    return real.call(this);
  });
  return synced;
}

function everything(folder: string): string[] {
  const below = readdirSync(folder, { recursive: true, encoding: 'utf8' });
  return [folder, ...below.map((name) => join(folder, name))];
}

test.runIf(process.platform === 'linux')('append, replace, remove and compact', async () => {
  const folder = temporaryFolder();
  const { table } = await open(folder);
  const synced = await watchSyncs();
  const unsynced = () => everything(tableFolder(folder)).filter((path) => !synced.has(path));
  await table.append(rows(0, 3));
  expect(unsynced()).toEqual([]);
  await table.append(rows(2, 5));
  expect(unsynced()).toEqual([]);
  await table.remove([rows(0, 1)[0]?.photoId ?? '']);
  expect(unsynced()).toEqual([]);
  expect(await table.compact(1)).toBe(true);
  expect(unsynced()).toEqual([]);

  synced.clear();
  await table.append(rows(7, 8));
  const files = [...synced].filter((path) => statSync(path).isFile() && path.endsWith('.lance'));
  expect(files.length).toBeGreaterThan(0);
});

test('a folder that cannot be made is said so', async () => {
  const file = join(temporaryFolder(), 'file');
  writeFileSync(file, '');
  const error = await openVectors(join(file, 'vectors')).catch((reason: unknown) => reason);
  expect(error).toBeInstanceOf(SemblanceError);
  expect(error).toMatchObject({ kind: 'LIBRARY_NOT_WRITABLE' });
});
