// What other programs wrote beside a picture: XMP sidecars, and the JSON of a Google Takeout.
import { open } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { sidecarNames, wallClock } from '@semblance/core';
import { readBlock } from './exif.ts';
import { cleanCaption, complete, NOTHING, type PhotoMetadata, placeAt } from './facts.ts';

const MAX_SIDECAR_BYTES = 1024 * 1024;

export async function readSidecars(picture: string): Promise<PhotoMetadata> {
  const { xmp, takeout } = sidecarNames(basename(picture));
  const folder = dirname(picture);
  const [beside, exported] = await Promise.all([firstOf(folder, xmp), firstOf(folder, takeout)]);
  const first = beside === null ? NOTHING : readBlock(beside);
  return exported === null ? first : complete(first, readTakeout(exported.toString('utf8')));
}

async function firstOf(folder: string, names: string[]): Promise<Buffer | null> {
  for (const name of names) {
    const data = await readSmall(join(folder, name));
    if (data !== null) return data;
  }
  return null;
}

/** Null for what is not there, not a file, or too large to be a sidecar. */
async function readSmall(path: string): Promise<Buffer | null> {
  const file = await open(path, 'r').catch(() => null);
  if (file === null) return null;
  try {
    const stat = await file.stat();
    return stat.isFile() && stat.size > 0 && stat.size <= MAX_SIDECAR_BYTES ? await file.readFile() : null;
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
