// Knows a library folder again: whether what lies in its place is that folder, and where it is when it is not there.
import { lstat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Catalog, RootIdentity } from '@semblance/catalog';
import type { Folder } from '@semblance/contract';
import { isSameFolder, type RootFacts } from '@semblance/core';
import { renamedFrom, serialOfFolder, type Volumes } from '@semblance/scan';

/** Files that are looked for in a place: enough to be sure, few enough for a slow disk. */
const SAMPLE = 32;
/** Dates this close are the same, ms: FAT counts in steps of two seconds. */
const SAME_TIME_MS = 2000;

/** What tells the folder at this path from others, as far as the system says. */
export async function identityOf(volumes: Volumes, path: string): Promise<RootIdentity> {
  const [place, serial] = await Promise.all([volumes.placeOf(path), serialOfFolder(path)]);
  return { volume: place?.volume ?? null, inside: place?.inside ?? null, serial };
}

export function comparePlaces(before: RootIdentity, now: RootIdentity): RootFacts['place'] {
  const known =
    (before.volume !== null && now.volume !== null) || (before.serial !== null && now.serial !== null);
  if (!known) return 'unknown';
  const differ = (a: string | null, b: string | null) => a !== null && b !== null && a !== b;
  return differ(before.volume, now.volume) || differ(before.serial, now.serial) ? 'other' : 'same';
}

/**
 * Where a folder that is not in its place is now: on the same disk under another mount point or drive letter, or beside
 * its old place under another name. Only where the files known from it lie there. Null when it is nowhere.
 */
export async function findAgain(catalog: Catalog, volumes: Volumes, root: Folder): Promise<string | null> {
  const { volume, inside, serial } = catalog.rootIdentity(root.id);
  const places = volume === null || inside === null ? [] : await volumes.find({ volume, inside });
  const renamed = serial === null ? [] : await renamedFrom(root.path, serial);
  for (const path of new Set([...places, ...renamed])) {
    if (path !== root.path && (await holdsFilesOf(catalog, root, path))) return path;
  }
  return null;
}

/** Whether most of some files known from a folder lie in another place as they were. */
export async function holdsFilesOf(catalog: Catalog, root: Folder, path: string): Promise<boolean> {
  const asked = catalog.sampleFiles(root.id, SAMPLE);
  let familiar = 0;
  for (const { relPath, size, mtimeMs } of asked) {
    const facts = await lstat(join(path, ...relPath.split('/'))).catch(() => null);
    if (facts?.size === size && Math.abs(facts.mtimeMs - mtimeMs) <= SAME_TIME_MS) familiar += 1;
  }
  return isSameFolder({ asked: asked.length, familiar });
}
