// Dot products of one query with many rows, by WebAssembly SIMD: several times faster than unrolled JavaScript.
import { compileDots, type Kernel, LOAD, type Step, simd, startKernel } from './wasm.ts';

/** Elements a step of `createKernel`'s loop reads; rows are padded with zeros to a multiple of it. */
export const STEP = 16;
/** The same of `createByteKernel`. */
export const BYTE_STEP = 32;

const FLOATS_FROM_INT16: Step = {
  rowBytes: STEP * 2,
  queryBytes: STEP * 4,
  multiply: (part, row, query) => [
    ...[...row, ...simd(0x03, 0, part * 8), ...simd(0xfa)],
    ...[...query, ...LOAD(part * 16), ...simd(0xe6)],
  ],
  add: simd(0xe4),
  lane: (lane) => simd(0x1f, lane),
  addLane: [0x92],
  store: [0x38, 2, 0],
};

const WHOLE_FROM_INT8: Step = {
  rowBytes: BYTE_STEP,
  queryBytes: BYTE_STEP * 2,
  // Eight bytes become eight int16, and those with eight of the query four sums of two products.
  multiply: (part, row, query) => [
    ...[...row, ...simd(0x01, 0, part * 8)],
    ...[...query, ...LOAD(part * 16), ...simd(0xba)],
  ],
  add: simd(0xae),
  lane: (lane) => simd(0x1b, lane),
  addLane: [0x6a],
  store: [0x36, 2, 0],
};

let floats: object | null = null;
let whole: object | null = null;

/** Rows of int16, a query of float32, sums in float32. */
export function createKernel(maxBytes: number): Kernel {
  floats ??= compileDots(FLOATS_FROM_INT16);
  return startKernel(floats, maxBytes);
}

/** Rows of int8, a query of int16, sums in int32: the caller sees to it that none overflows. */
export function createByteKernel(maxBytes: number): Kernel {
  whole ??= compileDots(WHOLE_FROM_INT8);
  return startKernel(whole, maxBytes);
}
