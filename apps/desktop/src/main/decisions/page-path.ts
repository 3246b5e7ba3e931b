// Which file of the built user interface an app:// address means. The address is hostile until proven otherwise.
import { join } from 'node:path';
import { isBelow } from '../../shared/is-below.ts';
import { isOwnPage } from './origin.ts';

/** Backslashes and colons are path syntax on Windows only; our own file names have neither anywhere. */
const NEVER_IN_A_NAME = /[\0\\:]/;

/**
 * @param directory absolute path of the folder with the built pages
 * @returns an absolute path below it, or null
 */
export function pagePath(directory: string, address: string): string | null {
  if (!isOwnPage(address)) return null;
  const name = decode(new URL(address).pathname);
  if (name === null || NEVER_IN_A_NAME.test(name)) return null;
  const path = join(directory, name === '' || name === '/' ? 'index.html' : name);
  return isBelow(directory, path) ? path : null;
}

function decode(pathname: string): string | null {
  try {
    return decodeURIComponent(pathname);
  } catch {
    return null;
  }
}
