// The models at hand. Reading a model folder is the compute process's work: the engine loads no model code.
import { dirname, join, resolve } from 'node:path';
import type { ModelInfo } from '@semblance/contract';
import { type ComputeClient, createComputeClient } from '../compute/client.ts';
import { readManifest } from '../models/manifest.ts';
import type { SpawnPort } from '../ports.ts';

export interface ModelsService {
  list(): Promise<ModelInfo[]>;
  /** A model came or went: the next list is read anew. */
  refresh(): void;
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
        return Promise.all(
          models.map(async (model) => {
            const directory = join(place, model.id);
            return { ...model, ...(await factsOf(directory)), bundled: place === shipped, directory };
          }),
        );
      }),
    );
    return found.flat();
  }

  return {
    // Between two changes that were made here, model folders stay as they are.
    refresh() {
      known = undefined;
    },
    async list() {
      if (known === undefined) {
        const reading = read().catch((error) => {
          if (known === reading) known = undefined;
          throw error;
        });
        known = reading;
      }
      const now = resolve(inUse());
      return (await known).map(({ directory, ...model }) => ({ ...model, active: directory === now }));
    },
  };
}

/** What the catalogue says of a model that was downloaded; its own files rarely know their languages. */
async function factsOf(folder: string): Promise<Partial<Pick<ModelInfo, 'name' | 'languages'>>> {
  const manifest = await readManifest(folder);
  if (manifest === null) return {};
  return { name: manifest.name, ...(manifest.languages !== null && { languages: manifest.languages }) };
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
