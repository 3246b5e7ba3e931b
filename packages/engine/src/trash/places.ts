// Which trash a file goes to: always one on its own disk, because nothing is ever copied and then deleted.
import { lstat, stat } from 'node:fs/promises';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';
import type { HostPort } from '../ports.ts';
import { createFolderTrash, type TrashFolder } from './folder-trash.ts';
import type { TrashPort } from './port.ts';
import { createSystemTrash } from './system-trash.ts';

/** Beside the file, where no other trash on its disk may be used. Hidden, so that no scan looks into it. */
const QUARANTINE = '.semblance-trash';

/**
 * - Linux, in every host: the freedesktop.org trash. It can be restored from by any file manager, and by undo.
 * - The desktop app on macOS and Windows: the system's bin, which people look into. It does not say where it puts a file,
 *   so undo there can bring back what was said of a photo, but not the file.
 * - The command line and the server there: a trash folder in the library, or beside the file on other disks.
 */
export function chooseTrash(options: {
  host: HostPort;
  libraryDirectory: string;
  platform?: NodeJS.Platform;
  environment?: NodeJS.ProcessEnv;
}): TrashPort {
  const { host, libraryDirectory, platform = process.platform, environment = process.env } = options;
  const quarantine = (path: string) => quarantineFolders(path, libraryDirectory);
  if (platform === 'linux') {
    const home = homeTrash(environment);
    return createFolderTrash(async (path) => [
      ...(await freedesktopFolders(path, home)),
      ...(await quarantine(path)),
    ]);
  }
  return host.trashItem === undefined ? createFolderTrash(quarantine) : createSystemTrash(host.trashItem);
}

/** `$XDG_DATA_HOME/Trash`. A relative value is to be ignored (XDG Base Directory Specification). */
export function homeTrash(environment: NodeJS.ProcessEnv): string {
  const data = environment.XDG_DATA_HOME;
  return join(data?.startsWith('/') ? data : join(homedir(), '.local/share'), 'Trash');
}

/** The home trash for files on its disk, else the one at the top of the file's own. */
export async function freedesktopFolders(path: string, home: string): Promise<TrashFolder[]> {
  const device = await deviceOf(dirname(path));
  if (device !== null && device === (await deviceOf(home))) return [{ directory: home, top: null }];
  return topTrashes(await topFolder(dirname(path)), process.getuid?.() ?? 0);
}

/** The one that all users of a disk share, where there is one, then the user's own. */
export async function topTrashes(top: string, user: number): Promise<TrashFolder[]> {
  const folders: TrashFolder[] = [];
  if (await isSharedTrash(join(top, '.Trash'))) {
    folders.push({ directory: join(top, '.Trash', String(user)), top });
  }
  const own = join(top, `.Trash-${user}`);
  if (await isMine(own, user)) folders.push({ directory: own, top });
  return folders;
}

async function quarantineFolders(path: string, libraryDirectory: string): Promise<TrashFolder[]> {
  const beside = { directory: join(dirname(path), QUARANTINE), top: null };
  const device = await deviceOf(dirname(path));
  if (device === null || device !== (await deviceOf(libraryDirectory))) return [beside];
  return [{ directory: join(libraryDirectory, 'trash'), top: null }, beside];
}

/** Of the folder, or of the nearest one above it that exists. Folders only: overlays give files another device. */
async function deviceOf(folder: string): Promise<number | null> {
  for (let at = folder; ; at = dirname(at)) {
    const facts = await stat(at).catch(() => null);
    if (facts !== null) return facts.dev;
    if (dirname(at) === at) return null;
  }
}

/** The highest folder that is still on the same disk: where it is mounted. */
async function topFolder(folder: string): Promise<string> {
  const device = await deviceOf(folder);
  let top = folder;
  while (dirname(top) !== top && (await deviceOf(dirname(top))) === device) top = dirname(top);
  return top;
}

/** The specification: a real folder, with the sticky bit, or it is not to be used. */
async function isSharedTrash(path: string): Promise<boolean> {
  const facts = await lstat(path).catch(() => null);
  return facts?.isDirectory() === true && (facts.mode & 0o1000) !== 0;
}

/** A `.Trash-<uid>` that someone else made, or a link, is a trap. */
async function isMine(path: string, user: number): Promise<boolean> {
  const facts = await lstat(path).catch(() => null);
  return facts === null || (facts.isDirectory() && facts.uid === user);
}
