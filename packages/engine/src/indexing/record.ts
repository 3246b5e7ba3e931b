// The writing end of indexing: one catalog transaction, one append to the vectors (fsynced), and only then the promise
// that they are searchable.
import type { WaitingFile } from '@semblance/catalog';
import { hashVector, type VectorRow } from '@semblance/vectors';
import type { Attempt, ProcessorDeps } from './process-pending.ts';

export interface Recorded {
  indexed: WaitingFile[];
  failed: number;
}

export async function record(
  { catalog, vectors, modelKey }: ProcessorDeps,
  attempts: readonly Attempt[],
): Promise<Recorded> {
  const rows = new Map<string, VectorRow>();
  const indexed: WaitingFile[] = [];
  let failed = 0;
  catalog.transaction(() => {
    for (const item of attempts) {
      if ('linked' in item) indexed.push(item.file);
      if (!('result' in item)) continue;
      const { file, result } = item;
      if (result.ok) {
        const settled = catalog.finishFile(file.fileId, result, modelKey);
        if (settled === null) continue;
        const { photoId, needsEmbedding } = settled;
        if (needsEmbedding && result.embedding !== null) {
          rows.set(photoId, { photoId, vector: result.embedding, crops: result.crops });
        }
        indexed.push(file);
      } else if ('reason' in result) {
        catalog.failFile(file.fileId, result.reason, result.message);
        failed += 1;
      }
    }
  });
  const embedded = [...rows.values()];
  if (embedded.length > 0) {
    await vectors.append(embedded);
    catalog.markEmbedded(
      embedded.map(({ photoId, vector }) => ({ photoId, vectorHash: hashVector(vector) })),
      modelKey,
    );
  }
  return { indexed, failed };
}
