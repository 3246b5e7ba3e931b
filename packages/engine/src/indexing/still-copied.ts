// A file that could not be read is looked at once more: perhaps another program is still writing it.
import { lstat } from 'node:fs/promises';
import type { FileNow, WaitingFile } from '@semblance/catalog';
import { waitForCopy } from '@semblance/core';

/** @returns how it is now and when to read it again (milliseconds since 1970 UTC); null when it stands still */
export async function stillCopied(
  { path, bytes, modifiedAt, waitingSince }: WaitingFile,
  settles: number,
): Promise<{ copied: FileNow; notBefore: number } | null> {
  const facts = await lstat(path).catch(() => null);
  if (facts === null) return null;
  const at = Date.now();
  const copied = { size: facts.size, mtimeMs: facts.mtimeMs, changedMs: Math.trunc(facts.ctimeMs) };
  const before = { size: bytes, mtimeMs: modifiedAt };
  const wait = waitForCopy({ before, now: copied, at, waitingSince, settles });
  return wait === null ? null : { copied, notBefore: at + wait };
}
