// Decoders and encoders keep what the largest picture needed: a compute process that has grown is replaced.
import { type ComputeClient, ComputeGone } from './client.ts';

/** A compute process above this is replaced when it has nothing in hand: bytes. */
const MEMORY_LIMIT = 900 * 1024 * 1024;
/** A large model takes more than that by itself: what it may grow by after its first batch. */
const MEMORY_GROWTH = 500 * 1024 * 1024;
const limits = new WeakMap<ComputeClient, number>();

export async function isLarge(compute: ComputeClient): Promise<boolean> {
  try {
    const bytes = await compute.call('memory', []);
    const limit = limits.get(compute) ?? Math.max(MEMORY_LIMIT, bytes + MEMORY_GROWTH);
    limits.set(compute, limit);
    return bytes > limit;
  } catch (error) {
    // It is gone: nothing is smaller.
    if (error instanceof ComputeGone) return false;
    throw error;
  }
}
