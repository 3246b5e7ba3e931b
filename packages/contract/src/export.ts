// Copies of photos for elsewhere: into a folder of the person's choice, or as a download.
import { z } from 'zod';

/** Why a copy could not be made. */
export const copyProblem = z.enum(['name-taken', 'gone', 'disk-full', 'forbidden', 'other']);
export type CopyProblem = z.infer<typeof copyProblem>;

export const exportReport = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('cancelled') }),
  /** The host has a folder dialog: the copies lie in `folder`. */
  z.object({
    kind: z.literal('copied'),
    folder: z.string(),
    photos: z.int().nonnegative(),
    bytes: z.int().nonnegative(),
    failed: z.array(z.object({ path: z.string(), why: copyProblem, message: z.string() })),
  }),
  /** Fetch `<media>/export/<ticket>` within the hour: one file as it is, several as a ZIP archive. */
  z.object({
    kind: z.literal('download'),
    ticket: z.uuid(),
    fileName: z.string(),
    photos: z.int().nonnegative(),
    bytes: z.int().nonnegative(),
    /** Photos that cannot be reached now. */
    missing: z.int().nonnegative(),
  }),
]);
export type ExportReport = z.infer<typeof exportReport>;
