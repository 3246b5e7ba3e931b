// After any crash, catalog and vectors may differ by a batch. The catalog is the truth; what it wrongly believes
// to be searchable is queued again, and vectors it does not know are removed.
import type { Catalog } from '@semblance/catalog';
import { EDGE_CROPS, WIDE } from '@semblance/core';
import type { VectorTable } from '@semblance/vectors';
import { findStale } from './services/health.ts';

export interface Reconciled {
  /** Photos that the catalog called searchable and whose vectors are gone, others or not all there: queued again. */
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
  const marked = catalog.embedded(modelKey);
  const lost = marked.filter((id) => !stored.has(id));
  // A table that was rolled back may hold the vector of a photo as it was before an edit.
  const stale = vectors.recovery === null ? [] : await findStale(vectors, catalog.vectorHashes(modelKey));
  const cropped = vectors.cropped();
  // Every marked one that is not lost is stored: where there are no more than those, none is a stray.
  const strays = stored.size > marked.length - lost.length || cropped.size > 0;
  const stray = strays ? straysOf(stored, cropped, new Set(marked)) : [];
  // Also those of a library that is older than crops.
  const uncropped = catalog.wideEmbedded(modelKey, WIDE).filter((id) => (cropped.get(id) ?? 0) < EDGE_CROPS);
  const again = [...new Set([...lost, ...stale, ...uncropped])];
  if (again.length > 0) catalog.dropEmbeddings({ photoIds: again, modelKey });
  if (stray.length > 0) await vectors.remove(stray);
  return { requeued: again.length, removed: stray.length };
}

function straysOf(
  stored: ReadonlySet<string>,
  cropped: ReadonlyMap<string, number>,
  marked: ReadonlySet<string>,
): string[] {
  return [...new Set([...stored, ...cropped.keys()])].filter((id) => !marked.has(id));
}
