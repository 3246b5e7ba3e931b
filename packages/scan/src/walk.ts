// Walks a library folder and names its photo files. Never hangs, never leaves the folder, never follows a loop.
import type { Dirent } from 'node:fs';
import { lstat, readdir, realpath, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import type { SeenFile } from '@semblance/core';
import { lookBeside } from './beside.ts';
import { isLibrary, judgeFile, judgeFolder, unfinishedNames } from './formats.ts';
import { isBelow } from './inside.ts';
import { codeOf, readHead } from './regular-file.ts';
import { SNIFF_BYTES, sniffFormat } from './sniff.ts';
import { serialNumber } from './volume.ts';

export interface WalkProblem {
  /** Relative to the root, `/` separated; '' is the root itself. */
  relPath: string;
  /**
   * `unlisted`: it exists but could not be read. Hand these paths to `diffScan`, so that what is known below them stays;
   * with '' the whole walk means nothing (`judgeRoot`). `skipped`: nothing there that could be a photo of this library.
   */
  kind: 'unlisted' | 'skipped';
  /** The system's code (`EACCES`, ...), or `NOT_A_FILE`, `OUTSIDE`, `PACKAGE`, `LIBRARY`, `BAD_NAME`. */
  code: string;
}

export interface WalkOptions {
  signal?: AbortSignal;
  onProblem?: (problem: WalkProblem) => void;
}

/** Files asked for their size and date at the same time: enough for a network share, few enough for a busy disk. */
const AT_ONCE = 16;
const BATCH = 256;
/** A download that has not gone on for so long was given up: milliseconds. */
const LEFT_BEHIND_MS = 24 * 3_600_000;
/** On Windows virus scanners, backups and cloud drives change files without changing their bytes. */
const CHANGES_MEAN_CONTENT = process.platform !== 'win32';

/**
 * Yields the photo files below `root` in batches, folder by folder, in no particular order.
 *
 * - What counts as a photo, and which folders are passed over: see `formats.ts`.
 * - A link to a file counts when the file lies inside the root; links to folders are not followed.
 * - Names that are no valid UTF-8 cannot be opened by path and are reported as `BAD_NAME`, with their bytes as `\xE9`.
 *
 * @throws the signal's reason when aborted: an aborted walk must not be taken for a finished one
 */
export async function* walk(root: string, options: WalkOptions = {}): AsyncGenerator<SeenFile[]> {
  const { signal, onProblem = () => {} } = options;
  const realRoot = await realpath(root).catch(() => root);
  const folders = [''];
  let batch: SeenFile[] = [];
  for (let folder = folders.pop(); folder !== undefined; folder = folders.pop()) {
    signal?.throwIfAborted();
    const entries = await list(join(root, folder), folder, onProblem);
    const names = new Set(entries.map((entry) => entry.name));
    if (isLibrary([...names])) {
      onProblem({ relPath: folder, kind: 'skipped', code: 'LIBRARY' });
      continue;
    }
    const files: Dirent[] = [];
    for (const entry of entries) {
      if (!entry.isDirectory()) {
        if (judgeFile(entry.name) !== 'no') files.push(entry);
        continue;
      }
      const verdict = judgeFolder(entry.name);
      const relPath = below(folder, entry.name);
      if (verdict === 'walk') folders.push(relPath);
      if (verdict === 'package') onProblem({ relPath, kind: 'skipped', code: 'PACKAGE' });
    }
    for (let at = 0; at < files.length; at += AT_ONCE) {
      signal?.throwIfAborted();
      const group = files.slice(at, at + AT_ONCE);
      const looked = await Promise.all(
        group.map((entry) => look(root, realRoot, below(folder, entry.name), entry, names, onProblem)),
      );
      for (const file of looked) if (file !== null) batch.push(file);
      if (batch.length >= BATCH) {
        yield batch;
        batch = [];
      }
    }
  }
  signal?.throwIfAborted();
  if (batch.length > 0) yield batch;
}

async function list(
  path: string,
  relPath: string,
  onProblem: (problem: WalkProblem) => void,
): Promise<Dirent[]> {
  try {
    const entries = await readdir(path, { withFileTypes: true });
    // What is no UTF-8 comes with U+FFFD in place of its bytes; a name may also really hold one.
    if (!entries.some((entry) => entry.name.includes('\ufffd'))) return entries;
    const bad = await badNames(path, relPath, onProblem);
    return entries.filter((entry) => !bad.has(entry.name));
  } catch (error) {
    const code = codeOf(error);
    // A folder that went away since its parent was listed is simply gone; a root that is gone is news.
    if (relPath === '' || code !== 'ENOENT') onProblem({ relPath, kind: 'unlisted', code });
    return [];
  }
}

/** Reports the photos and folders whose names are no text. @returns all such names, as they are listed as text */
async function badNames(
  path: string,
  relPath: string,
  onProblem: (problem: WalkProblem) => void,
): Promise<Set<string>> {
  const bad = new Set<string>();
  const good = new Set<string>();
  for (const entry of await readdir(path, { withFileTypes: true, encoding: 'buffer' })) {
    const listed = entry.name.toString('utf8');
    if (Buffer.from(listed, 'utf8').equals(entry.name)) {
      good.add(listed);
      continue;
    }
    bad.add(listed);
    const wanted = entry.isDirectory() ? judgeFolder(listed) === 'walk' : judgeFile(listed) === 'photo';
    if (wanted)
      onProblem({ relPath: below(relPath, spelled(entry.name)), kind: 'skipped', code: 'BAD_NAME' });
  }
  // Listed alike, a good name and a bad one: the good one can be opened.
  for (const name of good) bad.delete(name);
  return bad;
}

/** The bytes that are no text as `\xE9`, the others as they are. */
function spelled(name: Buffer): string {
  let text = '';
  for (let at = 0; at < name.length; ) {
    const length = [1, 2, 3, 4].find((n) => isText(name.subarray(at, at + n))) ?? 0;
    text +=
      length > 0
        ? name.toString('utf8', at, at + length)
        : `\\x${(name[at] ?? 0).toString(16).toUpperCase().padStart(2, '0')}`;
    at += Math.max(1, length);
  }
  return text;
}

function isText(bytes: Buffer): boolean {
  return bytes.length > 0 && Buffer.from(bytes.toString('utf8'), 'utf8').equals(bytes);
}

/** One entry with a photo's name, or with no extension. */
async function look(
  root: string,
  realRoot: string,
  relPath: string,
  entry: Dirent,
  /** All names of its folder. */
  names: ReadonlySet<string>,
  onProblem: (problem: WalkProblem) => void,
): Promise<SeenFile | null> {
  const path = join(root, relPath);
  const named = judgeFile(entry.name) === 'photo';
  const skip = (code: string) => {
    if (named) onProblem({ relPath, kind: 'skipped', code });
    return null;
  };
  try {
    if (entry.isSymbolicLink()) {
      const target = await realpath(path).catch(codeOf);
      if (target === 'ENOENT' || target === 'ELOOP') return skip(target);
      if (!isBelow(realRoot, target)) return skip('OUTSIDE');
    }
    const facts = entry.isSymbolicLink()
      ? await stat(path, { bigint: true })
      : await lstat(path, { bigint: true });
    if (facts.isDirectory()) return null;
    if (!facts.isFile()) return skip('NOT_A_FILE');
    if (!named && sniffFormat(await readHead(path, SNIFF_BYTES)) === null) return null;
    return {
      relPath,
      size: Number(facts.size),
      mtimeMs: Number(facts.mtimeMs),
      inode: facts.ino === 0n ? null : facts.ino.toString(),
      serial: serialNumber(facts),
      changedMs: CHANGES_MEAN_CONTENT && !isInCloud(facts) ? Number(facts.ctimeMs) : null,
      ...((await isBeingWritten(path, names)) && { unfinished: true }),
      beside: await lookBeside(dirname(path), names, entry.name),
    };
  } catch (error) {
    const code = codeOf(error);
    if (code === 'ENOENT') return null;
    onProblem({ relPath, kind: 'unlisted', code });
    return null;
  }
}

/** iCloud has taken the bytes off the disk, and looking at them would fetch them again: its date of change is about that. */
function isInCloud({ size, blocks }: { size: bigint; blocks: bigint }): boolean {
  return process.platform === 'darwin' && size > 0n && blocks === 0n;
}

/** What was left behind by a download that nobody goes on with hides no photo for ever. */
async function isBeingWritten(path: string, names: ReadonlySet<string>): Promise<boolean> {
  for (const name of unfinishedNames(basename(path))) {
    if (!names.has(name)) continue;
    const facts = await lstat(join(dirname(path), name)).catch(() => null);
    if (facts !== null && Date.now() - Math.max(facts.mtimeMs, facts.ctimeMs) < LEFT_BEHIND_MS) return true;
  }
  return false;
}

function below(folder: string, name: string): string {
  return folder === '' ? name : `${folder}/${name}`;
}
