// The starter model that ships with the app, and the values its makers recorded for it.
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';

export const STARTER = fileURLToPath(new URL('../../../assets/models/starter', import.meta.url));

export interface Reference {
  texts: Record<string, { ids: number[]; embedding: number[] }>;
}

export async function readReference(): Promise<Reference> {
  return JSON.parse(await readFile(`${STARTER}/reference.json`, 'utf8')) as Reference;
}
