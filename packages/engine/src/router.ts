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
  const {
    library,
    folders,
    marks,
    albums,
    acts,
    search,
    models,
    indexer,
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
        can: { chooseFolder: host.chooseFolders !== undefined, reveal: host.reveal !== undefined },
      })),
      progress: os.app.progress.handler(({ signal }) => progress.follow(signal)),
    },
    library: {
      status: os.library.status.handler(() => library.status()),
      timeline: os.library.timeline.handler(({ input }) => library.timeline(input)),
      failures: os.library.failures.handler(({ input }) => library.failures(input)),
      retryFailures: os.library.retryFailures.handler(() => {
        const queued = library.retryFailures();
        update();
        return { queued };
      }),
    },
    folders: {
      list: os.folders.list.handler(() => folders.list()),
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
      rescan: os.folders.rescan.handler(({ input }) =>
        update(input.id === undefined ? undefined : [input.id]),
      ),
      accept: os.folders.accept.handler(({ input }) => {
        indexer.accept(input.id).catch(() => undefined);
      }),
      remove: os.folders.remove.handler(({ input }) => folders.remove(input.id)),
    },
    photos: {
      get: os.photos.get.handler(({ input }) => library.photo(input.id)),
      reveal: os.photos.reveal.handler(({ input }) => library.reveal(input.id)),
      mark: os.photos.mark.handler(({ input }) => marks.mark(input)),
      trash: os.photos.trash.handler(({ input }) => trash.photos(input.photos)),
    },
    trash: {
      list: os.trash.list.handler(({ input }) => trash.list(input)),
      restore: os.trash.restore.handler(({ input }) => trash.restore(input.actId)),
    },
    albums: {
      list: os.albums.list.handler(() => albums.list()),
      of: os.albums.of.handler(({ input }) => albums.of(input.photoId)),
      create: os.albums.create.handler(({ input }) => albums.create(input)),
      change: os.albums.change.handler(({ input: { id, ...change } }) => albums.change(id, change)),
      remove: os.albums.remove.handler(({ input }) => albums.remove(input.id)),
      add: os.albums.add.handler(({ input }) => albums.add(input.id, input.photos)),
      take: os.albums.take.handler(({ input }) => albums.take(input.id, input.photos)),
    },
    acts: {
      list: os.acts.list.handler(({ input }) => acts.list(input.limit)),
      undo: os.acts.undo.handler(({ input }) => acts.undo(input.id)),
    },
    search: {
      run: os.search.run.handler(({ input }) => search.run(input)),
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
    models: {
      list: os.models.list.handler(() => models.list()),
    },
  });
}
