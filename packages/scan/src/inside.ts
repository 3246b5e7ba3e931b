// Whether a path lies inside a folder: by `path.relative`, never by prefix, so that /photos2 is not inside /photos.
import { realpath } from 'node:fs/promises';
import { isAbsolute, relative, sep } from 'node:path';

/** For paths that are already real. The folder itself counts as inside. */
export function isBelow(root: string, path: string): boolean {
  const between = relative(root, path);
  return between !== '..' && !between.startsWith(`..${sep}`) && !isAbsolute(between);
}

/** Follows every link on both sides first. False for a path that does not exist. */
export async function isInside(root: string, path: string): Promise<boolean> {
  try {
    const [realRoot, realPath] = await Promise.all([realpath(root), realpath(path)]);
    return isBelow(realRoot, realPath);
  } catch {
    return false;
  }
}
