// Encodes the pictures of photos that are known already. One that ends the process costs its neighbours nothing.
import type { WaitingFile } from '@semblance/catalog';
import { hashVector, type VectorRow } from '@semblance/vectors';
import { ComputeGone } from '../compute/client.ts';
import { inWindow } from '../in-window.ts';
import type { ProcessorDeps } from './process-pending.ts';

type Picture = Pick<WaitingFile, 'photoId' | 'path'>;

export interface EmbedOptions {
  /** Photos that could not be encoded in this run; grows. */
  skip: Set<string>;
  /** Files given to the compute process at a time. */
  width: number;
  /** After each that was looked at, before the batch is on disk. */
  onPhoto?: () => void;
}

/**
 * One batch: encoded, then written durably.
 *
 * @returns how many became searchable
 */
export async function embedPhotos(
  { catalog, vectors, compute, modelKey }: ProcessorDeps,
  files: readonly Picture[],
  { skip, width, onPhoto }: EmbedOptions,
): Promise<number> {
  const rows: VectorRow[] = [];
  /** Were under way when the process ended: one of them is to blame, and tried alone it shows which. */
  const suspects: Picture[] = [];

  async function embed(file: Picture, alone: boolean): Promise<void> {
    const { photoId, path } = file;
    if (photoId === null) return;
    try {
      const result = await compute.call('embedPhoto', [path]);
      if (result.ok) rows.push({ photoId, vector: result.embedding, crops: result.crops });
      else skip.add(photoId);
    } catch (error) {
      if (!(error instanceof ComputeGone)) throw error;
      if (!alone) {
        suspects.push(file);
        return;
      }
      skip.add(photoId);
    }
    onPhoto?.();
  }

  await inWindow(files, width, (file) => embed(file, false));
  for (const file of suspects) await embed(file, true);
  if (rows.length > 0) {
    await vectors.append(rows);
    catalog.markEmbedded(
      rows.map(({ photoId, vector }) => ({ photoId, vectorHash: hashVector(vector) })),
      modelKey,
    );
  }
  return rows.length;
}
