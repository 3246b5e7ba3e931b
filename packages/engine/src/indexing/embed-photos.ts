// Encodes the pictures of photos that are known already. One that ends the process costs its neighbours nothing.
import type { WaitingFile } from '@semblance/catalog';
import { hashVector } from '@semblance/vectors';
import { ComputeGone } from '../compute/client.ts';
import type { ProcessorDeps } from './process-pending.ts';

/**
 * One batch: encoded, then written durably.
 *
 * @param skip photos that could not be encoded in this run; grows
 * @param onPhoto after each that was looked at, before the batch is on disk
 * @returns how many became searchable
 */
export async function embedPhotos(
  { catalog, vectors, compute, modelKey }: ProcessorDeps,
  files: readonly Pick<WaitingFile, 'photoId' | 'path'>[],
  skip: Set<string>,
  onPhoto?: () => void,
): Promise<number> {
  const rows: { photoId: string; vector: Float32Array }[] = [];
  /** Were under way when the process ended: one of them is to blame, and tried alone it shows which. */
  const suspects: { photoId: string; path: string }[] = [];
  const embed = async (photoId: string, path: string, alone: boolean): Promise<void> => {
    try {
      const result = await compute.call('embedImage', [path]);
      if (result.ok) rows.push({ photoId, vector: result.embedding });
      else skip.add(photoId);
    } catch (error) {
      if (!(error instanceof ComputeGone)) throw error;
      if (!alone) {
        suspects.push({ photoId, path });
        return;
      }
      skip.add(photoId);
    }
    onPhoto?.();
  };
  await Promise.all(
    files.map(({ photoId, path }) => (photoId === null ? undefined : embed(photoId, path, false))),
  );
  for (const { photoId, path } of suspects) await embed(photoId, path, true);
  if (rows.length > 0) {
    await vectors.append(rows);
    catalog.markEmbedded(
      rows.map(({ photoId, vector }) => ({ photoId, vectorHash: hashVector(vector) })),
      modelKey,
    );
  }
  return rows.length;
}
