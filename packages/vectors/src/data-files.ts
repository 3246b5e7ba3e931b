// Tells whole Lance data files from torn ones without LanceDB.
import { open, readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';

/** A Lance file ends with its magic (https://lancedb.github.io/lance/format/file.html). */
const MAGIC = 'LANC';

/** Names of the files in a table's data folder that do not end as a Lance file does: truncated, zeroed, or never written. */
export async function damagedDataFiles(folder: string): Promise<string[]> {
  const damaged: string[] = [];
  for (const name of await readdir(folder).catch(() => [])) {
    if (name.endsWith('.lance') && !(await endsWell(join(folder, name)))) damaged.push(name);
  }
  return damaged;
}

async function endsWell(path: string): Promise<boolean> {
  const { size } = await stat(path);
  if (size < MAGIC.length) return false;
  const handle = await open(path, 'r');
  try {
    const { buffer } = await handle.read(Buffer.alloc(MAGIC.length), 0, MAGIC.length, size - MAGIC.length);
    return buffer.toString('latin1') === MAGIC;
  } finally {
    await handle.close();
  }
}
