// Saves the whole rows of a table whose data is damaged in places: one bad file must not cost the work of hours.
import type { Connection, Table } from '@lancedb/lancedb';
import { hasDirection } from './check.ts';
import { explainLanceError, isDamage } from './errors.ts';
import { dimensionsOf, rowsOf, toArrow, type VectorRow } from './rows.ts';

/** Rows read at a time. */
const CHUNK = 2048;

/**
 * Writes a new version that holds every row that can still be read from the newest one.
 *
 * @returns how many rows were saved; 0 when nothing could be read or the version cannot even be opened
 */
export async function salvage(connection: Connection, name: string): Promise<number> {
  let writer: Table | undefined;
  let reader: Table | undefined;
  try {
    writer = await connection.openTable(name);
    const dimensions = dimensionsOf(await writer.schema());
    if (dimensions === null) return 0;
    // Pinned to the damaged version: the first chunk written already makes another one the newest.
    reader = await connection.openTable(name, [], { version: await writer.version() });
    return await copyReadable(reader, writer, dimensions);
  } catch (error) {
    if (!isDamage(error)) throw explainLanceError(error, name);
    return 0;
  } finally {
    reader?.close();
    writer?.close();
  }
}

async function copyReadable(reader: Table, writer: Table, dimensions: number): Promise<number> {
  const total = await reader.countRows();
  const saved = new Set<string>();
  for (let from = 0; from < total; from += CHUNK) {
    const read = await readable(reader, dimensions, from, Math.min(from + CHUNK, total));
    const rows = read.filter(({ photoId, vector }) => !saved.has(photoId) && hasDirection(vector));
    if (rows.length === 0) continue;
    await writer.add(toArrow(rows, dimensions), { mode: saved.size === 0 ? 'overwrite' : 'append' });
    for (const { photoId } of rows) saved.add(photoId);
  }
  return saved.size;
}

/** Halves an unreadable stretch until what is left of it is single rows. */
async function readable(table: Table, dimensions: number, from: number, to: number): Promise<VectorRow[]> {
  try {
    const offsets = Array.from({ length: to - from }, (_, at) => from + at);
    return rowsOf(await table.takeOffsets(offsets).select(['photoId', 'vector']).toArrow(), dimensions);
  } catch (error) {
    if (!isDamage(error)) throw error;
    if (to - from === 1) return [];
    const half = from + Math.ceil((to - from) / 2);
    const lower = await readable(table, dimensions, from, half);
    return [...lower, ...(await readable(table, dimensions, half, to))];
  }
}
