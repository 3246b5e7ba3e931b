// The store alone: what it finds against the truth, and how long it takes beside the ways of other programs.
import type { VectorTable } from '@semblance/vectors';
import { type FOLDERS, folderOf, withVectors } from './synthetic-library.ts';
import { DIMENSIONS, photoId } from './vectors.ts';

export type Filter = 'none' | '1 %' | '50 %';
export const FILTERS: Record<Filter, keyof typeof FOLDERS | null> = {
  none: null,
  '1 %': 'one',
  '50 %': 'half',
};

/** Recall is counted over so many. */
const COUNTED = 100;
/** What the engine asks for. */
const ASKED = 500;

export interface Compared {
  /** recall@100 against float32 in full. */
  recall: Record<Filter, number>;
  /** Medians, in milliseconds, for 500 neighbours without a filter. */
  store: number;
  plainArray: number;
  lanceFlat: number;
  /** Of the index, when there is one. */
  index: string | null;
}

export async function compare(
  library: string,
  modelKey: string,
  rows: Float32Array,
  queries: readonly Float32Array[],
  /** Other texts: what the engine gives the store to measure an index with. */
  probes: readonly Float32Array[],
): Promise<Compared> {
  const plainTimes: number[] = [];
  const truth = queries.map((query) => {
    const started = performance.now();
    const cosines = plain(rows, query);
    top(cosines, ASKED, null);
    plainTimes.push(performance.now() - started);
    return each((_, folder) => new Set(top(cosines, COUNTED, folder).map(photoId)));
  });
  const measured = await withVectors(library, modelKey, {}, async (table) => {
    const began = performance.now();
    table.probes(probes);
    await table.warm();
    await table.settled();
    const seconds = ((performance.now() - began) / 1000).toFixed(0);
    const times: number[] = [];
    const found: Record<Filter, number> = { none: 0, '1 %': 0, '50 %': 0 };
    for (const [at, query] of queries.entries()) {
      for (const [filter, folder] of Object.entries(FILTERS) as [Filter, keyof typeof FOLDERS | null][]) {
        const options = folder === null ? {} : { among: idsIn(folder, table) };
        const started = performance.now();
        const answer = await table.search(query, ASKED, options);
        if (folder === null) times.push(performance.now() - started);
        const wanted = truth[at]?.[filter] ?? new Set();
        const right = answer.slice(0, COUNTED).filter((hit) => wanted.has(hit.photoId)).length;
        found[filter] += right / wanted.size / queries.length;
      }
    }
    const index = await table.index();
    const say =
      index &&
      `IVF_RQ, ${index.probing.share * 100} % of the partitions, refined ${index.probing.refine}x; built and measured in ${seconds} s`;
    return { recall: found, store: median(times), index: say };
  });
  const lanceFlat = await withVectors(library, modelKey, { residentBytes: 0 }, async (table) => {
    const times: number[] = [];
    for (const query of queries.slice(0, 8)) {
      const started = performance.now();
      await table.search(query, ASKED, { exact: true });
      times.push(performance.now() - started);
    }
    return median(times);
  });
  return { ...measured, plainArray: median(plainTimes), lanceFlat };
}

const memberships = new Map<string, ReadonlySet<string>>();

function idsIn(folder: keyof typeof FOLDERS, table: VectorTable): ReadonlySet<string> {
  const key = `${folder} ${table.count()}`;
  const known = memberships.get(key);
  if (known !== undefined) return known;
  const ids = new Set<string>();
  for (let row = 0; row < table.count(); row++) if (folderOf(row) === folder) ids.add(photoId(row));
  memberships.set(key, ids);
  return ids;
}

function each<T>(make: (filter: Filter, folder: keyof typeof FOLDERS | null) => T): Record<Filter, T> {
  return { none: make('none', null), '1 %': make('1 %', 'one'), '50 %': make('50 %', 'half') };
}

/** The loop that everyone writes first. */
function plain(rows: Float32Array, query: Float32Array): Float32Array {
  const cosines = new Float32Array(rows.length / DIMENSIONS);
  for (let row = 0, at = 0; row < cosines.length; row++) {
    let sum = 0;
    for (let i = 0; i < DIMENSIONS; i++, at++) sum += (rows[at] as number) * (query[i] as number);
    cosines[row] = sum;
  }
  return cosines;
}

function top(cosines: Float32Array, k: number, folder: string | null): number[] {
  let picked: number[] = [];
  let least = Number.NEGATIVE_INFINITY;
  const shrink = () => {
    picked = picked.sort((a, b) => (cosines[b] as number) - (cosines[a] as number)).slice(0, k);
    if (picked.length === k) least = cosines[picked.at(-1) ?? 0] as number;
  };
  for (let row = 0; row < cosines.length; row++) {
    if ((cosines[row] as number) <= least || (folder !== null && folderOf(row) !== folder)) continue;
    picked.push(row);
    if (picked.length >= 4 * k) shrink();
  }
  shrink();
  return picked;
}

export function median(values: readonly number[]): number {
  return quantile(values, 0.5);
}

export function quantile(values: readonly number[], part: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] ?? Number.NaN;
}
