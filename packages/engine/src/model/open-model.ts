// The model that a library opens with: the one it was switched to; where that one cannot be loaded, the one before it or
// the one given, so that a folder that was removed locks nobody out of their photos.
import { resolve } from 'node:path';
import { SemblanceError } from '@semblance/contract';
import type { EngineOptions } from '../ports.ts';
import type { ActiveModel, ModelLoader } from './active-model.ts';
import type { ModelPlacesOf } from './model-places.ts';
import { type ModelRecord, type ModelRef, refOf } from './model-record.ts';

export interface OpenedModel {
  model: ActiveModel;
  /** Ranks what `model` has not seen yet. */
  elder: ActiveModel | null;
  /** Why it is not the model that the library was switched to. */
  problem: string | null;
}

export interface OpenModelDeps {
  loader: ModelLoader;
  places: ModelPlacesOf;
  record: ModelRecord;
  options: Pick<EngineOptions, 'modelDirectory' | 'modelIsFixed'>;
}

/** @throws SemblanceError MODEL_MISSING, MODEL_DAMAGED, COMPUTE_UNAVAILABLE: not even the given model can be loaded */
export async function openModel({ loader, places, record, options }: OpenModelDeps): Promise<OpenedModel> {
  const { current, previous } = record.get();
  const known = [current, previous].filter((ref) => ref !== null);
  const load = async ({ id }: ModelRef): Promise<ActiveModel> =>
    loader.load(places.directoryOf(id), 'interactive', known);
  const asGiven = async (problem: string | null): Promise<OpenedModel> => {
    const model = await loader.load(resolve(options.modelDirectory), 'interactive', known);
    return { model, elder: null, problem };
  };
  if (current === null || options.modelIsFixed === true) return asGiven(null);
  try {
    const model = await load(current);
    // The folder may hold other weights by now.
    if (model.key !== current.key) record.change({ current: refOf(model) });
    const elder = previous?.mixed === true ? await load(previous).catch(() => null) : null;
    return { model, elder, problem: null };
  } catch (error) {
    if (!(error instanceof SemblanceError) || !/^MODEL_/.test(error.kind)) throw error;
    const before = previous === null ? null : await load(previous).catch(() => null);
    if (before === null) return asGiven(error.message);
    return { model: before, elder: null, problem: error.message };
  }
}
