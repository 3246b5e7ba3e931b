// A library of subjects for tests of changing the model, in a folder with the folders of three models.
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Engine, openEngine } from '../src/engine.ts';
import type { SpawnPort } from '../src/ports.ts';
import { createFolderTrash } from '../src/trash/folder-trash.ts';

export const SUBJECTS = ['boat', 'dog', 'forest', 'cake', 'car', 'snow', 'bridge', 'flower', 'market', 'cat'];

export function openSwitchLibrary(folder: string, spawn: SpawnPort, model = 'old'): Promise<Engine> {
  return openEngine({
    libraryDirectory: join(folder, 'library'),
    modelDirectory: join(folder, 'models', model),
    bundledModelsDirectory: join(folder, 'models'),
    modelsDirectory: join(folder, 'added'),
    host: { kind: 'cli', version: '0' },
    spawnCompute: spawn,
    trash: createFolderTrash(async () => [{ directory: join(folder, 'Trash'), top: null }]),
  });
}

/** "boat 17 b": the subject, a number, and a word that few share. */
function contentOf(at: number): string {
  return `${SUBJECTS[at % SUBJECTS.length]} ${at} w${at % 97}`;
}

export async function writeSwitchLibrary(folder: string, count: number): Promise<string> {
  for (const model of ['old', 'new', 'words'])
    await mkdir(join(folder, 'models', model), { recursive: true });
  const photos = join(folder, 'photos');
  await mkdir(photos, { recursive: true });
  for (let at = 0; at < count; at++) {
    const name = `${String(at).padStart(4, '0')}-${SUBJECTS[at % SUBJECTS.length]}.jpg`;
    await writeFile(join(photos, name), contentOf(at));
  }
  return photos;
}
