// What other programs wrote beside a picture: XMP sidecars, and the JSON of a Google Takeout.
import { open, readdir, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { sidecarNames, wallClock } from '@semblance/core';
import { readBlock } from './exif.ts';
import { cleanCaption, complete, NOTHING, type PhotoMetadata, placeAt } from './facts.ts';

const MAX_SIDECAR_BYTES = 1024 * 1024;

export async function readSidecars(picture: string): Promise<PhotoMetadata> {
  const { xmp, takeout } = sidecarNames(basename(picture));
  const folder = dirname(picture);
  const there = await namesIn(folder);
  const [beside, exported] = await Promise.all([
    firstOf(folder, xmp, there),
    firstOf(folder, takeout, there),
  ]);
  const first = beside === null ? NOTHING : readBlock(beside);
  return exported === null ? first : complete(first, readTakeout(exported.toString('utf8')));
}

async function firstOf(folder: string, names: string[], there: ReadonlySet<string> | null) {
  for (const name of names) {
    if (there !== null && !there.has(folded(name))) continue;
    const data = await readSmall(join(folder, name));
    if (data !== null) return data;
  }
  return null;
}

/** A listing may be as old as the clock of a disk is coarse (FAT: two seconds), and so miss what came since: ms. */
const COARSE_MS = 2500;
const KEPT_FOLDERS = 16;
const listings = new Map<string, { modifiedAt: number; names: ReadonlySet<string> }>();

/**
 * Names in a folder, folded, sidecars or not: most photos have none, and a look at the folder costs less than a try at
 * each name. Null for a folder that has just changed or cannot be listed: then every name is tried.
 */
async function namesIn(folder: string): Promise<ReadonlySet<string> | null> {
  try {
    const { mtimeMs: modifiedAt } = await stat(folder);
    if (Date.now() - modifiedAt < COARSE_MS) return null;
    const known = listings.get(folder);
    if (known?.modifiedAt === modifiedAt) return known.names;
    const names = new Set((await readdir(folder)).map(folded));
    listings.delete(folder);
    listings.set(folder, { modifiedAt, names });
    const [oldest] = listings.keys();
    if (listings.size > KEPT_FOLDERS && oldest !== undefined) listings.delete(oldest);
    return names;
  } catch {
    return null;
  }
}

/** Alike for names that some disk takes for the same. */
function folded(name: string): string {
  return name.normalize('NFC').toLowerCase();
}

/** Null for what is not there, not a file, or too large to be a sidecar. */
async function readSmall(path: string): Promise<Buffer | null> {
  const file = await open(path, 'r').catch(() => null);
  if (file === null) return null;
  try {
    const facts = await file.stat();
    return facts.isFile() && facts.size > 0 && facts.size <= MAX_SIDECAR_BYTES ? await file.readFile() : null;
  } catch {
    return null;
  } finally {
    await file.close();
  }
}

/** Google Photos: `photoTakenTime.timestamp` in seconds UTC, `geoData` with 0, 0 for unknown, `description`, `favorited`. */
function readTakeout(json: string): PhotoMetadata {
  try {
    const { photoTakenTime, geoData, geoDataExif, description, favorited } = JSON.parse(json) ?? {};
    const seconds = Number(photoTakenTime?.timestamp ?? Number.NaN);
    const takenAt = Number.isFinite(seconds) && seconds !== 0 ? wallClock(seconds * 1000) : null;
    return {
      ...NOTHING,
      takenAt,
      dateSource: takenAt === null ? null : 'takeout',
      place:
        placeAt(geoData?.latitude, geoData?.longitude) ??
        placeAt(geoDataExif?.latitude, geoDataExif?.longitude),
      caption: typeof description === 'string' ? cleanCaption(description) : null,
      favourite: favorited === true,
    };
  } catch {
    return NOTHING;
  }
}
