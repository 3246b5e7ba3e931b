// Builds an ONNX graph in memory, operator by operator. Weights are recipes, made only when the file is written.
import type { Random } from '../random.ts';

/** `TensorProto.DataType`. */
export const DATA_TYPE = { float: 1, uint8: 2, int8: 3, int32: 6, int64: 7, float16: 10 } as const;
export type DataType = keyof typeof DATA_TYPE;

/** Name of a tensor that flows between operators. */
export type Value = string;

export type Attributes = Record<string, number | readonly number[]>;

export interface Node {
  operator: string;
  inputs: readonly Value[];
  outputs: readonly Value[];
  attributes: Attributes;
  /** Operators beyond ONNX's own: `com.microsoft`. */
  domain?: string;
}

export interface Initializer {
  name: Value;
  type: DataType;
  shape: readonly number[];
  /** Little-endian, rows first. */
  bytes: () => Uint8Array;
}

export interface Port {
  name: Value;
  type: DataType;
  /** A string names a free dimension. */
  shape: readonly (number | string)[];
}

export interface Graph {
  name: string;
  nodes: Node[];
  initializers: Initializer[];
  inputs: Port[];
  outputs: Port[];
  /** Trained numbers, whatever their precision. */
  parameters: number;
}

export interface GraphBuilder {
  readonly graph: Graph;
  /** Adds an operator. @returns its first output */
  node(operator: string, inputs: readonly Value[], attributes?: Attributes): Value;
  /** Adds an operator of onnxruntime's own. @returns its output */
  microsoft(operator: string, inputs: readonly Value[], attributes: Attributes): Value;
  /** Adds an operator with several outputs. */
  nodes(operator: string, inputs: readonly Value[], outputs: number, attributes?: Attributes): Value[];
  input(port: Port): Value;
  /** Gives a value its public name. */
  output(value: Value, port: Port): void;
  floats(shape: readonly number[], values: readonly number[]): Value;
  integers(shape: readonly number[], values: readonly number[]): Value;
  /** Random weights with mean `mean` and standard deviation `deviation`, the same for the same name and seed. */
  weights(name: string, shape: readonly number[], deviation: number, mean?: number): Value;
  /**
   * The same numbers as `weights` would give, symmetrically quantised to int8.
   *
   * @returns the int8 tensor and its scale: number = scale * level
   */
  quantised(name: string, shape: readonly number[], deviation: number): { levels: Value; scale: number };
  /** The same numbers as `weights` would give, rounded to half precision. */
  halves(name: string, shape: readonly number[], deviation: number): Value;
  /**
   * The same numbers as `weights` would give a matrix [from, to], four bits each, for `MatMulNBits`: [to, from / block,
   * block / 2], low half first, with a scale for every block.
   */
  nibbles(
    name: string,
    shape: readonly [from: number, to: number],
    deviation: number,
    block: number,
  ): { levels: Value; scales: Value };
  /** One trained number under a name of its own, such as `logit_scale`. */
  scalar(name: string, value: number): Value;
}

export function createGraph(name: string, randomFor: (weight: string) => Random): GraphBuilder {
  const graph: Graph = { name, nodes: [], initializers: [], inputs: [], outputs: [], parameters: 0 };
  const fresh = (stem: string): Value => `${stem}_${graph.nodes.length + graph.initializers.length}`;

  function nodes(
    operator: string,
    inputs: readonly Value[],
    count: number,
    attributes: Attributes = {},
  ): Value[] {
    const stem = fresh(operator);
    const outputs = Array.from({ length: count }, (_, i) => (i === 0 ? stem : `${stem}_${i}`));
    graph.nodes.push({ operator, inputs, outputs, attributes });
    return outputs;
  }

  function constant(
    type: DataType,
    shape: readonly number[],
    bytes: () => Uint8Array,
    named?: string,
  ): Value {
    const value = named ?? fresh('constant');
    graph.initializers.push({ name: value, type, shape, bytes });
    return value;
  }

  function trained(shape: readonly number[]): number {
    const count = shape.reduce((product, side) => product * side, 1);
    graph.parameters += count;
    return count;
  }

  return {
    graph,
    nodes,
    node: (operator, inputs, attributes) => nodes(operator, inputs, 1, attributes)[0] ?? '',
    microsoft(operator, inputs, attributes) {
      const output = fresh(operator);
      graph.nodes.push({ operator, inputs, outputs: [output], attributes, domain: 'com.microsoft' });
      return output;
    },
    input(port) {
      graph.inputs.push(port);
      return port.name;
    },
    output(value, port) {
      graph.nodes.push({ operator: 'Identity', inputs: [value], outputs: [port.name], attributes: {} });
      graph.outputs.push(port);
    },
    floats: (shape, values) => constant('float', shape, () => bytesOf(Float32Array.from(values))),
    integers: (shape, values) => constant('int64', shape, () => bytesOf(BigInt64Array.from(values, BigInt))),
    weights(weight, shape, deviation, mean = 0) {
      const count = trained(shape);
      return constant(
        'float',
        shape,
        () => bytesOf(uniform(count, deviation, mean, randomFor(weight))),
        weight,
      );
    },
    quantised(weight, shape, deviation) {
      const count = trained(shape);
      const scale = (deviation * Math.sqrt(3)) / 127;
      const bytes = (): Uint8Array => {
        const values = uniform(count, deviation, 0, randomFor(weight));
        const levels = new Int8Array(count);
        for (let i = 0; i < count; i++) levels[i] = Math.round((values[i] as number) / scale);
        return bytesOf(levels);
      };
      return { levels: constant('int8', shape, bytes, `${weight}_quantized`), scale };
    },
    halves(weight, shape, deviation) {
      const count = trained(shape);
      const bytes = (): Uint8Array => halfBytes(uniform(count, deviation, 0, randomFor(weight)));
      return constant('float16', shape, bytes, `${weight}_fp16`);
    },
    nibbles(weight, [from, to], deviation, block) {
      const count = trained([from, to]);
      // One scale for all blocks: uniform weights have the same range everywhere.
      const scale = (deviation * Math.sqrt(3)) / 7;
      const bytes = (): Uint8Array => {
        const values = uniform(count, deviation, 0, randomFor(weight));
        const packed = new Uint8Array(count / 2);
        for (let i = 0; i < count; i++) {
          const level = 8 + Math.round((values[(i % from) * to + Math.floor(i / from)] as number) / scale);
          packed[i >> 1] = (packed[i >> 1] as number) | (level << (i % 2 === 0 ? 0 : 4));
        }
        return packed;
      };
      const blocks = from / block;
      return {
        levels: constant('uint8', [to, blocks, block / 2], bytes, `${weight}_q4`),
        scales: constant('float', [to * blocks], () => bytesOf(new Float32Array(to * blocks).fill(scale))),
      };
    },
    scalar: (weight, value) => constant('float', [], () => bytesOf(Float32Array.of(value)), weight),
  };
}

/** Uniform numbers: as good as normal ones for weights that were never trained, and several times as fast. */
function uniform(count: number, deviation: number, mean: number, random: Random): Float32Array {
  const half = deviation * Math.sqrt(3);
  const values = new Float32Array(count);
  for (let i = 0; i < count; i++) values[i] = random(mean - half, mean + half);
  return values;
}

/** Half precision; TypeScript's ES2024 does not know the array. */
function halfBytes(values: Float32Array): Uint8Array {
  const { Float16Array } = globalThis as unknown as {
    Float16Array: { from(values: Float32Array): Uint16Array };
  };
  const halves = Float16Array.from(values);
  return new Uint8Array(halves.buffer, halves.byteOffset, halves.byteLength);
}

function bytesOf(array: Float32Array | BigInt64Array | Int8Array): Uint8Array {
  return new Uint8Array(array.buffer, array.byteOffset, array.byteLength);
}
