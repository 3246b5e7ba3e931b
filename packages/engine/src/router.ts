// The contract, implemented: every procedure hands over to one service, every expected error becomes a typed one.
import { implement, ORPCError } from '@orpc/server';
import { contract, errorMap, type FolderId, SemblanceError } from '@semblance/contract';
import type { EngineServices } from './services/services.ts';

/** @see https://orpc.dev/docs/contract-first/implement-contract */
export function createRouter(services: EngineServices) {
  const os = implement(contract).use(async ({ next }) => {
    try {
      return await next();
    } catch (error) {
      if (!(error instanceof SemblanceError)) throw error;
      throw new ORPCError(error.kind, {
        defined: true,
        message: error.message,
        status: errorMap[error.kind].status,
      });
    }
  });
  const { labels, labelAnswers, labelStudio, labelRuns, labelTools } = services;
  const {
    library,
    folders,
    marks,
    albums,
    acts,
    search,
    why,
    models,
    modelStore: store,
    modelSwitch,
    indexer,
    pace,
    progress,
    host,
    duplicates,
    trash,
  } = services;
  const update = (ids?: FolderId[]): void => void indexer.update(ids).catch(() => undefined);

  return os.router({
    app: {
      info: os.app.info.handler(() => ({
        version: host.version,
        host: host.kind === 'desktop' ? ('desktop' as const) : ('server' as const),
        can: {
          chooseFolder: host.chooseFolders !== undefined,
          reveal: host.reveal !== undefined,
          addSamples: folders.canAddSamples,
        },
      })),
      progress: os.app.progress.handler(({ signal }) => progress.follow(signal)),
    },
    library: {
      status: os.library.status.handler(() => library.status()),
      // A saved search holds no photos: it is run.
      timeline: os.library.timeline.handler(
        async ({ input }) => (await search.savedTimeline(input)) ?? library.timeline(input),
      ),
      failures: os.library.failures.handler(({ input }) => library.failures(input)),
      retryFailures: os.library.retryFailures.handler(({ input }) => {
        const queued = library.retryFailures(input.fileIds ?? 'all');
        update();
        return { queued };
      }),
    },
    folders: {
      list: os.folders.list.handler(() => folders.list()),
      tree: os.folders.tree.handler(() => folders.tree()),
      offered: os.folders.offered.handler(() => folders.offered()),
      addOffered: os.folders.addOffered.handler(async ({ input }) => {
        const folder = await folders.addOffered(input.offerId);
        update([folder.id]);
        return folder;
      }),
      choose: os.folders.choose.handler(async () => {
        const added = await folders.choose();
        update(added.map((folder) => folder.id));
        return added;
      }),
      addSamples: os.folders.addSamples.handler(async () => {
        const folder = await folders.addSamples();
        update([folder.id]);
        return folder;
      }),
      rescan: os.folders.rescan.handler(({ input }) =>
        update(input.id === undefined ? undefined : [input.id]),
      ),
      accept: os.folders.accept.handler(({ input }) => {
        indexer.accept(input.id).catch(() => undefined);
      }),
      follow: os.folders.follow.handler(async ({ input }) => {
        const folder = await folders.follow(input.id);
        update([folder.id]);
        return folder;
      }),
      remove: os.folders.remove.handler(({ input }) => folders.remove(input.id)),
    },
    photos: {
      get: os.photos.get.handler(({ input }) => library.photo(input.id)),
      reveal: os.photos.reveal.handler(({ input }) => library.reveal(input.id)),
      mark: os.photos.mark.handler(async ({ input }) =>
        marks.mark({ ...input, photos: await search.found(input.photos) }),
      ),
      trash: os.photos.trash.handler(async ({ input }) => trash.photos(await search.found(input.photos))),
      export: os.photos.export.handler(async ({ input }) =>
        services.export.photos(await search.found(input.photos)),
      ),
    },
    trash: {
      list: os.trash.list.handler(({ input }) => trash.list(input)),
      restore: os.trash.restore.handler(({ input }) => trash.restore(input.actId)),
      putBack: os.trash.putBack.handler(({ input }) => trash.putBack(input.ids)),
      dismiss: os.trash.dismiss.handler(({ input }) => trash.dismiss(input.ids)),
    },
    albums: {
      list: os.albums.list.handler(() => albums.list()),
      of: os.albums.of.handler(({ input }) => albums.of(input.photoId)),
      create: os.albums.create.handler(async ({ input }) =>
        albums.create({ ...input, photos: input.photos && (await search.found(input.photos)) }),
      ),
      change: os.albums.change.handler(({ input: { id, ...change } }) => albums.change(id, change)),
      remove: os.albums.remove.handler(({ input }) => albums.remove(input.id)),
      add: os.albums.add.handler(async ({ input }) => albums.add(input.id, await search.found(input.photos))),
      take: os.albums.take.handler(async ({ input }) =>
        albums.take(input.id, await search.found(input.photos)),
      ),
    },
    labels: {
      list: os.labels.list.handler(() => labels.list()),
      of: os.labels.of.handler(({ input }) => labelAnswers.of(input.photoId)),
      create: os.labels.create.handler(({ input }) => labels.create(input.draft)),
      change: os.labels.change.handler(({ input: { id, ...change } }) => labels.change(id, change)),
      remove: os.labels.remove.handler(({ input }) => labels.remove(input.id)),
      merge: os.labels.merge.handler(({ input }) => labels.merge(input.from, input.into)),
      preview: os.labels.preview.handler(({ input }) => labelStudio.preview(input)),
      answer: os.labels.answer.handler(({ input }) => labelAnswers.answer(input.decisions)),
      assign: os.labels.assign.handler(async ({ input: { id, photos, on } }) =>
        labelAnswers.assign(id, await search.found(photos), on),
      ),
      questions: os.labels.questions.handler(({ input }) => labelStudio.questions(input.id, input.limit)),
      run: os.labels.run.handler(async ({ input }) =>
        labelRuns.start(input.labels, await search.found(input.over)),
      ),
      runs: os.labels.runs.handler(({ input }) => labelRuns.list(input.limit)),
      queue: os.labels.queue.handler(({ input }) => labelAnswers.queue(input)),
      packs: os.labels.packs.handler(({ input }) => labelTools.packs.list(input.language)),
      addPack: os.labels.addPack.handler(({ input }) =>
        labelTools.packs.add(input.id, input.language, input.names),
      ),
      propose: os.labels.propose.handler(({ input }) => labelTools.proposals.propose(input.language)),
      export: os.labels.export.handler(({ input }) => ({ text: labelTools.transfer.export(input.ids) })),
      import: os.labels.import.handler(({ input }) => labelTools.transfer.import(input.text)),
      writeSidecars: os.labels.writeSidecars.handler(async ({ input }) =>
        labelTools.sidecars.write(await search.found(input.over)),
      ),
      sidecars: os.labels.sidecars.handler(() => labelTools.sidecars.settings()),
      setSidecars: os.labels.setSidecars.handler(({ input }) => labelTools.sidecars.change(input)),
      adapter: {
        status: os.labels.adapter.status.handler(() => labelTools.adapter.status()),
        train: os.labels.adapter.train.handler(() => labelTools.adapter.train()),
        use: os.labels.adapter.use.handler(({ input }) => labelTools.adapter.use(input.on)),
      },
    },
    acts: {
      list: os.acts.list.handler(({ input }) => acts.list(input.limit)),
      undo: os.acts.undo.handler(({ input }) => acts.undo(input.id)),
    },
    search: {
      run: os.search.run.handler(({ input }) => search.run(input)),
      why: os.search.why.handler(({ input }) => why.why(input)),
      suggest: os.search.suggest.handler(({ input }) => search.suggest(input.text, input.limit)),
      recent: os.search.recent.handler(() => search.recent.list()),
      forgetRecent: os.search.forgetRecent.handler(({ input }) => search.recent.forget(input.text)),
      paraphrases: os.search.paraphrases.handler(({ input }) => search.paraphrases(input.text)),
      surprise: os.search.surprise.handler(({ input }) => search.surprise(input.count)),
    },
    duplicates: {
      status: os.duplicates.status.handler(() => duplicates.status()),
      find: os.duplicates.find.handler(() => {
        duplicates.find().catch(() => undefined);
      }),
      groups: os.duplicates.groups.handler(({ input }) => duplicates.groups(input)),
      group: os.duplicates.group.handler(({ input }) => duplicates.group(input.id)),
      choose: os.duplicates.choose.handler(({ input }) => duplicates.choose(input.id, input.choice)),
      rules: os.duplicates.rules.handler(() => duplicates.rules()),
      setRules: os.duplicates.setRules.handler(({ input }) => duplicates.setRules(input)),
      presets: os.duplicates.presets.handler(() => duplicates.presets()),
      plan: os.duplicates.plan.handler(({ input }) => duplicates.plan(input)),
      apply: os.duplicates.apply.handler(({ input }) => duplicates.apply(input)),
    },
    jobs: {
      pause: os.jobs.pause.handler(() => indexer.pause()),
      resume: os.jobs.resume.handler(() => indexer.resume()),
    },
    indexing: {
      pace: os.indexing.pace.handler(() => pace.state()),
      setPace: os.indexing.setPace.handler(({ input }) => pace.choose(input.choice)),
      lookFirst: os.indexing.lookFirst.handler(({ input }) => indexer.lookFirst(input.ids)),
    },
    models: {
      list: os.models.list.handler(() => models.list()),
      catalog: os.models.catalog.handler(() => store.catalog()),
      downloads: os.models.downloads.handler(({ signal }) => store.downloads.follow(signal)),
      look: os.models.look.handler(({ input, signal }) => store.look(input, signal)),
      download: os.models.download.handler(({ input }) => store.download(input)),
      pause: os.models.pause.handler(({ input }) => store.pause(input.id)),
      resume: os.models.resume.handler(({ input }) => store.resume(input.id)),
      cancel: os.models.cancel.handler(({ input }) => store.cancel(input.id)),
      remove: os.models.remove.handler(({ input }) => store.remove(input.id)),
      verify: os.models.verify.handler(({ input }) => store.verify(input.id)),
      repair: os.models.repair.handler(({ input }) => store.repair(input.id)),
      trials: os.models.trials.handler(({ signal }) => store.trials.list.follow(signal)),
      test: os.models.test.handler(({ input }) => store.trials.run(input.id)),
      choose: os.models.choose.handler(async () => {
        if (host.chooseFolders === undefined) {
          throw new SemblanceError('NOT_SUPPORTED_HERE', 'This host has no folder dialog.');
        }
        const added: string[] = [];
        for (const path of await host.chooseFolders()) added.push(await store.addFolder(path));
        return (await models.list()).filter(({ id }) => added.includes(id));
      }),
      hub: os.models.hub.handler(() => store.hub()),
      setHub: os.models.setHub.handler(({ input }) => store.setHub(input.url)),
      calls: os.models.calls.handler(({ input }) => store.calls(input.limit)),
    },
    modelSwitch: {
      status: os.modelSwitch.status.handler(({ signal }) => modelSwitch.follow(signal)),
      begin: os.modelSwitch.begin.handler(({ input }) => modelSwitch.begin(input.id, input.automatic)),
      pause: os.modelSwitch.pause.handler(() => modelSwitch.pause()),
      resume: os.modelSwitch.resume.handler(() => modelSwitch.resume()),
      cancel: os.modelSwitch.cancel.handler(() => modelSwitch.cancel()),
      preview: os.modelSwitch.preview.handler(() => modelSwitch.preview()),
      commit: os.modelSwitch.commit.handler(({ input }) => modelSwitch.commit(input.labels)),
      back: os.modelSwitch.back.handler(() => modelSwitch.back()),
      forgetPrevious: os.modelSwitch.forgetPrevious.handler(() => modelSwitch.forgetPrevious()),
      compare: os.modelSwitch.compare.handler(({ input, signal }) =>
        modelSwitch.compare(input.a, input.b, signal),
      ),
    },
  });
}
