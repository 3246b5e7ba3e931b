// All vectors of a table in memory, for exact search and for whoever looks at every photo: half the bytes of float32. Their
// high bytes lie apart, so that a search reads half of it and the low bytes of the front only. Filters cost nothing here,
// and there is nothing to build or to keep fresh.
import { levelsOf, reachOfLow, readRow, writeRow } from './levels.ts';
import { BLOCK, createPlane, widthOf } from './plane.ts';
import type { VectorRow } from './rows.ts';
import { atLeast, byCosine, LEFT_OUT, type Neighbour } from './top.ts';

/** A view that stays as it is while photos come and go: each has its row, and nobody else gets it. */
export interface Matrix {
  dimensions: number;
  /** Rows; some may be of photos that are gone. */
  rows: number;
  /** One per row, at least; null for a photo that is gone. */
  ids: readonly (string | null)[];
  rowOf(id: string): number | undefined;
  /** Unit length, within 1e-5. A copy. */
  vectorAt(row: number): Float32Array;
  /** Inner products of a direction of any length with the rows `from` to `to`, written to the same places of `out`. */
  dots(direction: Float32Array, from: number, to: number, out: Float32Array): void;
}

export interface Resident {
  /** Bytes held. */
  bytes(): number;
  /** Photos. */
  count(): number;
  /** Rows of photos that were removed. */
  gone(): number;
  matrix(): Matrix;
  put(row: VectorRow): void;
  remove(photoId: string): void;
  clear(): void;
  /** Room for so many rows, so that none is moved while they come. */
  reserve(rows: number): void;
  /** Cosine of every row, in the order of the matrix. Within 3e-5 of the exact value, and mostly 5e-6. */
  score(query: Float32Array): Float32Array;
  /** As exact as `score`. */
  nearest(query: Float32Array, k: number, options?: SetOptions): Neighbour[];
}

/** Sets are told apart by identity: one that changes must be a new one. */
interface SetOptions {
  among?: ReadonlySet<string>;
  without?: readonly ReadonlySet<string>[];
}

/** Bytes a row takes: two per element, padded. */
export function residentBytes(rows: number, dimensions: number): number {
  return rows * widthOf(dimensions) * 2;
}

/** @param maxRows may be passed by a little: the owner looks after every batch */
export function createResident(dimensions: number, maxRows: number): Resident {
  const width = widthOf(dimensions);
  const most = (maxRows + BLOCK) * 2;
  const [high, low] = [createPlane(width, most), createPlane(width, most)];
  /** V8 writes several times faster to its own memory than to WebAssembly's. */
  const [upper, lower] = [new Int8Array(width), new Int8Array(width)];
  const ids: (string | null)[] = [];
  const slots = new Map<string, number>();
  const holes: number[] = [];
  /** What the numbers of a row are multiplied with, so that it has length 1. */
  let scales = new Float32Array(0);
  /** The largest of them: how much the low bytes may add. */
  let coarsest = 0;
  let room = 0;
  /** Counts up with every photo that comes or goes, and with every vector that changes. */
  let [places, writes] = [0, 0];
  /** A filter stays while its text is typed on, and looking up 50,000 ids takes longer than all their cosines. */
  const slotsKnown = new WeakMap<ReadonlySet<string>, { places: number; slots: Int32Array }>();
  /** A search asks twice for one query: among some photos, and among all. */
  let last: { query: Float32Array; unit: Float32Array; writes: number; rough: Float32Array } | null = null;
  /** Kept from search to search: megabytes that come and go make the collector look through everything. */
  let roughs = new Float32Array(0);
  let chosen = new Float32Array(0);

  function reserve(rows: number): void {
    if (rows <= room) return;
    room = Math.max(rows, BLOCK);
    high.reserve(room);
    low.reserve(room);
    const more = new Float32Array(room);
    more.set(scales);
    scales = more;
  }

  function ask(query: Float32Array): number {
    const padded = new Float32Array(width);
    padded.set(query);
    const { levels, scale } = levelsOf(padded);
    high.ask(levels);
    low.ask(levels);
    return scale;
  }

  /** Inner products with unit rows; by their high bytes alone when `rough`. */
  function multiply(
    direction: Float32Array,
    { from, to, out, rough }: { from: number; to: number; out: Float32Array; rough: boolean },
  ): void {
    const scale = ask(direction);
    for (let at = from; at < to; at += BLOCK) {
      const count = Math.min(BLOCK, to - at);
      const sums = high.dots(at, count);
      const factor = scale * 256;
      for (let i = 0; i < count; i++) {
        out[at + i] = (sums[i] as number) * factor * (scales[at + i] as number);
      }
      if (rough) continue;
      const rest = low.dots(at, count);
      for (let i = 0; i < count; i++) {
        out[at + i] = (out[at + i] as number) + (rest[i] as number) * scale * (scales[at + i] as number);
      }
    }
  }

  function roughOnce(query: Float32Array): { unit: Float32Array; rough: Float32Array } {
    if (last === null || last.query !== query || last.writes !== writes) {
      const length = Math.hypot(...query);
      const unit = query.map((value) => value / length);
      if (roughs.length < ids.length) roughs = new Float32Array(room);
      const rough = roughs.subarray(0, ids.length);
      multiply(unit, { from: 0, to: ids.length, out: rough, rough: true });
      for (const hole of holes) rough[hole] = LEFT_OUT;
      last = { query, unit, writes, rough };
    }
    return last;
  }

  function slotsOf(set: ReadonlySet<string>): Int32Array {
    const known = slotsKnown.get(set);
    if (known?.places === places) return known.slots;
    const found = new Int32Array(set.size);
    let count = 0;
    for (const id of set) {
      const slot = slots.get(id);
      if (slot !== undefined) found[count++] = slot;
    }
    // In the order of the rows: read as they lie.
    const sorted = found.subarray(0, count).sort();
    slotsKnown.set(set, { places, slots: sorted });
    return sorted;
  }

  function only(all: Float32Array, { among, without = [] }: SetOptions): Float32Array {
    const outside = without.filter((set) => set.size > 0);
    if (among === undefined && outside.length === 0) return all;
    if (chosen.length < all.length) chosen = new Float32Array(room);
    const some = chosen.subarray(0, all.length);
    if (among === undefined) some.set(all);
    else some.fill(LEFT_OUT);
    if (among !== undefined) for (const slot of slotsOf(among)) some[slot] = all[slot] as number;
    for (const set of outside) for (const slot of slotsOf(set)) some[slot] = LEFT_OUT;
    return some;
  }

  return {
    bytes: () => high.bytes() + low.bytes() + scales.byteLength + roughs.byteLength + chosen.byteLength,
    count: () => slots.size,
    gone: () => holes.length,
    reserve,
    matrix: () => ({
      dimensions,
      rows: ids.length,
      ids,
      rowOf: (id) => slots.get(id),
      vectorAt: (row) =>
        readRow(high.levels(), low.levels(), { at: row * width, scale: scales[row] ?? 0, dimensions }),
      dots: (direction, from, to, out) => multiply(direction, { from, to, out, rough: false }),
    }),
    put({ photoId, vector }) {
      let slot = slots.get(photoId);
      if (slot === undefined) {
        slot = ids.length;
        if (slot >= room) reserve(Math.ceil((slot + 1) * 1.1));
        ids.push(photoId);
        slots.set(photoId, slot);
        places += 1;
      }
      const scale = writeRow(upper, lower, vector);
      high.levels().set(upper, slot * width);
      low.levels().set(lower, slot * width);
      scales[slot] = scale;
      coarsest = Math.max(coarsest, scale);
      writes += 1;
    },
    remove(photoId) {
      const slot = slots.get(photoId);
      if (slot === undefined) return;
      slots.delete(photoId);
      ids[slot] = null;
      holes.push(slot);
      places += 1;
      writes += 1;
    },
    clear() {
      ids.length = 0;
      holes.length = 0;
      slots.clear();
      coarsest = 0;
      places += 1;
      writes += 1;
    },
    score(query) {
      const cosines = new Float32Array(ids.length);
      multiply(query, { from: 0, to: ids.length, out: cosines, rough: false });
      const length = Math.hypot(...query);
      for (let i = 0; i < cosines.length; i++) cosines[i] = clamped((cosines[i] as number) / length);
      return cosines;
    },
    nearest(query, k, options = {}) {
      const { unit, rough } = roughOnce(query);
      const some = only(rough, options);
      // Whoever is among the best by all bytes is not far below them by the high ones.
      const least = atLeast(some, k) - 2 * reachOfLow(coarsest);
      const scale = ask(unit);
      const found: Neighbour[] = [];
      for (let slot = 0; slot < some.length; slot++) {
        const value = some[slot] as number;
        if (value < least) continue;
        const fine = (low.dots(slot, 1)[0] as number) * scale * (scales[slot] as number);
        found.push({ photoId: ids[slot] as string, cosine: clamped(value + fine) });
      }
      return found.sort(byCosine).slice(0, k);
    },
  };
}

function clamped(cosine: number): number {
  return cosine > 1 ? 1 : cosine < -1 ? -1 : cosine;
}
