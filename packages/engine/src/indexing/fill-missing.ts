// Photos that are known but not searchable: they were only made visible at first, a crash came between catalog and
// vectors, vectors were lost, or another model is active. Their pictures are encoded; nothing else about them changes.
import type { WaitingFile } from '@semblance/catalog';
import { hashVector, type VectorRow } from '@semblance/vectors';
import { ComputeGone } from '../compute/client.ts';
import { isLarge } from '../compute/memory-limit.ts';
import { inWindow } from '../in-window.ts';
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
 * Encodes one batch of photos without an embedding.
 *
 * @returns how many became searchable, and how many were tried: 0 tried means that none is left
 */
export async function fillMissing(
  { catalog, vectors, compute, modelKey }: ProcessorDeps,
  { skip, width, among }: FillOptions,
): Promise<{ filled: number; tried: number }> {
  const files = catalog.missingEmbeddings(modelKey, BATCH_FILES, [...skip], among);
  const rows: VectorRow[] = [];
  const bystanders: WaitingFile[] = [];

  async function embed(file: WaitingFile, alone: boolean): Promise<void> {
    const { photoId, path } = file;
    if (photoId === null) return;
    try {
      const result = await compute.call('embedPhoto', [path]);
      if (result.ok) rows.push({ photoId, vector: result.embedding, crops: result.crops });
      else skip.add(photoId);
    } catch (error) {
      if (!(error instanceof ComputeGone)) throw error;
      if (alone) skip.add(photoId);
      else bystanders.push(file);
    }
  }

  await inWindow(files, width, (file) => embed(file, false));
  // One of them ended the process; alone, each shows whether it is the one.
  for (const file of bystanders) await embed(file, true);
  if (rows.length > 0) {
    await vectors.append(rows);
    catalog.markEmbedded(
      rows.map(({ photoId, vector }) => ({ photoId, vectorHash: hashVector(vector) })),
      modelKey,
    );
  }
  if (await isLarge(compute)) compute.recycle();
  return { filled: rows.length, tried: files.length };
}
