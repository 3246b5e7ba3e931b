// Files that belong to a photo and mean nothing without it: sidecars, and the moving part of a Live Photo.
import { readdir } from 'node:fs/promises';
import { basename, dirname, extname, join } from 'node:path';
import { judgeFile } from './formats.ts';
import { isLiveFilm } from './live-film.ts';
import { identify } from './move.ts';

/** Metadata and edits, as Adobe, Apple, Google, darktable, RawTherapee and DxO write them beside a photo. */
const SIDECARS = ['xmp', 'aae', 'json', 'pp3', 'dop'];
/** Google Takeout's name for a photo's JSON. */
const TAKEOUT = '.supplemental-metadata.json';

export interface CompanionFinder {
  /**
   * Paths of the files that go where this photo goes. What is named after the whole file name (`a.jpg.xmp`) is its own;
   * what shares only the stem (`a.xmp`, `a.mov`) goes when no other photo of that stem stays, such as the raw of a pair.
   *
   * @param leaving whether a photo of the same folder goes too
   */
  of(path: string, leaving: (path: string) => boolean): Promise<string[]>;
}

/** Lists each folder once: use one for one act. */
export function createCompanionFinder(): CompanionFinder {
  const folders = new Map<string, Promise<Map<string, string[]>>>();
  return {
    async of(path, leaving) {
      const folder = dirname(path);
      const listing = folders.get(folder) ?? list(folder);
      folders.set(folder, listing);
      const name = basename(path);
      const neighbours = (await listing).get(key(name)) ?? [];
      const own = name.toLowerCase();
      const stem = stemOf(name).toLowerCase();
      const shared = neighbours.some(
        (other) =>
          other !== name &&
          stemOf(other).toLowerCase() === stem &&
          judgeFile(other) === 'photo' &&
          !leaving(join(folder, other)),
      );
      // Where capitals count there may be `a.jpg` and `A.JPG`, each with its own.
      const twin = neighbours.some((other) => other !== name && other.toLowerCase() === own);
      const found: string[] = [];
      for (const other of neighbours) {
        const lower = other.toLowerCase();
        const candidate = join(folder, other);
        const named =
          (!twin || other.startsWith(name)) &&
          (lower === own + TAKEOUT || SIDECARS.some((ending) => lower === `${own}.${ending}`));
        const stemmed = !shared && SIDECARS.some((ending) => lower === `${stem}.${ending}`);
        const film = !shared && lower === `${stem}.mov`;
        if (!named && !stemmed && !film) continue;
        if (!(await identify(candidate))?.regular) continue;
        if (film && !(await isLiveFilm(candidate))) continue;
        found.push(candidate);
      }
      return found.sort();
    },
  };
}

/** Names by what comes before their first dot, so that a folder of 10,000 photos is not searched for each of them. */
async function list(folder: string): Promise<Map<string, string[]>> {
  const names = new Map<string, string[]>();
  for (const name of await readdir(folder)) {
    const known = names.get(key(name));
    if (known === undefined) names.set(key(name), [name]);
    else known.push(name);
  }
  return names;
}

function key(name: string): string {
  return (name.split('.')[0] ?? '').toLowerCase();
}

function stemOf(name: string): string {
  return name.slice(0, name.length - extname(name).length);
}
