// What `semblance models list` shows: every usable model folder below some directories.
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { type ModelInfo, SemblanceError } from '@semblance/contract';
import { describeModelFolder, type ModelFolder } from './model-folder.ts';

/** The caller knows which model is active and which came with the app. */
export type ListedModel = Omit<ModelInfo, 'active' | 'bundled'>;

/**
 * @param directories each holds model folders; absent ones count as empty
 * @returns usable models by id. Folders that are no model, or a damaged one, are left out; of two with the same id
 *   the one in the earlier directory wins
 */
export async function listModels(directories: string[]): Promise<ListedModel[]> {
  const models = new Map<string, ListedModel>();
  for (const directory of directories) {
    const names = await readdir(directory).catch(() => []);
    for (const name of names) {
      if (models.has(name)) continue;
      const model = await tryDescribe(join(directory, name));
      if (model !== null) models.set(name, infoOf(model));
    }
  }
  return [...models.values()].sort((a, b) => (a.id < b.id ? -1 : 1));
}

function infoOf({ id, name, key, dimensions, imageSize, languages, bytes }: ModelFolder): ListedModel {
  return { id, name, key, dimensions, imageSize, languages, bytes };
}

async function tryDescribe(directory: string): Promise<ModelFolder | null> {
  try {
    return await describeModelFolder(directory);
  } catch (error) {
    if (error instanceof SemblanceError) return null;
    throw error;
  }
}
