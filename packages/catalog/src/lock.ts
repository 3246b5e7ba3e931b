// One process per library. The operating system holds the lock, so it ends with its process, however that ends.
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { SemblanceError } from '@semblance/contract';
import { makeWritable } from './library-directory.ts';
import { explainSqlError, isBusy } from './sql-errors.ts';

/** Who has a library open. */
export interface LibraryOwner {
  pid: number;
  host: 'server' | 'cli' | 'desktop';
  /** ISO 8601. */
  since: string;
}

export interface LibraryLock {
  readonly owner: LibraryOwner;
  /** Safe to call twice. */
  release(): void;
}

/** Keeps the connections alive: one that is garbage collected would close, and let go of its lock. */
const held = new Set<DatabaseSync>();

const LOCK_FILE = 'library.lock';
/** A file of its own: reading and closing the lock file itself would drop POSIX locks of this process. */
const OWNER_FILE = 'owner.json';

/**
 * Takes the library for this process, or says who has it.
 *
 * The lock is an exclusive transaction on an empty SQLite file: SQLite knows how to lock on every system, and the system
 * drops the lock when the process dies (kill -9 included), so there is never a stale one to clean up.
 *
 * @throws SemblanceError `LIBRARY_IN_USE` (names the owner's pid), `LIBRARY_NOT_WRITABLE` or `DISK_FULL`
 */
export function lockLibrary(directory: string, host: LibraryOwner['host'] = 'server'): LibraryLock {
  makeWritable(directory);
  const file = join(directory, LOCK_FILE);
  const database = takeExclusive(file, directory);
  const owner: LibraryOwner = { pid: process.pid, host, since: new Date().toISOString() };
  const ownerFile = join(directory, OWNER_FILE);
  held.add(database);
  writeFileSync(ownerFile, JSON.stringify(owner));
  return {
    owner,
    release: () => {
      if (!held.delete(database)) return;
      rmSync(ownerFile, { force: true });
      database.close();
    },
  };
}

/** Who wrote its name into the library last; null when nobody did, or the note cannot be read. */
export function readOwner(directory: string): LibraryOwner | null {
  try {
    const note: unknown = JSON.parse(readFileSync(join(directory, OWNER_FILE), 'utf8'));
    return isOwner(note) ? note : null;
  } catch {
    return null;
  }
}

function takeExclusive(file: string, directory: string): DatabaseSync {
  let database: DatabaseSync | undefined;
  try {
    database = new DatabaseSync(file, { timeout: 0 });
    database.exec('PRAGMA locking_mode = EXCLUSIVE; BEGIN EXCLUSIVE');
    return database;
  } catch (error) {
    database?.close();
    if (!isBusy(error)) throw explainSqlError(error, file);
    throw new SemblanceError('LIBRARY_IN_USE', inUse(directory), { cause: error });
  }
}

function inUse(directory: string): string {
  const owner = readOwner(directory);
  if (owner === null)
    return `Another Semblance process has this library open: ${directory}. Close it and try again.`;
  const program = {
    server: 'the Semblance server',
    cli: 'a Semblance command',
    desktop: 'the Semblance app',
  };
  return `This library is open in ${program[owner.host]} (process ${owner.pid}, since ${owner.since}): ${directory}. Close it and try again.`;
}

function isOwner(note: unknown): note is LibraryOwner {
  return (
    typeof note === 'object' &&
    note !== null &&
    'pid' in note &&
    typeof note.pid === 'number' &&
    'since' in note &&
    typeof note.since === 'string' &&
    'host' in note &&
    (note.host === 'server' || note.host === 'cli' || note.host === 'desktop')
  );
}
