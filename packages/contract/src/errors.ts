// The errors a user interface may meet, by kind. One map, so that no screen has to parse a sentence.
import { z } from 'zod';

/** Why one photo could not be indexed. The file is kept on record and tried again when it changes. */
export const failureReason = z.enum(['corrupt', 'unsupported', 'too-large', 'unreadable', 'timeout']);
export type FailureReason = z.infer<typeof failureReason>;

/** What exactly is wrong with it, as far as there are words for it: finer than the reason. */
export const failureWhy = z.enum([
  'gone',
  'lost',
  'no-permission',
  'may-not-be-read',
  'folder',
  'not-regular',
  'device',
  'disk-error',
  'link-circle',
  'link-to-itself',
  'link-to-nothing',
  'path-too-long',
  'path-to-shorten',
  'bad-name',
  'changed',
  'empty',
  'large-file',
  'many-pixels',
  'slow',
  'ended',
  'crash',
  'cut-off',
  'no-picture',
  'no-photo',
  'unknown-format',
  'bitmap',
  'heif',
  'no-preview',
  'damaged',
  'disk-refused',
]);
export type FailureWhy = z.infer<typeof failureWhy>;

/** Why a whole request failed. `message` in an error is English and fit to show; the kind is for code. */
export const errorKind = z.enum([
  'FOLDER_NOT_FOUND',
  'FOLDER_NOT_ALLOWED',
  'FOLDER_OFFLINE',
  'LIBRARY_NOT_WRITABLE',
  'LIBRARY_IN_USE',
  'LIBRARY_TOO_NEW',
  'LIBRARY_CORRUPT',
  'MODEL_MISSING',
  'MODEL_DAMAGED',
  'MODEL_NOT_FOUND',
  'MODEL_EXISTS',
  'MODEL_IN_USE',
  'DOWNLOAD_BUSY',
  'MODEL_UNSUITABLE',
  'HUB_UNREACHABLE',
  'HUB_NOT_FOUND',
  'HUB_REFUSED',
  'HUB_BUSY',
  'HUB_FAILED',
  'PROXY_REFUSED',
  'DOWNLOAD_CORRUPT',
  'MODEL_BUSY',
  'EMPTY_QUERY',
  'QUERY_TOO_LONG',
  'PHOTO_NOT_FOUND',
  'PHOTO_UNREADABLE',
  'ALBUM_NOT_FOUND',
  'ALBUM_CYCLE',
  'LABEL_NOT_FOUND',
  'LABEL_EXISTS',
  'LABEL_CYCLE',
  'LABEL_FILE_DAMAGED',
  'TOO_FEW_EXAMPLES',
  'LABEL_PACK_NOT_FOUND',
  'GROUP_NOT_FOUND',
  'NOTHING_TO_UNDO',
  'UNDO_INCOMPLETE',
  'COMPUTE_UNAVAILABLE',
  'DISK_FULL',
  'NOT_SUPPORTED_HERE',
]);
export type ErrorKind = z.infer<typeof errorKind>;

/** An expected failure at a package edge: a kind for code, a sentence for a person. */
export class SemblanceError extends Error {
  readonly kind: ErrorKind;

  constructor(kind: ErrorKind, message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'SemblanceError';
    this.kind = kind;
  }
}

/** Statuses follow HTTP, because one of the two transports is HTTP. */
const STATUS: Record<ErrorKind, number> = {
  FOLDER_NOT_FOUND: 404,
  FOLDER_NOT_ALLOWED: 403,
  FOLDER_OFFLINE: 409,
  LIBRARY_NOT_WRITABLE: 403,
  LIBRARY_IN_USE: 409,
  LIBRARY_TOO_NEW: 409,
  LIBRARY_CORRUPT: 500,
  MODEL_MISSING: 503,
  MODEL_DAMAGED: 503,
  MODEL_NOT_FOUND: 404,
  MODEL_EXISTS: 409,
  MODEL_IN_USE: 409,
  DOWNLOAD_BUSY: 409,
  MODEL_UNSUITABLE: 422,
  HUB_UNREACHABLE: 502,
  HUB_NOT_FOUND: 404,
  HUB_REFUSED: 403,
  HUB_BUSY: 429,
  HUB_FAILED: 502,
  PROXY_REFUSED: 502,
  DOWNLOAD_CORRUPT: 502,
  MODEL_BUSY: 409,
  EMPTY_QUERY: 400,
  QUERY_TOO_LONG: 400,
  PHOTO_NOT_FOUND: 404,
  PHOTO_UNREADABLE: 422,
  ALBUM_NOT_FOUND: 404,
  ALBUM_CYCLE: 409,
  LABEL_NOT_FOUND: 404,
  LABEL_EXISTS: 409,
  LABEL_CYCLE: 409,
  LABEL_FILE_DAMAGED: 422,
  TOO_FEW_EXAMPLES: 409,
  LABEL_PACK_NOT_FOUND: 404,
  GROUP_NOT_FOUND: 404,
  NOTHING_TO_UNDO: 409,
  UNDO_INCOMPLETE: 409,
  COMPUTE_UNAVAILABLE: 503,
  DISK_FULL: 507,
  NOT_SUPPORTED_HERE: 501,
};

/** The same kinds as an oRPC error map: every procedure declares all of them, so clients see them typed. */
export const errorMap = Object.fromEntries(
  errorKind.options.map((kind) => [kind, { status: STATUS[kind] }]),
) as Record<ErrorKind, { status: number }>;
