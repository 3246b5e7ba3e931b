// What the command line asks for: `semblance [--library=<dir>] [--models=<dir>] [--hub=<url>] [folder...]`. Chromium's own
// switches pass by.
import { resolve } from 'node:path';
import { textsOf } from './arrivals.ts';

export interface Wishes {
  /** Absolute; null for the usual place. */
  library: string | null;
  /** Folder of added models; absolute, null for the usual place. */
  models: string | null;
  /** Where models come from, as it was written: a mirror. Null for what the settings say. */
  hub: string | null;
  /** Absolute paths of folders to add, or of files whose folder is meant. */
  folders: string[];
}

/**
 * @param args without the executable (and, in development, without the app's folder)
 * @param directory what relative paths start from
 */
export function parseCommandLine(args: readonly string[], directory: string): Wishes {
  const wishes: Wishes = { library: null, models: null, hub: null, folders: [] };
  const rest = [...args];
  for (let arg = rest.shift(); arg !== undefined; arg = rest.shift()) {
    const [, name, given] = /^--(library|models|hub)(?:=(.*))?$/su.exec(arg) ?? [];
    if (arg === '--') {
      wishes.folders.push(...rest.splice(0).map((path) => resolve(directory, path)));
    } else if (name === 'library' || name === 'models') {
      const value = given ?? rest.shift();
      if (value !== undefined) wishes[name] = resolve(directory, value);
    } else if (name === 'hub') {
      wishes.hub = given ?? rest.shift() ?? null;
    } else if (arg !== '' && !arg.startsWith('-')) {
      wishes.folders.push(resolve(directory, arg));
    }
  }
  return wishes;
}

/** Reads what a second instance sent; it is another process, so nothing about it is taken for granted. */
export function foldersOf(additionalData: unknown): string[] {
  if (typeof additionalData !== 'object' || additionalData === null) return [];
  return textsOf((additionalData as { folders?: unknown }).folders);
}
