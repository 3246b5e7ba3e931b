// Copies of the catalog beside it: what a person said of their photos exists nowhere else. Made while it is open, checked
// before they count, a few kept; and the way back from one, which destroys nothing.
import { copyFileSync, existsSync, mkdirSync, readdirSync, renameSync, rmSync, statSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { join } from 'node:path';
import { backup, DatabaseSync } from 'node:sqlite';
import { SemblanceError } from '@semblance/contract';
import { APPLICATION_ID } from './migrations/index.ts';
import { CATALOG_FILE } from './open.ts';
import { explainSqlError, isInTheWay } from './sql-errors.ts';

export interface Backup {
  /** Absolute path. */
  file: string;
  /** Milliseconds since 1970. */
  takenAt: number;
  bytes: number;
}

export interface CatalogHealth {
  file: string;
  /** What is wrong, in SQLite's words; empty when it is sound. */
  problems: string[];
  /** Zero where they cannot be counted. */
  photos: number;
  labels: number;
  albums: number;
}

const FOLDER = 'catalog-backups';
const NAME = /^catalog-(\d{4}-\d\d-\d\dT\d\d-\d\d-\d\d)Z\.sqlite$/;
const DAY = 86_400_000;
const NEWEST_KEPT = 2;
const WEEK = 7 * DAY;
const ALL_PAGES = 0x7f_ff_ff_ff;

/** Newest first. A folder that cannot be read has none. */
export function listBackups(directory: string): Backup[] {
  const folder = join(directory, FOLDER);
  const names = existsSync(folder) ? readdirSync(folder) : [];
  return names
    .flatMap((name) => {
      const stamp = NAME.exec(name)?.[1];
      if (stamp === undefined) return [];
      const file = join(folder, name);
      const takenAt = Date.parse(`${stamp.slice(0, 10)}T${stamp.slice(11).replaceAll('-', ':')}Z`);
      return [{ file, takenAt, bytes: statSync(file).size }];
    })
    .sort((a, b) => b.takenAt - a.takenAt);
}

/**
 * Copies the catalog as it is now, unless the newest copy is younger than that, and removes older copies: the two newest stay,
 * the newest that is at least a week old, and the one that will be next. May run while the catalog is written to (SQLite's online backup).
 *
 * @param youngest milliseconds
 * @returns null when the newest is recent enough
 * @throws SemblanceError LIBRARY_CORRUPT when the copy is not sound: it is removed, and so would the catalog fail; older
 *   copies stay. DISK_FULL, LIBRARY_NOT_WRITABLE
 */
export async function backUp(directory: string, youngest: number, now = Date.now()): Promise<Backup | null> {
  const [newest] = listBackups(directory);
  if (newest !== undefined && now - newest.takenAt < youngest && newest.takenAt <= now) return null;
  const folder = join(directory, FOLDER);
  const stamp = new Date(now).toISOString().slice(0, 19).replaceAll(':', '-');
  const target = join(folder, `catalog-${stamp}Z.sqlite`);
  const part = `${target}.part`;
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    await copyOpenDatabase(join(directory, CATALOG_FILE), part);
    const { problems } = examineCatalog(part, 'pages');
    if (problems.length > 0) {
      throw new SemblanceError('LIBRARY_CORRUPT', `The library's catalog is damaged: ${problems[0]}`);
    }
    const handle = await open(part, 'r+');
    await handle.sync().finally(() => handle.close());
    renameSync(part, target);
  } catch (error) {
    throw explainSqlError(explainFull(error, folder), join(directory, CATALOG_FILE));
  } finally {
    for (const ending of ['', '-journal', '-wal', '-shm']) rmSync(part + ending, { force: true });
  }
  prune(listBackups(directory), now);
  return {
    file: target,
    takenAt: Date.parse(`${new Date(now).toISOString().slice(0, 19)}Z`),
    bytes: statSync(target).size,
  };
}

/**
 * Reads the whole file. Nothing is changed; a file that is no catalog is a problem, not an error.
 *
 * @throws SemblanceError LIBRARY_IN_USE, LIBRARY_NOT_WRITABLE, DISK_FULL when it cannot be looked at now: it may be sound
 * @param depth `pages` leaves out what indexes and references say of each other: a fifth of the time, for a caller whom
 *   others wait for
 */
export function examineCatalog(file: string, depth: 'pages' | 'everything' = 'everything'): CatalogHealth {
  const health: CatalogHealth = { file, problems: [], photos: 0, labels: 0, albums: 0 };
  if (!existsSync(file)) return { ...health, problems: ['there is no such file'] };
  let database: DatabaseSync | null = null;
  try {
    database = new DatabaseSync(file, { readOnly: true, timeout: 5000 });
    const one = (sql: string) => Object.values(database?.prepare(sql).get() ?? {})[0];
    if (one('PRAGMA application_id') !== APPLICATION_ID)
      health.problems.push('it is not a catalog of Semblance');
    for (const row of database
      .prepare(`PRAGMA ${depth === 'pages' ? 'quick_check' : 'integrity_check'}(20)`)
      .all()) {
      const [line] = Object.values(row);
      if (line !== 'ok') health.problems.push(String(line));
    }
    const loose = depth === 'pages' ? 0 : database.prepare('PRAGMA foreign_key_check').all().length;
    if (loose > 0) health.problems.push(`${loose} rows refer to others that are not there`);
    for (const table of ['photos', 'labels', 'albums'] as const) {
      health[table] = Number(one(`SELECT count(*) FROM ${table}`) ?? 0);
    }
  } catch (error) {
    if (isInTheWay(error)) throw explainSqlError(error, file);
    health.problems.push(error instanceof Error ? error.message : String(error));
  } finally {
    database?.close();
  }
  return health;
}

/**
 * Puts a backup in the catalog's place. What was there is kept, in a folder of its own inside the library. Hold the
 * library's lock. Photos indexed since are found again by the next scan; what was said of them since is in what was kept.
 *
 * @returns the folder with what was there
 * @throws SemblanceError LIBRARY_CORRUPT when the backup itself is damaged: then nothing is changed
 */
export function restoreBackup(directory: string, from: Backup, now = Date.now()): string {
  const { problems } = examineCatalog(from.file);
  if (problems.length > 0) {
    throw new SemblanceError(
      'LIBRARY_CORRUPT',
      `This backup is damaged as well: ${from.file} (${problems[0]})`,
    );
  }
  const aside = join(directory, `replaced-${new Date(now).toISOString().slice(0, 19).replaceAll(':', '-')}Z`);
  const target = join(directory, CATALOG_FILE);
  const part = `${target}.part`;
  try {
    copyFileSync(from.file, part);
    mkdirSync(aside, { mode: 0o700 });
    // The log goes with its database: beside another one it would be applied to that.
    for (const ending of ['', '-wal', '-shm']) {
      if (existsSync(target + ending)) renameSync(target + ending, join(aside, CATALOG_FILE + ending));
    }
    renameSync(part, target);
  } catch (error) {
    throw explainFull(error, directory);
  }
  return aside;
}

/** All pages in one step, of one moment, without stopping those who write. */
async function copyOpenDatabase(file: string, target: string): Promise<void> {
  const source = new DatabaseSync(file, { readOnly: true, timeout: 5000 });
  try {
    await backup(source, target, { rate: ALL_PAGES });
  } finally {
    source.close();
  }
  // A file that stands alone: no log beside it.
  const copy = new DatabaseSync(target);
  try {
    copy.exec('PRAGMA journal_mode = DELETE');
  } finally {
    copy.close();
  }
}

function prune(backups: readonly Backup[], now: number): void {
  const isOld = ({ takenAt }: Backup) => now - takenAt >= WEEK;
  const kept = new Set([
    ...backups.slice(0, NEWEST_KEPT),
    backups.find(isOld),
    // The next to become a week old.
    backups.findLast((one) => !isOld(one)),
  ]);
  for (const one of backups) if (!kept.has(one)) rmSync(one.file, { force: true });
}

function explainFull(error: unknown, place: string): unknown {
  const code = error instanceof Error && 'code' in error ? error.code : null;
  if (code !== 'ENOSPC' && code !== 'EDQUOT') return error;
  return new SemblanceError('DISK_FULL', `There is no space left for a copy of the catalog: ${place}`, {
    cause: error,
  });
}
