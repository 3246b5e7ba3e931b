// A temporary library of known photos, and labels tried on it through the real engine.
import { copyFile, mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join, resolve } from 'node:path';
import type { LabelPreview } from '@semblance/contract';
import { type Engine, forkCompute, openEngine } from '@semblance/engine';
import type { KnownPhoto } from '../search/photo-folder.ts';

const ROOT = join(import.meta.dirname, '../../..');
const MODELS = join(ROOT, 'assets/models');
const EVERYTHING = 2000;

export interface Trial {
  /** Every photo but the examples, best first. */
  ranked: { file: string; score: number; verdict: 'yes' | 'no' | null }[];
  preview: LabelPreview;
}

export interface LabelLibrary {
  files: string[];
  /** What a label of these words and examples would do. */
  attempt(
    words: string,
    yes?: readonly string[],
    no?: readonly string[],
    precision?: number,
    exclusions?: string[],
  ): Promise<Trial>;
  /** Files that the label asks about. */
  ask(words: string, yes: readonly string[], no: readonly string[], limit: number): Promise<string[]>;
  cosines(words: string): Promise<Map<string, number>>;
}

export async function withLabelLibrary<T>(
  photos: readonly KnownPhoto[],
  model: string | undefined,
  task: (library: LabelLibrary) => Promise<T>,
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
      const added = await engine.services.folders.add(pictures);
      await engine.services.indexer.update([added.id]);
      return await task(libraryOf(engine));
    } finally {
      await engine.dispose();
    }
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

function libraryOf({ services }: Engine): LabelLibrary {
  const { photos } = services.library.timeline({ offset: 0, limit: EVERYTHING });
  const paths = services.library.pathsOf(photos.map((photo) => photo.id));
  const fileOf = new Map([...paths].map(([id, path]) => [id, basename(path)]));
  const idOf = new Map([...fileOf].map(([id, file]) => [file, id]));
  const answers = (yes: readonly string[], no: readonly string[]) => [
    ...yes.map((file) => ({ photoId: idOf.get(file) ?? '', verdict: 'yes' as const })),
    ...no.map((file) => ({ photoId: idOf.get(file) ?? '', verdict: 'no' as const })),
  ];
  return {
    files: [...idOf.keys()],
    async attempt(words, yes = [], no = [], precision = 0.8, exclusions = []) {
      const preview = await services.labelStudio.preview({
        id: null,
        draft: { name: words, precision, exclusions },
        answers: answers(yes, no),
        limit: EVERYTHING,
      });
      const ranked = preview.photos
        .map(({ id, score, verdict }) => ({ file: fileOf.get(id) ?? '', score, verdict }))
        .filter(({ verdict }) => verdict === null);
      return { ranked, preview };
    },
    async ask(words, yes, no, limit) {
      const { label } = services.labels.create({
        name: words,
        descriptions: [],
        exclusions: [],
        parentId: null,
        color: 'gray',
        precision: 0.8,
        automatic: false,
        sensitive: false,
      });
      services.labelAnswers.answer(answers(yes, no).map((answer) => ({ ...answer, labelId: label.id })));
      const asked = await services.labelStudio.questions(label.id, limit);
      services.labels.remove(label.id);
      return asked.map((photo) => fileOf.get(photo.id) ?? '');
    },
    async cosines(words) {
      const { results } = await services.search.run({ text: words, limit: 1000 });
      return new Map(results.map((hit) => [basename(hit.path), hit.cosine]));
    },
  };
}
