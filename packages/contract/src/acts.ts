// What a person does with photos and can take back: marks, albums, and every later act that joins the same list.
import { z } from 'zod';
import { photoTile } from './photo.ts';
import { albumId, photoSet } from './view.ts';

export const actId = z.int().positive();
export type ActId = z.infer<typeof actId>;

/** The answer of everything that can be undone (`acts.undo`). Null when nothing had to be done. */
export const actResult = z.object({ actId: actId.nullable(), photos: z.int().nonnegative() });
export type ActResult = z.infer<typeof actResult>;

export const act = z.object({
  id: actId,
  /** Milliseconds since 1970 UTC. */
  at: z.int(),
  /** `mark`, `album-create`, `trash`, `label-run`, ... */
  kind: z.string(),
  undone: z.boolean(),
});
export type Act = z.infer<typeof act>;

/** What is left out stays as it is; a null rating takes the rating away. */
export const markRequest = z.object({
  photos: photoSet,
  favourite: z.boolean().optional(),
  rating: z.int().min(1).max(5).nullable().optional(),
  hidden: z.boolean().optional(),
});
export type MarkRequest = z.input<typeof markRequest>;

export const albumName = z.string().trim().min(1).max(200);

export const album = z.object({
  id: albumId,
  name: z.string(),
  /** The search whose results it shows, live; null for an album filled by hand. */
  query: z.string().nullable(),
  /** Photos in sight. For a saved search 0: they are counted when it is opened. */
  photos: z.int().nonnegative(),
  cover: photoTile.nullable(),
});
export type Album = z.infer<typeof album>;
