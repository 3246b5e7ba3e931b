// What can be wrong with a request to the vector store, by kind.
import { SemblanceError } from '@semblance/contract';

export type VectorsErrorKind =
  /** A vector, or the table on disk, has other dimensions than the model. */
  | 'dimensions'
  /** A vector that points nowhere: all zero, or not finite. */
  | 'no-direction'
  /** Not a photo id (20 lower-case hex digits). */
  | 'bad-id'
  /** The table was closed or dropped. */
  | 'closed';

/** A mistake of the caller, told apart from damage on disk. */
export class VectorsError extends Error {
  readonly kind: VectorsErrorKind;

  constructor(kind: VectorsErrorKind, message: string) {
    super(message);
    this.name = 'VectorsError';
    this.kind = kind;
  }
}

/**
 * The same failure as a `SemblanceError` when it is one that a person can act on; other errors come back as they are.
 * LanceDB reports the operating system's errors as text only.
 */
export function explainLanceError(error: unknown, directory: string): unknown {
  if (!(error instanceof Error)) return error;
  if (/No space left on device|ENOSPC|EDQUOT|os error (28|112|122)\b/.test(error.message)) {
    return new SemblanceError('DISK_FULL', `The disk is full; vectors could not be written to ${directory}`, {
      cause: error,
    });
  }
  if (/Permission denied|Read-only file system|EACCES|EPERM|EROFS|ENOTDIR/.test(error.message)) {
    return new SemblanceError(
      'LIBRARY_NOT_WRITABLE',
      `The vectors cannot be opened for writing: ${directory}`,
      {
        cause: error,
      },
    );
  }
  return error;
}

/** False for what says nothing about the data: mistakes of the caller, a full disk, permissions, exhausted resources. */
export function isDamage(error: unknown): boolean {
  if (!(error instanceof Error) || error instanceof VectorsError) return false;
  if (explainLanceError(error, '') !== error) return false;
  return !/Too many open files|Cannot allocate memory|os error (12|23|24)\b/.test(error.message);
}
