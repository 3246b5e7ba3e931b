// Names of files as a hub lists them, before anything is written: what could leave the model's folder, or mean another
// file on another system, is refused. (Zip Slip, CVE-2018-1002200 and its many cousins.)
import { SemblanceError } from '@semblance/contract';

const MAX_PATH = 240;
const MAX_DEPTH = 8;

/** CON, NUL, COM1 and so on are devices on Windows, with any extension. */
const DEVICE = /^(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|$)/iu;
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
const FORBIDDEN = /[\u0000-\u001f\u007f"*:<>?\\|\u202a-\u202e\u2066-\u2069]/u;

/**
 * A path that stays inside the folder it is joined to, on every system.
 *
 * @throws SemblanceError HUB_FAILED for any other
 */
export function checkedPath(path: string): string {
  const parts = path.split('/');
  const bad =
    path.length > MAX_PATH ||
    parts.length > MAX_DEPTH ||
    FORBIDDEN.test(path) ||
    path.normalize('NFC') !== path ||
    parts.some((part) => part === '' || /^\.{1,2}$|[. ]$|^ /u.test(part) || DEVICE.test(part));
  if (!bad) return path;
  throw new SemblanceError(
    'HUB_FAILED',
    `The repository has a file with a name that is not safe here: ${JSON.stringify(path.slice(0, 80))}.`,
  );
}

/**
 * Two names that are one file on macOS and Windows, or a file that is also a folder.
 *
 * @throws SemblanceError HUB_FAILED
 */
export function checkTogether(paths: readonly string[]): void {
  const files = new Set<string>();
  for (const path of paths) {
    const folded = path.toLowerCase();
    if (files.has(folded)) throw clash(path);
    files.add(folded);
  }
  for (const path of files) {
    const parts = path.split('/');
    for (let depth = 1; depth < parts.length; depth += 1) {
      if (files.has(parts.slice(0, depth).join('/'))) throw clash(path);
    }
  }
}

function clash(path: string): SemblanceError {
  return new SemblanceError(
    'HUB_FAILED',
    `The repository has two files whose names cannot lie side by side: ${JSON.stringify(path)}.`,
  );
}
