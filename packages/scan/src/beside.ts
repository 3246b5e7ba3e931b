// What lies beside a photo and belongs to it, seen during a walk: a short text that changes whenever it does.
import { lstat } from 'node:fs/promises';
import { join } from 'node:path';
import { type Beside, sidecarNames } from '@semblance/core';
import { isLiveFilm } from './live-film.ts';

/**
 * @param folder absolute
 * @param names every name in that folder
 * @param fileName of the photo
 */
export async function lookBeside(
  folder: string,
  names: ReadonlySet<string>,
  fileName: string,
): Promise<Beside> {
  const { xmp, takeout } = sidecarNames(fileName);
  const stem = fileName.slice(0, Math.max(0, fileName.lastIndexOf('.'))) || fileName;
  const films = ['.MOV', '.mov'].map((ending) => stem + ending);
  return {
    sidecars: await facts(folder, names, [...xmp, ...takeout]),
    film: await facts(folder, names, films.slice(0, 2)),
  };
}

/** Whether the film that `lookBeside` saw makes it a Live Photo. @param path of the photo @param film as it was seen */
export async function isLivePhoto(path: string, film: string | null): Promise<boolean> {
  const ending = film?.split(' ')[0];
  if (ending === undefined) return false;
  const dot = path.lastIndexOf('.');
  return isLiveFilm(path.slice(0, dot) + ending);
}

/** `.xmp 1234 1700000000000`, one after the other. Endings and not names, so that a renamed pair is the same pair. */
async function facts(
  folder: string,
  names: ReadonlySet<string>,
  candidates: readonly string[],
): Promise<string | null> {
  const seen: string[] = [];
  for (const name of new Set(candidates)) {
    if (!names.has(name)) continue;
    const found = await lstat(join(folder, name)).catch(() => null);
    if (found?.isFile())
      seen.push(`${name.slice(name.lastIndexOf('.'))} ${found.size} ${Math.trunc(found.mtimeMs)}`);
  }
  return seen.length === 0 ? null : seen.join(', ');
}
