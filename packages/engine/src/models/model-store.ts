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
  modelId,
  type NetworkCall,
  SemblanceError,
} from '@semblance/contract';
import type { Latest } from '../latest.ts';
import { addFolder } from './add-folder.ts';
import { renameFolder } from './download.ts';
import { createDownloads, jobFor, newJob } from './downloads.ts';
import { createHttp, type HttpOptions } from './http.ts';
import { createHub } from './hub.ts';
import { createHubChoice } from './hub-choice.ts';
import type { ModelInspector } from './inspector.ts';
import { createJournal } from './journal.ts';
import { lockModel } from './lock.ts';
import { type Manifest, readManifest } from './manifest.ts';
import { pinsOf, readPins } from './pins.ts';
import { idOf, readCatalog } from './read-catalog.ts';
import { storePlaces } from './store-places.ts';
import { verifyModel } from './verify.ts';

type DownloadRequest = { id: string } | { repository: string; revision: string };

export interface ModelStore {
  catalog(): Promise<CatalogModel[]>;
  readonly downloads: Latest<ModelDownload[]>;
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
  /** @throws SemblanceError MODEL_NOT_FOUND */
  test(id: string): ReturnType<ModelInspector['test']>;
  /** @returns the new model's id */
  addFolder(path: string): Promise<string>;
  hub(): Promise<HubSettings>;
  setHub(url: string | null): Promise<HubSettings>;
  calls(limit: number): Promise<{ total: number; calls: NetworkCall[] }>;
  dispose(): Promise<void>;
}

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
  environment?: HttpOptions['environment'];
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
    ...(options.stallMs !== undefined && { stallMs: options.stallMs }),
  });
  const downloads = createDownloads({
    places,
    // Asked for whenever one begins: another hub can be tried for what is left.
    tools: async () => ({
      http,
      hub: createHub((await choice.get()).url, http, options.waits),
      inspector,
      ...(options.space && { space: options.space }),
      ...(options.waits && { waits: options.waits }),
    }),
    onInstalled: onChange,
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

  return {
    catalog: () => readCatalog(bundled),
    downloads: downloads.list,
    async download(request) {
      const job = await jobOf(request);
      if (await places.taken(job.id)) {
        throw new SemblanceError('MODEL_EXISTS', `The model ${job.id} is here already.`);
      }
      const pins = await readPins(places.pins, job.repository, job.revision);
      return downloads.start({ ...job, pins });
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
    async test(id) {
      return inspector.test((await folderOf(id)).folder);
    },
    async addFolder(path) {
      const id = await addFolder(path, places, inspector);
      onChange();
      return id;
    },
    hub: () => choice.get(),
    setHub: (url) => choice.set(url),
    calls: (limit) => journal.list(limit),
    async dispose() {
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
