// Photos that are known but not searchable: a crash came between catalog and vectors, vectors were lost,
// or another model is active. Their pictures are encoded again; nothing else about them changes.
import { hashVector } from '@semblance/vectors';
import { ComputeGone } from '../compute/client.ts';
import { BATCH_FILES, type ProcessorDeps } from './process-pending.ts';

/**
 * Encodes one batch of photos without an embedding.
 *
 * @param first only these, when given
 * @param skip photos that could not be encoded in this run; grows
 * @returns how many became searchable, and how many were tried: 0 tried means that none is left
 */
export async function fillMissing(
  { catalog, vectors, compute, modelKey }: ProcessorDeps,
  skip: Set<string>,
  first?: readonly string[],
): Promise<{ filled: number; tried: number }> {
  const files = catalog.missingEmbeddings(modelKey, BATCH_FILES, [...skip], first);
  const rows: { photoId: string; vector: Float32Array }[] = [];
  await Promise.all(
    files.map(async ({ photoId, path }) => {
      if (photoId === null) return;
      try {
        const result = await compute.call('embedImage', [path]);
        if (result.ok) rows.push({ photoId, vector: result.embedding });
        else skip.add(photoId);
      } catch (error) {
        if (!(error instanceof ComputeGone)) throw error;
        skip.add(photoId);
      }
    }),
  );
  if (rows.length > 0) {
    await vectors.append(rows);
    catalog.markEmbedded(
      rows.map(({ photoId, vector }) => ({ photoId, vectorHash: hashVector(vector) })),
      modelKey,
    );
  }
  return { filled: rows.length, tried: files.length };
}
