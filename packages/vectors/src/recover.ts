// Opens a table whatever a crash or a power cut has left of it. Vectors are a cache: what is lost here is made again,
// but what is whole must not be lost with it, and nothing damaged is ever deleted.
import { mkdir, readdir, readFile, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Connection, Table } from '@lancedb/lancedb';
import { checkDimensions, hasDirection } from './check.ts';
import { damagedDataFiles } from './data-files.ts';
import { VectorsError } from './errors.ts';
import { dimensionsOf, idsOf, rowsOf, schemaOf } from './rows.ts';

/** What had to be done to open a table. */
export interface Recovery {
  /** Where the damaged files lie now. */
  quarantine: string;
  /** Names of the files set aside. */
  setAside: string[];
  /** True when no version could be opened and the table starts empty. */
  emptied: boolean;
}

export interface Opened {
  table: Table;
  ids: Set<string>;
  recovery: Recovery | null;
}

/** Rows at the end of a table whose vectors are looked at on opening: a power cut hits what was written last. */
const TAIL = 256;

/**
 * Opens the newest version of a table that can be read: its schema, every id, and its last vectors. Manifests of newer
 * versions are moved into `quarantine`, next to the tables. Creates the table when there is none.
 *
 * @throws VectorsError `dimensions` when a sound table has other dimensions (that is not damage)
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
  const recovered = (emptied: boolean): Recovery | null =>
    setAside.length === 0 ? null : { quarantine, setAside, emptied };

  for (;;) {
    const manifests = await listManifests(folder);
    if (manifests === null)
      return { ...(await create(connection, name, dimensions)), recovery: recovered(false) };
    if (manifests.length === 0) break;
    try {
      return { ...(await openSound(connection, name, dimensions)), recovery: recovered(false) };
    } catch (error) {
      if (error instanceof VectorsError) throw error;
    }
    const bad = await manifestsToLeave(folder, manifests);
    await mkdir(quarantine, { recursive: true });
    for (const manifest of bad) {
      await rename(join(folder, '_versions', manifest), join(quarantine, manifest));
      setAside.push(manifest);
    }
    await rm(join(folder, '_versions', 'latest_version_hint.json'), { force: true });
  }

  await mkdir(quarantine, { recursive: true });
  await rename(folder, join(quarantine, `${name}.lance`));
  setAside.push(`${name}.lance`);
  return { ...(await create(connection, name, dimensions)), recovery: recovered(true) };
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
    const last = Array.from({ length: Math.min(TAIL, rows) }, (_, at) => rows - 1 - at).reverse();
    const tail = last.length === 0 ? [] : rowsOf(await table.takeOffsets(last).toArrow(), dimensions);
    if (!tail.every((row) => hasDirection(row.vector))) throw new Error(`table ${name} ends in zeros`);
    return { table, ids };
  } catch (error) {
    table.close();
    throw error;
  }
}

/** Newest first; null when there is no such table. */
async function listManifests(folder: string): Promise<string[] | null> {
  try {
    await readdir(folder);
  } catch {
    return null;
  }
  const names = await readdir(join(folder, '_versions')).catch(() => []);
  // Lance names them 2^64 - 1 - version, so that the newest sorts first.
  return names.filter((name) => name.endsWith('.manifest')).sort();
}

/**
 * The newest manifest, and all newer than the newest one that names no damaged data file: manifests name their files in
 * plain text, so thousands of versions need not be tried one by one.
 */
async function manifestsToLeave(folder: string, manifests: readonly string[]): Promise<readonly string[]> {
  const damaged = await damagedDataFiles(join(folder, 'data'));
  let leave = 1;
  for (const manifest of manifests.slice(1)) {
    const bytes = await readFile(join(folder, '_versions', manifest));
    if (!damaged.some((name) => bytes.includes(name))) break;
    leave++;
  }
  return manifests.slice(0, leave);
}
