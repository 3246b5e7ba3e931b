// Reads what an ONNX file says of itself without its weights: inputs, outputs, where weights lie outside, and single
// numbers by name. A few reads whatever the size, so a list of models costs nothing.
import { type FileHandle, open } from 'node:fs/promises';
import { modelDamaged, modelMissing, reasonOf } from './errors.ts';
import { stringOf, varintOf, type WireField, wireFields } from './protobuf.ts';
import type { TensorInfo } from './runtime.ts';

export interface OnnxHead {
  inputs: TensorInfo[];
  outputs: TensorInfo[];
  /** Files beside the graph that hold its weights, as the graph names them; usually none or `<name>.onnx_data`. */
  externalData: string[];
  /** Float initializers of one number (logit scale and bias lie here). */
  scalars: Map<string, number>;
}

/** `TensorProto.DataType` (onnx.proto) as onnxruntime-node names them; the rest is "unknown". */
const TYPES: Record<number, string> = {
  1: 'float32',
  2: 'uint8',
  3: 'int8',
  6: 'int32',
  7: 'int64',
  9: 'bool',
  10: 'float16',
  11: 'float64',
};

/** Field numbers of onnx.proto (github.com/onnx/onnx, Apache-2.0). */
const MODEL = { graph: 7 };
const GRAPH = { initializer: 5, input: 11, output: 12 };
const TENSOR = { dims: 1, dataType: 2, floatData: 4, name: 8, rawData: 9, externalData: 13 };

/** Larger than any tensor's own description; the data of a larger one is skipped. */
const SMALL = 4096;

/**
 * @throws SemblanceError `MODEL_MISSING` when the file cannot be read, `MODEL_DAMAGED` when it is no ONNX file or ends
 *   before its graph does
 */
export async function readOnnxHead(path: string): Promise<OnnxHead> {
  let file: FileHandle;
  try {
    file = await open(path, 'r');
  } catch (error) {
    throw modelMissing(`The model file ${path} cannot be read: ${reasonOf(error)}`);
  }
  try {
    return await readHead(createReader(file), (await file.stat()).size);
  } catch (error) {
    throw modelDamaged(`The model file ${path} cannot be opened: ${reasonOf(error)}`, error);
  } finally {
    await file.close();
  }
}

async function readHead(read: Reader, size: number): Promise<OnnxHead> {
  const head: OnnxHead = { inputs: [], outputs: [], externalData: [], scalars: new Map() };
  const external = new Set<string>();
  const weights = new Set<string>();
  let graphs = 0;
  for await (const field of wireFields(read, 0, size)) {
    if (field.number !== MODEL.graph || field.bytes === null) continue;
    graphs += 1;
    for await (const part of wireFields(read, field.at, field.at + field.bytes)) {
      if (part.bytes === null) continue;
      if (part.number === GRAPH.input) head.inputs.push(await readPort(read, part));
      if (part.number === GRAPH.output) head.outputs.push(await readPort(read, part));
      if (part.number === GRAPH.initializer) {
        weights.add(await readInitializer(read, part, head.scalars, external));
      }
    }
  }
  if (graphs !== 1) throw new Error('it holds no ONNX graph.');
  // Some exporters list weights among the inputs as well.
  head.inputs = head.inputs.filter((input) => !weights.has(input.name));
  head.externalData = [...external];
  return head;
}

/** ValueInfoProto: name = 1, type = 2 { tensor_type = 1 { elem_type = 1, shape = 2 { dim = 1 { value = 1, param = 2 } } } } */
async function readPort(read: Reader, port: WireField): Promise<TensorInfo> {
  let name = '';
  let type = 'unknown';
  const shape: (number | string)[] = [];
  for await (const field of within(read, port)) {
    if (field.number === 1) name = await stringOf(read, field);
    if (field.number !== 2) continue;
    for await (const tensor of within(read, field)) {
      if (tensor.number !== 1) continue;
      for await (const fact of within(read, tensor)) {
        if (fact.number === 1) type = TYPES[Number(fact.value)] ?? 'unknown';
        if (fact.number === 2) for await (const dim of within(read, fact)) shape.push(await side(read, dim));
      }
    }
  }
  return { name, type, shape };
}

async function side(read: Reader, dim: WireField): Promise<number | string> {
  for await (const field of within(read, dim)) {
    if (field.number === 1) return Number(field.value);
    if (field.number === 2) return stringOf(read, field);
  }
  return '?';
}

async function readInitializer(
  read: Reader,
  tensor: WireField,
  scalars: Map<string, number>,
  external: Set<string>,
): Promise<string> {
  let name = '';
  let type = 0;
  let numbers = 1;
  let value: number | undefined;
  for await (const field of within(read, tensor)) {
    if (field.number === TENSOR.dims) numbers *= await dimensions(read, field);
    if (field.number === TENSOR.dataType) type = Number(field.value);
    if (field.number === TENSOR.name) name = await stringOf(read, field);
    if (field.number === TENSOR.externalData) await readLocation(read, field, external);
    const holdsData = field.number === TENSOR.rawData || field.number === TENSOR.floatData;
    if (holdsData && field.bytes === 4) value = (await read(field.at, 4)).readFloatLE(0);
  }
  if (type === 1 && numbers === 1 && value !== undefined) scalars.set(name, value);
  return name;
}

/** Packed or one by one. */
async function dimensions(read: Reader, field: WireField): Promise<number> {
  if (field.bytes === null) return Number(field.value);
  let product = 1;
  for (let at = field.at; at < field.at + field.bytes; ) {
    const { value, next } = varintOf(await read(at, 10), 0);
    product *= Number(value);
    at += next;
  }
  return product;
}

/** StringStringEntryProto: key = 1, value = 2. */
async function readLocation(read: Reader, entry: WireField, external: Set<string>): Promise<void> {
  let key = '';
  let value = '';
  for await (const field of within(read, entry)) {
    if (field.number === 1) key = await stringOf(read, field);
    if (field.number === 2) value = await stringOf(read, field);
  }
  if (key === 'location') external.add(value);
}

async function* within(read: Reader, field: WireField): AsyncGenerator<WireField> {
  if (field.bytes !== null) yield* wireFields(read, field.at, field.at + field.bytes);
}

export type Reader = (at: number, length: number) => Promise<Buffer>;

/** Reads through one buffer of 64 KB: nodes are small and follow each other. */
function createReader(file: FileHandle): Reader {
  const buffer = Buffer.alloc(1 << 16);
  let start = 0;
  let held = 0;
  return async (at, length) => {
    if (length > SMALL) throw new Error('it is not built as ONNX files are.');
    if (at < start || at + length > start + held) {
      held = (await file.read(buffer, 0, buffer.length, at)).bytesRead;
      start = at;
    }
    return buffer.subarray(at - start, Math.min(at - start + length, held));
  };
}
