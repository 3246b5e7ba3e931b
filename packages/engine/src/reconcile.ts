// After any crash, catalog and vectors may differ by a batch. The catalog is the truth; what it wrongly believes
// to be searchable is queued again, and vectors it does not know are removed.
import type { Catalog } from '@semblance/catalog';
import type { VectorTable } from '@semblance/vectors';
import { findStale } from './services/health.ts';

export interface Reconciled {
  /** Photos that the catalog called searchable and whose vector is gone or another one: queued again. */
  requeued: number;
  /** Vectors without a photo: removed. */
  removed: number;
}

export async function reconcile(
  catalog: Catalog,
  vectors: VectorTable,
  modelKey: string,
): Promise<Reconciled> {
  const stored = vectors.ids();
  const marked = catalog.vectorHashes(modelKey);
  const lost = [...marked.keys()].filter((id) => !stored.has(id));
  // A table that was rolled back may hold the vector of a photo as it was before an edit.
  const stale = vectors.recovery === null ? [] : await findStale(vectors, marked);
  const stray = [...stored].filter((id) => !marked.has(id));
  const again = [...lost, ...stale];
  if (again.length > 0) catalog.dropEmbeddings({ photoIds: again, modelKey });
  if (stray.length > 0) await vectors.remove(stray);
  return { requeued: again.length, removed: stray.length };
}
