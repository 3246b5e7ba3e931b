// The few pieces of WebAssembly's binary format that the kernels are written in: each is a dozen instructions in a loop,
// so they are written out instead of bringing a compiler. https://webassembly.github.io/spec/core/binary/ has the numbers.

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
   * `out[r] = sum(rows[r][i] * query[i])`. All pointers are bytes into `memory`; numbers are 4 bytes in `out`.
   *
   * @param queryBytes size of the query; its length is a multiple of the kernel's step @param count at least 1
   */
  dots(rows: number, query: number, out: number, count: number, queryBytes: number): void;
}

/** Bytes of a page of WebAssembly memory. */
const PAGE = 65_536;
const MOST_PAGES = 65_536;

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
export const simd = (code: number, ...operands: number[]) => [0xfd, ...unsigned(code), ...operands];
const ZEROS = simd(0x0c, ...new Array<number>(16).fill(0));
export const LOAD = (offset: number) => simd(0x00, 0, offset);

export interface Step {
  /** Bytes of a row, and of the query, that are multiplied in one step of the loop. */
  rowBytes: number;
  queryBytes: number;
  /** Leaves four sums of products on the stack, for each of the four parts of a step. */
  multiply(part: number, row: number[], query: number[]): number[];
  /** Of two vectors of four sums, of a lane, of two numbers, and to memory. */
  add: number[];
  lane(lane: number): number[];
  addLane: number[];
  store: number[];
}

/** A program `dots` as in `Kernel`. Four products go to two sums in turn, so that one addition need not wait for the one before. */
export function compileDots(step: Step): object {
  const part = (at: number): number[] => {
    const sum = at % 2 === 0 ? SUM_A : SUM_B;
    return [...get(sum), ...step.multiply(at, get(ROWS), get(AT)), ...step.add, ...set(sum)];
  };
  const body = [
    ...LOOP,
    ...[...get(QUERY), ...set(AT), ...ZEROS, ...set(SUM_A), ...ZEROS, ...set(SUM_B)],
    ...LOOP,
    ...[0, 1, 2, 3].flatMap(part),
    ...[...get(ROWS), ...constant(step.rowBytes), ...I32_ADD, ...set(ROWS)],
    ...[...get(AT), ...constant(step.queryBytes), ...I32_ADD, ...tee(AT)],
    ...[...get(QUERY), ...get(BYTES), ...I32_ADD, ...I32_LESS, ...AGAIN_IF],
    ...END,
    ...[...get(OUT), ...get(SUM_A), ...get(SUM_B), ...step.add, ...tee(SUM_A), ...step.lane(0)],
    ...[1, 2, 3].flatMap((lane) => [...get(SUM_A), ...step.lane(lane), ...step.addLane]),
    ...step.store,
    ...[...get(OUT), ...constant(4), ...I32_ADD, ...set(OUT)],
    ...[...get(COUNT), ...constant(1), ...I32_SUB, ...tee(COUNT), ...AGAIN_IF],
    ...END,
    ...END,
  ];
  return new WebAssembly.Module(
    new Uint8Array([
      ...[0, 0x61, 0x73, 0x6d, 1, 0, 0, 0],
      ...section(1, list([[0x60, ...list([[I32], [I32], [I32], [I32], [I32]]), 0]])),
      ...section(2, list([[...text('env'), ...text('memory'), 2, 1, 1, ...unsigned(MOST_PAGES)]])),
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
            ...body,
          ]),
        ]),
      ),
    ]),
  );
}

/** @param maxBytes what the memory may grow to; only what is used is ever taken from the system */
export function startKernel(program: object, maxBytes: number): Kernel {
  const maximum = Math.min(MOST_PAGES, Math.ceil(maxBytes / PAGE) + 1);
  const memory = new WebAssembly.Memory({ initial: 1, maximum });
  const { exports } = new WebAssembly.Instance(program, { env: { memory } });
  return { memory, dots: exports.dots as Kernel['dots'] };
}

/** Views of the memory end when it grows. */
export function growTo({ memory }: Kernel, bytes: number): void {
  const missing = bytes - memory.buffer.byteLength;
  if (missing > 0) memory.grow(Math.ceil(missing / PAGE));
}

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
