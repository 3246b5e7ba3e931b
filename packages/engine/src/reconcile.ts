// After any crash, catalog and vectors may differ by a batch. The catalog is the truth; what it wrongly believes
// to be searchable is queued again, and vectors it does not know are removed.
import type { Catalog } from '@semblance/catalog';
import type { VectorTable } from '@semblance/vectors';

export interface Reconciled {
  /** Photos that the catalog called searchable and whose vector is gone: queued again. */
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
  const stray = [...stored].filter((id) => !marked.has(id));
  if (lost.length > 0) catalog.dropEmbeddings({ photoIds: lost, modelKey });
  if (stray.length > 0) await vectors.remove(stray);
  return { requeued: lost.length, removed: stray.length };
}
