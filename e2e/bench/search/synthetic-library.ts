// A library of made-up photos, filled in minutes: the catalog by SQL (the product would decode every file), the vectors
// through the store that the engine uses.
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { CATALOG_FILE, openCatalog } from '@semblance/catalog';
import { openVectors, type TableOptions, type VectorTable } from '@semblance/vectors';
import { DIMENSIONS, photoId } from './vectors.ts';

/** Folders by the share of the library they hold; every photo is in one. */
export const FOLDERS = { one: 0.01, half: 0.5, rest: 0.49 } as const;

const BATCH = 20_000;

export function folderOf(row: number): keyof typeof FOLDERS {
  const hundredth = row % 100;
  return hundredth === 0 ? 'one' : hundredth <= 50 ? 'half' : 'rest';
}

export async function fillLibrary(directory: string, modelKey: string, rows: Float32Array): Promise<void> {
  await mkdir(directory, { recursive: true });
  openCatalog(directory).close();
  fillCatalog(join(directory, CATALOG_FILE), modelKey, rows.length / DIMENSIONS);
  // No index before everything is there: `compare` has it built, and times that.
  await withVectors(directory, modelKey, { residentBytes: Number.MAX_SAFE_INTEGER }, async (table) => {
    const count = rows.length / DIMENSIONS;
    for (let from = 0; from < count; from += BATCH) {
      const batch = Array.from({ length: Math.min(BATCH, count - from) }, (_, i) => ({
        photoId: photoId(from + i),
        vector: rows.subarray((from + i) * DIMENSIONS, (from + i + 1) * DIMENSIONS),
      }));
      await table.append(batch);
    }
    await table.compact(1);
  });
}

export async function withVectors<T>(
  directory: string,
  modelKey: string,
  options: TableOptions,
  task: (table: VectorTable) => Promise<T>,
): Promise<T> {
  const store = await openVectors(join(directory, 'vectors'), options);
  try {
    return await task(await store.table(modelKey, DIMENSIONS));
  } finally {
    await store.close();
  }
}

function fillCatalog(file: string, modelKey: string, count: number): void {
  const sql = new DatabaseSync(file);
  sql.exec('PRAGMA synchronous = OFF; BEGIN');
  // The folder is not there, so the engine takes it for a disk that is unplugged, and judges no photo.
  sql.exec(`INSERT INTO roots (id, path, added_at) VALUES (1, '/nowhere/photos', 0)`);
  const photo =
    sql.prepare(`INSERT INTO photos (id, content_hash, format, bytes, width, height, animated, taken_at,
    date_source, placeholder, added_at) VALUES (?, ?, 'jpeg', ?, 4000, 3000, 0, ?, 'exif', ?, 0)`);
  const file_ = sql.prepare(`INSERT INTO files (root_id, rel_path, size, mtime_ms, status, photo_id)
    VALUES (1, ?, ?, ?, 'ready', ?)`);
  const embedding = sql.prepare('INSERT INTO embeddings (model_key, photo_id, vector_hash) VALUES (?, ?, ?)');
  for (let row = 0; row < count; row++) {
    const id = photoId(row);
    const takenAt = Date.UTC(2004, 0, 1) + row * 600_000;
    photo.run(id, id.padStart(64, '0'), row + 1, takenAt, 'IQgKFYJ3h4eAiHeIeHeHCGh3iA==');
    file_.run(`${folderOf(row)}/IMG_${row}.jpg`, row + 1, takenAt, id);
    embedding.run(modelKey, id, id);
  }
  sql.exec('COMMIT; ANALYZE');
  sql.close();
}
