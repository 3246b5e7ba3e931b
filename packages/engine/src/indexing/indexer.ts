// Keeps the library in step with its folders: scan, then index what is pending, newest first, until nothing is left.
// One loop over batches that overlap; pausing, closing and new requests take effect when what is under way has ended.
import type { Catalog, WaitingFile } from '@semblance/catalog';
import { type FolderId, type PhotoId, type Progress, SemblanceError } from '@semblance/contract';
import { freeSpace, type Volumes } from '@semblance/scan';
import { ComputeGone } from '../compute/client.ts';
import type { Latest } from '../latest.ts';
import type { ActiveModel } from '../model/active-model.ts';
import type { Moves } from '../trash/moves.ts';
import { fillMissing } from './fill-missing.ts';
import type { Pacer } from './pace.ts';
import { type BatchOutcome, createLine, diskFull, type Line, type ProcessorDeps } from './process-pending.ts';
import { createRate } from './rate.ts';
import { refreshBeside } from './refresh-beside.ts';
import { relinkMoved } from './relink.ts';
import { scanRoot } from './scan-root.ts';
import { createTelling } from './telling.ts';
import { createCopyWait } from './wait-for-copies.ts';

/** Ids of the files that became photos of the library in one run, by folder. */
type RunReport = ReadonlyMap<FolderId, readonly number[]>;

export interface Indexer {
  /** Looks at these folders (all when absent) and indexes what is new. Resolves when the library is idle again. */
  update(folders?: FolderId[]): Promise<RunReport>;
  /** The same for an offline folder whose missing photos are really gone, as the user says. */
  accept(folder: FolderId): Promise<RunReport>;
  pause(): void;
  resume(): void;
  /** The photos on screen: what they lack is done next. */
  lookFirst(photos: readonly PhotoId[]): void;
  /** Looks again whether work may go on: the pace has changed. */
  wake(): void;
  /** Finishes the batch in hand and stops for good. */
  dispose(): Promise<void>;
}

export interface IndexerDeps {
  catalog: Catalog;
  /** Works with the model in use, which stays whole until the work is done. */
  withModel: <T>(work: (model: ActiveModel) => Promise<T>) => Promise<T>;
  inUse: () => ActiveModel;
  progress: Latest<Progress>;
  pace: Pacer;
  /** Files that we move ourselves, also in the middle of a scan. */
  moves: Moves;
  /** Tells disks apart. */
  volumes: Volumes;
  /** A file that has stood still for so long is whole: milliseconds. */
  settles: number;
  /** The library folder, whose disk must not run full. */
  directory: string;
  /** After every batch that made photos searchable; the next one waits for it. */
  onEmbedded?: () => Promise<void>;
}

/** Below this much free space on the library's disk, indexing stops before anything is half written: bytes. */
const MIN_FREE_BYTES = 100 * 1024 * 1024;
/** From so many new files on it matters when they can be seen. */
const MANY = 200;
/**
 * An encoder slower than this is kept for later when there is much to see: a photo decoded twice (45 ms at 12 megapixels)
 * then costs less than a fourth of all, and everything is visible in less than half the time. ViT-B/32 is faster, larger
 * models are slower.
 */
const SLOW_ENCODER_MS = 100;
/** Batches between two compactions of the vectors. */
const COMPACT_EVERY = 40;
/** Somewhat longer than a compute client rests after failed starts: milliseconds. */
const GO_ON_MS = 65_000;

export function createIndexer(deps: IndexerDeps): Indexer {
  const { catalog, progress, pace } = deps;
  const rate = createRate();
  const telling = createTelling({ catalog, progress, pace, rate, space: () => deps.inUse().space });
  const { counters, report, recount, changed } = telling;
  const depsOf = ({ vectors, background, space }: ActiveModel): ProcessorDeps => ({
    catalog,
    vectors,
    compute: background,
    modelKey: space,
  });
  const copies = createCopyWait({
    catalog,
    onWait() {
      recount();
      report('indexing', changed());
    },
    onTime: () => void work().catch(() => undefined),
  });
  const closing = new AbortController();
  const wanted = new Set<FolderId>();
  const accepted = new Set<FolderId>();
  let paused = false;
  let running: Promise<RunReport> | null = null;
  let wake: (() => void) | null = null;
  let later: NodeJS.Timeout | undefined;
  let first: readonly PhotoId[] = [];
  let firstIsNew = false;

  async function scanWanted(): Promise<void> {
    // What is asked for during a scan stays asked for: it may be about what the scan has already passed.
    const now = [...wanted];
    wanted.clear();
    for (const id of now) {
      const root = catalog.root(id);
      if (root === null) continue;
      telling.stage = 'scan';
      report('scanning');
      await scanRoot(catalog, root, {
        signal: closing.signal,
        accept: accepted.delete(id),
        moves: deps.moves,
        volumes: deps.volumes,
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

  async function indexPending(indexed: Map<FolderId, number[]>, vanished: Set<number>): Promise<void> {
    while (held()) await untilWoken();
    const moved = await relinkMoved({ catalog, modelKey: deps.inUse().space }, closing.signal);
    for (const file of moved) {
      note(indexed, file);
      counters.done += 1;
      counters.pending = Math.max(0, counters.pending - 1);
    }
    // Once more where another model took the seat in the middle.
    while (await deps.withModel((model) => indexWith(model, indexed, vanished)));
  }

  /** @returns whether another model is in use by now, and files may be left for it */
  async function indexWith(
    model: ActiveModel,
    indexed: Map<FolderId, number[]>,
    vanished: Set<number>,
  ): Promise<boolean> {
    const line = createLine(depsOf(model), {
      embed: !(await visibleFirst(model)),
      settles: deps.settles,
    });
    try {
      return await keepBusy(model, line, async (outcome) => {
        for (const file of outcome.indexed) note(indexed, file);
        const failed = outcome.failed + askFolders(outcome.vanished, vanished);
        const finished = outcome.indexed.length + failed;
        if (finished === 0) return;
        if (outcome.indexed.length > 0) await deps.onEmbedded?.();
        counters.done += outcome.indexed.length;
        counters.failed += failed;
        counters.pending = Math.max(0, counters.pending - finished);
        rate.add(Date.now(), finished);
        report(held() ? 'paused' : 'indexing', changed());
      });
    } finally {
      // Whatever stops the run: nothing is left under way behind its back.
      await line.drain().catch(() => undefined);
    }
  }

  /** Whether the library is to be seen whole before any of it can be searched. */
  async function visibleFirst({ background }: ActiveModel): Promise<boolean> {
    if (counters.pending < MANY) return false;
    // A process that dies at its start is dealt with where its work is.
    const model = await background.model().catch((error) => {
      if (error instanceof ComputeGone) return null;
      throw error;
    });
    return (model?.encodeMs ?? 0) > SLOW_ENCODER_MS;
  }

  /** @returns whether another model took the seat */
  async function keepBusy(
    model: ActiveModel,
    line: Line,
    settle: (outcome: BatchOutcome) => Promise<void>,
  ): Promise<boolean> {
    // What was in flight when the last process died is tried alone first: one of them may be the reason.
    let suspects: WaitingFile[] = catalog.inFlightLeftovers();
    let batches = 0;
    const settled = async (outcome: BatchOutcome): Promise<void> => {
      suspects = [...outcome.suspects, ...suspects];
      await settle(outcome);
    };
    telling.stage = 'photos';
    rate.begin(Date.now());
    for (;;) {
      if (held()) await settled(await line.drain());
      while (held()) await untilWoken();
      if (closing.signal.aborted || deps.inUse() !== model) {
        await settled(await line.drain());
        if (suspects.length === 0 || closing.signal.aborted) return !closing.signal.aborted;
      }
      pace.rank(model.background);
      const begun = performance.now();
      await makeSearchableFirst();
      const alone = suspects.length > 0;
      const { batch, width } = pace.effort();
      const exclude = line.underWay();
      const files = alone ? suspects.splice(0, batch) : catalog.nextPending({ limit: batch, first, exclude });
      if (files.length === 0 && exclude.length === 0) return false;
      if ((await freeSpace(deps.directory)) < MIN_FREE_BYTES) throw diskFull();
      if (files.length === 0) await settled(await line.drain());
      else await settled(await (alone ? line.alone(files) : line.add(files, width)));
      batches += 1;
      // Every batch leaves a fragment, and many small ones make searches slow.
      if (batches % COMPACT_EVERY === 0) {
        await model.vectors.compact();
        catalog.refreshUnits();
      }
      await pace.rest(performance.now() - begun, closing.signal);
      // At least one batch is done between two scans, so that a busy folder cannot hold everything up; and suspects are
      // tried to the end, or they would take their neighbours down again.
      if (wanted.size > 0 && suspects.length === 0) {
        await settled(await line.drain());
        if (suspects.length === 0) return false;
      }
    }
  }

  /** What is on screen and cannot be found does not wait for all that is new. */
  async function makeSearchableFirst(): Promise<void> {
    if (!firstIsNew) return;
    firstIsNew = false;
    const options = { skip: new Set<string>(), width: pace.effort().width, among: first };
    const { filled } = await deps.withModel((model) => fillMissing(depsOf(model), options));
    counters.unsearchable = Math.max(0, counters.unsearchable - filled);
    if (filled > 0) await deps.onEmbedded?.();
  }

  async function makeAllSearchable(): Promise<void> {
    const skip = new Set<string>();
    telling.stage = 'search';
    counters.unsearchable = unsearchable();
    if (counters.unsearchable > 0) rate.begin(Date.now());
    while (!closing.signal.aborted && wanted.size === 0 && !held()) {
      pace.rank(deps.inUse().background);
      const begun = performance.now();
      await makeSearchableFirst();
      const { width } = pace.effort();
      const { filled, tried } = await deps.withModel((model) => fillMissing(depsOf(model), { skip, width }));
      if (tried === 0) return;
      if (filled > 0) await deps.onEmbedded?.();
      counters.unsearchable = Math.max(0, counters.unsearchable - filled);
      rate.add(Date.now(), filled);
      await pace.rest(performance.now() - begun, closing.signal);
      report('indexing', changed());
    }
  }

  async function run(): Promise<RunReport> {
    const indexed = new Map<FolderId, number[]>();
    const vanished = new Set<number>();
    try {
      do {
        await scanWanted();
        recount();
        report(paused ? 'paused' : 'indexing');
        await indexPending(indexed, vanished);
        if (catalog.refreshUnits() > 0) report('indexing', changed());
        const stop = (): boolean => closing.signal.aborted || held();
        const again = await deps.withModel(({ background }) =>
          refreshBeside({ catalog, compute: background }, stop),
        );
        if (again > 0) report('indexing', changed());
        await makeAllSearchable();
        await deps.withModel(({ vectors }) => vectors.compact());
      } while (await isMore());
      recount();
      report(held() && counters.pending + counters.unsearchable > 0 ? 'paused' : 'idle', changed());
      return indexed;
    } catch (error) {
      if (closing.signal.aborted) return indexed;
      recount();
      const fault = error instanceof SemblanceError ? error.kind : null;
      report('stopped', { ...changed(), problem: sentence(error), fault });
      if (error instanceof SemblanceError && error.kind === 'COMPUTE_UNAVAILABLE') goOnLater();
      throw error;
    }
  }

  async function isMore(): Promise<boolean> {
    if (closing.signal.aborted || wanted.size > 0) return !closing.signal.aborted;
    return !held() && (await copies.next()) && !closing.signal.aborted;
  }

  /** A process that died over and over may have been short of memory for a while. */
  function goOnLater(): void {
    clearTimeout(later);
    later = setTimeout(() => work().catch(() => undefined), GO_ON_MS);
    later.unref();
  }

  function held(): boolean {
    return !closing.signal.aborted && (paused || pace.stopped());
  }

  function unsearchable(): number {
    const { photos, indexed } = catalog.counts(deps.inUse().space);
    return Math.max(0, photos - indexed);
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
      copies.goOn();
      return work();
    },
    accept(folder) {
      accepted.add(folder);
      wanted.add(folder);
      copies.goOn();
      return work();
    },
    pause() {
      paused = true;
      copies.goOn();
      if (running !== null) report('paused');
    },
    resume() {
      paused = false;
      rate.begin(Date.now());
      wake?.();
      // A run that was paused while making photos searchable has ended; what it left is taken up again.
      work().catch(() => undefined);
    },
    lookFirst(photos) {
      first = photos;
      firstIsNew = photos.length > 0;
    },
    wake() {
      wake?.();
      // Like resume: what was left when the machine went to sleep is taken up again.
      if (!held() && progress.get().state === 'paused') work().catch(() => undefined);
    },
    async dispose() {
      closing.abort();
      clearTimeout(later);
      wake?.();
      copies.dispose();
      await running?.catch(() => undefined);
    },
  };
}

function note(indexed: Map<FolderId, number[]>, { rootId, fileId }: WaitingFile): void {
  const files = indexed.get(rootId) ?? [];
  indexed.set(rootId, files);
  files.push(fileId);
}

function sentence(error: unknown): string {
  if (error instanceof SemblanceError) return error.message;
  return `Indexing stopped: ${error instanceof Error ? error.message : String(error)}`;
}
