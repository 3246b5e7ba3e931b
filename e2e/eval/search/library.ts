// A temporary library of some photos, searched through the real engine.
import { copyFile, mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join, resolve } from 'node:path';
import type { PhotoId, SearchAnswer } from '@semblance/contract';
import { forkCompute, openEngine } from '@semblance/engine';
import type { KnownPhoto } from './photo-folder.ts';

const ROOT = join(import.meta.dirname, '../../..');
const MODELS = join(ROOT, 'assets/models');
/** The contract's most: a larger folder is judged by its first thousand results. */
const EVERYTHING = 1000;

export interface Library {
  /** Photos that could be indexed. */
  photos: KnownPhoto[];
  search(text: string): Promise<SearchAnswer>;
  /** How long it takes to show where in a photo a text is: milliseconds. */
  heatMap(photoId: PhotoId, text: string): Promise<number>;
}

/** Indexes copies of the photos, runs the task, removes everything. */
export async function withLibrary<T>(
  photos: readonly KnownPhoto[],
  model: string | undefined,
  task: (library: Library) => Promise<T>,
): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), 'semblance-eval-'));
  try {
    const pictures = join(folder, 'photos');
    await mkdir(pictures);
    for (const photo of photos) await copyFile(photo.path, join(pictures, photo.file));
    const engine = await openEngine({
      libraryDirectory: join(folder, 'library'),
      modelDirectory: resolve(process.env.INIT_CWD ?? process.cwd(), model ?? join(MODELS, 'starter')),
      bundledModelsDirectory: MODELS,
      modelsDirectory: join(folder, 'models'),
      host: { kind: 'cli', version: '0' },
      spawnCompute: forkCompute(join(ROOT, 'packages/compute/src/main.ts')),
    });
    try {
      const { services } = engine;
      const added = await services.folders.add(pictures);
      await services.indexer.update([added.id]);
      const search = (text: string): Promise<SearchAnswer> =>
        services.search.run({ text, limit: EVERYTHING });
      const { results } = await search('photo');
      const indexed = new Set(results.map((result) => basename(result.path)));
      return await task({
        photos: photos.filter((photo) => indexed.has(photo.file)),
        search,
        heatMap: async (photoId, text) => (await services.why.why({ photoId, text })).milliseconds,
      });
    } finally {
      await engine.dispose();
    }
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
