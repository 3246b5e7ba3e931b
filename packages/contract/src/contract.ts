// Everything a user interface may ask of the engine. One router, two transports (HTTP for the browser host,
// a MessagePort in the desktop app). Paths never come from here: folders are chosen by id or by a native dialog.
import { eventIterator, oc } from '@orpc/contract';
import { z } from 'zod';
import { act, actId, actResult, album, albumName, markRequest } from './acts.ts';
import {
  duplicateChoice,
  duplicateGroup,
  duplicateGroupId,
  duplicatePlan,
  duplicateRules,
  duplicateStatus,
  groupDetail,
  groupsRequest,
  planRequest,
  presetOrder,
  trashReport,
} from './duplicates.ts';
import { errorMap } from './errors.ts';
import { folder, libraryStatus, modelInfo, offeredFolder, progress } from './library.ts';
import { failure, folderId, photoDetail, photoId, photoTile } from './photo.ts';
import { searchAnswer, searchRequest } from './search.ts';
import { restoreReport, trashedFile } from './trash.ts';
import { albumId, photoSet, photoView } from './view.ts';

const procedure = oc.errors(errorMap);

const page = z.object({ offset: z.int().min(0).default(0), limit: z.int().min(1).max(20_000).default(2000) });

export const appInfo = z.object({
  version: z.string(),
  /** Who hosts the engine: the desktop window or the local server. */
  host: z.enum(['desktop', 'server']),
  /** What this host can do beyond the engine itself. */
  can: z.object({
    /** Open a native folder dialog (`folders.choose`). */
    chooseFolder: z.boolean(),
    /** Show a file in the system's file manager (`photos.reveal`). */
    reveal: z.boolean(),
  }),
});
export type AppInfo = z.infer<typeof appInfo>;

export const contract = {
  app: {
    info: procedure.output(appInfo),
    /** Current progress at once, then every change (at most four a second). Ends when the engine closes. */
    progress: procedure.output(eventIterator(progress)),
  },
  library: {
    status: procedure.output(libraryStatus),
    /** A page of a view. `total` lets a grid size its scroll bar before all pages are in. */
    timeline: procedure.input(page.extend({ view: photoView.default({ kind: 'all' }) })).output(
      z.object({
        total: z.int().nonnegative(),
        revision: z.int().nonnegative(),
        photos: z.array(photoTile),
      }),
    ),
    failures: procedure
      .input(page)
      .output(z.object({ total: z.int().nonnegative(), failures: z.array(failure) })),
    /** Queue failed files again, and look at every folder again. */
    retryFailures: procedure.output(z.object({ queued: z.int().nonnegative() })),
  },
  folders: {
    list: procedure.output(z.array(folder)),
    /** Folders the host was started with. Empty on the desktop. */
    offered: procedure.output(z.array(offeredFolder)),
    addOffered: procedure.input(z.object({ offerId: z.int().nonnegative() })).output(folder),
    /** Opens the native dialog and adds what was chosen; empty when the user cancelled. */
    choose: procedure.output(z.array(folder)),
    rescan: procedure.input(z.object({ id: folderId.optional() })),
    /** Scans an offline folder and takes what it lists now for the truth: what is not there is gone. */
    accept: procedure.input(z.object({ id: folderId })),
    /**
     * Forgets the folder, its vectors and its thumbnails; what the user said of its photos is kept in case they come
     * back. Never touches the files.
     */
    remove: procedure.input(z.object({ id: folderId })),
  },
  photos: {
    get: procedure.input(z.object({ id: photoId })).output(photoDetail),
    reveal: procedure.input(z.object({ id: photoId })),
    /** Favourite, rating, hidden. */
    mark: procedure.input(markRequest).output(actResult),
    /** Every file of these photos goes to the trash, with its sidecars; what the person said of them is kept. */
    trash: procedure.input(z.object({ photos: photoSet })).output(trashReport),
  },
  trash: {
    /** Files that went to the trash and have not come back, newest first. */
    list: procedure.input(page).output(
      z.object({
        total: z.int().nonnegative(),
        bytes: z.int().nonnegative(),
        files: z.array(trashedFile),
      }),
    ),
    /** Brings back all files of one act, and what the person had said of them. As `acts.undo`, with a report. */
    restore: procedure.input(z.object({ actId })).output(restoreReport),
  },
  albums: {
    /** By name. */
    list: procedure.output(z.array(album)),
    /** The albums, filled by hand, that a photo is in. */
    of: procedure.input(z.object({ photoId })).output(z.array(album)),
    /** With a query it is a saved search, and holds no photos of its own. */
    create: procedure
      .input(
        z.object({
          name: albumName,
          query: z.string().nullable().default(null),
          photos: photoSet.optional(),
        }),
      )
      .output(actResult.extend({ album })),
    change: procedure
      .input(z.object({ id: albumId, name: albumName.optional(), query: z.string().optional() }))
      .output(actResult),
    /** The photos stay where they are. */
    remove: procedure.input(z.object({ id: albumId })).output(actResult),
    add: procedure.input(z.object({ id: albumId, photos: photoSet })).output(actResult),
    take: procedure.input(z.object({ id: albumId, photos: photoSet })).output(actResult),
  },
  acts: {
    /** Newest first. */
    list: procedure.input(z.object({ limit: z.int().min(1).max(200).default(50) })).output(z.array(act)),
    /** Takes back one act: everything as it was, as far as nothing else has changed it since. */
    undo: procedure.input(z.object({ id: actId })).output(z.object({ photos: z.int().nonnegative() })),
  },
  search: {
    run: procedure.input(searchRequest).output(searchAnswer),
  },
  duplicates: {
    status: procedure.output(duplicateStatus),
    /** Compares what is new; returns at once. `status` and the revision of `app.progress` tell how it goes. */
    find: procedure,
    groups: procedure
      .input(groupsRequest)
      .output(z.object({ total: z.int().nonnegative(), groups: z.array(duplicateGroup) })),
    group: procedure.input(z.object({ id: duplicateGroupId })).output(groupDetail),
    /** Which files of a group to keep, or what the group is. Moves no file. */
    choose: procedure.input(z.object({ id: duplicateGroupId, choice: duplicateChoice })).output(actResult),
    rules: procedure.output(duplicateRules),
    setRules: procedure.input(duplicateRules).output(duplicateRules),
    presets: procedure.output(z.array(presetOrder)),
    /** What `apply` would do with the same request. */
    plan: procedure.input(planRequest).output(duplicatePlan),
    apply: procedure.input(planRequest).output(trashReport),
  },
  jobs: {
    pause: procedure,
    resume: procedure,
  },
  models: {
    list: procedure.output(z.array(modelInfo)),
  },
};
export type Contract = typeof contract;
