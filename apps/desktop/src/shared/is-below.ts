// Whether a path lies below a folder.
import { isAbsolute, relative } from 'node:path';

/** Compares by `path.relative`: a common prefix (`/photos`, `/photos2`) says nothing. */
export function isBelow(directory: string, path: string): boolean {
  const way = relative(directory, path);
  return way !== '' && !isAbsolute(way) && way.split(/[\\/]/)[0] !== '..';
}
