// Decoders and encoders keep what the largest picture needed: a compute process that has grown is replaced.
import { type ComputeClient, ComputeGone } from './client.ts';

/** A compute process above this is replaced when it has nothing in hand: bytes. */
const MEMORY_LIMIT = 900 * 1024 * 1024;

export async function isLarge(compute: ComputeClient): Promise<boolean> {
  try {
    return (await compute.call('memory', [])) > MEMORY_LIMIT;
  } catch (error) {
    // It is gone: nothing is smaller.
    if (error instanceof ComputeGone) return false;
    throw error;
  }
}
