// Opens a table whatever a crash or a power cut has left of it. Vectors are a cache: what is lost here is made again,
// but what is whole must not be lost with it, and nothing damaged is ever deleted.
import { existsSync } from 'node:fs';
import { mkdir, readdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Connection, Table } from '@lancedb/lancedb';
import { checkDimensions, hasDirection } from './check.ts';
import { damagedDataFiles } from './data-files.ts';
import { explainLanceError, isDamage } from './errors.ts';
import { dimensionsOf, idsOf, rowsOf, schemaOf } from './rows.ts';
import { salvage } from './salvage.ts';

/** What had to be done to open a table. */
export interface Recovery {
  /** Where the damaged files lie now. */
  quarantine: string;
  /** Names of the files set aside. */
  setAside: string[];
  /** True when nothing could be read and the table starts empty. */
  emptied: boolean;
}

export interface Opened {
  table: Table;
  ids: Set<string>;
  recovery: Recovery | null;
}

/** Rows at the end of a table whose vectors are looked at on opening: a power cut hits what was written last. */
const TAIL = 256;

/** A file beside a table that could not be read in use: the next opening looks at every vector. */
export function suspicion(folder: string): string {
  return `${folder}.suspect`;
}

/** A file beside a table that says what its index is worth. */
export function verdictPath(folder: string): string {
  return `${folder}.index.json`;
}

/**
 * Opens a table: its schema, every id, and its last vectors must be readable (all vectors, when there is a suspicion).
 * When they are not: whole rows are saved into a new version; a version that does not even open is left for the one before
 * it. Damaged files are moved to `quarantine`, next to the tables. Creates the table when there is none.
 *
 * @throws VectorsError `dimensions` when a sound table has other dimensions; SemblanceError `DISK_FULL` or
 *   `LIBRARY_NOT_WRITABLE`. None of these is damage, and nothing is set aside for them.
 */
export async function openTable(
  connection: Connection,
  directory: string,
  name: string,
  dimensions: number,
): Promise<Opened> {
  const folder = join(directory, `${name}.lance`);
  const quarantine = join(directory, 'quarantine', `${name}-${Date.now()}`);
  const setAside: string[] = [];
  const leave = async (from: string, file: string) => {
    await mkdir(quarantine, { recursive: true });
    await rename(join(from, file), join(quarantine, file));
    setAside.push(file);
    // Rows saved into a new version, or an older version: what was measured of the index is not true of it.
    await rm(verdictPath(folder), { force: true });
  };
  const finish = async (opened: Omit<Opened, 'recovery'>, emptied: boolean): Promise<Opened> => {
    await rm(suspicion(folder), { force: true });
    return { ...opened, recovery: setAside.length === 0 ? null : { quarantine, setAside, emptied } };
  };
  const lookAt = existsSync(suspicion(folder)) ? Number.POSITIVE_INFINITY : TAIL;

  if (!existsSync(folder)) return finish(await create(connection, name, dimensions), false);
  for (;;) {
    const manifest = await newestManifest(folder);
    if (manifest === null) break;
    try {
      return await finish(await openSound(connection, name, dimensions, lookAt), false);
    } catch (error) {
      if (!isDamage(error)) throw explainLanceError(error, folder);
    }
    if ((await salvage(connection, name)) > 0) {
      for (const file of await damagedDataFiles(join(folder, 'data')))
        await leave(join(folder, 'data'), file);
    }
    // The version that was damaged, whether or not its rows were saved into a newer one.
    await leave(join(folder, '_versions'), manifest);
    await rm(join(folder, '_versions', 'latest_version_hint.json'), { force: true });
  }
  await leave(directory, `${name}.lance`);
  return finish(await create(connection, name, dimensions), true);
}

async function create(
  connection: Connection,
  name: string,
  dimensions: number,
): Promise<Omit<Opened, 'recovery'>> {
  const table = await connection.createEmptyTable(name, schemaOf(dimensions));
  return { table, ids: new Set() };
}

/** @throws whatever LanceDB throws on damage */
async function openSound(
  connection: Connection,
  name: string,
  dimensions: number,
  lookAt: number,
): Promise<Omit<Opened, 'recovery'>> {
  const table = await connection.openTable(name);
  try {
    const found = dimensionsOf(await table.schema());
    // A manifest of zeros opens as version 0 without columns.
    if (found === null) throw new Error(`table ${name} has no vectors`);
    checkDimensions(new Float32Array(found), dimensions);
    const ids = new Set(idsOf(await table.query().select(['photoId']).toArrow()));
    const rows = await table.countRows();
    if (ids.size !== rows) throw new Error(`table ${name} holds ${rows} rows for ${ids.size} photos`);
    for (let from = Math.max(0, rows - lookAt); from < rows; from += TAIL) {
      const offsets = Array.from({ length: Math.min(TAIL, rows - from) }, (_, at) => from + at);
      const looked = rowsOf(await table.takeOffsets(offsets).toArrow(), dimensions);
      if (!looked.every((row) => hasDirection(row.vector))) throw new Error(`table ${name} holds zeros`);
    }
    return { table, ids };
  } catch (error) {
    table.close();
    throw error;
  }
}

async function newestManifest(folder: string): Promise<string | null> {
  const names = await readdir(join(folder, '_versions')).catch(() => []);
  // Lance names them 2^64 - 1 - version, so that the newest sorts first.
  return names.filter((name) => name.endsWith('.manifest')).sort()[0] ?? null;
}
