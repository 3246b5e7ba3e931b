// One ONNX graph, opened and understood: which tensor goes in where, which one comes out.
import { basename } from 'node:path';
import { InferenceSession, Tensor } from 'onnxruntime-node';
import { modelDamaged, reasonOf } from './errors.ts';
import { unitVector } from './unit-vector.ts';

export interface SessionOptions {
  /** onnxruntime threads per operator; default 1, which does not collapse when several processes share the cores. */
  intraOpThreads?: number;
}

export type TensorInfo = InferenceSession.TensorValueMetadata;

export interface EncoderSession {
  path: string;
  inputs: readonly TensorInfo[];
  /** Runs the graph. @returns `rows` vectors of length 1 @throws SemblanceError `MODEL_DAMAGED` */
  run(feeds: Record<string, Tensor>, rows: number): Promise<Float32Array[]>;
  dispose(): Promise<void>;
}

/**
 * Opens a graph on the CPU.
 *
 * @param outputName the output to take when there is one of that name; else the first of the right shape
 * @param dimensions width of the embedding
 * @throws SemblanceError `MODEL_DAMAGED` when the file cannot be read or has no such output
 */
export async function openSession(
  path: string,
  outputName: string,
  dimensions: number,
  { intraOpThreads = 1 }: SessionOptions,
): Promise<EncoderSession> {
  const session = await create(path, intraOpThreads);
  const inputs = session.inputMetadata.filter((info) => info.isTensor);
  const outputs = session.outputMetadata.filter((info) => info.isTensor);
  const output =
    outputs.find((info) => info.name === outputName) ?? outputs.find((info) => isEmbedding(info, dimensions));
  const width = output?.shape.at(-1);
  if (output === undefined || (typeof width === 'number' && width !== dimensions)) {
    await session.release();
    const found = outputs.map((info) => `${info.name} [${info.shape.join(', ')}]`).join('; ');
    throw modelDamaged(`${path} gives no embedding of ${dimensions} numbers; its outputs are: ${found}.`);
  }
  return {
    path,
    inputs,
    async run(feeds, rows) {
      const results = await runGraph(session, feeds, output.name, path);
      return toUnitVectors(results, rows, dimensions, path);
    },
    dispose: () => session.release(),
  };
}

async function create(path: string, intraOpThreads: number): Promise<InferenceSession> {
  try {
    return await InferenceSession.create(path, {
      executionProviders: ['cpu'],
      graphOptimizationLevel: 'all',
      executionMode: 'sequential',
      intraOpNumThreads: intraOpThreads,
      interOpNumThreads: 1,
      // Errors only: graphs of other makers warn about initializers that nothing uses.
      logSeverityLevel: 3,
    });
  } catch (error) {
    throw modelDamaged(`The model file ${path} cannot be opened: ${reasonOf(error)}`, error);
  }
}

function isEmbedding(info: TensorInfo, dimensions: number): boolean {
  const width = info.shape.at(-1);
  return info.shape.length === 2 && (width === dimensions || typeof width === 'string');
}

async function runGraph(
  session: InferenceSession,
  feeds: Record<string, Tensor>,
  output: string,
  path: string,
): Promise<Tensor> {
  try {
    const tensor = (await session.run(feeds, [output]))[output];
    if (tensor instanceof Tensor) return tensor;
  } catch (error) {
    throw modelDamaged(`${basename(path)} failed: ${reasonOf(error)}`, error);
  }
  throw modelDamaged(`${basename(path)} gave no tensor "${output}".`);
}

function toUnitVectors(tensor: Tensor, rows: number, dimensions: number, path: string): Float32Array[] {
  const { data } = tensor;
  if (!(data instanceof Float32Array)) {
    throw modelDamaged(`${path} gives its embedding as ${tensor.type}; float32 is needed.`);
  }
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
