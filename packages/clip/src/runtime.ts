// onnxruntime behind a port: which hardware it can use here, and one opened graph. Tests put others in its place.
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { env, InferenceSession, listSupportedBackends, type Tensor } from 'onnxruntime-node';

/** Execution providers of onnxruntime-node, the fastest first. The CPU has every operator. */
const PROVIDERS = ['cuda', 'coreml', 'dml', 'webgpu', 'cpu'] as const;
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

// onnxruntime counts what it is used for and sends that to its makers, on Linux and macOS from 1.29 on, unless this is set
// when the first session is opened (its docs/Privacy.md). Set here in the main thread only: a worker has a copy of the
// environment, which native code does not see, so processes are started with it as well.
process.env.ORT_DISABLE_TELEMETRY = '1';

// What goes wrong is thrown; printing it as well would frighten people on a machine without a graphics processor.
env.logLevel = 'fatal';

/** Another one may be fast where this one is not. */
export const RUNTIME_VERSION = env.versions.common;

export const onnxRuntime: Runtime = {
  providers() {
    const built = listSupportedBackends().filter(({ name, bundled }) => bundled || isBesideRuntime(name));
    const names = new Set(built.map(({ name }) => name));
    if (!hasGraphics()) names.delete('webgpu');
    return PROVIDERS.filter((provider) => provider === 'cpu' || names.has(provider));
  },
  async open(path, { provider, threads }) {
    const session = await InferenceSession.create(path, {
      // Operators that a provider lacks run on the CPU; how right and how fast that is, is measured.
      executionProviders: [provider],
      graphOptimizationLevel: 'all',
      executionMode: 'sequential',
      intraOpNumThreads: threads,
      interOpNumThreads: 1,
      // Threads that wait sleep. Spinning gains little on an idle machine and costs half of the speed on a busy one:
      // two threads gave 24 to 38 images/s spinning and 41 to 46 asleep, where one gave 54.
      ...(threads > 1 && { extra: { session: { intra_op: { allow_spinning: '0' } } } }),
      // What goes wrong is thrown. Graphs of other makers warn about initializers that nothing uses.
      logSeverityLevel: 4,
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

/** CUDA is known to the runtime, but its library is an installation of its own. */
function isBesideRuntime(name: string): boolean {
  try {
    const runtime = dirname(createRequire(import.meta.url).resolve('onnxruntime-node/package.json'));
    const files = join(runtime, 'bin', 'napi-v6', process.platform, process.arch);
    return [`libonnxruntime_providers_${name}.so`, `onnxruntime_providers_${name}.dll`].some((file) =>
      existsSync(join(files, file)),
    );
  } catch {
    return false;
  }
}

/** WebGPU is Vulkan on Linux, and complains on standard error where there is none. */
function hasGraphics(): boolean {
  if (process.platform !== 'linux') return true;
  const triplet = process.arch === 'arm64' ? 'aarch64-linux-gnu' : 'x86_64-linux-gnu';
  const folders = [`/usr/lib/${triplet}`, `/lib/${triplet}`, '/usr/lib64', '/usr/lib', '/usr/local/lib'];
  return folders.some((folder) => existsSync(join(folder, 'libvulkan.so.1')));
}
