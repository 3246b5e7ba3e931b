// Compute processes that know several models: each sees "photos" (text files) and words in a space of its own, by words.
import { createHash } from 'node:crypto';
import { readFile, stat } from 'node:fs/promises';
import { basename } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import type { ComputeFunctions } from '@semblance/compute';
import type { SpawnPort } from '../src/ports.ts';
import { fakeCompute, photoOf } from './fake-compute.ts';

interface FakeModel {
  key: string;
  /** Image tower. */
  image: string;
  dimensions: number;
}

/** By folder name. `words` has another text tower over the pictures of `old`. */
const MODELS: Readonly<Record<string, FakeModel>> = {
  old: { key: 'old-1', image: 'pictures-old', dimensions: 32 },
  new: { key: 'new-1', image: 'pictures-new', dimensions: 48 },
  words: { key: 'words-1', image: 'pictures-old', dimensions: 32 },
};

export interface FakeModels {
  spawn: SpawnPort;
  /** Names of models whose process embedded a known photo, in order. */
  embedded: string[];
  /** While set, pictures wait. */
  hold: Promise<void> | null;
}

/** @param perPhotoMs how long a picture takes */
export function fakeModels(perPhotoMs = 0): FakeModels {
  const fake: FakeModels = {
    embedded: [],
    hold: null,
    spawn(role) {
      let name = '';
      const model = (): FakeModel => MODELS[name] ?? { key: name, image: name, dimensions: 4 };
      const embedFile: ComputeFunctions['embedImage'] = async (path) => {
        await fake.hold;
        if (perPhotoMs > 0) await wait(perPhotoMs);
        const text = await readFile(path, 'utf8');
        fake.embedded.push(name);
        if (text.startsWith('bad')) return { ok: false, reason: 'corrupt', message: 'Damaged.' };
        return { ok: true, embedding: embed(model(), text) };
      };
      const overrides: Partial<ComputeFunctions> = {
        async setup({ modelDirectory }) {
          if (modelDirectory === null) return { ok: true, model: null };
          name = basename(modelDirectory);
          const { key, image, dimensions } = model();
          return { ok: true, model: { key, imageKey: image, dimensions, contextLength: 8 } };
        },
        async ingest({ path }) {
          const text = await readFile(path, 'utf8');
          const { size, mtimeMs } = await stat(path);
          return {
            ...photoOf(text, embed(model(), text)),
            bytes: size,
            modifiedAt: Math.trunc(mtimeMs),
          };
        },
        embedText: async (text) => ({
          embedding: embed(model(), text),
          truncated: false,
          unknownWords: [],
          tokens: 8,
        }),
        embedImage: (path) => embedFile(path),
        async embedPhoto(path) {
          const result = await embedFile(path);
          return result.ok ? { ...result, crops: [] } : result;
        },
      };
      return fakeCompute(overrides).spawn(role);
    },
  };
  return fake;
}

/** The sum of a direction for each word: what shares words lies close. */
function embed({ image, dimensions }: FakeModel, text: string): Float32Array {
  const sum = new Float32Array(dimensions);
  for (const word of text.split(/\s+/)) {
    const bytes = createHash('sha512').update(`${image} ${word}`).digest();
    for (let i = 0; i < dimensions; i++) sum[i] = (sum[i] ?? 0) + (bytes[i] ?? 0) - 127.5;
  }
  const length = Math.hypot(...sum);
  return sum.map((value) => value / length);
}
