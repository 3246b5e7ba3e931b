// The models that can be had and those that were added, without a library: the same for the window, the command line
// and every library. Nothing is fetched unless a person asked for that very thing.
import { randomBytes } from 'node:crypto';
import { rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import {
  type CatalogModel,
  type HubSettings,
  type ModelCheck,
  type ModelDownload,
  type ModelOffer,
  modelId,
  type NetworkCall,
  SemblanceError,
} from '@semblance/contract';
import type { Latest } from '../latest.ts';
import { addFolder } from './add-folder.ts';
import { askHub } from './ask-hub.ts';
import { bytesThere, renameFolder, roomFor, total } from './download.ts';
import { createDownloads, jobFor, newJob } from './downloads.ts';
import { createHttp, type HttpOptions } from './http.ts';
import { createHub, type Hub } from './hub.ts';
import { createHubChoice } from './hub-choice.ts';
import type { ModelInspector } from './inspector.ts';
import type { Job } from './job.ts';
import { createJournal } from './journal.ts';
import { lockModel } from './lock.ts';
import { type Manifest, readManifest } from './manifest.ts';
import { pinsOf, readPins } from './pins.ts';
import { idOf, readCatalog } from './read-catalog.ts';
import { storePlaces } from './store-places.ts';
import { createTrials, type Trials } from './trials.ts';
import { verifyModel } from './verify.ts';

type DownloadRequest = { id: string } | { repository: string; revision: string };

export interface ModelStore {
  catalog(): Promise<CatalogModel[]>;
  readonly downloads: Latest<ModelDownload[]>;
  /** What there is to fetch. @throws SemblanceError MODEL_NOT_FOUND, MODEL_EXISTS, MODEL_UNSUITABLE, HUB_* */
  look(request: DownloadRequest, signal?: AbortSignal): Promise<ModelOffer>;
  /** @throws SemblanceError MODEL_NOT_FOUND, MODEL_EXISTS, DOWNLOAD_BUSY */
  download(request: DownloadRequest): Promise<ModelDownload>;
  resume(id: string): Promise<ModelDownload>;
  pause(id: string): Promise<void>;
  cancel(id: string): Promise<void>;
  /** When the download has ended, at once if there is none. @throws what ended it */
  ended(id: string): Promise<void>;
  /** @throws SemblanceError MODEL_NOT_FOUND, MODEL_IN_USE, DOWNLOAD_BUSY */
  remove(id: string): Promise<void>;
  verify(id: string): Promise<ModelCheck>;
  /** @throws SemblanceError MODEL_NOT_FOUND, NOT_SUPPORTED_HERE when nobody knows where it came from */
  repair(id: string): Promise<ModelDownload>;
  /** What this machine makes of its models; one that comes is tried by itself, unless the store is to leave that. */
  readonly trials: Trials;
  /** @returns the new model's id */
  addFolder(path: string): Promise<string>;
  hub(): Promise<HubSettings>;
  setHub(url: string | null): Promise<HubSettings>;
  calls(limit: number): Promise<{ total: number; calls: NetworkCall[] }>;
  dispose(): Promise<void>;
}

/** Somebody is looking at the screen: milliseconds. */
const LOOKING_WAITS = [300, 1000, 3000];

export interface ModelStoreOptions {
  /** Where added models live; made when first needed. */
  directory: string;
  /** The models that ship with the app, and the catalogue. */
  bundled: string;
  inspector: ModelInspector;
  /** The only hub, whatever the settings say. */
  hub?: string | undefined;
  /** Ids that must not go now. */
  inUse?: () => readonly string[];
  /** The folder of added models is another one now. */
  onChange?: () => void;
  /** Whether a model that comes is tried by itself; default true. */
  tries?: boolean;
  environment?: HttpOptions['environment'];
  ca?: string;
  space?: (directory: string) => Promise<number>;
  waits?: readonly number[];
  stallMs?: number;
}

export function createModelStore(options: ModelStoreOptions): ModelStore {
  const { directory, bundled, inspector, onChange = () => undefined } = options;
  const places = storePlaces(directory, bundled);
  const journal = createJournal(places.root);
  const choice = createHubChoice(places.settings, options.hub);
  const http = createHttp({
    record: (call) => void journal.record(call),
    ...(options.environment && { environment: options.environment }),
    ...(options.ca !== undefined && { ca: options.ca }),
    ...(options.stallMs !== undefined && { stallMs: options.stallMs }),
  });
  const hubNow = async (waits?: readonly number[]): Promise<Hub> =>
    createHub((await choice.get()).url, http, waits);
  const downloads = createDownloads({
    places,
    // Asked for whenever one begins: another hub can be tried for what is left.
    tools: async () => ({
      http,
      hub: await hubNow(options.waits),
      inspector,
      ...(options.space && { space: options.space }),
      ...(options.waits && { waits: options.waits }),
    }),
    onInstalled(id, repaired) {
      onChange();
      if (options.tries !== false && !repaired) trials.begin(id);
    },
  });
  const trials = createTrials({
    inspector,
    folderOf: async (id) => (await folderOf(id)).folder,
    file: places.trials,
    runtimeFile: places.runtime,
    inUse: () => options.inUse?.() ?? [],
    onPrecision: onChange,
  });

  /** A bundled or added model's folder. @throws SemblanceError MODEL_NOT_FOUND */
  async function folderOf(id: string): Promise<{ folder: string; added: boolean }> {
    // From a command line it may be anything, and what is joined here may be deleted.
    const named = modelId.safeParse(id).success;
    const folders = named
      ? ([
          [places.installed(id), true],
          [join(bundled, id), false],
        ] as const)
      : [];
    for (const [folder, added] of folders) {
      const facts = await stat(folder).catch(() => null);
      if (facts?.isDirectory()) return { folder, added };
    }
    throw new SemblanceError('MODEL_NOT_FOUND', `There is no model ${id} here.`);
  }

  async function jobOf(request: DownloadRequest) {
    const known = (await readCatalog(bundled)).find((model) =>
      'id' in request
        ? model.id === request.id
        : model.repository === request.repository && model.revision === request.revision,
    );
    if (known !== undefined) return jobFor(known);
    if ('id' in request) {
      throw new SemblanceError('MODEL_NOT_FOUND', `The catalogue has no model ${request.id}.`);
    }
    const { repository, revision } = request;
    return newJob({ id: idOf(repository), name: repository, repository, revision });
  }

  /** With what is known of an earlier download, or of an earlier look. */
  async function newcomer(request: DownloadRequest): Promise<Job> {
    const job = await jobOf(request);
    if (await places.taken(job.id)) {
      throw new SemblanceError('MODEL_EXISTS', `The model ${job.id} is here already.`);
    }
    const pins = await readPins(places.pins, job.repository, job.revision);
    if (pins === null) return job;
    const { commit, files } = pins;
    return files === null ? { ...job, commit } : { ...job, pins: { commit, files } };
  }

  return {
    catalog: () => readCatalog(bundled),
    downloads: downloads.list,
    trials,
    async look(request, signal = new AbortController().signal) {
      const job = await newcomer(request);
      const asked = await askHub(job, places, await hubNow(options.waits ?? LOOKING_WAITS), signal);
      const bytes = total(asked.files);
      const have = await bytesThere({ files: asked.files }, places.staging(job.id));
      const { free, fits } = await roomFor(places.root, bytes - have, options.space);
      const { id, name, repository, revision } = job;
      return {
        ...{ id, name, repository, revision, bytes, have, free, fits },
        commit: asked.commit,
        files: asked.files.length,
      };
    },
    async download(request) {
      return downloads.start(await newcomer(request));
    },
    resume: (id) => downloads.resume(id),
    pause: (id) => downloads.pause(id),
    cancel: (id) => downloads.cancel(id),
    ended: (id) => downloads.ended(id),
    async remove(id) {
      const { folder, added } = await folderOf(id);
      if (!added) throw new SemblanceError('MODEL_IN_USE', `${id} came with Semblance and stays.`);
      if (options.inUse?.().includes(id)) {
        throw new SemblanceError('MODEL_IN_USE', `${id} is in use. Choose another model first.`);
      }
      const unlock = lockModel(places.lock(id));
      try {
        // Out of sight in one step: half a model is none.
        const going = join(places.root, `.removed-${randomBytes(4).toString('hex')}`);
        await renameFolder(folder, going);
        onChange();
        await trials.forget(id);
        await rm(going, { recursive: true, force: true });
      } finally {
        unlock();
      }
    },
    async verify(id) {
      const { folder, added } = await folderOf(id);
      return verifyModel(folder, id, added);
    },
    async repair(id) {
      const { folder } = await folderOf(id);
      const manifest = await readManifest(folder);
      if (manifest === null || manifest.source === null) {
        throw new SemblanceError('NOT_SUPPORTED_HERE', `Nobody knows where ${id} came from: add it again.`);
      }
      return downloads.start(repairJob(id, manifest, manifest.source));
    },
    async addFolder(path) {
      const id = await addFolder(path, places, inspector);
      onChange();
      if (options.tries !== false) trials.begin(id);
      return id;
    },
    hub: () => choice.get(),
    setHub: (url) => choice.set(url),
    calls: (limit) => journal.list(limit),
    async dispose() {
      await trials.dispose();
      await downloads.dispose();
      http.close();
      await journal.settled();
    },
  };
}

function repairJob(id: string, manifest: Manifest, source: NonNullable<Manifest['source']>) {
  const { name, languages, patterns, files } = manifest;
  const { repository, revision, commit } = source;
  const pins = pinsOf(commit, files);
  return newJob({ id, name, languages, patterns, repository, revision, pins, repair: true });
}
