// What people hand to the app from outside: on the command line, by "open with", dropped on its icon or its window.
import { dirname, isAbsolute, parse } from 'node:path';
import { isBelow } from '../../shared/is-below.ts';

export type Kind = 'folder' | 'file' | 'none';

export interface Arrivals {
  /** Folders that were named themselves. */
  folders: string[];
  /** Files that were named: pictures to be shown. */
  files: string[];
  /** Folders of these: nobody asked for a whole folder, so the person is asked first. */
  around: string[];
  /** Nothing lies there, or nothing that can be looked into. */
  missing: string[];
}

/** More at once is no gesture of a person. */
const MOST = 200;

/**
 * @param paths absolute ones are looked at, others are left out
 * @param kindOf what lies there
 * @returns each folder once, and none that lies in another one named
 */
export function arrivalsOf(paths: readonly string[], kindOf: (path: string) => Kind): Arrivals {
  const folders = new Set<string>();
  const files = new Set<string>();
  const around = new Set<string>();
  const missing = new Set<string>();
  for (const path of paths.slice(0, MOST)) {
    if (!isAbsolute(path)) continue;
    const kind = kindOf(path);
    if (kind === 'folder') folders.add(path);
    if (kind === 'none') missing.add(path);
    if (kind === 'file') files.add(path);
    // A picture in the root of a disk does not mean the disk.
    if (kind === 'file' && dirname(path) !== parse(path).root) around.add(dirname(path));
  }
  const named = outermost([...folders]);
  const covered = (path: string): boolean => named.some((base) => base === path || isBelow(base, path));
  return {
    folders: named,
    files: [...files],
    around: outermost([...around]).filter((path) => !covered(path)),
    missing: [...missing],
  };
}

function outermost(paths: readonly string[]): string[] {
  return paths.filter((path) => !paths.some((base) => base !== path && isBelow(base, path)));
}

/** Reads a list of texts that another process sent, which may be anything. */
export function textsOf(sent: unknown): string[] {
  return Array.isArray(sent) ? sent.filter((text) => typeof text === 'string' && text !== '') : [];
}

/** Photos to carry out of the window: ids only, at most 500. */
export function photoIdsOf(sent: unknown): string[] {
  return textsOf(sent)
    .filter((id) => /^[0-9a-f]{20}$/.test(id))
    .slice(0, 500);
}
