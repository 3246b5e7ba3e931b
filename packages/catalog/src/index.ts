// The catalog: the truth about a library, in one SQLite file that one process at a time may open.
export {
  type Backup,
  backUp,
  type CatalogHealth,
  examineCatalog,
  listBackups,
  restoreBackup,
} from './backups.ts';
export { contentKey } from './duplicates.ts';
export type * from './duplicates-types.ts';
export type * from './file-operations-types.ts';
export { type LibraryLock, type LibraryOwner, lockLibrary, readOwner } from './lock.ts';
export { CATALOG_FILE, openCatalog } from './open.ts';
export { countryTitle } from './place-names.ts';
export type * from './types.ts';
