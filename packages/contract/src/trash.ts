// What became of files that went to the trash, and of those that came back. Nothing here deletes anything.
import { z } from 'zod';
import { actId } from './acts.ts';
import { photoId } from './photo.ts';

/**
 * `done`: in the trash. `undone`: back. `failed`: never left. `planned` and `undoing` only while an act is under way, or
 * after a crash, until the library is opened again.
 */
export const fileOperationState = z.enum(['planned', 'done', 'undoing', 'undone', 'failed']);
export type FileOperationState = z.infer<typeof fileOperationState>;

/** A file on record in the journal of moves. Sidecars have no photo of their own. */
export const trashedFile = z.object({
  id: z.int().positive(),
  actId,
  /** Milliseconds since 1970 UTC. */
  at: z.int(),
  /** Where it was. */
  path: z.string(),
  bytes: z.int().nonnegative(),
  photoId: photoId.nullable(),
  /** Where it lies now; null in the system's own bin, which does not say. */
  trashPath: z.string().nullable(),
  state: fileOperationState,
  message: z.string().nullable(),
});
export type TrashedFile = z.infer<typeof trashedFile>;

export const restoreReport = z.object({
  /** Files that are back. */
  restored: z.int().nonnegative(),
  /** Of those, files whose name was taken meanwhile: they came back beside it. */
  renamed: z.array(z.object({ path: z.string(), to: z.string() })),
  /** Still in the trash; restoring again tries them again. */
  failed: z.array(z.object({ path: z.string(), message: z.string() })),
});
export type RestoreReport = z.infer<typeof restoreReport>;
