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

/** LanceDB reports the operating system's errors as text only. */
export function explainLanceError(error: unknown, directory: string): unknown {
  if (!(error instanceof Error)) return error;
  if (/No space left on device|os error 28\b|StorageFull|os error 112\b/.test(error.message)) {
    return new SemblanceError('DISK_FULL', `The disk is full; vectors could not be written to ${directory}`, {
      cause: error,
    });
  }
  if (/Permission denied|Read-only file system/.test(error.message)) {
    return new SemblanceError('LIBRARY_NOT_WRITABLE', `The vectors cannot be written: ${directory}`, {
      cause: error,
    });
  }
  return error;
}
