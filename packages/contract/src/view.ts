// Ways to look at the library, and sets of photos that something is to be done with.
import { z } from 'zod';
import { folderId, photoId } from './photo.ts';

export const albumId = z.int().positive();
export type AlbumId = z.infer<typeof albumId>;

/** A list of photos in sight (with a file, not hidden), newest shot first unless said otherwise. */
export const photoView = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('all') }),
  z.object({ kind: z.literal('favourites') }),
  /** By when they came into the library, latest first. */
  z.object({ kind: z.literal('recent') }),
  /** Photos that were hidden: nowhere else in sight. */
  z.object({ kind: z.literal('hidden') }),
  z.object({ kind: z.literal('album'), id: albumId }),
  /** `path` is relative to the library folder, with "/" and without a slash at its ends; '' is the folder itself. */
  z.object({ kind: z.literal('folder'), id: folderId, path: z.string() }),
  /** Photos that have a label, or one below it. `id` is a `labelId` (labels.ts, which needs this file). */
  z.object({ kind: z.literal('label'), id: z.int().positive() }),
]);
export type PhotoView = z.infer<typeof photoView>;

export const MAX_SELECTION = 100_000;

/** What an act is about: photos one by one, or all of a view. */
export const photoSet = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('photos'), ids: z.array(photoId).max(MAX_SELECTION) }),
  ...photoView.options,
]);
export type PhotoSet = z.infer<typeof photoSet>;
