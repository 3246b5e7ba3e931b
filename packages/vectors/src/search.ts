// Which way a search goes: through the copy in memory, through LanceDB's index, or row by row through the table.
import type { Table } from '@lancedb/lancedb';
import { whereIds } from './check.ts';
import { idsOf } from './rows.ts';
import { byCosine, type Neighbour } from './top.ts';

export interface SearchOptions {
  /** Look among these photos only. Still exact, and the answer has `k` of them where there are so many. */
  among?: ReadonlySet<string>;
}

/** Above this many ids, ranking everything and picking is cheaper than a filter (measured at 20,000 x 512). */
const LONG_FILTER = 2000;

/**
 * Exact, from the table on disk: what everything else is checked against.
 * @param rows number of rows in the table
 */
export async function nearestOnDisk(
  table: Table,
  rows: number,
  vector: Float32Array,
  k: number,
  { among }: SearchOptions,
): Promise<Neighbour[]> {
  if (among?.size === 0) return [];
  const pick = among !== undefined && among.size > LONG_FILTER ? among : null;
  let query = table.query().nearestTo(vector).distanceType('cosine').bypassVectorIndex();
  if (among !== undefined && pick === null) query = query.where(whereIds(among));
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
  return wanted.sort(byCosine).slice(0, k);
}
