// Opening a catalog: the directory is made, the file checked, the schema brought up to date, the parts put together.
import { join } from 'node:path';
import { actsPart } from './acts.ts';
import { albumsPart } from './albums.ts';
import { besidePart } from './beside.ts';
import { duplicatesPart } from './duplicates.ts';
import { embeddingsPart } from './embeddings.ts';
import { fileOperationsPart } from './file-operations.ts';
import { labelRunsPart } from './label-runs.ts';
import { labelsPart } from './labels.ts';
import { makeWritable } from './library-directory.ts';
import { marksPart } from './marks.ts';
import { migrate } from './migrations/index.ts';
import { notesPart } from './notes.ts';
import { overviewPart } from './overview.ts';
import { photosPart } from './photos.ts';
import { placingPart } from './placing.ts';
import { rootsPart } from './roots.ts';
import { scansPart } from './scans.ts';
import { searchFiltersPart } from './search-filters.ts';
import { settlePart } from './settle.ts';
import { sidecarsPart } from './sidecars.ts';
import { openSql } from './sql.ts';
import type { Catalog, PlaceLookup } from './types.ts';
import { unitsPart } from './units.ts';
import { viewsPart } from './views.ts';
import { waitingPart } from './waiting.ts';

export const CATALOG_FILE = 'catalog.sqlite';

/**
 * Opens the catalog of a library, creating it when there is none. Hold the library's lock first (`lockLibrary`).
 *
 * @param places names the coordinates of photos as they come in; without it photos have no place names
 * @throws SemblanceError `LIBRARY_NOT_WRITABLE`, `LIBRARY_TOO_NEW`, `LIBRARY_CORRUPT` or `DISK_FULL`. A damaged or too
 *   new file is never changed, moved or deleted.
 */
export function openCatalog(directory: string, places: PlaceLookup | null = null): Catalog {
  makeWritable(directory);
  const sql = openSql(join(directory, CATALOG_FILE));
  try {
    sql.exec('PRAGMA foreign_keys = ON');
    migrate(sql);
    // FULL: what was acknowledged survives a power cut (https://www.sqlite.org/pragma.html#pragma_synchronous).
    sql.exec('PRAGMA journal_mode = WAL');
    sql.exec('PRAGMA synchronous = FULL');
    // 64 MB: with the usual 2 MB every look at 200,000 photos goes back to the file.
    sql.exec('PRAGMA cache_size = -65536');
    // SQLite opens a file that may only be read without a word: a real write tells now rather than at the first photo.
    sql.run(`INSERT OR REPLACE INTO settings VALUES ('last-opened', ?)`, new Date().toISOString());
  } catch (error) {
    sql.close();
    throw error;
  }
  return {
    file: sql.file,
    ...rootsPart(sql),
    ...scansPart(sql),
    ...waitingPart(sql),
    ...settlePart(sql, places),
    ...besidePart(sql, places),
    ...placingPart(sql, places),
    ...embeddingsPart(sql),
    ...photosPart(sql),
    ...viewsPart(sql),
    ...unitsPart(sql),
    ...searchFiltersPart(sql, places),
    ...marksPart(sql),
    ...albumsPart(sql),
    ...labelsPart(sql),
    ...labelRunsPart(sql),
    ...sidecarsPart(sql),
    ...actsPart(sql),
    ...duplicatesPart(sql),
    ...fileOperationsPart(sql),
    ...overviewPart(sql),
    ...notesPart(sql),
    transaction: sql.transaction,
    verifyIntegrity: () => {
      const lines = sql.all<{ quick_check: string }>('PRAGMA quick_check(100)').map((row) => row.quick_check);
      return lines.filter((line) => line !== 'ok');
    },
    close: sql.close,
  };
}
