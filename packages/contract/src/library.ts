// The library as a whole: its folders, its counts, and the work going on in it.
import { z } from 'zod';
import { errorKind } from './errors.ts';
import { paceState } from './pace.ts';
import { folderId } from './photo.ts';

/** `offline`: missing, unreadable, or listing far fewer files than known. Nothing in it is treated as deleted. */
export const folderState = z.enum(['online', 'offline']);

/** Why a folder is offline, with the counts that say so. A window has words of its own for each kind. */
export const folderProblem = z.object({
  kind: z.enum([
    'missing',
    'forbidden',
    /** Its drive came or went while it was looked at. */
    'moving',
    /** The system's code is in `code`. */
    'unreadable',
    'empty',
    'partial',
    /** Another drive or folder lies in its place. */
    'replaced',
    /** Perhaps so: hardly anything in it is as it was. */
    'unfamiliar',
  ]),
  /** Photo files on record in it, and those that were seen. */
  known: z.int().nonnegative(),
  seen: z.int().nonnegative(),
  code: z.string().nullable(),
});
export type FolderProblem = z.infer<typeof folderProblem>;

export const folder = z.object({
  id: folderId,
  path: z.string(),
  name: z.string(),
  state: folderState,
  /** Why it is offline, as an English sentence; null when online. */
  note: z.string().nullable(),
  /** The same as facts; null when online, and until it is looked at by this version. */
  why: folderProblem.nullable(),
  /** Offline, because another folder lies in its place: another disk, mostly. */
  stranger: z.boolean(),
  /** Offline, and the same folder is here now: absolute path, for `folders.follow`. */
  foundAt: z.string().nullable(),
  /** Photos known in it, reachable or not. */
  photos: z.int().nonnegative(),
});
export type Folder = z.infer<typeof folder>;

/** A folder on the disk with photos in sight directly in it, inside a library folder. */
export const subfolder = z.object({
  folderId,
  /** Relative to the library folder, with "/" and without a slash at its ends; '' is the folder itself. */
  path: z.string(),
  /** Files of photos in sight directly in it: a copy beside its original counts too. */
  photos: z.int().positive(),
});
export type Subfolder = z.infer<typeof subfolder>;

/** A folder named on the server's command line that the browser may add without ever sending a path. */
export const offeredFolder = z.object({
  offerId: z.int().nonnegative(),
  path: z.string(),
  added: z.boolean(),
});
export type OfferedFolder = z.infer<typeof offeredFolder>;

/** Work for one folder or the whole library, as of now. */
export const progress = z.object({
  /**
   * `idle` nothing to do; `scanning` walking folders; `indexing` decoding and encoding;
   * `paused` there is work, held by the user; `stopped` the engine cannot work, `problem` says why.
   */
  state: z.enum(['idle', 'scanning', 'indexing', 'paused', 'stopped']),
  /** Files seen by the scan that are photos by extension or by content. */
  found: z.int().nonnegative(),
  /** Files finished since this run began: indexed now, or unchanged since last time. */
  done: z.int().nonnegative(),
  failed: z.int().nonnegative(),
  /** Files still waiting. */
  pending: z.int().nonnegative(),
  /** Of those, files that are still being copied: they are looked at again when they stand still. */
  copying: z.int().nonnegative(),
  /**
   * `scan` walks the folders; `photos` reads what is new, so that it can be seen; `search` encodes what can be seen and
   * not yet be found. What is read is mostly encoded in the same go, so the last stage may have nothing to do.
   */
  stage: z.enum(['scan', 'photos', 'search']),
  /** Photos in sight that search cannot find yet. */
  unsearchable: z.int().nonnegative(),
  pace: paceState,
  /** Over the last ten seconds; 0 when idle. */
  photosPerSecond: z.number().nonnegative(),
  /** For the present stage. Null while it cannot be told honestly. */
  secondsLeft: z.number().nonnegative().nullable(),
  /** An English sentence. */
  problem: z.string().nullable(),
  /** The kind of that problem, where it is one that was expected. */
  fault: errorKind.nullable(),
  /** Counts up with every change of the set of visible photos; a grid reloads when it moves. */
  revision: z.int().nonnegative(),
});
export type Progress = z.infer<typeof progress>;

export const modelInfo = z.object({
  /** Folder name, e.g. `starter`. */
  id: z.string(),
  name: z.string(),
  /** Names the exact weights: vectors of different keys are never compared. */
  key: z.string(),
  /** Embedding dimensions. */
  dimensions: z.int().positive(),
  /** Input side in pixels. */
  imageSize: z.int().positive(),
  languages: z.array(z.string()),
  /** On disk. */
  bytes: z.int().nonnegative(),
  active: z.boolean(),
  bundled: z.boolean(),
});
export type ModelInfo = z.infer<typeof modelInfo>;

export const libraryStatus = z.object({
  directory: z.string(),
  counts: z.object({
    /** Distinct photos that have at least one file on record as present. */
    photos: z.int().nonnegative(),
    /** Of those, photos that search can find. */
    indexed: z.int().nonnegative(),
    /** Files waiting for the first or a new look. */
    pending: z.int().nonnegative(),
    /** Of those, files that are still being copied: they are looked at again when they stand still. */
    copying: z.int().nonnegative(),
    /** Files recorded as failed. */
    failed: z.int().nonnegative(),
    /** Files whose photo lies in an offline folder. */
    offline: z.int().nonnegative(),
    /** Files known before and no longer in their (online) folder. */
    missing: z.int().nonnegative(),
  }),
  folders: z.array(folder),
  model: modelInfo.nullable(),
  /** The daily copy of what a person told the library. */
  backup: z.object({
    /** Of the newest: milliseconds since 1970; null before the first. */
    takenAt: z.int().nullable(),
    /** Why the last one could not be made. */
    problem: errorKind.nullable(),
  }),
  /** Bytes on disk. */
  sizes: z.object({
    catalog: z.int().nonnegative(),
    vectors: z.int().nonnegative(),
    thumbnails: z.int().nonnegative(),
  }),
});
export type LibraryStatus = z.infer<typeof libraryStatus>;
