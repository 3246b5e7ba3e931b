// One comparison of two models at a time, each in a process of its own that ends with it.
import type { Catalog } from '@semblance/catalog';
import { type ModelComparison, type ModelSwitchStatus, SemblanceError } from '@semblance/contract';
import type { ComputeClient } from '../compute/client.ts';
import type { ModelsService } from '../services/models.ts';
import { compareModels, type Side } from './compare-models.ts';
import type { ModelPlacesOf } from './model-places.ts';
import type { ModelServices } from './model-services.ts';

export interface Comparison {
  /** How far it is; null when none is under way. */
  progress(): ModelSwitchStatus['comparing'];
  /** @throws SemblanceError MODEL_NOT_FOUND, MODEL_DAMAGED; MODEL_BUSY while another one runs */
  compare(a: string, b: string, signal: AbortSignal): Promise<ModelComparison>;
}

export interface ComparisonDeps {
  catalog: Catalog;
  places: ModelPlacesOf;
  models: ModelsService;
  /** A compute process for a model folder, apart from all others. */
  process: (modelDirectory: string) => ComputeClient;
  /** Models whose vectors are there. */
  open: () => readonly ModelServices[];
  /** Latest searches, latest first. */
  recent: () => readonly string[];
  tell: () => void;
}

export function createComparison(deps: ComparisonDeps): Comparison {
  const { catalog, places, models, tell } = deps;
  let comparing: ModelSwitchStatus['comparing'] = null;

  async function sideOf(id: string): Promise<Side> {
    const directory = places.directoryOf(id);
    const compute = deps.process(directory);
    const facts = await compute.model().catch((error) => {
      compute.dispose();
      throw error;
    });
    const info = (await models.list()).find((model) => model.id === id) ?? {
      ...{ id, name: id, key: facts?.key ?? id, dimensions: facts?.dimensions ?? 1, imageSize: 1 },
      ...{ languages: [], bytes: 0, active: false, bundled: false },
    };
    const open = deps.open().find((services) => services.model.id === id);
    return { info, compute, known: async (ids) => open?.model.vectors.getMany(ids) ?? new Map() };
  }

  return {
    progress: () => comparing,
    async compare(a, b, signal) {
      if (comparing !== null)
        throw new SemblanceError('MODEL_BUSY', 'Two models are being compared already.');
      comparing = { done: 0, total: 0 };
      tell();
      const sides: Side[] = [];
      try {
        for (const id of [a, b]) sides.push(await sideOf(id));
        const [one, other] = sides;
        if (one === undefined || other === undefined) throw new Error('Two sides are needed.');
        const onProgress = (done: number, total: number): void => {
          comparing = { done, total };
          tell();
        };
        return await compareModels({ catalog, recent: deps.recent(), signal, onProgress }, one, other);
      } finally {
        for (const { compute } of sides) compute.dispose();
        comparing = null;
        tell();
      }
    },
  };
}
