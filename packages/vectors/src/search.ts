// Searches on disk, for tables too large for memory: row by row, or through the index, with and without a filter.
import type { Table } from '@lancedb/lancedb';
import { askIndex, type Verdict } from './approximate.ts';
import { whereIds } from './check.ts';
import { idsOf } from './rows.ts';
import { byCosine, type Neighbour } from './top.ts';

export interface SearchOptions {
  /** Look among these photos only; the answer has `k` of them where there are so many. */
  among?: ReadonlySet<string>;
  /** Leave these out. Like `among` they are known again by identity, so a set that changes must be a new one. */
  without?: readonly ReadonlySet<string>[];
  /** Past the index, where there is one. */
  exact?: boolean;
}

/** Up to so many ids go into a filter expression of an exact search. */
const SHORT_FILTER = 2000;
/** Up to so many are looked up before the index is asked (10,000 of a million: 85 ms); more are picked afterwards. */
const LONG_FILTER = 30_000;
/** What is asked for on top of the expected, when the answer is picked afterwards. */
const SPARE = 1.5;

/**
 * Less some photos. Usually they are few and far; only when they crowd the front is as much more asked for as there are.
 */
export async function leavingOut(
  search: (k: number) => Promise<Neighbour[]>,
  k: number,
  without: readonly ReadonlySet<string>[],
): Promise<Neighbour[]> {
  const most = k + without.reduce((sum, set) => sum + set.size, 0);
  for (let asked = k; ; asked = most) {
    const found = await search(asked);
    const left = found.filter(({ photoId }) => !without.some((set) => set.has(photoId)));
    if (left.length >= k || found.length < asked || asked === most) return left.slice(0, k);
  }
}

/**
 * Exact: what everything else is checked against.
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
  const pick = among !== undefined && among.size > SHORT_FILTER ? among : null;
  let query = table.query().nearestTo(vector).distanceType('cosine').bypassVectorIndex();
  if (among !== undefined && pick === null) query = query.where(whereIds(among));
  return neighbours(query.limit(pick === null ? Math.min(k, rows) : rows), pick, k);
}

/** Through the index: finds what its verdict says. Exact among few photos. */
export async function nearestByIndex(
  table: Table,
  rows: number,
  vector: Float32Array,
  k: number,
  { among, index }: SearchOptions & { index: Verdict },
): Promise<Neighbour[]> {
  if (among === undefined) return neighbours(askIndex(table, vector, k, index), null, k);
  if (among.size <= SHORT_FILTER) return nearestOnDisk(table, rows, vector, k, { among });
  if (among.size <= LONG_FILTER) {
    // Every partition: the nearest of a few may lie anywhere.
    const all = { ...index, probing: { ...index.probing, share: 1 } };
    return neighbours(askIndex(table, vector, k, all).where(whereIds(among)), null, k);
  }
  const ask = Math.min(rows, Math.ceil((k * rows * SPARE) / among.size) + k);
  const found = await neighbours(askIndex(table, vector, ask, index), among, k);
  if (found.length >= Math.min(k, among.size)) return found;
  return nearestOnDisk(table, rows, vector, k, { among });
}

async function neighbours(
  query: ReturnType<typeof askIndex>,
  pick: ReadonlySet<string> | null,
  k: number,
): Promise<Neighbour[]> {
  const found = await query.select(['photoId', '_distance']).toArrow();
  const distances = found.getChild('_distance');
  const all = idsOf(found).map((photoId, at) => ({
    photoId,
    cosine: Math.min(1, Math.max(-1, 1 - Number(distances?.get(at)))),
  }));
  return (pick === null ? all : all.filter(({ photoId }) => pick.has(photoId))).sort(byCosine).slice(0, k);
}
