// Names for copies that come from many folders into one: none is taken twice, and sidecars keep to their photo.
import { basename, extname } from 'node:path';

/** One photo and the files that go with it, by their own paths; what they are called where they go. */
export type NamedFiles = { path: string; name: string }[];

/**
 * Gives out names that no other copy has, in any case of letters: `a.jpg`, then `a (2).jpg`. A photo's companions are
 * renamed alike, whether they are called after the whole name (`a.jpg.xmp`) or its stem (`a.xmp`).
 *
 * @param taken names that are in use already
 */
export function createNames(taken: Iterable<string>): (photo: string, companions: string[]) => NamedFiles {
  const used = new Set<string>();
  for (const name of taken) used.add(key(name));
  return (photo, companions) => {
    const name = basename(photo);
    const ending = extname(name);
    const stem = name.slice(0, name.length - ending.length);
    for (let copy = 1; ; copy += 1) {
      const newStem = copy === 1 ? stem : `${stem} (${copy})`;
      const files = [
        { path: photo, name: newStem + ending },
        ...companions.map((path) => ({ path, name: newStem + rest(basename(path), name, stem, ending) })),
      ];
      if (files.some((file) => used.has(key(file.name)))) continue;
      for (const file of files) used.add(key(file.name));
      return files;
    }
  };
}

/** What a companion's name has after the photo's stem. */
function rest(companion: string, name: string, stem: string, ending: string): string {
  const whole = companion.toLowerCase().startsWith(name.toLowerCase());
  return whole ? ending + companion.slice(name.length) : companion.slice(stem.length);
}

/** File systems differ in case and in how accents are written; a name must be free on all of them. */
function key(name: string): string {
  return name.normalize('NFC').toLowerCase();
}
