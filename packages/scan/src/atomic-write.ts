// Writing a file so that a reader, a crash or a power cut finds the old bytes or the new ones, never a part.
import { randomBytes } from 'node:crypto';
import { type FileHandle, open, rename, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { SemblanceError } from '@semblance/contract';
import { codeOf } from './regular-file.ts';

/**
 * Writes beside the target, fsyncs, renames over it, and fsyncs the folder (rename alone survives a kill, not a power cut).
 *
 * @throws SemblanceError `DISK_FULL`, or the system's error. The old file is then untouched and nothing is left behind.
 */
export async function atomicWrite(path: string, bytes: Uint8Array): Promise<void> {
  const temporary = join(
    dirname(path),
    `.${basename(path).slice(0, 100)}.${randomBytes(6).toString('hex')}.tmp`,
  );
  try {
    const handle = await open(temporary, 'wx');
    try {
      await handle.writeFile(bytes);
      await handle.sync();
    } finally {
      await handle.close();
    }
    await renameOver(temporary, path);
  } catch (error) {
    await rm(temporary, { force: true });
    const code = codeOf(error);
    if (code !== 'ENOSPC' && code !== 'EDQUOT') throw error;
    throw new SemblanceError('DISK_FULL', `The disk is full; could not write ${path}`, { cause: error });
  }
  await syncFolder(dirname(path));
}

/** On Windows a virus scanner or an open preview may hold the target for a moment. */
async function renameOver(from: string, to: string): Promise<void> {
  for (const delay of [20, 100, 500]) {
    try {
      await rename(from, to);
      return;
    } catch (error) {
      if (process.platform !== 'win32' || !['EBUSY', 'EPERM', 'EACCES'].includes(codeOf(error))) throw error;
      await wait(delay);
    }
  }
  await rename(from, to);
}

/** Makes a new or changed name in a folder survive a power cut. */
export async function syncFolder(folder: string): Promise<void> {
  // Windows does not open folders; NTFS journals the rename itself.
  if (process.platform === 'win32') return;
  let handle: FileHandle | undefined;
  try {
    handle = await open(folder, 'r');
    await handle.sync();
  } finally {
    await handle?.close();
  }
}
