// SQLite's numbers turned into the error kinds a person can act on.
import { type ErrorKind, SemblanceError } from '@semblance/contract';

/** Primary result codes, https://www.sqlite.org/rescode.html. */
const PERM = 3;
const BUSY = 5;
const LOCKED = 6;
const NOMEM = 7;
const READONLY = 8;
const IOERR = 10;
const CORRUPT = 11;
const FULL = 13;
const CANTOPEN = 14;
const NOTADB = 26;

/** Extended codes. What a read-only look at a log needs beside the file does not fit on the disk any more. */
const IOERR_SHMSIZE = 4874;
/** What could be read is not what was written. */
const IOERR_READ = 266;
const IOERR_SHORT_READ = 522;
const IOERR_DATA = 8202;
const IOERR_CORRUPTFS = 8458;
const BAD_DISK: ReadonlySet<number> = new Set([IOERR_READ, IOERR_SHORT_READ, IOERR_DATA, IOERR_CORRUPTFS]);
/** A file that could not be looked at now, by whatever stood in the way: that says nothing of what is in it. */
const IN_THE_WAY: ReadonlySet<number> = new Set([PERM, BUSY, LOCKED, NOMEM, READONLY, IOERR, FULL, CANTOPEN]);

/** True when the file could not be looked at, and is not known to be damaged. */
export function isInTheWay(error: unknown): boolean {
  const code = resultCode(error);
  return code !== null && IN_THE_WAY.has(code) && !BAD_DISK.has(extendedCode(error) ?? 0);
}

/** True when another connection holds the lock that was asked for. */
export function isBusy(error: unknown): boolean {
  return resultCode(error) === BUSY;
}

/** The same failure as a `SemblanceError` when it is one that a person can act on; other errors come back as they are. */
export function explainSqlError(error: unknown, file: string): unknown {
  const code = resultCode(error);
  if (code === null) return error;
  const known = explain(code, file);
  if (known === null) return error;
  const [kind, message] = known;
  return new SemblanceError(kind, message, { cause: error });
}

function explain(code: number, file: string): [ErrorKind, string] | null {
  switch (code) {
    case CORRUPT:
    case NOTADB:
      return [
        'LIBRARY_CORRUPT',
        `The library's catalog is damaged: ${file}. It was left as it is. "semblance doctor --restore" brings back the newest daily copy.`,
      ];
    case FULL:
      return ['DISK_FULL', `The disk is full; the library's catalog could not be written: ${file}`];
    case PERM:
    case READONLY:
    case CANTOPEN:
      return ['LIBRARY_NOT_WRITABLE', `The library's catalog cannot be opened for writing: ${file}`];
    case BUSY:
      return ['LIBRARY_IN_USE', `Another process is using the library's catalog: ${file}`];
    case IOERR:
      return ['LIBRARY_NOT_WRITABLE', `The disk reported an error at the library's catalog: ${file}`];
    default:
      return null;
  }
}

/** The primary code: the low byte of SQLite's extended one. */
function resultCode(error: unknown): number | null {
  const code = extendedCode(error);
  if (code === IOERR_SHMSIZE) return FULL;
  return code === null ? null : code & 0xff;
}

function extendedCode(error: unknown): number | null {
  if (!(error instanceof Error) || !('errcode' in error) || typeof error.errcode !== 'number') return null;
  return error.errcode;
}
