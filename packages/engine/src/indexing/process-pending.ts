// From pending files to indexed photos, as a line that never stands still: files are marked in flight and given to the
// compute process while what it has finished is written (catalog, vectors, fsync, marked embedded) batch by batch.
// Every step can be repeated, so a crash anywhere costs at most what was on the line.
import { lstat } from 'node:fs/promises';
import type { Catalog, FileNow, WaitingFile } from '@semblance/catalog';
import type { IngestResult } from '@semblance/compute';
import { type FailureReason, SemblanceError } from '@semblance/contract';
import { hashFile } from '@semblance/scan';
import type { VectorTable } from '@semblance/vectors';
import { type ComputeClient, ComputeGone } from '../compute/client.ts';
import { isLarge } from '../compute/memory-limit.ts';
import { createLanes } from './lanes.ts';
import { type Recorded, record } from './record.ts';
import { stillCopied } from './still-copied.ts';

/** Files per catalog transaction and vector append, at most. */
export const BATCH_FILES = 64;

/** A file whose process was ended from outside so often while it was read alone is given up, until the next start. */
const MAX_KILLED = 3;

export interface ProcessorDeps {
  catalog: Catalog;
  vectors: VectorTable;
  compute: ComputeClient;
  modelKey: string;
}

export interface LineOptions {
  /** False: photos are made visible only; `fillMissing` makes them searchable later. */
  embed: boolean;
  /** A file that has stood still for so long is whole: milliseconds. */
  settles: number;
}

/** What became of files since it was last asked. */
export interface BatchOutcome {
  /** Files that are photos of the library now. */
  indexed: WaitingFile[];
  failed: number;
  /** Files that are no longer where the scan saw them: the next scan says whether they are gone or their disk is. */
  vanished: WaitingFile[];
  /** Files to try once more, each alone: one of them ended the compute process. */
  suspects: WaitingFile[];
}

export type Attempt =
  | { file: WaitingFile; result: IngestResult }
  | { file: WaitingFile; linked: true }
  | { file: WaitingFile; vanished: true }
  | { file: WaitingFile; copied: FileNow; notBefore: number }
  | { file: WaitingFile; gone: ComputeGone };

/**
 * Every method may throw SemblanceError DISK_FULL or COMPUTE_UNAVAILABLE: the run must stop. Nothing is under way then,
 * and files without an outcome stay pending.
 */
export interface Line {
  /**
   * Resolves when all of them are given to the compute process, or wait behind its slow decoders.
   * @param width files under way at a time
   */
  add(files: readonly WaitingFile[], width: number): Promise<BatchOutcome>;
  /** Ends what is under way, then tries these one after the other; one that ends the process is recorded as failed. */
  alone(files: readonly WaitingFile[]): Promise<BatchOutcome>;
  /** Ends what is under way. */
  drain(): Promise<BatchOutcome>;
  /** Ids of files that are still pending in the catalog, and need not be given again. */
  underWay(): number[];
}

export function createLine(deps: ProcessorDeps, options: LineOptions): Line {
  const { catalog, compute } = deps;
  const lanes = createLanes();
  const held = new Set<number>();
  let finished: Attempt[] = [];
  let outcome = nothing();
  let writing: Promise<void> = Promise.resolve();
  let large = false;
  /** Files written together: as many as come together, so that progress is as fine as the pace. */
  let together = BATCH_FILES;
  /** What stops the run. */
  let broken: { error: unknown } | null = null;

  function write(): void {
    const batch = finished;
    finished = [];
    writing = writing.then(async () => {
      if (broken !== null || batch.length === 0) return;
      try {
        report(await record(deps, batch));
        const ids = batch.map(({ file }) => file.fileId);
        catalog.clearInFlight(ids);
        for (const id of ids) held.delete(id);
        large = await isLarge(compute);
      } catch (error) {
        broken = { error };
      }
    });
  }

  function report({ indexed, failed }: Recorded): void {
    outcome.indexed.push(...indexed);
    outcome.failed += failed;
  }

  /** What is not to be written is sorted out at once. */
  function settle(item: Attempt, alone: boolean): void {
    const { file } = item;
    if ('result' in item && !item.result.ok && 'halt' in item.result) broken ??= { error: diskFull() };
    else if ('vanished' in item) {
      catalog.clearInFlight([file.fileId]);
      outcome.vanished.push(file);
    } else if ('copied' in item) {
      catalog.postpone(file.fileId, item.copied, item.notBefore);
      held.delete(file.fileId);
    } else if (!('gone' in item)) finished.push(item);
    else if (alone && isToBlame(item.gone, file)) finished.push({ file, result: blame(item.gone) });
    else {
      catalog.clearInFlight([file.fileId]);
      outcome.suspects.push(file);
    }
    if (finished.length >= together) write();
  }

  /** Whoever was killed from outside is innocent, for some times: the system may have run out of memory because of it. */
  function isToBlame({ how }: ComputeGone, { fileId }: WaitingFile): boolean {
    return how === 'killed' ? catalog.countAttempt(fileId) >= MAX_KILLED : how !== 'recycled';
  }

  async function run(file: WaitingFile, alone: boolean): Promise<void> {
    if (broken !== null) return;
    try {
      settle(await attempt(deps, file, options), alone);
    } catch (error) {
      broken ??= { error };
    }
  }

  function hold(files: readonly WaitingFile[]): void {
    const ids = files.map(({ fileId }) => fileId);
    for (const id of ids) held.add(id);
    catalog.markInFlight(ids);
  }

  async function empty(): Promise<void> {
    await lanes.idle();
    write();
    await writing;
    if (broken === null) return;
    // None of them is to blame.
    const { error } = broken;
    catalog.clearInFlight([...held]);
    held.clear();
    finished = [];
    outcome = nothing();
    broken = null;
    throw error;
  }

  function take(): BatchOutcome {
    const taken = outcome;
    outcome = nothing();
    for (const file of [...taken.vanished, ...taken.suspects]) held.delete(file.fileId);
    return taken;
  }

  return {
    async add(files, width) {
      hold(files);
      together = Math.min(BATCH_FILES, files.length);
      // One batch may be written while another one fills; more would only be held in memory.
      const before = writing;
      await lanes.give(files, width, (file) => run(file, false));
      await before;
      if (broken !== null || outcome.suspects.length > 0) await empty();
      else if (large) {
        await empty();
        large = false;
        compute.recycle();
      }
      return take();
    },
    async alone(files) {
      await empty();
      hold(files);
      for (const file of files) await run(file, true);
      await empty();
      return take();
    },
    async drain() {
      await empty();
      return take();
    },
    underWay: () => [...held],
  };
}

function nothing(): BatchOutcome {
  return { indexed: [], failed: 0, vanished: [], suspects: [] };
}

async function attempt(
  { catalog, compute, modelKey }: ProcessorDeps,
  file: WaitingFile,
  { embed, settles }: LineOptions,
): Promise<Attempt> {
  try {
    if (await linkKnownContent(catalog, file, modelKey)) return { file, linked: true };
    const result = await compute.call('ingest', [{ path: file.path, embed }]);
    if (!result.ok && 'reason' in result && result.reason === 'unreadable' && (await isAway(file.path))) {
      return { file, vanished: true };
    }
    const waiting = !result.ok && 'reason' in result ? await stillCopied(file, settles) : null;
    if (waiting !== null) return { file, ...waiting };
    return { file, result };
  } catch (error) {
    if (error instanceof ComputeGone) return { file, gone: error };
    throw error;
  }
}

/** A file as large as a known photo may be that photo, moved or copied: its hash costs less than its decode. */
async function linkKnownContent(catalog: Catalog, file: WaitingFile, modelKey: string): Promise<boolean> {
  const candidates = catalog.photosBySize(file.bytes);
  if (candidates.length === 0) return false;
  try {
    const read = await hashFile(file.path);
    const twin = candidates.find((candidate) => candidate.contentHash === read.contentHash);
    return twin !== undefined && catalog.linkFile(file.fileId, twin.photoId, read, modelKey) !== null;
  } catch {
    // Unreadable: the compute process will say why.
    return false;
  }
}

/** Whether the system no longer finds the file, or its disk no longer answers. */
async function isAway(path: string): Promise<boolean> {
  return lstat(path).then(
    () => false,
    (error: NodeJS.ErrnoException) => error.code !== 'EACCES' && error.code !== 'EPERM',
  );
}

function blame(gone: ComputeGone): { ok: false; reason: FailureReason; message: string } {
  if (gone.how === 'killed') {
    const message = 'Its process was ended from outside again and again while it was read.';
    return { ok: false, reason: 'unreadable', message };
  }
  return gone.how === 'hung'
    ? { ok: false, reason: 'timeout', message: 'Decoding took too long.' }
    : { ok: false, reason: 'corrupt', message: 'The picture makes the decoder crash.' };
}

export function diskFull(): SemblanceError {
  return new SemblanceError(
    'DISK_FULL',
    'The disk that holds the library is full. Free some space and resume.',
  );
}
