// Near neighbours of every photo among many vectors: an inverted file in memory, each part of which is scored at once.
import { createKernel, STEP } from './kernel.ts';
import { growTo } from './wasm.ts';

/** Vectors are kept in so many dimensions, by a random projection (Johnson and Lindenstrauss): cosines stay within a few hundredths. */
const KEPT_DIMENSIONS = 64;
/** Fewer vectors are all looked at. */
const SMALL = 2000;
const TRAINING = 6000;
const ROUNDS = 4;
const PROBES = 6;
/** Rows of one part that lie side by side. */
const BLOCK = 32;
const MOST_CELLS = 4096;
const LEVELS = 32_767;
const MOST_BYTES = 2 ** 31;
/** Rows placed before others have the thread. */
const PLACED_AT_ONCE = 4000;

export interface Neighbours {
  add(item: number, vector: Float32Array): void;
  /** Sorts what was added so that `near` need not look at everything: worth it after many were added. */
  settle(): Promise<void>;
  /** The `k` nearest others, best first, with about their cosine. */
  near(item: number, k: number): { item: number; cosine: number }[];
  count(): number;
}

/** Blocks of rows; the last one is filled up to `rows`. */
interface Cell {
  blocks: number[];
  rows: number;
}

export function createNeighbours(dimensions: number): Neighbours {
  const projected = dimensions > KEPT_DIMENSIONS;
  const given = padded(dimensions);
  const kept = projected ? KEPT_DIMENSIONS : given;
  // One memory: a query, its scores, the projection, the centres, then the blocks.
  const outAt = given * 4;
  const signsAt = outAt + MOST_CELLS * 4;
  const centresAt = signsAt + (projected ? kept * given * 2 : 0);
  const blocksAt = centresAt + MOST_CELLS * kept * 2;
  const blockBytes = BLOCK * kept * 2;
  const kernel = createKernel(MOST_BYTES);
  let [query, scores] = [new Float32Array(0), new Float32Array(0)];
  let [centres, levels] = [new Int16Array(0), new Int16Array(0)];
  let room = 0;
  let used = 0;
  let cells: Cell[] = [{ blocks: [], rows: 0 }];
  let trainedOn = 0;
  const items: number[] = [];
  const rowOf = new Map<number, number>();
  /** Where a row lies, and which row lies there. */
  const slots: number[] = [];
  let rowAt = new Int32Array(0);

  /** Views of the memory end when it grows. */
  function reserve(blocks: number): void {
    growTo(kernel, blocksAt + blocks * blockBytes);
    const { buffer } = kernel.memory;
    room = Math.floor((buffer.byteLength - blocksAt) / blockBytes);
    query = new Float32Array(buffer, 0, given);
    scores = new Float32Array(buffer, outAt, MOST_CELLS);
    centres = new Int16Array(buffer, centresAt, MOST_CELLS * kept);
    levels = new Int16Array(buffer, blocksAt, room * BLOCK * kept);
    const larger = new Int32Array(room * BLOCK);
    larger.set(rowAt);
    rowAt = larger;
  }

  function slotIn(cell: Cell): number {
    if (cell.rows === cell.blocks.length * BLOCK) {
      if (used === room) reserve(Math.ceil(used * 1.25) + 32);
      cell.blocks.push(used);
      used += 1;
    }
    const slot = (cell.blocks.at(-1) ?? 0) * BLOCK + (cell.rows % BLOCK);
    cell.rows += 1;
    return slot;
  }

  const cosineAt = (i: number): number => (scores[i] as number) / (LEVELS * LEVELS);

  /** The cells whose centres are nearest to the query. */
  function nearestCells(probes: number): number[] {
    if (cells.length <= probes) return [...cells.keys()];
    kernel.dots(centresAt, 0, outAt, cells.length, kept * 4);
    const best = createBest(probes);
    for (let cell = 0; cell < cells.length; cell++) best.offer(cell, scores[cell] as number);
    return best.found().map(({ value }) => value);
  }

  function ask(from: Int16Array, at: number): void {
    for (let i = 0; i < kept; i++) query[i] = from[at + i] as number;
  }

  /** Unit length after projection, so that inner products are cosines. */
  function reduce(vector: Float32Array): Int16Array {
    query.fill(0);
    query.set(vector);
    if (projected) kernel.dots(signsAt, 0, outAt, kept, given * 4);
    const values = projected ? scores.subarray(0, kept) : query;
    let squares = 0;
    for (let i = 0; i < kept; i++) squares += (values[i] as number) ** 2;
    const scale = LEVELS / (Math.sqrt(squares) || 1);
    return Int16Array.from({ length: kept }, (_, i) => Math.round((values[i] as number) * scale));
  }

  function writeCentre(cell: number, from: Float32Array | Int16Array, at: number): void {
    let squares = 0;
    for (let i = 0; i < kept; i++) squares += (from[at + i] as number) ** 2;
    // A cell that nobody is nearest to keeps its place.
    if (squares === 0) return;
    const scale = LEVELS / Math.sqrt(squares);
    for (let i = 0; i < kept; i++) centres[cell * kept + i] = Math.round((from[at + i] as number) * scale);
  }

  /** Spherical k-means on some of the rows. */
  async function train(size: number): Promise<void> {
    const step = Math.max(1, Math.floor(items.length / TRAINING));
    const rows = Array.from({ length: Math.ceil(items.length / step) }, (_, i) => slots[i * step] ?? 0);
    for (let cell = 0; cell < size; cell++) {
      writeCentre(cell, levels, (rows[Math.floor((cell * rows.length) / size)] ?? 0) * kept);
    }
    for (let round = 0; round < ROUNDS; round++) {
      const sums = new Float32Array(size * kept);
      for (const [at, slot] of rows.entries()) {
        const cell = nearestCentre(slot, size);
        for (let i = 0; i < kept; i++)
          sums[cell * kept + i] = (sums[cell * kept + i] as number) + (levels[slot * kept + i] as number);
        if (at % PLACED_AT_ONCE === PLACED_AT_ONCE - 1) await breathe();
      }
      for (let cell = 0; cell < size; cell++) writeCentre(cell, sums, cell * kept);
      await breathe();
    }
  }

  function nearestCentre(slot: number, size: number): number {
    ask(levels, slot * kept);
    kernel.dots(centresAt, 0, outAt, size, kept * 4);
    let best = 0;
    for (let cell = 1; cell < size; cell++) {
      if ((scores[cell] as number) > (scores[best] as number)) best = cell;
    }
    return best;
  }

  function layOut(cellOf: readonly number[], size: number): void {
    const before = levels.slice(0, used * BLOCK * kept);
    cells = Array.from({ length: size }, () => ({ blocks: [], rows: 0 }));
    used = 0;
    for (const [row, cell] of cellOf.entries()) {
      const slot = slotIn(cells[cell] as Cell);
      const from = (slots[row] as number) * kept;
      levels.set(before.subarray(from, from + kept), slot * kept);
      slots[row] = slot;
      rowAt[slot] = row;
    }
    trainedOn = cellOf.length;
  }

  reserve(64);
  if (projected)
    writeSigns(new Int16Array(kernel.memory.buffer, signsAt, kept * given), kept, dimensions, given);

  return {
    add(item, vector) {
      const known = rowOf.get(item);
      const reduced = reduce(vector);
      if (known !== undefined) {
        levels.set(reduced, (slots[known] as number) * kept);
        return;
      }
      ask(reduced, 0);
      const slot = slotIn(cells[nearestCells(1)[0] ?? 0] as Cell);
      levels.set(reduced, slot * kept);
      rowAt[slot] = items.length;
      rowOf.set(item, items.length);
      slots.push(slot);
      items.push(item);
    },
    async settle() {
      if (items.length <= SMALL || (trainedOn > 0 && items.length <= 2 * trainedOn)) return;
      const size = Math.min(MOST_CELLS, Math.round(2 * Math.sqrt(items.length)));
      // Until all have their place, everything is one part, as at the start.
      if (trainedOn > 0) layOut(new Array(items.length).fill(0), 1);
      await train(size);
      const cellOf: number[] = [];
      for (let row = 0; row < items.length; row++) {
        cellOf.push(nearestCentre(slots[row] as number, size));
        if (row % PLACED_AT_ONCE === PLACED_AT_ONCE - 1) await breathe();
      }
      layOut(cellOf, size);
    },
    near(item, k) {
      const own = rowOf.get(item);
      if (own === undefined) return [];
      const ownSlot = slots[own] as number;
      ask(levels, ownSlot * kept);
      const best = createBest(k);
      for (const cell of nearestCells(PROBES)) {
        const { blocks, rows } = cells[cell] as Cell;
        for (const [at, block] of blocks.entries()) {
          const count = Math.min(BLOCK, rows - at * BLOCK);
          kernel.dots(blocksAt + block * blockBytes, 0, outAt, count, kept * 4);
          for (let i = 0; i < count; i++) {
            if (block * BLOCK + i !== ownSlot) best.offer(block * BLOCK + i, cosineAt(i));
          }
        }
      }
      return best
        .found()
        .map(({ value, score }) => ({ item: items[rowAt[value] as number] as number, cosine: score }));
    },
    count: () => items.length,
  };
}

/** The `k` values with the highest scores. */
function createBest(k: number) {
  const values = new Int32Array(k);
  const scores = new Float64Array(k);
  let count = 0;
  let least = Number.NEGATIVE_INFINITY;
  return {
    offer(value: number, score: number): void {
      if (count === k && score <= least) return;
      let at = count < k ? count++ : k - 1;
      for (; at > 0 && (scores[at - 1] as number) < score; at--) {
        scores[at] = scores[at - 1] as number;
        values[at] = values[at - 1] as number;
      }
      scores[at] = score;
      values[at] = value;
      if (count === k) least = scores[k - 1] as number;
    },
    found: () => Array.from(values.subarray(0, count), (value, i) => ({ value, score: scores[i] as number })),
  };
}

/** Signs from a fixed generator (Achlioptas, 2003): the same in every run. */
function writeSigns(signs: Int16Array, rows: number, dimensions: number, width: number): void {
  let state = 0x9e3779b9;
  for (let row = 0; row < rows; row++) {
    for (let i = 0; i < dimensions; i++) {
      state ^= state << 13;
      state ^= state >>> 17;
      state ^= state << 5;
      signs[row * width + i] = (state & 1) === 0 ? 1 : -1;
    }
  }
}

function padded(dimensions: number): number {
  return Math.ceil(dimensions / STEP) * STEP;
}

/** Lets whoever waits have the thread. */
function breathe(): Promise<void> {
  return new Promise((resolve) => {
    setImmediate(resolve);
  });
}
