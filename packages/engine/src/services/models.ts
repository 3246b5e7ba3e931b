// The models at hand. Reading a model folder is the compute process's work: the engine loads no model code.
import { basename, dirname, resolve } from 'node:path';
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

export function createModels(compute: ComputeClient, { bundled, added, active }: ModelPlaces): ModelsService {
  let known: Promise<ModelInfo[]> | undefined;

  async function read(): Promise<ModelInfo[]> {
    const shipped = resolve(bundled);
    const home = dirname(resolve(active));
    const places = [...new Set([shipped, resolve(added), home])];
    const found = await Promise.all(
      places.map(async (place) => {
        const models = await compute.call('listModels', [[place]]);
        return Promise.all(
          models.map(async (model) => ({
            ...model,
            ...(await factsOf(resolve(place, model.id))),
            bundled: place === shipped,
            active: place === home && model.id === basename(resolve(active)),
          })),
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
    list() {
      if (known === undefined) {
        const reading: Promise<ModelInfo[]> = read().catch((error) => {
          if (known === reading) known = undefined;
          throw error;
        });
        known = reading;
      }
      return known;
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
