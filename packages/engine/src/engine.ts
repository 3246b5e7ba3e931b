// The composition root: opens catalog, vectors and compute processes in the right order and closes them in reverse.
import { mkdir } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { lockLibrary, openCatalog } from '@semblance/catalog';
import type { FolderId, Progress } from '@semblance/contract';
import { decidePace, type PowerConditions, UNKNOWN_CONDITIONS } from '@semblance/core';
import { volumes as machineVolumes } from '@semblance/scan';
import { openVectors } from '@semblance/vectors';
import { createComputeClient } from './compute/client.ts';
import { forget } from './forget.ts';
import { createIndexer } from './indexing/indexer.ts';
import { createPacer } from './indexing/pace.ts';
import { watchFolders } from './indexing/watch-folders.ts';
import { createLatest } from './latest.ts';
import { createMedia } from './media.ts';
import { type ActiveModel, createModelLoader } from './model/active-model.ts';
import { findModels } from './model/model-places.ts';
import { createModelRecord } from './model/model-record.ts';
import { createModelServices, type ModelServices } from './model/model-services.ts';
import { openModel } from './model/open-model.ts';
import { createSeat, type Seat } from './model/seat.ts';
import { closeSeated, retire, type Seated } from './model/seated.ts';
import { createInspector } from './models/inspector.ts';
import { createModelStore } from './models/model-store.ts';
import { runtimeFileIn } from './models/store-places.ts';
import { placeInBackground } from './place-in-background.ts';
import { placeTable } from './place-table.ts';
import type { EngineOptions } from './ports.ts';
import { createRouter } from './router.ts';
import { createActs } from './services/acts.ts';
import { createAlbums } from './services/albums.ts';
import { createDuplicates } from './services/duplicates.ts';
import { createExport } from './services/export.ts';
import { createFolders } from './services/folders.ts';
import { createHealth } from './services/health.ts';
import { createLabelAnswers } from './services/label-answers.ts';
import { createLabelPacks } from './services/label-packs.ts';
import { createLabelRuns } from './services/label-runs.ts';
import { createLabelTools } from './services/label-tools.ts';
import { createLabels } from './services/labels.ts';
import { createLibrary } from './services/library.ts';
import { createMarks } from './services/marks.ts';
import { createModelSwitch } from './services/model-switch.ts';
import { createModels } from './services/models.ts';
import type { EngineServices } from './services/services.ts';
import { createTrash } from './services/trash.ts';
import { trashGroups } from './trash/groups.ts';
import { createCatalogInheritor } from './trash/inheritors.ts';
import { createLabelInheritor } from './trash/label-inheritor.ts';
import { createMoves } from './trash/moves.ts';
import { chooseTrash } from './trash/places.ts';

export interface Engine {
  /** Implements `contract`; hand it to an oRPC transport. */
  readonly router: ReturnType<typeof createRouter>;
  /** The same services without a transport, for the command line. */
  readonly services: EngineServices;
  /** Answers `/media/thumb/<id>` and `/media/full/<id>` (also as `media://thumb/<id>`), GET and HEAD; `/media/export/<ticket>`, GET. */
  media(request: Request): Promise<Response>;
  /** Scans every folder, indexes what is new, and from then on whenever something changes; returns at once. */
  start(): void;
  /**
   * What the host knows of battery, idleness and sleep, for the automatic pace; what is left out stays as it was said
   * last. Hosts that know nothing never call it.
   */
  setConditions(change: Partial<PowerConditions>): void;
  /** Finishes the batch in hand, closes every process and file. */
  dispose(): Promise<void>;
}

/** Readers of the progress stream are told at most so often: milliseconds. */
const PROGRESS_INTERVAL_MS = 250;

/** Programs that copy write at least this often; a stalled network may take longer, and is seen by the next scan. */
const SETTLES_MS = 3000;

const IDLE: Progress = {
  state: 'idle',
  found: 0,
  done: 0,
  failed: 0,
  pending: 0,
  copying: 0,
  stage: 'scan',
  unsearchable: 0,
  pace: { choice: 'automatic', ...decidePace('automatic', UNKNOWN_CONDITIONS) },
  photosPerSecond: 0,
  secondsLeft: null,
  problem: null,
  fault: null,
  revision: 0,
};

/** @throws SemblanceError LIBRARY_NOT_WRITABLE, LIBRARY_IN_USE, LIBRARY_TOO_NEW, LIBRARY_CORRUPT, MODEL_MISSING, MODEL_DAMAGED */
export async function openEngine(options: EngineOptions): Promise<Engine> {
  const directory = resolve(options.libraryDirectory);
  const thumbnailDirectory = join(directory, 'thumbnails');
  const closers: (() => void | Promise<void>)[] = [];
  const closeAll = async (): Promise<void> => {
    const failures: unknown[] = [];
    // One that fails must not leave processes running and the library locked.
    for (const closer of closers.splice(0).reverse()) {
      try {
        await closer();
      } catch (error) {
        failures.push(error);
      }
    }
    if (failures.length > 0) throw failures[0];
  };
  let closing: Promise<void> | undefined;
  const close = (): Promise<void> => {
    closing ??= closeAll();
    return closing;
  };

  try {
    const lock = lockLibrary(directory, options.host.kind);
    closers.push(() => lock.release());
    await mkdir(thumbnailDirectory, { recursive: true });
    const cities = options.citiesFile;
    const catalog = openCatalog(directory, cities === undefined ? null : placeTable(cities));
    closers.push(() => catalog.close());

    const store = await openVectors(join(directory, 'vectors'));
    closers.push(() => store.close());
    const loader = createModelLoader({
      catalog,
      store,
      spawn: options.spawnCompute,
      runtimeFile: runtimeFileIn(options.modelsDirectory),
      thumbnailDirectory,
    });
    closers.push(() => loader.dispose());
    const places = findModels(options);
    const record = createModelRecord(catalog);
    const opened = await openModel({ loader, places, record, options });

    const health = createHealth({ catalog, directory, model: () => seat.now().now.model });
    const backingUp = health.backUp('begin');
    // Among the last: all that is said until then is in the copy.
    closers.push(async () => {
      await backingUp;
      await health.backUp('end');
    });

    const progress = createLatest(IDLE, PROGRESS_INTERVAL_MS);
    closers.push(() => progress.close());
    const touch = (): void => {
      progress.set({ ...progress.get(), revision: progress.get().revision + 1 });
      labelTools.sidecars.nudge();
    };
    const { host, volumes = machineVolumes } = options;
    const moves = createMoves();
    const acts = createActs(catalog, touch);
    const trash = createTrash({
      catalog,
      acts,
      moves,
      port: options.trash ?? chooseTrash({ host, libraryDirectory: directory }),
      inheritors: [createCatalogInheritor(catalog), createLabelInheritor(catalog)],
      onChange: touch,
    });
    await trash.recover();
    const packs = createLabelPacks(catalog, acts, options.labelPacksDirectory);
    const servicesOf = (model: ActiveModel): ModelServices =>
      createModelServices(
        {
          catalog,
          directory,
          packs,
          revision: () => progress.get().revision,
          languages: (id) =>
            models.list().then(
              (all) => all.find((one) => one.id === id)?.languages ?? [],
              () => [],
            ),
          elder: () => seat.now().elder?.search ?? null,
          process: () =>
            createComputeClient({
              role: 'background',
              spawn: options.spawnCompute,
              setup: { modelDirectory: null, warm: 'text', intraOpThreads: 1, thumbnailDirectory },
            }),
          onChange: touch,
        },
        model,
      );
    const seat: Seat<Seated> = createSeat<Seated>(
      { now: servicesOf(opened.model), elder: opened.elder === null ? null : servicesOf(opened.elder) },
      (old) => retire(old, seat.now(), loader),
    );
    closers.push(() => closeSeated(seat));
    const model = (): ActiveModel => seat.now().now.model;
    const interactive = seat.through((held) => held.now.model.interactive);
    const scoring = seat.through((held) => held.now.scoring);
    const labelRuns = createLabelRuns({ catalog, acts, scoring, modelKey: () => model().key });
    closers.push(() => labelRuns.dispose());
    const pace = createPacer(catalog, () => {
      progress.set({ ...progress.get(), pace: pace.state() });
      indexer.wake();
    });
    progress.set({ ...progress.get(), pace: pace.state() });
    const indexer = createIndexer({
      catalog,
      withModel: (work) => seat.use((held) => work(held.now.model)),
      inUse: model,
      pace,
      progress,
      directory,
      moves,
      volumes,
      settles: options.settles ?? SETTLES_MS,
      async onEmbedded() {
        await labelRuns.lookAtNew();
        modelSwitch.nudge();
      },
    });
    closers.push(() => indexer.dispose());
    const update = (folders?: FolderId[]): void => void indexer.update(folders).catch(() => undefined);
    const watcher = watchFolders(catalog, { onHint: (folder) => update([folder]), volumes });
    closers.push(() => watcher.close());
    let watching = false;
    const folders = createFolders({
      catalog,
      host,
      offeredFolders: options.offeredFolders ?? [],
      libraryDirectory: directory,
      volumes,
      samplesDirectory: options.samplesDirectory,
      forget: (photos) => forget({ catalog, tables: loader.tables, thumbnailDirectory }, photos),
      onChange() {
        touch();
        if (watching) watcher.refresh();
      },
    });
    closers.push(placeInBackground(catalog, touch));
    const models = createModels(
      interactive,
      {
        bundled: options.bundledModelsDirectory,
        added: options.modelsDirectory,
        active: options.modelDirectory,
      },
      () => model().directory,
    );
    const modelStore = createModelStore({
      directory: options.modelsDirectory,
      bundled: options.bundledModelsDirectory,
      inspector: createInspector(options.spawnCompute),
      hub: options.hub,
      inUse: () => modelSwitch.inUse(),
      onChange: () => models.refresh(),
    });
    closers.push(() => modelStore.dispose());
    const labelTools = createLabelTools({
      catalog,
      acts,
      directory,
      packs,
      proposals: seat.through((held) => held.now.proposals),
      adapter: seat.through((held) => held.now.adapter),
    });
    closers.push(() => labelTools.sidecars.dispose());
    await seat.now().now.adapter.open();
    const search = seat.through((held) => held.now.search);
    const finder = seat.through((held) => held.now.finder);
    const modelSwitch = createModelSwitch({
      catalog,
      acts,
      record,
      places,
      loader,
      seat,
      servicesOf,
      labelRuns,
      models,
      directory,
      settle: (id) => modelStore.trials.settle(id),
      process: (modelDirectory) =>
        createComputeClient({
          role: 'background',
          spawn: options.spawnCompute,
          setup: { modelDirectory, warm: 'image', intraOpThreads: 1, thumbnailDirectory },
        }),
      problem: opened.problem,
      busy: () => progress.get().state !== 'idle' && progress.get().state !== 'stopped',
      onChange: touch,
      fillGaps: () => update([]),
    });
    closers.push(() => modelSwitch.dispose());
    // The first to be closed: no further file is moved.
    closers.push(() => trash.dispose());
    const services: EngineServices = {
      host,
      health,
      export: createExport(catalog, host),
      folders,
      models,
      modelStore,
      indexer,
      pace,
      progress,
      acts,
      marks: createMarks(catalog, acts),
      albums: createAlbums(catalog, acts),
      labels: createLabels(catalog, acts),
      labelAnswers: createLabelAnswers(catalog, acts),
      labelStudio: seat.through((held) => held.now.studio),
      labelRuns,
      labelTools,
      search,
      why: seat.through((held) => held.now.why),
      modelSwitch,
      duplicates: createDuplicates({
        catalog,
        acts,
        finder,
        revision: () => progress.get().revision,
        onChange: touch,
        trash: (groups) => trashGroups(trash, groups),
      }),
      trash,
      library: createLibrary({
        catalog,
        directory,
        modelKey: () => model().space,
        host,
        folders,
        models,
        health,
        revision: () => progress.get().revision,
      }),
    };
    const pictures = createMedia({ catalog, compute: interactive, thumbnailDirectory });
    return {
      services,
      router: createRouter(services),
      media: (request) => services.export.respond(request) ?? pictures(request),
      start() {
        watching = true;
        void labelRuns.lookAtNew();
        watcher.refresh();
        labelTools.sidecars.nudge();
        // Texts first: an index is measured with them. After a failure the first search reads the vectors, and says why.
        void services.search
          .warm()
          .then(() => model().vectors.warm())
          .catch(() => undefined);
        modelSwitch.start();
        services.library.retryFailures('passing');
        update();
      },
      setConditions: pace.setConditions,
      dispose: close,
    };
  } catch (error) {
    await close().catch(() => undefined);
    throw error;
  }
}
