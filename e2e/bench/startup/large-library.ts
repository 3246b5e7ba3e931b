// A library of many photos that lie where it says they do: empty files of the right size and date, so that the look at
// the folders after opening has as much to do as on a real disk, and finds nothing new.
import { closeSync, ftruncateSync, futimesSync, mkdirSync, openSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { CATALOG_FILE } from '@semblance/catalog';
import sharp from 'sharp';
import { fillLibrary, photoId } from '../labels/made-up-library.ts';

/** More than a window shows at first. */
const THUMBNAILS = 300;

export async function makeLargeLibrary(
  directory: string,
  modelKey: string,
  dimensions: number,
  photos: number,
): Promise<void> {
  await fillLibrary(directory, modelKey, photos, [new Float32Array(dimensions)]);
  const disk = join(dirname(directory), 'photos');
  mkdirSync(disk);
  for (let row = 0; row < photos; row++) {
    // The size and the date that the catalog was given; a hole takes no room.
    const file = openSync(join(disk, `IMG_${row}.jpg`), 'w');
    ftruncateSync(file, row + 1);
    const seconds = (Date.UTC(2004, 0, 1) + row * 600_000) / 1000;
    futimesSync(file, seconds, seconds);
    closeSync(file);
  }
  const sql = new DatabaseSync(join(directory, CATALOG_FILE));
  sql.prepare('UPDATE roots SET path = ?').run(disk);
  sql.close();
  await writeThumbnails(join(directory, 'thumbnails'), photos);
}

/** The newest come first in the window. */
async function writeThumbnails(directory: string, photos: number): Promise<void> {
  const noise = { type: 'gaussian', mean: 128, sigma: 40 } as const;
  const bytes = await sharp({ create: { width: 480, height: 360, channels: 3, background: '#888', noise } })
    .webp({ quality: 80 })
    .toBuffer();
  for (let row = Math.max(0, photos - THUMBNAILS); row < photos; row++) {
    const hash = photoId(row).padStart(64, '0');
    mkdirSync(join(directory, hash.slice(0, 2)), { recursive: true });
    writeFileSync(join(directory, hash.slice(0, 2), `${hash}.webp`), bytes);
  }
}
