// Everything a user interface may ask of the engine. One router, two transports (HTTP for the browser host,
// a MessagePort in the desktop app). Paths never come from here: folders are chosen by id or by a native dialog.
import { eventIterator, oc } from '@orpc/contract';
import { z } from 'zod';
import { act, actId, actResult, album, albumName, markRequest } from './acts.ts';
import { errorMap } from './errors.ts';
import { folder, libraryStatus, modelInfo, offeredFolder, progress } from './library.ts';
import { failure, folderId, photoDetail, photoId, photoTile } from './photo.ts';
import { paraphrases, suggestion, whyPhoto } from './query.ts';
import { MAX_TYPED_CHARACTERS, searchAnswer, searchRequest } from './search.ts';
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
    /** Where in a photo a query was found, and how much of each of its texts. */
    why: procedure.input(z.object({ photoId, text: z.string().max(MAX_TYPED_CHARACTERS) })).output(whyPhoto),
    /** What the last piece of a query could become, likeliest first. */
    suggest: procedure
      .input(
        z.object({
          text: z.string().max(MAX_TYPED_CHARACTERS),
          limit: z.int().min(1).max(50).default(10),
        }),
      )
      .output(z.array(suggestion)),
    /** Texts searched for with `remember`, latest first. */
    recent: procedure.output(z.array(z.string())),
    /** One of them, or all. */
    forgetRecent: procedure.input(z.object({ text: z.string().optional() })),
    /** How much the answer depends on the wording of the query's (first) text. */
    paraphrases: procedure
      .input(z.object({ text: z.string().max(MAX_TYPED_CHARACTERS) }))
      .output(paraphrases),
    /** Photos from all over the library, unlike each other; others every time. */
    surprise: procedure
      .input(z.object({ count: z.int().min(1).max(200).default(40) }))
      .output(z.array(photoTile)),
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
