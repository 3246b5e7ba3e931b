// Builds an ONNX graph in memory, operator by operator. Weights are recipes, made only when the file is written.
import type { Random } from '../random.ts';

/** `TensorProto.DataType`. */
export const DATA_TYPE = { float: 1, uint8: 2, int8: 3, int64: 7 } as const;
export type DataType = keyof typeof DATA_TYPE;

/** Name of a tensor that flows between operators. */
export type Value = string;

export type Attributes = Record<string, number | readonly number[]>;

export interface Node {
  operator: string;
  inputs: readonly Value[];
  outputs: readonly Value[];
  attributes: Attributes;
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
  };
}

/** Uniform numbers: as good as normal ones for weights that were never trained, and several times as fast. */
function uniform(count: number, deviation: number, mean: number, random: Random): Float32Array {
  const half = deviation * Math.sqrt(3);
  const values = new Float32Array(count);
  for (let i = 0; i < count; i++) values[i] = random(mean - half, mean + half);
  return values;
}

function bytesOf(array: Float32Array | BigInt64Array | Int8Array): Uint8Array {
  return new Uint8Array(array.buffer, array.byteOffset, array.byteLength);
}
