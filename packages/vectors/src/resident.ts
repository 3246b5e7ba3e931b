// All vectors of a table in memory, for exact search: half the bytes of float32, and faster than any index up to
// several hundred thousand photos. Filters cost nothing here, and there is nothing to build or to keep fresh.
import { createKernel, STEP } from './kernel.ts';
import type { VectorRow } from './rows.ts';
import { LEFT_OUT, type Neighbour, nearestOf } from './top.ts';

export interface Resident {
  /** Bytes held. */
  bytes(): number;
  /** In no order that lasts: it changes with every `put` and `remove`. */
  ids(): readonly string[];
  put(row: VectorRow): void;
  remove(photoId: string): void;
  clear(): void;
  /** Changes when rows change their places. */
  moves(): number;
  /** Cosine of every row, in the order of `ids`. Within 2e-5 of the exact value, and mostly 1e-6. */
  score(query: Float32Array): Float32Array;
  nearest(query: Float32Array, k: number, options?: SetOptions): Neighbour[];
}

/** Sets are told apart by identity: one that changes must be a new one. */
interface SetOptions {
  among?: ReadonlySet<string>;
  without?: readonly ReadonlySet<string>[];
}

/** Rows scored at a time: their cosines stay in the cache until they are scaled. */
const BLOCK = 4096;
const LEVELS = 32_767;

/** Bytes a row takes: int16, padded. */
export function residentBytes(rows: number, dimensions: number): number {
  return rows * padded(dimensions) * 2;
}

function padded(dimensions: number): number {
  return Math.ceil(dimensions / STEP) * STEP;
}

/** @param maxRows may be passed by a little: the owner looks after every batch */
export function createResident(dimensions: number, maxRows: number): Resident {
  const width = padded(dimensions);
  const outAt = width * 4;
  const rowsAt = outAt + BLOCK * 4;
  const kernel = createKernel(rowsAt + (maxRows + BLOCK) * 2 * width * 2);
  const ids: string[] = [];
  const slots = new Map<string, number>();
  /** What the integers of a row are multiplied with, so that it has length 1. */
  let scales = new Float32Array(BLOCK);
  let levels = new Int16Array(0);
  let moves = 0;
  /** Counts up with every photo that comes or goes, and with every vector that changes. */
  let [places, writes] = [0, 0];
  /** A filter stays while its text is typed on, and looking up 50,000 ids takes longer than all their cosines. */
  const slotsKnown = new WeakMap<ReadonlySet<string>, { places: number; slots: Int32Array }>();
  /** A search asks twice for one query: among some photos, and among all. */
  let last: { query: Float32Array; writes: number; cosines: Float32Array } | null = null;

  /** Views of the memory end when it grows. */
  function view(rows: number): void {
    const missing = rowsAt + rows * width * 2 - kernel.memory.buffer.byteLength;
    if (missing > 0) kernel.memory.grow(Math.ceil(Math.max(missing, missing / 4) / 65_536));
    levels = new Int16Array(kernel.memory.buffer, rowsAt, rows * width);
    if (rows > scales.length) {
      const more = new Float32Array(Math.ceil(rows * 1.25));
      more.set(scales);
      scales = more;
    }
  }

  function write(slot: number, vector: Float32Array): void {
    let squares = 0;
    let most = 0;
    for (let i = 0; i < dimensions; i++) {
      const value = vector[i] as number;
      squares += value * value;
      if (value > most) most = value;
      else if (-value > most) most = -value;
    }
    const step = most / LEVELS;
    const scale = LEVELS / most;
    const from = slot * width;
    for (let i = 0; i < dimensions; i++) {
      const value = (vector[i] as number) * scale;
      // Rounded by hand: several times quicker than Math.round.
      levels[from + i] = value < 0 ? value - 0.5 : value + 0.5;
    }
    scales[slot] = step / Math.sqrt(squares);
  }

  function score(query: Float32Array): Float32Array {
    const cosines = new Float32Array(ids.length);
    const length = Math.hypot(...query);
    new Float32Array(kernel.memory.buffer, 0, dimensions).set(query);
    const out = new Float32Array(kernel.memory.buffer, outAt, BLOCK);
    for (let from = 0; from < ids.length; from += BLOCK) {
      const count = Math.min(BLOCK, ids.length - from);
      kernel.dots(rowsAt + from * width * 2, 0, outAt, count, width * 4);
      for (let i = 0; i < count; i++) {
        const cosine = ((out[i] as number) * (scales[from + i] as number)) / length;
        cosines[from + i] = cosine > 1 ? 1 : cosine < -1 ? -1 : cosine;
      }
    }
    return cosines;
  }

  function scoredOnce(query: Float32Array): Float32Array {
    if (last === null || last.query !== query || last.writes !== writes) {
      last = { query, writes, cosines: score(query) };
    }
    return last.cosines;
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

  view(0);
  return {
    bytes: () => kernel.memory.buffer.byteLength + scales.byteLength,
    ids: () => ids,
    put({ photoId, vector }) {
      let slot = slots.get(photoId);
      if (slot === undefined) {
        slot = ids.length;
        if ((slot + 1) * width > levels.length) view(Math.max(BLOCK, Math.ceil((slot + 1) * 1.1)));
        ids.push(photoId);
        slots.set(photoId, slot);
        places += 1;
      }
      write(slot, vector);
      writes += 1;
    },
    remove(photoId) {
      const slot = slots.get(photoId);
      const moved = ids.at(-1);
      if (slot === undefined || moved === undefined) return;
      const last = ids.length - 1;
      levels.copyWithin(slot * width, last * width, (last + 1) * width);
      scales[slot] = scales[last] ?? 0;
      ids[slot] = moved;
      slots.set(moved, slot);
      ids.pop();
      slots.delete(photoId);
      moves += 1;
      places += 1;
      writes += 1;
    },
    clear() {
      ids.length = 0;
      slots.clear();
      moves += 1;
      places += 1;
      writes += 1;
    },
    moves: () => moves,
    score,
    nearest(query, k, { among, without = [] } = {}) {
      const all = scoredOnce(query);
      const outside = without.filter((set) => set.size > 0);
      if (among === undefined && outside.length === 0) return nearestOf(ids, all, k);
      const some = among === undefined ? all.slice() : new Float32Array(all.length).fill(LEFT_OUT);
      if (among !== undefined) for (const slot of slotsOf(among)) some[slot] = all[slot] as number;
      for (const set of outside) for (const slot of slotsOf(set)) some[slot] = LEFT_OUT;
      return nearestOf(ids, some, k);
    },
  };
}
