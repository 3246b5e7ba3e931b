// The reviewed list of models (assets/models/catalog.json), and which entry of it a request means.
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type CatalogModel, modelCatalog } from '@semblance/contract';

/** @param directory of the bundled models; without a list in it, none are offered */
export async function readCatalog(directory: string): Promise<CatalogModel[]> {
  const text = await readFile(join(directory, 'catalog.json'), 'utf8').catch(() => null);
  return text === null ? [] : modelCatalog.parse(JSON.parse(text)).models;
}

/** Folder name for a repository that is not on the list. */
export function idOf(repository: string): string {
  return repository.replace('/', '--').slice(0, 100).replace(/\.+$/u, '');
}
