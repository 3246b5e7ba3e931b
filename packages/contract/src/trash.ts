// What became of files that went to the trash, and of those that came back. Nothing here deletes anything.
import { z } from 'zod';
import { actId } from './acts.ts';
import { photoTile } from './photo.ts';

/**
 * `done`: in the trash. `undone`: back. `failed`: never left. `planned` and `undoing` only while an act is under way, or
 * after a crash, until the library is opened again.
 */
export const fileOperationState = z.enum(['planned', 'done', 'undoing', 'undone', 'failed']);
export type FileOperationState = z.infer<typeof fileOperationState>;

/** Why a file stayed where it was, on its way to the trash or back. A window has words of its own for each. */
export const moveProblem = z.enum([
  'changed',
  'offline',
  'missing',
  'reference',
  'last-one',
  'read-only',
  'link',
  'disk-full',
  /** Not in the trash any more. */
  'emptied',
  /** A file has the name of its folder. */
  'folder-taken',
  'no-trash',
  'disk-error',
  /** The system's bin gives nothing back; a person can. */
  'by-hand',
  /** The app was closed before its turn came. */
  'closed',
  'other',
]);
export type MoveProblem = z.infer<typeof moveProblem>;

/** A file that stayed, and why; `message` is an English sentence for logs and the command line. */
export const stayed = z.object({ path: z.string(), why: moveProblem, message: z.string() });
export type Stayed = z.infer<typeof stayed>;

/**
 * Whether it can be put back, looked at when asked: `here` yes; `gone` the trash was emptied; `away` the disk with the trash
 * cannot be reached; `system` only by hand, from the system's bin.
 */
export const trashPlace = z.enum(['here', 'gone', 'away', 'system']);
export type TrashPlace = z.infer<typeof trashPlace>;

/** A photo's file that was thrown away, with what went with it. */
export const thrownAway = z.object({
  /** Of its entry in the journal of moves. */
  id: z.int().positive(),
  actId,
  /** Milliseconds since 1970 UTC. */
  at: z.int(),
  /** Where it was. */
  path: z.string(),
  /** With its sidecars. */
  bytes: z.int().nonnegative(),
  /** Sidecars and films that went with it. */
  companions: z.int().nonnegative(),
  /** Null for a sidecar that stayed behind alone, and for a photo that is another one by now. */
  tile: photoTile.nullable(),
  place: trashPlace,
});
export type ThrownAway = z.infer<typeof thrownAway>;

export const restoreReport = z.object({
  /** Files that are back. */
  restored: z.int().nonnegative(),
  /** Of those, files whose name was taken meanwhile: they came back beside it. */
  renamed: z.array(z.object({ path: z.string(), to: z.string() })),
  /** Still in the trash; restoring again tries them again. */
  failed: z.array(stayed),
});
export type RestoreReport = z.infer<typeof restoreReport>;
