// What a folder holds, for people and for the download that wants to know whether it made a model.
import { writeKeptPrecision } from './kept-precision.ts';
import type { ModelFamily } from './model-config.ts';
import type { ModelLayout, WeightPrecision } from './model-files.ts';
import { describeModelFolder, type ModelFolder } from './model-folder.ts';

export interface ModelFacts {
  id: string;
  name: string;
  key: string;
  imageKey: string;
  family: ModelFamily;
  layout: ModelLayout;
  dimensions: number;
  imageSize: number;
  contextLength: number;
  languages: string[];
  bytes: number;
  precisions: { precision: WeightPrecision; bytes: number }[];
  precision: WeightPrecision;
}

/** Opens no graph. @throws SemblanceError `MODEL_MISSING` or `MODEL_DAMAGED`, as `readModelFolder` */
export async function inspectModel(directory: string): Promise<ModelFacts> {
  return factsOf(await describeModelFolder(directory));
}

/**
 * From now on `auto` takes this precision.
 *
 * @throws SemblanceError `MODEL_MISSING` when the folder has no such weights
 */
export async function keepPrecision(directory: string, precision: WeightPrecision): Promise<ModelFacts> {
  const folder = await describeModelFolder(directory, { precision });
  await writeKeptPrecision(folder.directory, precision);
  return factsOf(folder);
}

function factsOf(folder: ModelFolder): ModelFacts {
  const { id, name, key, imageKey, family, layout, dimensions, imageSize } = folder;
  const { contextLength, languages, bytes, precisions, precision } = folder;
  return {
    ...{ id, name, key, imageKey, family, layout, dimensions, imageSize },
    ...{ contextLength, languages, bytes, precisions, precision },
  };
}
