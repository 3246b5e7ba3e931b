// From pending files to indexed photos. Each batch: mark in flight, decode and encode, catalog, vectors, fsync, mark
// embedded. Every step can be repeated, so a crash anywhere costs at most one batch of work.
import { lstat } from 'node:fs/promises';
import type { Catalog, WaitingFile } from '@semblance/catalog';
import type { IngestResult } from '@semblance/compute';
import { type FailureReason, SemblanceError } from '@semblance/contract';
import { hashFile } from '@semblance/scan';
import { hashVector, type VectorTable } from '@semblance/vectors';
import { type ComputeClient, ComputeGone } from '../compute/client.ts';
import { recycleWhenLarge } from './memory-limit.ts';

/** Files per catalog transaction and vector append. */
export const BATCH_FILES = 64;
/** Files given to the compute process at a time: two encoder batches, so that decoding never waits for encoding. */
const WINDOW = 16;

export interface ProcessorDeps {
  catalog: Catalog;
  vectors: VectorTable;
  compute: ComputeClient;
  modelKey: string;
}

export interface BatchOutcome {
  /** Files that are photos of the library now. */
  indexed: WaitingFile[];
  failed: number;
  /** Files that are no longer where the scan saw them: the next scan says whether they are gone or their disk is. */
  vanished: WaitingFile[];
  /** Files to try once more, each alone: one of them ended the compute process. */
  suspects: WaitingFile[];
}

type Attempt =
  | { file: WaitingFile; result: IngestResult }
  | { file: WaitingFile; linked: true }
  | { file: WaitingFile; vanished: true }
  | { file: WaitingFile; gone: ComputeGone };

/**
 * Processes one batch to the end.
 *
 * @param alone one file after the other, for suspects; a file that ends the process alone is recorded as failed
 * @throws SemblanceError DISK_FULL, COMPUTE_UNAVAILABLE: the run must stop; the files stay pending
 */
export async function processBatch(
  deps: ProcessorDeps,
  files: WaitingFile[],
  alone: boolean,
): Promise<BatchOutcome> {
  const { catalog } = deps;
  const ids = files.map((file) => file.fileId);
  catalog.markInFlight(ids);
  const attempts = await inWindow(files, alone ? 1 : WINDOW, (file) => attempt(deps, file));
  const suspects: WaitingFile[] = [];
  const done: Attempt[] = [];
  for (const item of attempts) {
    if ('result' in item && !item.result.ok && 'halt' in item.result) {
      // None of them is to blame.
      catalog.clearInFlight(ids);
      throw diskFull();
    }
    if (!('gone' in item)) done.push(item);
    else if (item.gone.how !== 'recycled' && alone) done.push({ file: item.file, result: blame(item.gone) });
    else suspects.push(item.file);
  }
  const vanished = done.filter((item) => 'vanished' in item).map((item) => item.file);
  const outcome = await record(deps, done);
  catalog.clearInFlight(ids);
  await recycleWhenLarge(deps.compute);
  return { ...outcome, vanished, suspects };
}

async function attempt({ catalog, compute, modelKey }: ProcessorDeps, file: WaitingFile): Promise<Attempt> {
  try {
    if (await linkKnownContent(catalog, file, modelKey)) return { file, linked: true };
    const result = await compute.call('ingest', [{ path: file.path, embed: true }]);
    if (!result.ok && 'reason' in result && result.reason === 'unreadable' && (await isAway(file.path))) {
      return { file, vanished: true };
    }
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

async function record(
  { catalog, vectors, modelKey }: ProcessorDeps,
  attempts: Attempt[],
): Promise<{ indexed: WaitingFile[]; failed: number }> {
  const rows = new Map<string, Float32Array>();
  const indexed: WaitingFile[] = [];
  let failed = 0;
  catalog.transaction(() => {
    for (const item of attempts) {
      if ('linked' in item) indexed.push(item.file);
      if (!('result' in item)) continue;
      const { file, result } = item;
      if (result.ok) {
        const settled = catalog.finishFile(file.fileId, result, modelKey);
        if (settled === null) continue;
        if (settled.needsEmbedding && result.embedding !== null) rows.set(settled.photoId, result.embedding);
        indexed.push(file);
      } else if ('reason' in result) {
        catalog.failFile(file.fileId, result.reason, result.message);
        failed += 1;
      }
    }
  });
  if (rows.size > 0) {
    const vectorsOfBatch = [...rows].map(([photoId, vector]) => ({ photoId, vector }));
    await vectors.append(vectorsOfBatch);
    catalog.markEmbedded(
      vectorsOfBatch.map(({ photoId, vector }) => ({ photoId, vectorHash: hashVector(vector) })),
      modelKey,
    );
  }
  return { indexed, failed };
}

/** Whether the system no longer finds the file, or its disk no longer answers. */
async function isAway(path: string): Promise<boolean> {
  return lstat(path).then(
    () => false,
    (error: NodeJS.ErrnoException) => error.code !== 'EACCES' && error.code !== 'EPERM',
  );
}

function blame(gone: ComputeGone): { ok: false; reason: FailureReason; message: string } {
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

/** Like Promise.all over `items`, with at most `width` under way. Order of results as of items. */
export async function inWindow<T, R>(
  items: readonly T[],
  width: number,
  run: (item: T) => Promise<R>,
): Promise<R[]> {
  const results: R[] = new Array(items.length);
  let next = 0;
  async function worker(): Promise<void> {
    while (next < items.length) {
      const index = next++;
      results[index] = await run(items[index] as T);
    }
  }
  await Promise.all(Array.from({ length: Math.min(width, items.length) }, worker));
  return results;
}
