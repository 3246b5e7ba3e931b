// Cosines of one query with many rows, by WebAssembly SIMD: 100,000 x 512 in 6 ms, where unrolled JavaScript takes 42.
// The program is a dozen instructions in a loop, so it is written out here instead of bringing a compiler.

/** Elements a step of the loop reads; rows are padded with zeros to a multiple of it. */
export const STEP = 16;

/** The part of the global object that is used; Node has it, but its types come with a browser's only. */
declare const WebAssembly: {
  Memory: new (pages: { initial: number; maximum: number }) => WasmMemory;
  Module: new (program: Uint8Array) => object;
  Instance: new (module: object, imports: object) => { exports: Record<string, unknown> };
};

interface WasmMemory {
  /** Another one after every `grow`. */
  readonly buffer: ArrayBuffer;
  grow(pages: number): number;
}

export interface Kernel {
  memory: WasmMemory;
  /**
   * `out[r] = sum(rows[r][i] * query[i])`. All pointers are bytes into `memory`.
   *
   * @param rows int16 [count, dimensions], row-major @param query float32 [dimensions] @param out float32 [count]
   * @param queryBytes `dimensions * 4`; dimensions are a multiple of `STEP` @param count at least 1
   */
  dots(rows: number, query: number, out: number, count: number, queryBytes: number): void;
}

/** @param maxBytes what the memory may grow to; only what is used is ever taken from the system */
export function createKernel(maxBytes: number): Kernel {
  const pages = (bytes: number) => Math.ceil(bytes / PAGE);
  const memory = new WebAssembly.Memory({ initial: 1, maximum: Math.min(65_536, pages(maxBytes) + 1) });
  const { exports } = new WebAssembly.Instance(compiled(), { env: { memory } });
  return { memory, dots: exports.dots as Kernel['dots'] };
}

let program: object | null = null;

function compiled(): object {
  program ??= new WebAssembly.Module(PROGRAM);
  return program;
}

/** Bytes of a page of WebAssembly memory. */
const PAGE = 65_536;

// https://webassembly.github.io/spec/core/binary/ has the numbers below.
const I32 = 0x7f;
const V128 = 0x7b;
const [ROWS, QUERY, OUT, COUNT, BYTES, AT, SUM_A, SUM_B] = [0, 1, 2, 3, 4, 5, 6, 7];

const get = (local: number) => [0x20, local];
const set = (local: number) => [0x21, local];
const tee = (local: number) => [0x22, local];
const constant = (value: number) => [0x41, ...signed(value)];
const LOOP = [0x03, 0x40];
const END = [0x0b];
const AGAIN_IF = [0x0d, 0];
const I32_ADD = [0x6a];
const I32_SUB = [0x6b];
const I32_LESS = [0x49];
const F32_ADD = [0x92];
const F32_STORE = [0x38, 2, 0];
const simd = (code: number, ...operands: number[]) => [0xfd, ...unsigned(code), ...operands];
const ZEROS = simd(0x0c, ...new Array<number>(16).fill(0));
const LOAD = (offset: number) => simd(0x00, 0, offset);
const LOAD_INT16_X4 = (offset: number) => simd(0x03, 0, offset);
const TO_FLOATS = simd(0xfa);
const FLOATS_ADD = simd(0xe4);
const FLOATS_MULTIPLY = simd(0xe6);
const LANE = (lane: number) => simd(0x1f, lane);

/** Four products of a step go to two sums in turn, so that one addition need not wait for the one before. */
function multiplyFour(part: number): number[] {
  const sum = part % 2 === 0 ? SUM_A : SUM_B;
  const row = [...get(ROWS), ...LOAD_INT16_X4(part * 8), ...TO_FLOATS];
  const query = [...get(AT), ...LOAD(part * 16)];
  return [...get(sum), ...row, ...query, ...FLOATS_MULTIPLY, ...FLOATS_ADD, ...set(sum)];
}

const BODY = [
  ...LOOP,
  ...[...get(QUERY), ...set(AT), ...ZEROS, ...set(SUM_A), ...ZEROS, ...set(SUM_B)],
  ...LOOP,
  ...[0, 1, 2, 3].flatMap(multiplyFour),
  ...[...get(ROWS), ...constant(STEP * 2), ...I32_ADD, ...set(ROWS)],
  ...[...get(AT), ...constant(STEP * 4), ...I32_ADD, ...tee(AT)],
  ...[...get(QUERY), ...get(BYTES), ...I32_ADD, ...I32_LESS, ...AGAIN_IF],
  ...END,
  ...[...get(OUT), ...get(SUM_A), ...get(SUM_B), ...FLOATS_ADD, ...tee(SUM_A), ...LANE(0)],
  ...[1, 2, 3].flatMap((lane) => [...get(SUM_A), ...LANE(lane), ...F32_ADD]),
  ...F32_STORE,
  ...[...get(OUT), ...constant(4), ...I32_ADD, ...set(OUT)],
  ...[...get(COUNT), ...constant(1), ...I32_SUB, ...tee(COUNT), ...AGAIN_IF],
  ...END,
  ...END,
];

const PROGRAM = new Uint8Array([
  ...[0, 0x61, 0x73, 0x6d, 1, 0, 0, 0],
  ...section(1, list([[0x60, ...list([[I32], [I32], [I32], [I32], [I32]]), 0]])),
  ...section(2, list([[...text('env'), ...text('memory'), 2, 1, 1, ...unsigned(65_536)]])),
  ...section(3, list([[0]])),
  ...section(7, list([[...text('dots'), 0, 0]])),
  ...section(
    10,
    list([
      sized([
        ...list([
          [1, I32],
          [2, V128],
        ]),
        ...BODY,
      ]),
    ]),
  ),
]);

function section(id: number, content: number[]): number[] {
  return [id, ...sized(content)];
}

function sized(content: number[]): number[] {
  return [...unsigned(content.length), ...content];
}

function list(items: number[][]): number[] {
  return [...unsigned(items.length), ...items.flat()];
}

function text(value: string): number[] {
  return sized([...Buffer.from(value)]);
}

/** LEB128. */
function unsigned(value: number): number[] {
  return value < 128 ? [value] : [(value & 127) | 128, ...unsigned(value >>> 7)];
}

/** Signed LEB128 of a number from 0 to 8191. */
function signed(value: number): number[] {
  return value < 64 ? [value] : [(value & 127) | 128, value >> 7];
}
