// Photos that are known but not searchable: they were only made visible at first, a crash came between catalog and
// vectors, vectors were lost, or another model is active. Their pictures are encoded; nothing else about them changes.

import { isLarge } from '../compute/memory-limit.ts';
import { embedPhotos } from './embed-photos.ts';
import { BATCH_FILES, type ProcessorDeps } from './process-pending.ts';

export interface FillOptions {
  /** Photos that could not be encoded in this run; grows. */
  skip: Set<string>;
  /** Files given to the compute process at a time. */
  width: number;
  /** Only these, when given. */
  among?: readonly string[];
}

/**
 * Encodes one batch of photos without an embedding, newest first.
 *
 * @returns how many became searchable, and how many were tried: 0 tried means that none is left
 */
export async function fillMissing(
  deps: ProcessorDeps,
  { skip, width, among }: FillOptions,
): Promise<{ filled: number; tried: number }> {
  const files = deps.catalog.missingEmbeddings(deps.modelKey, BATCH_FILES, [...skip], among);
  const filled = await embedPhotos(deps, files, { skip, width });
  if (await isLarge(deps.compute)) deps.compute.recycle();
  return { filled, tried: files.length };
}
