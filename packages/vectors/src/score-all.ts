// Cosines of many queries with every photo, in one pass: for labels, and for checking an index.
import type { Table } from '@lancedb/lancedb';
import { createResident, type Resident } from './resident.ts';
import { eachRow } from './rows.ts';

export interface Scores {
  /** One per photo; the order is that of every array in `cosines`. */
  ids: readonly string[];
  /** For each query, its cosine with every photo: -1 to 1, within 3e-5. */
  cosines: Float32Array[];
}

/** Rows that LanceDB gives at a time, about. */
const BATCH = 1024;

/** Lets others have the process between queries. */
const breathe = () => new Promise<void>((resolve) => setImmediate(resolve));

export async function scoreResident(resident: Resident, queries: readonly Float32Array[]): Promise<Scores> {
  const { ids, rows } = resident.matrix();
  const cosines: Float32Array[] = [];
  for (const query of queries) {
    // Photos that came meanwhile are at the end, and left out.
    cosines.push(resident.score(query).subarray(0, rows));
    await breathe();
  }
  const there: number[] = [];
  for (let row = 0; row < rows; row++) if (ids[row] !== null) there.push(row);
  const kept = (all: Float32Array) => Float32Array.from(there, (row) => all[row] as number);
  return {
    ids: there.map((row) => ids[row] as string),
    cosines: there.length === rows ? cosines : cosines.map(kept),
  };
}

/** The same for a table that is too large for memory: a batch of rows at a time goes through every query. */
export async function scoreOnDisk(
  table: Table,
  dimensions: number,
  queries: readonly Float32Array[],
): Promise<Scores> {
  const ids: string[] = [];
  const parts: Float32Array[][] = queries.map(() => []);
  const part = createResident(dimensions, BATCH);
  for await (const batch of table.query().select(['photoId', 'vector'])) {
    part.clear();
    for (const row of eachRow(batch, dimensions)) part.put(row);
    for (const id of part.matrix().ids) if (id !== null) ids.push(id);
    queries.forEach((query, at) => {
      parts[at]?.push(part.score(query));
    });
    await breathe();
  }
  return { ids, cosines: parts.map(joined) };
}

function joined(parts: readonly Float32Array[]): Float32Array {
  const all = new Float32Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}
