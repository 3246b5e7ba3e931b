// Whether a folder holds a model that can be used, and how it runs here: asked of a compute process of its own, because
// the engine loads no model code, and a graphics driver may end a process that tries one.
import type { InspectedModel, ModelFailure, TestedModel } from '@semblance/compute';
import { type ComputeClient, ComputeGone, createComputeClient } from '../compute/client.ts';
import type { SpawnPort } from '../ports.ts';

export interface ModelInspector {
  /** Files and configuration; a sentence that says what is missing when it cannot be used. */
  inspect(directory: string): Promise<InspectedModel | ModelFailure>;
  /** Loads both towers every way this machine could run them. Seconds to a minute. */
  test(directory: string): Promise<TestedModel | ModelFailure>;
}

/** Hashing the weights of the largest models on a slow disk, or running them without a graphics card. */
const PATIENCE_MS = 600_000;

export function createInspector(spawn: SpawnPort): ModelInspector {
  async function ask<T>(work: (compute: ComputeClient) => Promise<T>): Promise<T | ModelFailure> {
    const compute = createComputeClient({
      role: 'background',
      spawn,
      setup: { modelDirectory: null, warm: 'text', intraOpThreads: 1, thumbnailDirectory: '' },
    });
    try {
      return await work(compute);
    } catch (error) {
      if (!(error instanceof ComputeGone)) throw error;
      return {
        ok: false,
        kind: 'MODEL_UNSUITABLE',
        message: `Trying this model ended its process: ${error.message}`,
      };
    } finally {
      compute.dispose();
    }
  }
  return {
    inspect: (directory) => ask((compute) => compute.call('inspectModel', [directory], PATIENCE_MS)),
    test: (directory) => ask((compute) => compute.call('testModel', [directory], PATIENCE_MS)),
  };
}
