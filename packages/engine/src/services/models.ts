// The models at hand. Reading a model folder is the compute process's work: the engine loads no model code.
import { dirname, join, resolve } from 'node:path';
import type { ModelInfo } from '@semblance/contract';
import { type ComputeClient, createComputeClient } from '../compute/client.ts';
import type { SpawnPort } from '../ports.ts';

export interface ModelsService {
  list(): Promise<ModelInfo[]>;
}

/** Folders of models; `active` is one model, and may lie elsewhere. */
export interface ModelPlaces {
  /** The models that ship with the app. */
  bundled: string;
  /** Those that were added. */
  added: string;
  active: string;
}

/** @param inUse directory of the model in use, when it is not always `active` */
export function createModels(
  compute: ComputeClient,
  { bundled, added, active }: ModelPlaces,
  inUse: () => string = () => active,
): ModelsService {
  let known: Promise<(Omit<ModelInfo, 'active'> & { directory: string })[]> | undefined;

  async function read() {
    const shipped = resolve(bundled);
    const places = [...new Set([shipped, resolve(added), dirname(resolve(active))])];
    const found = await Promise.all(
      places.map(async (place) => {
        const models = await compute.call('listModels', [[place]]);
        return models.map((model) => ({
          ...model,
          bundled: place === shipped,
          directory: join(place, model.id),
        }));
      }),
    );
    return found.flat();
  }

  return {
    // Model folders do not change while a library is open.
    async list() {
      known ??= read().catch((error) => {
        known = undefined;
        throw error;
      });
      const now = resolve(inUse());
      return (await known).map(({ directory, ...model }) => ({ ...model, active: directory === now }));
    },
  };
}

/** The models at hand without an open library. */
export async function listModels(spawn: SpawnPort, places: ModelPlaces): Promise<ModelInfo[]> {
  const compute = createComputeClient({
    role: 'interactive',
    spawn,
    setup: { modelDirectory: null, warm: 'text', intraOpThreads: 1, thumbnailDirectory: '' },
  });
  try {
    return await createModels(compute, places).list();
  } finally {
    compute.dispose();
  }
}
