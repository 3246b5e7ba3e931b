// A photo as the outside sees it: identity by content, metadata from its file, and where its files are.
import { z } from 'zod';
import { failureReason, failureWhy } from './errors.ts';

/** 20 lower-case hex digits, given once and kept for life: it survives moves, renames and edits in place. */
export const photoId = z.string().regex(/^[0-9a-f]{20}$/);
export type PhotoId = z.infer<typeof photoId>;

/** Positive integer id of a library folder (a root of the walk). */
export const folderId = z.int().positive();
export type FolderId = z.infer<typeof folderId>;

/** Where a photo's date came from, best source first; `name` is the file's name, `mtime` its date on disk. */
export const dateSource = z.enum(['exif', 'xmp', 'takeout', 'name', 'mtime']);
export type DateSource = z.infer<typeof dateSource>;

/** What a grid cell needs, and no more. */
export const photoTile = z.object({
  id: photoId,
  /** Display width / height, after EXIF orientation. */
  ratio: z.number().positive(),
  /** Local wall-clock time of the shot, milliseconds as if it were UTC (cameras seldom know their zone). */
  takenAt: z.int(),
  /** Changes when the picture changes; goes into the picture URL as `?v=`. */
  version: z.string(),
  /** ThumbHash placeholder (https://evanw.github.io/thumbhash/), base64, about 25 bytes. */
  placeholder: z.string().nullable(),
  /** True when none of its files can be reached now (drive unplugged). */
  offline: z.boolean(),
  favourite: z.boolean(),
  /** What is shown as one with it: the camera's raw file, the film of a Live Photo. Absent when nothing is. */
  together: z.array(z.enum(['raw', 'live'])).optional(),
  /** True for one with a label whose photos are shown blurred until somebody asks for them. */
  sensitive: z.boolean().optional(),
});
export type PhotoTile = z.infer<typeof photoTile>;

export const photoFile = z.object({
  path: z.string(),
  folderId,
  /** Size in bytes. */
  bytes: z.int().nonnegative(),
  /** False when the file is missing or its folder is offline. */
  reachable: z.boolean(),
});
export type PhotoFile = z.infer<typeof photoFile>;

export const camera = z.object({
  make: z.string().nullable(),
  model: z.string().nullable(),
  lens: z.string().nullable(),
  /** f-number, e.g. 2.8. */
  aperture: z.number().nullable(),
  /** Exposure time in seconds. */
  exposureSeconds: z.number().nullable(),
  iso: z.number().nullable(),
  /** Focal length in millimetres, as recorded (not the 35 mm equivalent). */
  focalLengthMm: z.number().nullable(),
});
export type Camera = z.infer<typeof camera>;

/** WGS 84 degrees; north and east positive. */
export const place = z.object({
  latitude: z.number().min(-90).max(90),
  longitude: z.number().min(-180).max(180),
});
export type Place = z.infer<typeof place>;

export const photoDetail = photoTile.extend({
  fileName: z.string(),
  files: z.array(photoFile),
  /** Decoded format, from the bytes and not from the extension: `jpeg`, `png`, `webp`, ... */
  format: z.string(),
  /** Pixels, after EXIF orientation. */
  width: z.int().positive(),
  height: z.int().positive(),
  dateSource,
  camera,
  place: place.nullable(),
  /** From the file or its sidecars. */
  caption: z.string().nullable(),
  keywords: z.array(z.string()),
  /** `Zermatt, Valais, Switzerland`; null without coordinates, or far from any city. English. */
  placeName: z.string().nullable(),
  /** Whether its embedding for the active model is stored, so that search can find it. */
  searchable: z.boolean(),
  /** 1 to 5 stars, given by the person; null when not rated. */
  rating: z.int().min(1).max(5).nullable(),
  hidden: z.boolean(),
});
export type PhotoDetail = z.infer<typeof photoDetail>;

/** A file that could not be indexed, and why. */
export const failure = z.object({
  /** Null for what could not be listed as a file: it is tried again with its folder. */
  fileId: z.int().positive().nullable(),
  path: z.string(),
  reason: failureReason,
  /** Null for a sentence of another version. */
  why: failureWhy.nullable(),
  /** One English sentence, for logs and the command line. */
  message: z.string(),
});
export type Failure = z.infer<typeof failure>;
