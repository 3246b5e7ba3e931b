// Keeps the library in step with its folders: scan, then index what is pending, newest first, until nothing is left.
// One loop, one batch at a time; pausing, closing and new requests take effect between batches.
import type { Catalog, WaitingFile } from '@semblance/catalog';
import { type FolderId, type Progress, SemblanceError } from '@semblance/contract';
import { freeSpace } from '@semblance/scan';
import type { Latest } from '../latest.ts';
import type { ActiveModel } from '../model/active-model.ts';
import type { Moves } from '../trash/moves.ts';
import { fillMissing } from './fill-missing.ts';
import { BATCH_FILES, diskFull, type ProcessorDeps, processBatch } from './process-pending.ts';
import { createRate } from './rate.ts';
import { scanRoot } from './scan-root.ts';

/** Files that became photos of the library in one run, by folder. */
type RunReport = ReadonlyMap<FolderId, number>;

export interface Indexer {
  /** Looks at these folders (all when absent) and indexes what is new. Resolves when the library is idle again. */
  update(folders?: FolderId[]): Promise<RunReport>;
  /** The same for an offline folder whose missing photos are really gone, as the user says. */
  accept(folder: FolderId): Promise<RunReport>;
  pause(): void;
  resume(): void;
  /** Finishes the batch in hand and stops for good. */
  dispose(): Promise<void>;
}

export interface IndexerDeps {
  catalog: Catalog;
  /** Works with the model in use, which stays whole until the work is done. */
  withModel: <T>(work: (model: ActiveModel) => Promise<T>) => Promise<T>;
  progress: Latest<Progress>;
  /** Files that we move ourselves, also in the middle of a scan. */
  moves: Moves;
  /** The library folder, whose disk must not run full. */
  directory: string;
  /** After every batch that made photos searchable; the next one waits for it. */
  onEmbedded?: () => Promise<void>;
}

/** Below this much free space on the library's disk, indexing stops before anything is half written: bytes. */
const MIN_FREE_BYTES = 100 * 1024 * 1024;
/** Batches between two compactions of the vectors. */
const COMPACT_EVERY = 40;

export function createIndexer(deps: IndexerDeps): Indexer {
  const { catalog, progress } = deps;
  const depsOf = ({ vectors, background, space }: ActiveModel): ProcessorDeps => ({
    catalog,
    vectors,
    compute: background,
    modelKey: space,
  });
  const rate = createRate();
  const closing = new AbortController();
  const wanted = new Set<FolderId>();
  const accepted = new Set<FolderId>();
  let paused = false;
  let running: Promise<RunReport> | null = null;
  let counters = { done: 0, failed: 0, pending: 0 };
  let wake: (() => void) | null = null;

  function report(state: Progress['state'], change: Partial<Progress> = {}): void {
    const now = Date.now();
    const active = state === 'indexing';
    const { done, failed, pending } = counters;
    progress.set({
      ...progress.get(),
      state,
      found: done + failed + pending,
      done,
      failed,
      pending,
      photosPerSecond: active ? rate.perSecond(now) : 0,
      secondsLeft: active ? rate.secondsLeft(now, pending) : null,
      problem: null,
      ...change,
    });
  }

  function recount(): void {
    const { failed, pending } = catalog.counts(null);
    // Like `pending`: what lies in an offline folder is neither done nor to be done now.
    const online = catalog.listRoots().filter((root) => root.state === 'online');
    const present = online.reduce((sum, root) => sum + catalog.presentFiles(root.id), 0);
    counters = { done: Math.max(0, present - failed - pending), failed, pending };
  }

  function changed(): Partial<Progress> {
    return { revision: progress.get().revision + 1 };
  }

  async function scanWanted(): Promise<void> {
    // What is asked for during a scan stays asked for: it may be about what the scan has already passed.
    const now = [...wanted];
    wanted.clear();
    for (const id of now) {
      const root = catalog.root(id);
      if (root === null) continue;
      report('scanning');
      await scanRoot(catalog, root, {
        signal: closing.signal,
        accept: accepted.delete(id),
        moves: deps.moves,
        onSeen: (seen) => report('scanning', { found: seen }),
      });
      recount();
      report('scanning', changed());
    }
  }

  /** A file that is away is a question to its folder, which is scanned again; one that is listed and never there fails. */
  function askFolders(vanished: readonly WaitingFile[], before: Set<number>): number {
    const again = vanished.filter((file) => before.has(file.fileId));
    for (const { fileId } of again) catalog.failFile(fileId, 'unreadable', 'The file cannot be found.');
    for (const { fileId, rootId } of vanished) {
      if (!before.has(fileId)) wanted.add(rootId);
      before.add(fileId);
    }
    return again.length;
  }

  async function indexPending(indexed: Map<FolderId, number>, vanished: Set<number>): Promise<void> {
    // What was in flight when the last process died is tried alone first: one of them may be the reason.
    let suspects: WaitingFile[] = catalog.inFlightLeftovers();
    let batches = 0;
    rate.begin(Date.now());
    for (;;) {
      if (paused) await untilWoken();
      if (closing.signal.aborted) return;
      const alone = suspects.length > 0;
      const files = alone ? suspects.splice(0, BATCH_FILES) : catalog.nextPending({ limit: BATCH_FILES });
      if (files.length === 0) return;
      if ((await freeSpace(deps.directory)) < MIN_FREE_BYTES) throw diskFull();
      const outcome = await deps.withModel((model) => processBatch(depsOf(model), files, alone));
      suspects = [...outcome.suspects, ...suspects];
      for (const { rootId } of outcome.indexed) indexed.set(rootId, (indexed.get(rootId) ?? 0) + 1);
      if (outcome.indexed.length > 0) await deps.onEmbedded?.();
      const failed = outcome.failed + askFolders(outcome.vanished, vanished);
      const finished = outcome.indexed.length + failed;
      counters.done += outcome.indexed.length;
      counters.failed += failed;
      counters.pending = Math.max(0, counters.pending - finished);
      rate.add(Date.now(), finished);
      batches += 1;
      // Every batch leaves a fragment, and many small ones make searches slow.
      if (batches % COMPACT_EVERY === 0) await deps.withModel(({ vectors }) => vectors.compact());
      report(paused ? 'paused' : 'indexing', changed());
      // At least one batch is done between two scans, so that a busy folder cannot hold everything up; and suspects are
      // tried to the end, or they would take their neighbours down again.
      if (wanted.size > 0 && suspects.length === 0) return;
    }
  }

  async function makeAllSearchable(): Promise<void> {
    const skip = new Set<string>();
    while (!closing.signal.aborted && wanted.size === 0 && !paused) {
      const { filled, tried } = await deps.withModel((model) => fillMissing(depsOf(model), skip));
      if (tried === 0) return;
      if (filled > 0) await deps.onEmbedded?.();
      rate.add(Date.now(), filled);
      report('indexing', changed());
    }
  }

  async function run(): Promise<RunReport> {
    const indexed = new Map<FolderId, number>();
    const vanished = new Set<number>();
    try {
      do {
        await scanWanted();
        recount();
        report(paused ? 'paused' : 'indexing');
        await indexPending(indexed, vanished);
        await makeAllSearchable();
        await deps.withModel(({ vectors }) => vectors.compact());
      } while (wanted.size > 0 && !closing.signal.aborted);
      recount();
      report(paused && counters.pending > 0 ? 'paused' : 'idle', changed());
      return indexed;
    } catch (error) {
      if (closing.signal.aborted) return indexed;
      recount();
      report('stopped', { ...changed(), problem: sentence(error) });
      throw error;
    }
  }

  async function untilWoken(): Promise<void> {
    report('paused');
    await new Promise<void>((resolve) => {
      wake = resolve;
    });
  }

  function work(): Promise<RunReport> {
    running ??= run().finally(() => {
      running = null;
    });
    return running;
  }

  return {
    update(folders) {
      for (const root of catalog.listRoots()) {
        if (folders === undefined || folders.includes(root.id)) wanted.add(root.id);
      }
      return work();
    },
    accept(folder) {
      accepted.add(folder);
      wanted.add(folder);
      return work();
    },
    pause() {
      paused = true;
      if (running !== null) report('paused');
    },
    resume() {
      paused = false;
      rate.begin(Date.now());
      wake?.();
      // A run that was paused while making photos searchable has ended; what it left is taken up again.
      work().catch(() => undefined);
    },
    async dispose() {
      closing.abort();
      wake?.();
      await running?.catch(() => undefined);
    },
  };
}

function sentence(error: unknown): string {
  if (error instanceof SemblanceError) return error.message;
  return `Indexing stopped: ${error instanceof Error ? error.message : String(error)}`;
}
