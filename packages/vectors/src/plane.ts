// A matrix of bytes that one query at a time is multiplied with.
import { BYTE_STEP, createByteKernel } from './kernel.ts';
import { growTo } from './wasm.ts';

export interface Plane {
  /** Row-major, `width` a row. Ends with the next `reserve`. */
  levels(): Int8Array;
  /** Room for so many rows; what is there stays. */
  reserve(rows: number): void;
  /** What `dots` multiplies with, from now on. */
  ask(query: Int16Array): void;
  /** Sums of products of the rows `from` to `from + count`; good until the next call. At most `BLOCK` rows. */
  dots(from: number, count: number): Int32Array;
  bytes(): number;
}

/** Rows multiplied at a time: their sums stay in the cache until they are scaled. */
export const BLOCK = 4096;

export function widthOf(dimensions: number): number {
  return Math.ceil(dimensions / BYTE_STEP) * BYTE_STEP;
}

export function createPlane(width: number, maxRows: number): Plane {
  const outAt = width * 2;
  const rowsAt = outAt + BLOCK * 4;
  const kernel = createByteKernel(rowsAt + maxRows * width);
  let query = new Int16Array(0);
  let out = new Int32Array(0);
  let levels = new Int8Array(0);

  function reserve(rows: number): void {
    growTo(kernel, rowsAt + rows * width);
    const { buffer } = kernel.memory;
    query = new Int16Array(buffer, 0, width);
    out = new Int32Array(buffer, outAt, BLOCK);
    levels = new Int8Array(buffer, rowsAt, rows * width);
  }

  reserve(0);
  return {
    levels: () => levels,
    reserve,
    ask: (values) => query.set(values),
    dots(from, count) {
      kernel.dots(rowsAt + from * width, 0, outAt, count, width * 2);
      return out;
    },
    bytes: () => kernel.memory.buffer.byteLength,
  };
}
