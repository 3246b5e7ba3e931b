// Where the model of an id lies: among the added ones, among those that ship with the app, or beside the one given.
import { existsSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { SemblanceError } from '@semblance/contract';
import type { EngineOptions } from '../ports.ts';
import { idOf } from './active-model.ts';

export interface ModelPlacesOf {
  /** @throws SemblanceError MODEL_NOT_FOUND */
  directoryOf(id: string): string;
}

export function findModels(
  options: Pick<EngineOptions, 'modelDirectory' | 'modelsDirectory' | 'bundledModelsDirectory'>,
): ModelPlacesOf {
  const given = resolve(options.modelDirectory);
  const homes = [options.modelsDirectory, options.bundledModelsDirectory, dirname(given)].map((home) =>
    resolve(home),
  );
  return {
    directoryOf(id) {
      if (id === idOf(given)) return given;
      const found = isName(id)
        ? homes.map((home) => join(home, id)).find((folder) => existsSync(folder))
        : undefined;
      if (found === undefined)
        throw new SemblanceError('MODEL_NOT_FOUND', `There is no model called "${id}".`);
      return found;
    },
  };
}

/** Ids come from windows: they name a folder and nothing else. */
function isName(id: string): boolean {
  return id !== '' && !/[\\/\0]/.test(id) && id !== '.' && id !== '..';
}
