// How paths are kept: a root's absolute path, and below it names joined by `/` on every system.
import { isAbsolute, join, relative, sep } from 'node:path';

/** Absolute path of a file on record. */
export function absolute(rootPath: string, relPath: string): string {
  return join(rootPath, ...relPath.split('/'));
}

/**
 * Where `path` lies below `rootPath`, `/` separated; '' for the root itself, null when it is not inside.
 * Compares with `path.relative`, so that /photos2 is not inside /photos.
 */
export function relativeTo(rootPath: string, path: string): string | null {
  const below = relative(rootPath, path);
  if (below === '..' || below.startsWith(`..${sep}`) || isAbsolute(below)) return null;
  return sep === '/' ? below : below.split(sep).join('/');
}
