// onnxruntime behind a port: which hardware it can use here, and one opened graph. Tests put others in its place.
import { InferenceSession, listSupportedBackends, type Tensor } from 'onnxruntime-node';

/** Execution providers of onnxruntime-node, the fastest first. The CPU has every operator. */
export const PROVIDERS = ['cuda', 'coreml', 'dml', 'webgpu', 'cpu'] as const;
export type Provider = (typeof PROVIDERS)[number];

export interface TensorInfo {
  name: string;
  /** `float32`, `float16`, `int64`, `int32`, `uint8`, ... */
  type: string;
  /** A string names a free dimension. */
  shape: readonly (number | string)[];
}

export interface OpenOptions {
  provider: Provider;
  /** onnxruntime threads per operator. */
  threads: number;
}

export interface Graph {
  inputs: readonly TensorInfo[];
  outputs: readonly TensorInfo[];
  /** @returns the wanted outputs by name */
  run(feeds: Record<string, Tensor>, outputs: readonly string[]): Promise<Record<string, Tensor>>;
  release(): Promise<void>;
}

export interface Runtime {
  /** What this build can use, in the order to try; always ends with the CPU. Being listed does not mean that it works. */
  providers(): readonly Provider[];
  open(path: string, options: OpenOptions): Promise<Graph>;
}

export const onnxRuntime: Runtime = {
  providers() {
    const built = new Set(listSupportedBackends().map((backend) => backend.name));
    return PROVIDERS.filter((provider) => provider === 'cpu' || built.has(provider));
  },
  async open(path, { provider, threads }) {
    const session = await InferenceSession.create(path, {
      // No silent fall-back to the CPU: a provider that cannot run the graph has to say so.
      executionProviders: [provider],
      graphOptimizationLevel: 'all',
      executionMode: 'sequential',
      intraOpNumThreads: threads,
      interOpNumThreads: 1,
      // Errors only: graphs of other makers warn about initializers that nothing uses.
      // Hardware that is not there is said by the failure.
      logSeverityLevel: provider === 'cpu' ? 3 : 4,
    });
    const tensors = (all: readonly InferenceSession.ValueMetadata[]): TensorInfo[] =>
      all.filter((info) => info.isTensor).map(({ name, type, shape }) => ({ name, type, shape }));
    return {
      inputs: tensors(session.inputMetadata),
      outputs: tensors(session.outputMetadata),
      run: async (feeds, outputs) => (await session.run(feeds, [...outputs])) as Record<string, Tensor>,
      release: () => session.release(),
    };
  },
};
