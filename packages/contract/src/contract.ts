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
import { errorMap, failureReason } from './errors.ts';
import { exportReport } from './export.ts';
import {
  labelFile,
  labelImport,
  packAdded,
  packLanguage,
  sidecarSettings,
  tagTarget,
} from './label-tools.ts';
import {
  adapterStatus,
  label,
  labelAct,
  labelAssignment,
  labelId,
  labelledPhoto,
  labelPack,
  labelPreview,
  labelProposal,
  labelQuestion,
  labelRequests,
  labelRun,
  sidecarReport,
} from './labels.ts';
import { folder, libraryStatus, modelInfo, offeredFolder, progress, subfolder } from './library.ts';
import { modelComparison, modelSwitchRequests, modelSwitchStatus, switchPreview } from './model-switch.ts';
import {
  catalogModel,
  hubSettings,
  modelCheck,
  modelDownload,
  modelOffer,
  modelRequests,
  modelTrial,
  networkCall,
} from './models.ts';
import { paceChoice, paceState } from './pace.ts';
import { failure, folderId, photoDetail, photoId, photoTile } from './photo.ts';
import { paraphrases, suggestion, whyPhoto } from './query.ts';
import { MAX_TYPED_CHARACTERS, searchAnswer, searchRequest } from './search.ts';
import { restoreReport, thrownAway } from './trash.ts';
import { albumId, photoSet, photoView } from './view.ts';

const procedure = oc.errors(errorMap);

/** More photos than this fit no screen. */
export const MAX_ON_SCREEN = 500;

const trashIds = z.array(z.int().positive()).min(1).max(20_000);

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
    /** Offer pictures of its own to try the app with (`folders.addSamples`). */
    addSamples: z.boolean(),
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
    failures: procedure.input(page.extend({ reason: failureReason.optional() })).output(
      z.object({
        /** Of that reason, or of all. */
        total: z.int().nonnegative(),
        /** All of them by reason, the most frequent one first. */
        reasons: z.array(z.object({ reason: failureReason, files: z.int().positive() })),
        failures: z.array(failure),
      }),
    ),
    /** Queue failed files again, all or these, and look at every folder again. */
    retryFailures: procedure
      .input(z.object({ fileIds: z.array(z.int().positive()).max(20_000).optional() }).default({}))
      .output(z.object({ queued: z.int().nonnegative() })),
  },
  folders: {
    list: procedure.output(z.array(folder)),
    /** Where the photos are, folder by folder, by path; only folders with photos directly in them. */
    tree: procedure.output(z.array(subfolder)),
    /** Go on with an offline folder where the same one was found (`foundAt`). Answers with the folder that holds its photos then. */
    follow: procedure.input(z.object({ id: folderId })).output(folder),
    /** Folders the host was started with. Empty on the desktop. */
    offered: procedure.output(z.array(offeredFolder)),
    addOffered: procedure.input(z.object({ offerId: z.int().nonnegative() })).output(folder),
    /** Opens the native dialog and adds what was chosen; empty when the user cancelled. */
    choose: procedure.output(z.array(folder)),
    /** Adds a folder of drawn pictures, made beside the library, to try the app with. */
    addSamples: procedure.output(folder),
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
    /** Copies of the originals and their sidecars; the host decides whether into a folder or as a download. */
    export: procedure.input(z.object({ photos: photoSet })).output(exportReport),
  },
  trash: {
    /** Photos' files that went to the trash, in this session or an earlier one, and are not back; newest first. */
    list: procedure.input(page).output(
      z.object({
        total: z.int().nonnegative(),
        bytes: z.int().nonnegative(),
        files: z.array(thrownAway),
      }),
    ),
    /** Brings back these, by the ids of the list, each with what went with it. */
    putBack: procedure.input(z.object({ ids: trashIds })).output(restoreReport),
    /** Takes off the list what cannot be put back from here: these, or all that are gone. Deletes nothing. */
    dismiss: procedure
      .input(z.object({ ids: trashIds.optional() }).default({}))
      .output(z.object({ files: z.int().nonnegative() })),
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
  labels: {
    /** By name. */
    list: procedure.output(z.array(label)),
    /** What a photo has, what waits for an answer, and what was refused. */
    of: procedure.input(z.object({ photoId })).output(z.array(labelAssignment)),
    /** LABEL_EXISTS when another one is called the same. */
    create: procedure.input(z.object({ draft: labelRequests.create })).output(labelAct),
    /** Also LABEL_CYCLE when it would come to lie below itself. */
    change: procedure.input(labelRequests.change).output(labelAct),
    /** The labels below it move up to its parent. */
    remove: procedure.input(z.object({ id: labelId })).output(actResult),
    /** Everything of the first goes to the second, which keeps its name; answers with the second. */
    merge: procedure.input(z.object({ from: labelId, into: labelId })).output(labelAct),
    preview: procedure.input(labelRequests.preview).output(labelPreview),
    /** A person's yes or no; each is an example for its label. */
    answer: procedure.input(labelRequests.answer).output(actResult),
    assign: procedure.input(labelRequests.assign).output(actResult),
    /** The photos most worth an answer: near the border, and unlike each other. */
    questions: procedure.input(labelRequests.questions).output(z.array(labelledPhoto)),
    /** Answers at once; `runs` says how far it is. */
    run: procedure.input(labelRequests.run).output(labelRun),
    /** Newest first. */
    runs: procedure.input(labelRequests.runs).output(z.array(labelRun)),
    /** Suggested photos in sight, label by label, likeliest first. */
    queue: procedure
      .input(labelRequests.queue)
      .output(z.object({ total: z.int().nonnegative(), items: z.array(labelQuestion) })),
    /** Ready-made labels, in the person's language. */
    packs: procedure.input(z.object({ language: packLanguage })).output(z.array(labelPack)),
    /** Makes the labels of a pack that do not exist yet: all, or those named. */
    addPack: procedure
      .input(z.object({ id: z.string(), language: packLanguage, names: z.array(z.string()).optional() }))
      .output(packAdded),
    /** Groups of look-alike photos that might become labels, largest first. */
    propose: procedure.input(z.object({ language: packLanguage })).output(z.array(labelProposal)),
    export: procedure.input(z.object({ ids: z.array(labelId).optional() })).output(labelFile),
    import: procedure.input(labelFile).output(labelImport),
    /** Brings XMP sidecars in step with the labels. Originals are not touched, unless the settings say `files`. */
    writeSidecars: procedure.input(z.object({ over: photoSet })).output(sidecarReport),
    sidecars: procedure.output(sidecarSettings),
    setSidecars: procedure
      .input(z.object({ automatic: z.boolean().optional(), into: tagTarget.optional() }))
      .output(sidecarSettings),
    adapter: {
      status: procedure.output(adapterStatus),
      /** Answers at once; `status` says how far it is. */
      train: procedure.output(adapterStatus),
      use: procedure.input(z.object({ on: z.boolean() })).output(adapterStatus),
    },
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
  indexing: {
    pace: procedure.output(paceState),
    setPace: procedure.input(z.object({ choice: paceChoice })).output(paceState),
    /** The photos on screen, in place of those told before: what they lack comes before everything else. */
    lookFirst: procedure.input(z.object({ ids: z.array(photoId).max(MAX_ON_SCREEN) })),
  },
  models: {
    list: procedure.output(z.array(modelInfo)),
    /** Reviewed models that can be downloaded, installed ones included. */
    catalog: procedure.output(z.array(catalogModel)),
    /** What is under way, paused or failed: now, and after every change. A download that is done leaves the list. */
    downloads: procedure.output(eventIterator(z.array(modelDownload))),
    /**
     * Asks the hub what there is to fetch, and pins the commit it answers with. HUB_*, MODEL_NOT_FOUND, MODEL_EXISTS,
     * MODEL_UNSUITABLE.
     */
    look: procedure.input(modelRequests.download).output(modelOffer),
    /** Starts or goes on; answers at once. Refused with MODEL_EXISTS, DOWNLOAD_BUSY, MODEL_NOT_FOUND. */
    download: procedure.input(modelRequests.download).output(modelDownload),
    pause: procedure.input(modelRequests.one),
    resume: procedure.input(modelRequests.one).output(modelDownload),
    /** Forgets a download and what it has fetched. */
    cancel: procedure.input(modelRequests.one),
    /** MODEL_IN_USE for the active one and those that ship with the app. */
    remove: procedure.input(modelRequests.one),
    /** Hashes every file. */
    verify: procedure.input(modelRequests.one).output(modelCheck),
    /** Fetches again what `verify` found wrong; as `download`. */
    repair: procedure.input(modelRequests.one).output(modelDownload),
    /** What this machine makes of models that were tried: now, and after every change. */
    trials: procedure.output(eventIterator(z.array(modelTrial))),
    /** Tries a model (again); seconds to a minute. A model that comes is tried by itself. MODEL_NOT_FOUND. */
    test: procedure.input(modelRequests.one).output(modelTrial),
    /** Opens the native dialog and copies the model folders chosen; empty when the user cancelled. */
    choose: procedure.output(z.array(modelInfo)),
    hub: procedure.output(hubSettings),
    setHub: procedure.input(modelRequests.hub).output(hubSettings),
    /** Newest first: the only requests that ever leave this machine. */
    calls: procedure
      .input(modelRequests.calls)
      .output(z.object({ total: z.int().nonnegative(), calls: z.array(networkCall) })),
  },
  /** Another model for the library, while searches go on. */
  modelSwitch: {
    /** As it is, then every change of it. */
    status: procedure.output(eventIterator(modelSwitchStatus)),
    /** Makes the model's vectors in the background; searches stay with the one in use. MODEL_BUSY while another is prepared. */
    begin: procedure.input(modelSwitchRequests.begin).output(modelSwitchStatus),
    pause: procedure.output(modelSwitchStatus),
    resume: procedure.output(modelSwitchStatus),
    /** Forgets what was prepared, and deletes its vectors. */
    cancel: procedure.output(modelSwitchStatus),
    /** Which tags would change. */
    preview: procedure.output(switchPreview),
    /** The new model answers from now on; for photos that it has not seen, the one before does. */
    commit: procedure.input(modelSwitchRequests.commit).output(modelSwitchStatus),
    /** The model before answers again, with the tags of that time. */
    back: procedure.output(modelSwitchStatus),
    /** Deletes the vectors of the model before. */
    forgetPrevious: procedure.output(modelSwitchStatus),
    /** On this library's labels and searches; takes as long as some hundred photos take to embed. */
    compare: procedure.input(modelSwitchRequests.compare).output(modelComparison),
  },
};
export type Contract = typeof contract;
