// Decoders leak. A compute process that has grown too large is replaced between two batches.
import { type ComputeClient, ComputeGone } from '../compute/client.ts';

/** Bytes. */
const MEMORY_LIMIT = 900 * 1024 * 1024;
/** A large model takes more than that by itself: what it may grow by after its first batch. */
const MEMORY_GROWTH = 500 * 1024 * 1024;
const limits = new WeakMap<ComputeClient, number>();

export async function recycleWhenLarge(compute: ComputeClient): Promise<void> {
  try {
    const bytes = await compute.call('memory', []);
    const limit = limits.get(compute) ?? Math.max(MEMORY_LIMIT, bytes + MEMORY_GROWTH);
    limits.set(compute, limit);
    if (bytes > limit) compute.recycle();
  } catch (error) {
    if (!(error instanceof ComputeGone)) throw error;
  }
}
