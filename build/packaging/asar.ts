// Reads an app.asar: a Chromium pickle with a JSON table of files, then their bytes
// (https://github.com/electron/asar#format). Enough to list one and to lay it out as a folder.
import { chmodSync, closeSync, copyFileSync, mkdirSync, openSync, readSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

export interface PackedFile {
  /** `/` separated, from the app's folder. */
  path: string;
  /** Bytes. */
  size: number;
  /** Lies beside the archive, in app.asar.unpacked. */
  unpacked: boolean;
  /** From the archive's first byte; null when unpacked. */
  offset: number | null;
  executable: boolean;
}

interface Entry {
  files?: Record<string, Entry>;
  size?: number;
  offset?: string;
  unpacked?: boolean;
  executable?: boolean;
  link?: string;
}

/** @throws Error for a link: nothing that is packed is one */
export function listAsar(archive: string): PackedFile[] {
  const file = openSync(archive, 'r');
  try {
    const sizes = bytes(file, 0, 16);
    const table = bytes(file, 16, sizes.readUInt32LE(12)).toString('utf8');
    const body = 8 + sizes.readUInt32LE(4);
    const found: PackedFile[] = [];
    const visit = (entry: Entry, path: string): void => {
      if (entry.link !== undefined) throw new Error(`${path} is a link in ${archive}.`);
      if (entry.files === undefined) return void found.push(fileOf(entry, path, body));
      for (const [name, child] of Object.entries(entry.files))
        visit(child, path === '' ? name : `${path}/${name}`);
    };
    visit(JSON.parse(table) as Entry, '');
    return found;
  } finally {
    closeSync(file);
  }
}

function fileOf(entry: Entry, path: string, body: number): PackedFile {
  const { size = 0, unpacked = false, executable = false, offset } = entry;
  return { path, size, unpacked, executable, offset: unpacked ? null : body + Number(offset) };
}

/** Writes every file of an archive below a folder, those beside it too: a tree that plain Node can run. */
export function extractAsar(archive: string, folder: string): void {
  const file = openSync(archive, 'r');
  try {
    for (const { path, size, offset, executable } of listAsar(archive)) {
      const to = join(folder, path);
      mkdirSync(dirname(to), { recursive: true });
      if (offset === null) copyFileSync(join(`${archive}.unpacked`, path), to);
      else writeFileSync(to, bytes(file, offset, size));
      if (executable) chmodSync(to, 0o755);
    }
  } finally {
    closeSync(file);
  }
}

function bytes(file: number, position: number, length: number): Buffer {
  const buffer = Buffer.alloc(length);
  if (readSync(file, buffer, 0, length, position) !== length) throw new Error('The archive ends too early.');
  return buffer;
}
