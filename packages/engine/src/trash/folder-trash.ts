// A trash folder as freedesktop.org's Trash specification 1.0 has it: `files/` with what was trashed, `info/` with a
// note for each that says where it came from. File managers on Linux list and restore from it.
// https://specifications.freedesktop.org/trash-spec/trashspec-1.0.html
import { createHash } from 'node:crypto';
import { mkdir, open, rm } from 'node:fs/promises';
import { basename, dirname, extname, join, relative, sep } from 'node:path';
import { codeOf, identify, moveToFreeName, renameToFreeName, syncFolder } from '@semblance/scan';
import type { TrashPort, TrashReceipt } from './port.ts';

export interface TrashFolder {
  /** Holds `files` and `info`. Made when first used, for this user only. */
  directory: string;
  /** The top folder of its disk when notes are to name paths from there; null for absolute ones. */
  top: string | null;
}

/** File names have at most 255 bytes on most systems, and a note's name is ten longer. */
const LONGEST_NAME = 200;

/** @param folders the trash folders that a file may go to, best first; all on its own disk */
export function createFolderTrash(folders: (path: string) => Promise<TrashFolder[]>): TrashPort {
  return {
    async plan(path, taken) {
      const receipts: TrashReceipt[] = [];
      for (const { directory, top } of await folders(path)) {
        const name = await freeName(directory, basename(path), taken);
        const note = noteOf(directory, name);
        receipts.push({ kind: 'folder', path: join(directory, 'files', name), note, top });
      }
      return receipts;
    },

    async put(path, receipt) {
      const { path: target, note, top } = known(receipt);
      await mkdir(dirname(target), { recursive: true, mode: 0o700 });
      await mkdir(dirname(note), { recursive: true, mode: 0o700 });
      await writeNote(note, noteText(path, top, new Date()));
      try {
        await renameToFreeName(path, target);
      } catch (error) {
        await rm(note, { force: true });
        throw error;
      }
      await syncFolder(dirname(target)).catch(() => undefined);
    },

    async restore(receipt, path) {
      const { path: target, note } = known(receipt);
      await makeFolder(dirname(path));
      await moveToFreeName(target, path);
      await rm(note, { force: true });
      await syncFolder(dirname(path)).catch(() => undefined);
    },

    async tidy(receipt) {
      const { path: target, note } = known(receipt);
      if ((await identify(target)) === null) await rm(note, { force: true });
    },
  };
}

/** @throws with code `ENOTDIR` when a file has the name of a folder: `EEXIST` would say that the photo's own name is taken */
async function makeFolder(folder: string): Promise<void> {
  try {
    await mkdir(folder, { recursive: true });
  } catch (error) {
    if (codeOf(error) !== 'EEXIST') throw error;
    throw Object.assign(new Error(`not a folder: ${folder}`, { cause: error }), { code: 'ENOTDIR' });
  }
}

function known(receipt: TrashReceipt): Extract<TrashReceipt, { kind: 'folder' }> {
  if (receipt.kind === 'folder') return receipt;
  throw new Error('this file went to the system bin, not to a trash folder');
}

/** The file's own name, or with a number: the note keeps the real one. */
async function freeName(directory: string, wanted: string, taken: ReadonlySet<string>): Promise<string> {
  const ending = extname(wanted);
  const long = Buffer.byteLength(wanted) > LONGEST_NAME;
  const stem = long ? shortened(wanted) : wanted.slice(0, wanted.length - ending.length);
  for (let n = 1; ; n++) {
    const name = `${stem}${n === 1 ? '' : `.${n}`}${ending}`;
    const path = join(directory, 'files', name);
    if (taken.has(path) || (await identify(path)) !== null) continue;
    if ((await identify(noteOf(directory, name))) === null) return name;
  }
}

function shortened(name: string): string {
  return createHash('sha256').update(name).digest('hex').slice(0, 32);
}

function noteOf(directory: string, name: string): string {
  return join(directory, 'info', `${name}.trashinfo`);
}

/** Claims the name: `wx` is O_EXCL, as the specification asks for. @throws with nothing left behind */
async function writeNote(note: string, text: string): Promise<void> {
  const handle = await open(note, 'wx', 0o600);
  try {
    await handle.writeFile(text);
    await handle.sync();
  } catch (error) {
    await rm(note, { force: true });
    throw error;
  } finally {
    await handle.close();
  }
}

/** Paths are percent-encoded byte by byte, dates are local time without a zone. */
export function noteText(path: string, top: string | null, at: Date): string {
  const shown = top === null ? path : relative(top, path);
  const encoded = shown.split(sep).map(encodeURIComponent).join('/');
  const two = (value: number) => String(value).padStart(2, '0');
  const date = [at.getFullYear(), two(at.getMonth() + 1), two(at.getDate())].join('-');
  const time = [at.getHours(), at.getMinutes(), at.getSeconds()].map(two).join(':');
  return `[Trash Info]\nPath=${encoded}\nDeletionDate=${date}T${time}\n`;
}
