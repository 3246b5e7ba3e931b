// What helps with labels: ready-made packs, proposals, taking labels along, sidecars, and a network of one's own.
import { z } from 'zod';
import { actId } from './acts.ts';
import { labelId } from './labels.ts';

/** Packs come in the languages of the app; prompts are English, the language every model knows. */
export const packLanguage = z.enum(['en', 'tr']);
export type PackLanguage = z.infer<typeof packLanguage>;

export const packAdded = z.object({ actId: actId.nullable(), labels: z.array(labelId) });
export type PackAdded = z.infer<typeof packAdded>;

/** A text file to keep or give away: labels, and their examples named by content. Holds no pictures and no paths. */
export const labelFile = z.object({ text: z.string().max(50_000_000) });
export type LabelFile = z.infer<typeof labelFile>;

export const labelImport = z.object({
  actId: actId.nullable(),
  /** Labels made, and labels of the same name that got more examples. */
  created: z.int().nonnegative(),
  joined: z.int().nonnegative(),
  examples: z.int().nonnegative(),
  /** Examples whose photos are not in this library. */
  unknown: z.int().nonnegative(),
});
export type LabelImport = z.infer<typeof labelImport>;

/** `files`: into the pictures themselves where their format allows it; the picture as it was is kept in the library. */
export const tagTarget = z.enum(['sidecars', 'files']);
export type TagTarget = z.infer<typeof tagTarget>;

export const sidecarSettings = z.object({
  /** Labels are written whenever they change. */
  automatic: z.boolean(),
  into: tagTarget,
  /** Photos whose sidecar is behind. */
  waiting: z.int().nonnegative(),
});
export type SidecarSettings = z.infer<typeof sidecarSettings>;
