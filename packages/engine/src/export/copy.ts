// Copies into a folder. Nothing there is overwritten, and a copy that broke off does not stay.
import { constants, copyFile, rm, utimes } from 'node:fs/promises';
import { join } from 'node:path';
import { type CopyProblem, type ExportReport, SemblanceError } from '@semblance/contract';
import { codeOf, freeSpace } from '@semblance/scan';
import type { Gathered } from './gather.ts';

type Copied = Extract<ExportReport, { kind: 'copied' }>;

/** Left free on the disk that is copied to: bytes. */
const SPARE_BYTES = 64 * 1024 * 1024;

/** @throws SemblanceError DISK_FULL before anything is copied */
export async function copyInto(folder: string, { units, bytes }: Gathered): Promise<Copied> {
  const free = await freeSpace(folder).catch(() => Number.POSITIVE_INFINITY);
  if (bytes + SPARE_BYTES > free) {
    throw new SemblanceError('DISK_FULL', 'There is not enough room for the copies. Nothing was copied.');
  }
  const report: Copied = { kind: 'copied', folder, photos: 0, bytes: 0, failed: [] };
  for (const unit of units) {
    for (const [index, file] of unit.entries()) {
      const to = join(folder, file.name);
      const fault = await copyOne(file.path, to, file.modifiedAt);
      if (fault !== null) report.failed.push({ path: file.path, ...fault });
      else {
        report.bytes += file.bytes;
        if (index === 0) report.photos += 1;
      }
    }
  }
  return report;
}

/** @returns why it did not work, or null */
async function copyOne(
  from: string,
  to: string,
  modifiedAt: number,
): Promise<{ why: CopyProblem; message: string } | null> {
  try {
    await copyFile(from, to, constants.COPYFILE_EXCL | constants.COPYFILE_FICLONE);
  } catch (error) {
    const code = codeOf(error);
    // A file that was there before is not ours to remove.
    if (code === 'EEXIST') return { why: 'name-taken', message: 'a file of this name appeared meanwhile' };
    await rm(to, { force: true }).catch(() => undefined);
    if (code === 'ENOENT') return { why: 'gone', message: 'the file is gone' };
    if (code === 'ENOSPC' || code === 'EDQUOT') return { why: 'disk-full', message: 'the disk is full' };
    if (code === 'EACCES' || code === 'EPERM') return { why: 'forbidden', message: 'no permission' };
    return { why: 'other', message: (error as Error).message };
  }
  // The date of the file is the photo's date where it has no other.
  await utimes(to, new Date(), new Date(modifiedAt)).catch(() => undefined);
  return null;
}
