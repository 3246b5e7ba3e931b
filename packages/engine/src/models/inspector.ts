// Whether a folder holds a model that can be used, and how it runs here: asked of a compute process of its own, because
// the engine loads no model code, and a graphics driver may end a process that tries one.
import type { InspectedModel, ModelFailure, TestedModel, WeightPrecision } from '@semblance/compute';
import { type ComputeClient, ComputeGone, createComputeClient } from '../compute/client.ts';
import type { SpawnPort } from '../ports.ts';

interface TestOptions {
  /** How this machine runs models best is kept there, for indexing. */
  runtimeFile?: string;
  signal?: AbortSignal;
}

export interface ModelInspector {
  /** Files and configuration; a sentence that says what is missing when it cannot be used. */
  inspect(directory: string): Promise<InspectedModel | ModelFailure>;
  /** Loads both towers every way this machine could run them. Seconds to a minute. */
  test(directory: string, options?: TestOptions): Promise<TestedModel | ModelFailure>;
  /** From now on these weights of a folder are used: for models that have no vectors yet. */
  keepPrecision(directory: string, precision: WeightPrecision): Promise<InspectedModel | ModelFailure>;
}

/** Hashing the weights of the largest models on a slow disk, or running them without a graphics card. */
const PATIENCE_MS = 600_000;

export function createInspector(spawn: SpawnPort): ModelInspector {
  async function ask<T>(
    work: (compute: ComputeClient) => Promise<T>,
    signal?: AbortSignal,
  ): Promise<T | ModelFailure> {
    signal?.throwIfAborted();
    const compute = createComputeClient({
      role: 'background',
      spawn,
      setup: { modelDirectory: null, warm: 'text', intraOpThreads: 1, thumbnailDirectory: '' },
    });
    const stop = (): void => compute.dispose();
    signal?.addEventListener('abort', stop);
    try {
      return await work(compute);
    } catch (error) {
      signal?.throwIfAborted();
      if (!(error instanceof ComputeGone)) throw error;
      return {
        ok: false,
        kind: 'MODEL_UNSUITABLE',
        message: `Trying this model ended its process: ${error.message}`,
      };
    } finally {
      signal?.removeEventListener('abort', stop);
      compute.dispose();
    }
  }
  return {
    inspect: (directory) => ask((compute) => compute.call('inspectModel', [directory], PATIENCE_MS)),
    test: (directory, { runtimeFile, signal } = {}) =>
      ask((compute) => compute.call('testModel', [directory, runtimeFile], PATIENCE_MS), signal),
    keepPrecision: (directory, precision) =>
      ask((compute) => compute.call('keepPrecision', [directory, precision], PATIENCE_MS)),
  };
}
