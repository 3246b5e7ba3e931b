// Exact nearest neighbours. An index for large libraries comes with issue D; this stays as its ground truth.
import type { Table } from '@lancedb/lancedb';
import { whereIds } from './check.ts';
import { idsOf } from './rows.ts';

export interface Neighbour {
  photoId: string;
  /** -1 to 1, within 1e-5 of the exact value. */
  cosine: number;
}

export interface SearchOptions {
  /** Look among these photos only. */
  only?: readonly string[];
}

/** Above this many ids, ranking everything and picking is cheaper than a filter (measured at 20,000 x 512). */
const LONG_FILTER = 2000;

/** @param rows number of rows in the table */
export async function nearest(
  table: Table,
  rows: number,
  vector: Float32Array,
  k: number,
  { only }: SearchOptions,
): Promise<Neighbour[]> {
  if (only?.length === 0) return [];
  const pick = only !== undefined && only.length > LONG_FILTER ? new Set(only) : null;
  let query = table.query().nearestTo(vector).distanceType('cosine').bypassVectorIndex();
  if (only !== undefined && pick === null) query = query.where(whereIds(only));
  const found = await query
    .select(['photoId', '_distance'])
    .limit(pick === null ? Math.min(k, rows) : rows)
    .toArrow();
  const distances = found.getChild('_distance');
  const neighbours = idsOf(found).map((photoId, at) => ({
    photoId,
    cosine: Math.min(1, Math.max(-1, 1 - Number(distances?.get(at)))),
  }));
  const wanted = pick === null ? neighbours : neighbours.filter(({ photoId }) => pick.has(photoId));
  return wanted.sort((a, b) => b.cosine - a.cosine || (a.photoId < b.photoId ? -1 : 1)).slice(0, k);
}
