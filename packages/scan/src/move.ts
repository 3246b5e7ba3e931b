// Moving files without ever losing bytes: no copying, no overwriting, and a name to recognise a file by.
import { link, lstat, rename, unlink } from 'node:fs/promises';
import { codeOf } from './regular-file.ts';

/** What tells one file from another without reading it. */
export interface FileIdentity {
  bytes: number;
  /** Modification time, whole milliseconds since 1970 UTC. */
  modifiedAt: number;
  /** Of its file system; null where it has none. */
  inode: string | null;
  /** Device and inode: equal for two names of one file. Null where there is none. */
  sameFile: string | null;
  /** Names it has on its disk; more than one for hard links. */
  names: number;
  /** A regular file; links are not followed. */
  regular: boolean;
}

/** Of the name itself: a link is looked at, not followed. Null when nothing is there. @throws other system errors */
export async function identify(path: string): Promise<FileIdentity | null> {
  try {
    const facts = await lstat(path, { bigint: true });
    const inode = facts.ino === 0n ? null : facts.ino.toString();
    return {
      bytes: Number(facts.size),
      modifiedAt: Number(facts.mtimeMs),
      inode,
      sameFile: inode === null ? null : `${facts.dev}:${inode}`,
      names: Number(facts.nlink),
      regular: facts.isFile(),
    };
  } catch (error) {
    const code = codeOf(error);
    if (code === 'ENOENT' || code === 'ENOTDIR') return null;
    throw error;
  }
}

/** The file systems and settings that know no second name for a file. */
const NO_LINKS: ReadonlySet<string> = new Set([
  'EPERM',
  'EACCES',
  'ENOTSUP',
  'EOPNOTSUPP',
  'ENOSYS',
  'EMLINK',
]);

/**
 * Moves a file to a name that must be free, within one file system. Never overwrites: the new name is made as a second
 * one of the same file, which the system refuses when it is taken, and then the old one goes. Only for files whose old
 * name nobody else writes to. Where files cannot have two names, the target is looked at first.
 *
 * @throws with code `EEXIST` when the name is taken, `EXDEV` across file systems, or the system's own error
 */
export async function moveToFreeName(from: string, to: string): Promise<void> {
  try {
    await link(from, to);
  } catch (error) {
    // A crash between the two steps left both names.
    if (codeOf(error) === 'EEXIST' && (await areTwoNames(from, to))) return unlink(from);
    if (!NO_LINKS.has(codeOf(error))) throw error;
    return renameToFreeName(from, to);
  }
  await unlink(from);
}

async function areTwoNames(a: string, b: string): Promise<boolean> {
  const [one, other] = [await identify(a), await identify(b)];
  return (one?.names ?? 0) > 1 && one?.sameFile !== null && one?.sameFile === other?.sameFile;
}

/**
 * The same in one step, for a name that is already claimed: whatever lies at `from` at this very moment moves, so that
 * a program which saves over it loses nothing.
 */
export async function renameToFreeName(from: string, to: string): Promise<void> {
  if ((await identify(to)) !== null) {
    throw Object.assign(new Error(`this name is taken: ${to}`), { code: 'EEXIST' });
  }
  await rename(from, to);
}
