// The composition root: opens catalog, vectors and compute processes in the right order and closes them in reverse.
import { mkdir } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { lockLibrary, openCatalog } from '@semblance/catalog';
import type { ComputeRole } from '@semblance/compute';
import { type FolderId, type Progress, SemblanceError } from '@semblance/contract';
import { openVectors } from '@semblance/vectors';
import { type ComputeClient, ComputeGone, createComputeClient } from './compute/client.ts';
import { forget } from './forget.ts';
import { createIndexer } from './indexing/indexer.ts';
import { watchFolders } from './indexing/watch-folders.ts';
import { createLatest } from './latest.ts';
import { createMedia } from './media.ts';
import { placeInBackground } from './place-in-background.ts';
import { placeTable } from './place-table.ts';
import type { EngineOptions } from './ports.ts';
import { reconcile } from './reconcile.ts';
import { createRouter } from './router.ts';
import { createActs } from './services/acts.ts';
import { createAlbums } from './services/albums.ts';
import { createFolders } from './services/folders.ts';
import { createLibrary } from './services/library.ts';
import { createMarks } from './services/marks.ts';
import { createModels } from './services/models.ts';
import { createRegions } from './services/regions.ts';
import { createSearch } from './services/search.ts';
import type { EngineServices } from './services/services.ts';
import { createWhy } from './services/why.ts';

export interface Engine {
  /** Implements `contract`; hand it to an oRPC transport. */
  readonly router: ReturnType<typeof createRouter>;
  /** The same services without a transport, for the command line. */
  readonly services: EngineServices;
  /** Answers `/media/thumb/<id>` and `/media/full/<id>` (also as `media://thumb/<id>`), GET and HEAD only. */
  media(request: Request): Promise<Response>;
  /** Scans every folder, indexes what is new, and from then on whenever something changes; returns at once. */
  start(): void;
  /** Finishes the batch in hand, closes every process and file. */
  dispose(): Promise<void>;
}

/** Readers of the progress stream are told at most so often: milliseconds. */
const PROGRESS_INTERVAL_MS = 250;

const IDLE: Progress = {
  state: 'idle',
  found: 0,
  done: 0,
  failed: 0,
  pending: 0,
  photosPerSecond: 0,
  secondsLeft: null,
  problem: null,
  revision: 0,
};

/** @throws SemblanceError LIBRARY_NOT_WRITABLE, LIBRARY_IN_USE, LIBRARY_TOO_NEW, LIBRARY_CORRUPT, MODEL_MISSING, MODEL_DAMAGED */
export async function openEngine(options: EngineOptions): Promise<Engine> {
  const directory = resolve(options.libraryDirectory);
  const thumbnailDirectory = join(directory, 'thumbnails');
  const closers: (() => void | Promise<void>)[] = [];
  const close = async (): Promise<void> => {
    for (const closer of closers.splice(0).reverse()) await closer();
  };

  try {
    const lock = lockLibrary(directory, options.host.kind);
    closers.push(() => lock.release());
    await mkdir(thumbnailDirectory, { recursive: true });
    const cities = options.citiesFile;
    const catalog = openCatalog(directory, cities === undefined ? null : placeTable(cities));
    closers.push(() => catalog.close());

    const compute = (role: ComputeRole): ComputeClient => {
      const client = createComputeClient({
        role,
        spawn: options.spawnCompute,
        setup: {
          modelDirectory: resolve(options.modelDirectory),
          warm: role === 'interactive' ? 'text' : 'image',
          intraOpThreads: 1,
          thumbnailDirectory,
        },
      });
      closers.push(() => client.dispose());
      return client;
    };
    const interactive = compute('interactive');
    const background = compute('background');
    const model = await interactive.model().catch((error) => {
      if (!(error instanceof ComputeGone)) throw error;
      throw new SemblanceError('COMPUTE_UNAVAILABLE', `${error.message} Please try again.`, { cause: error });
    });
    if (model === null) throw new SemblanceError('MODEL_MISSING', 'No model is set up.');

    const store = await openVectors(join(directory, 'vectors'));
    closers.push(() => store.close());
    const vectors = await store.table(model.key, model.dimensions);
    await reconcile(catalog, vectors, model.key);

    const progress = createLatest(IDLE, PROGRESS_INTERVAL_MS);
    closers.push(() => progress.close());
    const touch = (): void => progress.set({ ...progress.get(), revision: progress.get().revision + 1 });
    const { host } = options;
    const shared = { catalog, vectors, modelKey: model.key };
    const indexer = createIndexer({ ...shared, compute: background, progress, directory });
    closers.push(() => indexer.dispose());
    const update = (folders?: FolderId[]): void => void indexer.update(folders).catch(() => undefined);
    const watcher = watchFolders(catalog, (folder) => update([folder]));
    closers.push(() => watcher.close());
    let watching = false;
    const folders = createFolders({
      catalog,
      host,
      offeredFolders: options.offeredFolders ?? [],
      libraryDirectory: directory,
      forget: (photos) => forget({ catalog, vectors, thumbnailDirectory }, photos),
      onChange() {
        touch();
        if (watching) watcher.refresh();
      },
    });
    closers.push(placeInBackground(catalog, touch));
    const models = createModels(interactive, options.bundledModelsDirectory, options.modelDirectory);
    const acts = createActs(catalog, touch);
    const regions = createRegions(catalog, interactive);
    const search = createSearch({
      ...shared,
      compute: interactive,
      regions,
      revision: () => progress.get().revision,
      languages: () =>
        models.list().then(
          (all) => all.find((one) => one.active)?.languages ?? [],
          () => [],
        ),
    });
    const services: EngineServices = {
      host,
      folders,
      models,
      indexer,
      progress,
      acts,
      marks: createMarks(catalog, acts),
      albums: createAlbums(catalog, acts),
      search,
      why: createWhy({ regions, lens: search.lens }),
      library: createLibrary({
        catalog,
        directory,
        modelKey: model.key,
        host,
        folders,
        models,
        revision: () => progress.get().revision,
      }),
    };
    return {
      services,
      router: createRouter(services),
      media: createMedia({ catalog, compute: interactive, thumbnailDirectory }),
      start() {
        watching = true;
        watcher.refresh();
        // Texts first: an index is measured with them. After a failure the first search reads the vectors, and says why.
        void services.search
          .warm()
          .then(() => vectors.warm())
          .catch(() => undefined);
        services.library.retryFailures('passing');
        update();
      },
      dispose: close,
    };
  } catch (error) {
    await close();
    throw error;
  }
}
