// The vectors of one model: one handle, one queue of writers, durable when a write resolves.
import { writeFile } from 'node:fs/promises';
import type { FragmentStatistics, Table } from '@lancedb/lancedb';
import { createApproximate, type Verdict } from './approximate.ts';
import { checkDimensions, checkId, checkRow, hasDirection, whereIds } from './check.ts';
import { syncTable } from './durable.ts';
import { explainLanceError, isDamage, VectorsError } from './errors.ts';
import { makeQueue } from './queue.ts';
import { type Opened, type Recovery, suspicion, verdictPath } from './recover.ts';
import { createResidency, RESIDENT_BYTES } from './residency.ts';
import type { Matrix } from './resident.ts';
import { idsOf, matrixOf, rowsOf, toArrow, type VectorRow } from './rows.ts';
import { chooseOffsets } from './sample.ts';
import { type Scores, scoreOnDisk, scoreResident } from './score-all.ts';
import { leavingOut, nearestByIndex, nearestOnDisk, type SearchOptions } from './search.ts';
import type { Neighbour } from './top.ts';

export interface VectorTable {
  readonly modelKey: string;
  readonly dimensions: number;
  /** What had to be done to open it; null when it was sound. */
  readonly recovery: Recovery | null;
  /**
   * Stores vectors. A photo already there is replaced; of two rows for one photo the later counts. Resolves when on disk.
   * @throws VectorsError `dimensions`, `no-direction`, `bad-id` or `closed` before anything is written; SemblanceError `DISK_FULL`
   */
  append(rows: readonly VectorRow[]): Promise<void>;
  /** Unknown ids are ignored. Resolves when on disk. */
  remove(ids: readonly string[]): Promise<void>;
  /** The `k` nearest by cosine, best first; equal ones by id. Empty for a query without direction. */
  search(vector: Float32Array, k: number, options?: SearchOptions): Promise<Neighbour[]>;
  /**
   * The cosine of every photo with each query: exact, all photos, in one pass (labels, statistics). 100,000 x 512 take
   * some 10 ms per query, and the process answers others between queries.
   */
  scoreAll(queries: readonly Float32Array[]): Promise<Scores>;
  /**
   * All vectors in memory, in step with the table: the copy that searches use. A table that is too large to be kept there
   * is read for this, and let go of when nobody has asked for a while.
   */
  matrix(): Promise<Matrix>;
  /** Reads into memory what the first search would otherwise wait for; looks after the index of a larger table. */
  warm(): Promise<void>;
  /** Bytes that the copy in memory takes; 0 when there is none. */
  residentBytes(): number;
  /** The index that searches go through; null while they are exact. */
  index(): Promise<Verdict | null>;
  /** Queries like those to come: an index is trusted when it answers these. Unit vectors. */
  probes(queries: readonly Float32Array[]): void;
  /** Resolves when no index is being built. */
  settled(): Promise<void>;
  /** Vectors of `n` random photos, or of all when there are fewer: a row-major matrix. The same seed gives the same rows. */
  sample(n: number, seed: number): Promise<Float32Array>;
  get(photoId: string): Promise<Float32Array | null>;
  /** Unknown ids are left out. */
  getMany(photoIds: readonly string[]): Promise<Map<string, Float32Array>>;
  /** Every row, in batches: for `doctor` and for building an index. */
  scan(): AsyncGenerator<VectorRow[]>;
  /** Every crop of every photo, one row each, in batches: for `doctor`. */
  scanCrops(): AsyncGenerator<VectorRow[]>;
  ids(): ReadonlySet<string>;
  /** Photos with crops, and how many each has. */
  cropped(): ReadonlyMap<string, number>;
  count(): number;
  /**
   * Merges fragments and drops old versions when there are more than `fragments`; when none is named, as soon as that is
   * worth writing all rows anew. True when it did.
   */
  compact(fragments?: number): Promise<boolean>;
  /** Waits for writes under way. Safe to call twice. */
  close(): Promise<void>;
}

/** Ids per delete, and rows per batch of `scan`. */
const CHUNK = 1000;
/** Compaction is worth while from so many fragments on, when a fourth of the rows lies outside the largest or is gone; else from so many. */
const MANY_FRAGMENTS = 32;
const FAIR_SHARE = 1 / 4;
const MOST_FRAGMENTS = 256;

export interface TableOptions {
  /** Largest copy of a table that is kept in memory. */
  residentBytes?: number;
  /** After so long without a question the copy of a larger one is let go of: milliseconds. */
  idleMs?: number | undefined;
}

export function makeTable(
  modelKey: string,
  dimensions: number,
  folder: string,
  opened: Opened,
  options: TableOptions = {},
): VectorTable {
  const { table, recovery } = opened;
  const queue = makeQueue();
  const synced = new Set<string>();
  let ids = opened.ids;
  let closed = false;

  const checkOpen = () => {
    if (closed) throw new VectorsError('closed', `the vectors of ${modelKey} are closed`);
  };
  const write = (work: () => Promise<void>) =>
    queue.run(async () => {
      checkOpen();
      try {
        await work();
        await syncTable(folder, synced);
      } catch (error) {
        residency.reset();
        ids = await readIds(table).catch(() => ids);
        throw explainLanceError(error, folder);
      }
    });
  /**
   * Once more when it fails: a compaction may just have removed the files of the version that was being read. When it
   * fails again the data is damaged, and the next opening will look at all of it.
   */
  const read = async <T>(work: () => Promise<T>): Promise<T> => {
    checkOpen();
    return work().catch(async () => {
      await queue.idle();
      checkOpen();
      return work().catch(async (error: unknown) => {
        if (isDamage(error)) await writeFile(suspicion(folder), '');
        throw explainLanceError(error, folder);
      });
    });
  };
  const residency = createResidency({
    dimensions,
    maxBytes: options.residentBytes ?? RESIDENT_BYTES,
    idleMs: options.idleMs,
    count: () => ids.size,
    read: (work) => read(() => work(table)),
  });
  const index = createApproximate({
    table,
    dimensions,
    path: verdictPath(folder),
    count: () => ids.size,
    unwanted: () => closed || residency.fits(),
    exclusively: (work) => write(work),
    scoreAll: (queries) => read(() => scoreOnDisk(table, dimensions, queries)),
  });
  const searchIndex = async (vector: Float32Array, k: number, options: SearchOptions) => {
    const trusted = await index.verdict();
    if (trusted === null) return null;
    checkOpen();
    return nearestByIndex(table, ids.size, vector, k, { ...options, index: trusted }).catch(() => {
      // A compaction may have been in the way, or the index is damaged: either way the table itself still answers.
      if (!closed) index.distrust();
      return null;
    });
  };
  const fetchOffsets = (offsets: number[]) =>
    table.takeOffsets(offsets).select(['photoId', 'vector']).toArrow();

  return {
    modelKey,
    dimensions,
    recovery,
    append: async (rows) => {
      checkOpen();
      for (const row of rows) checkRow(row, dimensions);
      const unique = [...new Map(rows.map((row) => [row.photoId, row])).values()];
      if (unique.length === 0) return;
      await write(async () => {
        const data = toArrow(unique, dimensions);
        // Without a known photo in the batch there is nothing to match: a plain append is several times cheaper.
        if (unique.some((row) => ids.has(row.photoId))) {
          await table.mergeInsert('photoId').whenMatchedUpdateAll().whenNotMatchedInsertAll().execute(data);
        } else {
          await table.add(data);
        }
        for (const row of unique) ids.add(row.photoId);
      });
      residency.changed(unique, []);
      index.tend();
    },
    remove: async (gone) => {
      checkOpen();
      for (const id of gone) checkId(id);
      await write(async () => {
        const known = gone.filter((id) => ids.has(id));
        for (let at = 0; at < known.length; at += CHUNK) {
          await table.delete(whereIds(known.slice(at, at + CHUNK)));
        }
        for (const id of known) ids.delete(id);
      });
      residency.changed([], gone);
      index.tend();
    },
    search: async (vector, k, options = {}) => {
      checkDimensions(vector, dimensions);
      if (k < 1 || ids.size === 0 || !hasDirection(vector)) return [];
      const resident = await residency.get();
      if (resident !== null) return resident.nearest(vector, k, options);
      const search = async (count: number) => {
        const found = options.exact ? null : await searchIndex(vector, count, options);
        return found ?? read(() => nearestOnDisk(table, ids.size, vector, count, options));
      };
      return leavingOut(search, k, options.without ?? []);
    },
    scoreAll: async (queries) => {
      for (const query of queries) checkDimensions(query, dimensions);
      const resident = await residency.get();
      if (resident !== null) return scoreResident(resident, queries);
      return read(() => scoreOnDisk(table, dimensions, queries));
    },
    matrix: async () => (await residency.whole()).matrix(),
    warm: async () => {
      if ((await residency.get()) === null) index.tend();
    },
    residentBytes: () => residency.bytes(),
    index: async () => (residency.fits() ? null : index.verdict()),
    probes: (queries) => index.probes(queries),
    settled: () => index.idle(),
    sample: (n, seed) =>
      read(async () => {
        const offsets = chooseOffsets(n, ids.size, seed);
        return offsets.length === 0 ? new Float32Array(0) : matrixOf(await fetchOffsets(offsets), dimensions);
      }),
    get: (photoId) =>
      read(async () => {
        if (!ids.has(photoId)) return null;
        const found = await table
          .query()
          .where(whereIds([photoId]))
          .select(['photoId', 'vector'])
          .limit(1)
          .toArrow();
        return rowsOf(found, dimensions)[0]?.vector ?? null;
      }),
    getMany: (photoIds) =>
      read(async () => {
        const known = photoIds.filter((id) => ids.has(id));
        const found = new Map<string, Float32Array>();
        for (let at = 0; at < known.length; at += CHUNK) {
          const some = table.query().where(whereIds(known.slice(at, at + CHUNK)));
          const rows = rowsOf(await some.select(['photoId', 'vector']).limit(CHUNK).toArrow(), dimensions);
          for (const { photoId, vector } of rows) found.set(photoId, vector);
        }
        return found;
      }),
    async *scan() {
      const total = ids.size;
      for (let at = 0; at < total; at += CHUNK) {
        const offsets = Array.from({ length: Math.min(CHUNK, total - at) }, (_, i) => at + i);
        yield rowsOf(await read(() => fetchOffsets(offsets)), dimensions);
      }
    },
    ids: () => ids,
    async *scanCrops() {},
    cropped: () => new Map(),
    count: () => ids.size,
    compact: async (fragments) => {
      checkOpen();
      // Moving rows about would undo an index that is being built of them.
      if (index.building()) return false;
      const { fragmentStats } = await table.stats();
      if (!isWorth(fragmentStats, ids.size, fragments)) return false;
      await write(async () => {
        await table.optimize({ cleanupOlderThan: new Date(0) });
        await syncTable(folder, synced);
        // The old files go only after the new ones are on disk and have been read back.
        const kept = await readIds(table);
        if (kept.size !== ids.size) throw new Error(`compaction kept ${kept.size} of ${ids.size} vectors`);
        await table.optimize({ cleanupOlderThan: new Date() });
        synced.clear();
      });
      return true;
    },
    close: async () => {
      closed = true;
      // An index that is being built is given up: it is there whole or not at all.
      await queue.idle();
      table.close();
    },
  };
}

/**
 * Compaction writes every row anew, so what it gathers and what it drops must be a fair part of them: else each row is
 * written over and over. Fragments count the rows that were replaced or removed from them as well.
 */
function isWorth({ numFragments, lengths }: FragmentStatistics, rows: number, limit?: number): boolean {
  if (limit !== undefined) return numFragments > limit;
  const stored = Math.max(rows, lengths.mean * numFragments);
  const gained = stored - lengths.max + (stored - rows);
  return numFragments > (gained >= stored * FAIR_SHARE ? MANY_FRAGMENTS : MOST_FRAGMENTS);
}

async function readIds(table: Table): Promise<Set<string>> {
  return new Set(idsOf(await table.query().select(['photoId']).toArrow()));
}
