// Makes the vectors of a model that is to be used, batch by batch, durably: whatever ends the process, what was made is
// kept, and the next start goes on from there.
import { setTimeout as wait } from 'node:timers/promises';
import type { Catalog } from '@semblance/catalog';
import { freeSpace } from '@semblance/scan';
import { isLarge } from '../compute/memory-limit.ts';
import { embedPhotos } from '../indexing/embed-photos.ts';
import { diskFull } from '../indexing/process-pending.ts';
import { createRate } from '../indexing/rate.ts';
import type { ActiveModel } from './active-model.ts';

export interface FillProgress {
  done: number;
  total: number;
  failed: number;
  photosPerSecond: number;
  secondsLeft: number | null;
  /** Other indexing goes before. */
  waiting: boolean;
}

export interface FillDeps {
  catalog: Catalog;
  /** The library folder, whose disk must not run full. */
  directory: string;
  /** New photos are being indexed, or the person holds all indexing. */
  busy: () => boolean;
  onProgress: (progress: FillProgress) => void;
}

/** Photos per append: a crash costs at most so many. */
const BATCH = 64;
/** Files given to the compute process at a time: two encoder batches, so that decoding never waits for encoding. */
const WINDOW = 16;
const COMPACT_EVERY = 40;
/** The library's disk keeps so much: bytes. */
const MIN_FREE_BYTES = 100 * 1024 * 1024;
const LOOK_AGAIN_MS = 300;

/** @returns true when every photo that can be reached has a vector. @throws SemblanceError DISK_FULL, COMPUTE_UNAVAILABLE */
export async function fillModel(
  { catalog, directory, busy, onProgress }: FillDeps,
  { space, vectors, background }: ActiveModel,
  signal: AbortSignal,
): Promise<boolean> {
  const deps = { catalog, vectors, compute: background, modelKey: space };
  const skip = new Set<string>();
  const rate = createRate();
  let seen = 0;
  let total = 0;
  const count = (): void => {
    const { photos, indexed } = catalog.counts(space);
    [seen, total] = [indexed, photos];
  };
  const report = (waiting: boolean): void => {
    const now = Date.now();
    const left = Math.max(0, total - seen - skip.size);
    onProgress({
      done: Math.min(seen, total),
      total,
      failed: skip.size,
      photosPerSecond: rate.perSecond(now),
      secondsLeft: waiting ? null : rate.secondsLeft(now, left),
      waiting,
    });
  };
  rate.begin(Date.now());
  try {
    for (let batches = 0; ; batches++) {
      count();
      report(busy());
      while (busy() && !signal.aborted) {
        await wait(LOOK_AGAIN_MS, undefined, { signal }).catch(() => undefined);
        rate.begin(Date.now());
        if (!busy()) count();
      }
      if (signal.aborted) return false;
      const files = catalog.missingEmbeddings(space, BATCH, [...skip]);
      if (files.length === 0) return true;
      if ((await freeSpace(directory)) < MIN_FREE_BYTES) throw diskFull();
      await embedPhotos(deps, files, {
        skip,
        width: WINDOW,
        onPhoto() {
          seen += 1;
          rate.add(Date.now(), 1);
          report(false);
        },
      });
      if (await isLarge(background)) background.recycle();
      if ((batches + 1) % COMPACT_EVERY === 0) await vectors.compact();
    }
  } finally {
    // Every batch leaves a fragment, and many small ones make searches slow.
    if (!signal.aborted) await vectors.compact();
    // The image tower is not needed any more.
    background.recycle();
  }
}
