// Photos that are known but not searchable: a crash came between catalog and vectors, vectors were lost,
// or another model is to be used. Their pictures are encoded again; nothing else about them changes.
import { embedPhotos } from './embed-photos.ts';
import { BATCH_FILES, type ProcessorDeps } from './process-pending.ts';

/**
 * Encodes one batch of photos without an embedding, newest first.
 *
 * @param skip photos that could not be encoded in this run; grows
 * @returns how many became searchable, and how many were tried: 0 tried means that none is left
 */
export async function fillMissing(
  deps: ProcessorDeps,
  skip: Set<string>,
): Promise<{ filled: number; tried: number }> {
  const files = deps.catalog.missingEmbeddings(deps.modelKey, BATCH_FILES, [...skip]);
  return { filled: await embedPhotos(deps, files, skip), tried: files.length };
}
