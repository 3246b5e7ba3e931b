// What can be known and done about a library that does not open: no engine needed, only its files.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import {
  type Backup,
  CATALOG_FILE,
  type CatalogHealth,
  examineCatalog,
  listBackups,
  lockLibrary,
  restoreBackup,
} from '@semblance/catalog';

export interface LibraryFiles {
  catalog: CatalogHealth;
  /** Newest first, each with what is wrong with it. */
  backups: (Backup & { problems: string[] })[];
}

/** Whether a folder is a library; `catalog-lost` when only the backups of its catalog are left. */
export function libraryAt(directory: string): 'none' | 'catalog-lost' | 'there' {
  if (existsSync(join(directory, CATALOG_FILE))) return 'there';
  return listBackups(directory).length > 0 ? 'catalog-lost' : 'none';
}

/**
 * Reads every page of the catalog and of its backups; changes nothing. Null where there never was a library.
 *
 * @throws SemblanceError LIBRARY_IN_USE, LIBRARY_NOT_WRITABLE, DISK_FULL when the catalog cannot be looked at now
 */
export function examineFiles(directory: string): LibraryFiles | null {
  if (libraryAt(directory) === 'none') return null;
  return {
    catalog: examineCatalog(join(directory, CATALOG_FILE)),
    backups: listBackups(directory).map((one) => ({ ...one, problems: problemsOf(one.file) })),
  };
}

/** A copy that cannot be looked at now is none to restore from now. */
function problemsOf(file: string): string[] {
  try {
    return examineCatalog(file).problems;
  } catch (error) {
    return [error instanceof Error ? error.message : String(error)];
  }
}

/**
 * Puts the newest sound backup in the place of a damaged catalog.
 *
 * @returns the folder that keeps what was there, or why nothing was done
 * @throws SemblanceError LIBRARY_IN_USE, LIBRARY_NOT_WRITABLE, DISK_FULL
 */
export function restoreNewest(directory: string): { replaced: string } | { refused: 'sound' | 'no-backup' } {
  const lock = lockLibrary(directory, 'cli');
  try {
    const files = examineFiles(directory);
    if (files?.catalog.problems.length === 0) return { refused: 'sound' };
    const newest = files?.backups.find(({ problems }) => problems.length === 0);
    if (newest === undefined) return { refused: 'no-backup' };
    return { replaced: restoreBackup(directory, newest) };
  } finally {
    lock.release();
  }
}
