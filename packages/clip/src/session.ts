// One ONNX graph, opened and understood: what goes in besides pictures or texts, which output is the embedding.
import { basename } from 'node:path';
import { Tensor } from 'onnxruntime-node';
import { modelDamaged, reasonOf } from './errors.ts';
import { halfTensor } from './float16.ts';
import { embeddingOutput, fixed, isPicture, listPorts, type Tower } from './graph-ports.ts';
import { type Graph, onnxRuntime, type Provider, type Runtime, type TensorInfo } from './runtime.ts';
import { dot, unitVector } from './unit-vector.ts';

export interface SessionOptions {
  /** onnxruntime threads per operator; default 1, which does not collapse when several processes share the cores. */
  intraOpThreads?: number;
  /** Execution provider; default the CPU. */
  provider?: Provider;
  runtime?: Runtime;
}

export interface EncoderSession<Ports> {
  ports: Ports;
  /**
   * Runs the graph; inputs of the other tower, where one graph holds both, are left empty or made up.
   *
   * @returns `rows` vectors of length 1 @throws SemblanceError `MODEL_DAMAGED`
   */
  run(feeds: Record<string, Tensor>, rows: number): Promise<Float32Array[]>;
  dispose(): Promise<void>;
}

/**
 * @param dimensions width of the embedding
 * @param portsOf finds the inputs, or throws
 * @throws SemblanceError `MODEL_DAMAGED` when the file cannot be read or has no such output
 */
export async function openSession<Ports>(
  path: string,
  tower: Tower,
  { dimensions, imageSize }: { dimensions: number; imageSize: number },
  { intraOpThreads = 1, provider = 'cpu', runtime = onnxRuntime }: SessionOptions,
  portsOf: (inputs: readonly TensorInfo[]) => Ports,
): Promise<EncoderSession<Ports>> {
  let graph: Graph;
  try {
    graph = await runtime.open(path, { provider, threads: intraOpThreads });
  } catch (error) {
    throw modelDamaged(`The model file ${path} cannot be opened: ${reasonOf(error)}`, error);
  }
  let ports: Ports;
  let output: TensorInfo;
  try {
    ports = portsOf(graph.inputs);
    output = embeddingPort(graph.outputs, tower, dimensions, path);
  } catch (error) {
    await graph.release();
    throw error;
  }
  async function runWith(
    feeds: Record<string, Tensor>,
    rows: number,
    others: number,
  ): Promise<Float32Array[]> {
    const all = { ...madeUp(graph.inputs, feeds, { imageSize, rows: others }), ...feeds };
    const results = await runGraph(graph, all, output.name, path);
    return toUnitVectors(results, rows, dimensions, path);
  }
  /** Rows given to the tower that nobody asks: none, where the graph bears that and answers the same. */
  let others: number | undefined;
  return {
    ports,
    async run(feeds, rows) {
      if (graph.inputs.every(({ name }) => name in feeds)) others = 1;
      if (others === undefined) {
        const made = await runWith(feeds, rows, 1);
        const empty = await runWith(feeds, rows, 0).catch(() => []);
        others = made.every((vector, i) => dot(vector, empty[i] ?? []) > SAME) ? 0 : 1;
        return made;
      }
      return runWith(feeds, rows, others);
    },
    dispose: () => graph.release(),
  };
}

/** @throws SemblanceError `MODEL_DAMAGED` */
export function embeddingPort(
  outputs: readonly TensorInfo[],
  tower: Tower,
  dimensions: number,
  path: string,
): TensorInfo {
  const output = embeddingOutput(outputs, tower, dimensions);
  if (output !== undefined) return output;
  throw modelDamaged(
    `${path} gives no embedding of ${dimensions} numbers; its outputs are: ${listPorts(outputs)}.`,
  );
}

/** Tokens of a text that nobody reads the embedding of. */
const SHORT = 2;
/** Cosine of two runs of the same input. */
const SAME = 0.9999;

/**
 * A graph of both towers wants both inputs, though one embedding is asked for: black pictures, empty texts. With no rows
 * of them it does half of the work, or far less than half where a search runs through a large image tower.
 */
function madeUp(
  inputs: readonly TensorInfo[],
  given: Record<string, Tensor>,
  { imageSize, rows }: { imageSize: number; rows: number },
): Record<string, Tensor> {
  const tensors: Record<string, Tensor> = {};
  // With no rows, both inputs have sizes of their own, whatever they are called.
  const named = rows === 0 ? new Map<string, number>() : namedSides(inputs, given);
  const side = (info: TensorInfo, axis: number): number | undefined =>
    fixed(info, axis) ?? named.get(String(info.shape[axis]));
  for (const info of inputs) {
    if (info.name in given) continue;
    if (isPicture(info)) {
      const shape = [side(info, 0) ?? rows, 3, side(info, 2) ?? imageSize, side(info, 3) ?? imageSize];
      tensors[info.name] = floats(info, new Float32Array(shape.reduce((a, b) => a * b, 1)), shape);
    } else {
      const shape = [side(info, 0) ?? rows, side(info, 1) ?? SHORT];
      const count = shape.reduce((a, b) => a * b, 1);
      // Ones, so that a mask masks nothing; as ids they are as good as any.
      tensors[info.name] = integers(info, new Array<number>(count).fill(1), shape);
    }
  }
  return tensors;
}

/** Free dimensions of one name have one size: graphs whose towers share a batch want as many of each. */
function namedSides(inputs: readonly TensorInfo[], given: Record<string, Tensor>): Map<string, number> {
  const sides = new Map<string, number>();
  for (const { name, shape } of inputs) {
    for (const [axis, size] of (given[name]?.dims ?? []).entries()) sides.set(String(shape[axis]), size);
  }
  return sides;
}

async function runGraph(
  graph: Graph,
  feeds: Record<string, Tensor>,
  output: string,
  path: string,
): Promise<Tensor> {
  try {
    const tensor = (await graph.run(feeds, [output]))[output];
    if (tensor instanceof Tensor) return tensor;
  } catch (error) {
    throw modelDamaged(`${basename(path)} failed: ${reasonOf(error)}`, error);
  }
  throw modelDamaged(`${basename(path)} gave no tensor "${output}".`);
}

function toUnitVectors(tensor: Tensor, rows: number, dimensions: number, path: string): Float32Array[] {
  if (tensor.type !== 'float32' && tensor.type !== 'float16') {
    throw modelDamaged(`${path} gives its embedding as ${tensor.type}; float32 or float16 is needed.`);
  }
  const data = tensor.data as Float32Array | Uint16Array;
  if (data.length !== rows * dimensions) {
    throw modelDamaged(
      `${path} gives [${tensor.dims.join(', ')}] for ${rows} inputs; ${rows} x ${dimensions} was expected.`,
    );
  }
  return Array.from({ length: rows }, (_, row) => {
    const vector = unitVector(data.subarray(row * dimensions, (row + 1) * dimensions));
    if (vector === null) throw modelDamaged(`${path} gave an embedding without a direction (zeros or NaN).`);
    return vector;
  });
}

/** In the type that the graph reads. */
export function floats(info: TensorInfo, data: Float32Array, shape: number[]): Tensor {
  return info.type === 'float16' ? halfTensor(data, shape) : new Tensor('float32', data, shape);
}

/** In the type that the graph reads. */
export function integers(info: TensorInfo, values: number[], shape: number[]): Tensor {
  return info.type === 'int32'
    ? new Tensor('int32', Int32Array.from(values), shape)
    : new Tensor('int64', BigInt64Array.from(values, BigInt), shape);
}

/** Pieces of at most `size`, or one piece. */
export function inPieces<T>(items: readonly T[], size: number | null): (readonly T[])[] {
  if (size === null || items.length <= size) return items.length === 0 ? [] : [items];
  return Array.from({ length: Math.ceil(items.length / size) }, (_, i) =>
    items.slice(i * size, (i + 1) * size),
  );
}
