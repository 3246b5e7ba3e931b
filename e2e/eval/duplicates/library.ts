// A temporary library of measured files: indexed and searched for duplicates by the real engine.
import { rm } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { readModelFolder } from '@semblance/clip';
import type { DuplicateGroup } from '@semblance/contract';
import { forkCompute, openEngine } from '@semblance/engine';
import { openVectors } from '@semblance/vectors';

const ROOT = join(import.meta.dirname, '../../..');
const MODELS = join(ROOT, 'assets/models');
const PAGE = 1000;

export interface Found {
  groups: DuplicateGroup[];
  /** Unit vector by path. */
  vectors: Map<string, Float32Array>;
  indexSeconds: number;
  findSeconds: number;
}

/** @param folder holds the pictures; the library is made beside them and removed */
export async function findDuplicates(folder: string, model: string | undefined): Promise<Found> {
  const libraryDirectory = `${folder}-library`;
  const modelDirectory = resolve(process.env.INIT_CWD ?? process.cwd(), model ?? join(MODELS, 'starter'));
  const engine = await openEngine({
    libraryDirectory,
    modelDirectory,
    bundledModelsDirectory: MODELS,
    modelsDirectory: join(libraryDirectory, 'models'),
    host: { kind: 'cli', version: '0' },
    spawnCompute: forkCompute(join(ROOT, 'packages/compute/src/main.ts')),
  });
  const groups: DuplicateGroup[] = [];
  const pathsOf = new Map<string, string[]>();
  let [indexSeconds, findSeconds] = [0, 0];
  try {
    const { folders, indexer, duplicates, library } = engine.services;
    const added = await folders.add(folder);
    const started = performance.now();
    await indexer.update([added.id]);
    const indexed = performance.now();
    await duplicates.find();
    indexSeconds = (indexed - started) / 1000;
    findSeconds = (performance.now() - indexed) / 1000;
    for (let total = 1; groups.length < total; ) {
      const page = duplicates.groups({
        kinds: ['exact', 'resaved', 'edited', 'burst', 'similar'],
        offset: groups.length,
        limit: PAGE,
      });
      total = page.total;
      groups.push(...page.groups);
      if (page.groups.length === 0) break;
    }
    for (let offset = 0; ; offset += PAGE) {
      const { photos } = library.timeline({ offset, limit: PAGE });
      for (const { id } of photos) {
        pathsOf.set(
          id,
          library.photo(id).files.map((file) => file.path),
        );
      }
      if (photos.length < PAGE) break;
    }
  } finally {
    await engine.dispose();
  }
  const vectors = await readVectors(join(libraryDirectory, 'vectors'), modelDirectory, pathsOf);
  await rm(libraryDirectory, { recursive: true, force: true });
  return { groups, vectors, indexSeconds, findSeconds };
}

async function readVectors(
  directory: string,
  modelDirectory: string,
  pathsOf: ReadonlyMap<string, readonly string[]>,
): Promise<Map<string, Float32Array>> {
  const { key, dimensions } = await readModelFolder(modelDirectory);
  const store = await openVectors(directory);
  const found = new Map<string, Float32Array>();
  try {
    const table = await store.table(key, dimensions);
    for await (const rows of table.scan()) {
      for (const { photoId, vector } of rows) {
        for (const path of pathsOf.get(photoId) ?? []) found.set(path, vector);
      }
    }
  } finally {
    await store.close();
  }
  return found;
}
