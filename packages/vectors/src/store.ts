// The folder with all vector tables: one per model, opened once each.
import { createHash } from 'node:crypto';
import { mkdir, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { connect, Session } from '@lancedb/lancedb';
import { withCrops } from './crops.ts';
import { explainLanceError, VectorsError } from './errors.ts';
import { openTable, verdictPath } from './recover.ts';
import { makeTable, type TableOptions, type VectorTable } from './table.ts';

export interface VectorStore {
  readonly directory: string;
  /**
   * The table of a model, created when missing and healed when damaged (see its `recovery`). The same table for the
   * same key every time.
   * @throws VectorsError `dimensions` when the model's table has others
   */
  table(modelKey: string, dimensions: number): Promise<VectorTable>;
  /** Closes a model's table and frees its memory; `table` opens it anew. */
  release(modelKey: string): Promise<void>;
  /** Deletes a model's vectors. */
  drop(modelKey: string): Promise<void>;
  close(): Promise<void>;
}

/**
 * LanceDB keeps what it knows of every version of a table, forgets none, and allows itself a gigabyte for that (lance #1983).
 * Every batch that is written is a version.
 */
const METADATA_BYTES = BigInt(16 * 1024 * 1024);

/**
 * Opens a folder of vectors, creating it when missing. One process at a time: hold the library's lock.
 * @throws SemblanceError `LIBRARY_NOT_WRITABLE` or `DISK_FULL`
 */
export async function openVectors(directory: string, options: TableOptions = {}): Promise<VectorStore> {
  await mkdir(directory, { recursive: true }).catch((error: unknown) => {
    throw explainLanceError(error, directory);
  });
  const session = new Session(undefined, METADATA_BYTES);
  const connection = await connect(directory, { session });
  const tables = new Map<string, Promise<VectorTable>>();
  const release = async (modelKey: string): Promise<void> => {
    const table = tables.get(modelKey);
    tables.delete(modelKey);
    await (await table)?.close();
  };

  async function openOne(name: string, modelKey: string, dimensions: number): Promise<VectorTable> {
    const opened = await openTable(connection, directory, name, dimensions);
    return makeTable(modelKey, dimensions, join(directory, `${name}.lance`), opened, options);
  }

  /** With the crops that are there already; those of the first wide photo make their tables. */
  async function openCropped(modelKey: string, dimensions: number): Promise<VectorTable> {
    const main = await openOne(tableName(modelKey), modelKey, dimensions);
    const crops: VectorTable[] = [];
    for (const name of await cropNames(modelKey)) crops.push(await openOne(name, modelKey, dimensions));
    return withCrops(main, {
      opened: () => crops,
      async open(place) {
        while (crops.length <= place) {
          crops.push(await openOne(cropName(modelKey, crops.length), modelKey, dimensions));
        }
        return crops[place] as VectorTable;
      },
    });
  }

  async function cropNames(modelKey: string): Promise<string[]> {
    const there = new Set(await readdir(directory));
    const names: string[] = [];
    while (there.has(`${cropName(modelKey, names.length)}.lance`)) {
      names.push(cropName(modelKey, names.length));
    }
    return names;
  }

  async function dropOne(name: string): Promise<void> {
    const folder = `${name}.lance`;
    if (!(await readdir(directory)).includes(folder)) return;
    await connection.dropTable(name);
    await rm(join(directory, folder), { recursive: true, force: true });
    await rm(verdictPath(join(directory, folder)), { force: true });
  }

  return {
    directory,
    table: async (modelKey, dimensions) => {
      const known = tables.get(modelKey);
      if (known !== undefined) {
        const table = await known;
        if (table.dimensions === dimensions) return table;
        throw new VectorsError(
          'dimensions',
          `${modelKey} has ${table.dimensions} dimensions, not ${dimensions}`,
        );
      }
      const opening = openCropped(modelKey, dimensions);
      tables.set(modelKey, opening);
      opening.catch(() => tables.delete(modelKey));
      return opening;
    },
    release,
    drop: async (modelKey) => {
      await release(modelKey);
      await dropOne(tableName(modelKey));
      for (const name of await cropNames(modelKey)) await dropOne(name);
    },
    close: async () => {
      const opened = await Promise.allSettled(tables.values());
      tables.clear();
      for (const table of opened) if (table.status === 'fulfilled') await table.value.close();
      connection.close();
    },
  };
}

function cropName(modelKey: string, place: number): string {
  return `${tableName(modelKey)}-crop${place + 1}`;
}

/** A file name that a person can place, and that no two keys share. */
function tableName(modelKey: string): string {
  const readable = modelKey
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .slice(0, 40);
  return `${readable}-${createHash('sha256').update(modelKey).digest('hex').slice(0, 12)}`;
}
