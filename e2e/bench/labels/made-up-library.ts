// A library of made-up photos in groups of very different sizes, some of which show what the labels are about. The
// catalog is filled by SQL (the product would decode every file), the vectors through the store that the engine uses.
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { CATALOG_FILE, openCatalog } from '@semblance/catalog';
import { openVectors } from '@semblance/vectors';

const GROUPS = 1000;
/** Lengths of what a vector is the sum of: what all photos share, what a group shares, what is a photo's own. */
const COMMON = 0.6;
const GROUP = 0.7;
const OWN = 0.6;
/** How far a group leans to its text: matches then lie about as far above the rest as with the starter model. */
const TOWARDS_TEXT = 0.8;
const BATCH = 10_000;

export async function fillLibrary(
  directory: string,
  modelKey: string,
  photos: number,
  texts: readonly Float32Array[],
): Promise<void> {
  await mkdir(directory, { recursive: true });
  openCatalog(directory).close();
  fillCatalog(join(directory, CATALOG_FILE), modelKey, photos);
  const dimensions = texts[0]?.length ?? 0;
  const next = vectors(dimensions, texts);
  const store = await openVectors(join(directory, 'vectors'));
  try {
    const table = await store.table(modelKey, dimensions);
    for (let from = 0; from < photos; from += BATCH) {
      const rows = Array.from({ length: Math.min(BATCH, photos - from) }, (_, i) => ({
        photoId: photoId(from + i),
        vector: next(),
      }));
      await table.append(rows);
    }
    await table.compact(1);
  } finally {
    await store.close();
  }
}

export function photoId(row: number): string {
  return row.toString(16).padStart(20, '0');
}

function fillCatalog(file: string, modelKey: string, photos: number): void {
  const sql = new DatabaseSync(file);
  sql.exec('PRAGMA synchronous = OFF; BEGIN');
  // The folder is not there, so the engine takes it for a disk that is unplugged, and judges no photo.
  sql.exec(`INSERT INTO roots (id, path, added_at) VALUES (1, '/nowhere/photos', 0)`);
  const photo =
    sql.prepare(`INSERT INTO photos (id, content_hash, format, bytes, width, height, animated, taken_at,
    date_source, placeholder, added_at) VALUES (?, ?, 'jpeg', ?, 4000, 3000, 0, ?, 'exif', ?, 0)`);
  const entry = sql.prepare(`INSERT INTO files (root_id, rel_path, size, mtime_ms, status, photo_id)
    VALUES (1, ?, ?, ?, 'ready', ?)`);
  const embedding = sql.prepare('INSERT INTO embeddings (model_key, photo_id, vector_hash) VALUES (?, ?, ?)');
  for (let row = 0; row < photos; row++) {
    const id = photoId(row);
    const takenAt = Date.UTC(2004, 0, 1) + row * 600_000;
    photo.run(id, id.padStart(64, '0'), row + 1, takenAt, 'IQgKFYJ3h4eAiHeIeHeHCGh3iA==');
    entry.run(`IMG_${row}.jpg`, row + 1, takenAt, id);
    embedding.run(modelKey, id, id);
  }
  sql.exec('COMMIT; ANALYZE');
  sql.close();
}

function vectors(dimensions: number, texts: readonly Float32Array[]): () => Float32Array {
  let state = 1;
  const uniform = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  // Nearly normal: the sum of four uniform numbers.
  const normal = (): number => (uniform() + uniform() + uniform() + uniform() - 2) * Math.sqrt(3);
  const vector = (length: number): Float32Array =>
    Float32Array.from({ length: dimensions }, () => (normal() * length) / Math.sqrt(dimensions));
  const common = vector(COMMON);
  const centres = Array.from({ length: GROUPS }, (_, group) => {
    const text = texts[group % (4 * texts.length)];
    return vector(GROUP).map((value, i) => value + (common[i] ?? 0) + TOWARDS_TEXT * (text?.[i] ?? 0));
  });
  return () => {
    // Squared: a few groups are large, most are small.
    const centre = centres[Math.floor(GROUPS * uniform() ** 2)] ?? common;
    const sum = centre.map((value) => value + (normal() * OWN) / Math.sqrt(dimensions));
    const length = Math.hypot(...sum);
    return sum.map((value) => value / length);
  };
}
