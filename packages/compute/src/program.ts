// The functions of a compute process, around one model.
import { setImmediate } from 'node:timers/promises';
import {
  type ImageEncoder,
  listModels,
  loadImageEncoder,
  loadTextEncoder,
  preprocess,
  readModelFolder,
  type TextEncoder,
} from '@semblance/clip';
import { type AdapterEpoch, trainAdapter } from '@semblance/core';
import { createBatcher } from './batcher.ts';
import { edgesOf } from './cut.ts';
import { decode } from './decode.ts';
import { renditionOf } from './derive.ts';
import { classifyFailure } from './failures.ts';
import { decodeSide, ingest, remakeThumbnail } from './ingest.ts';
import { judgeFile } from './judge-file.ts';
import { createComparer, signPhoto } from './likeness.ts';
import { ENCODER_BATCH, MOST_THREADS } from './limits.ts';
import { readMetadataAgain } from './metadata/again.ts';
import { modelFunctions, orFailure } from './models.ts';
import type { Picture } from './picture.ts';
import type { ComputeFunctions, ComputeSetup, LoadedModel } from './protocol.ts';
import { readPhoto } from './read.ts';
import { cutRegions } from './regions.ts';
import { loadTunedEncoder } from './tuning.ts';

/** The encoders are loaded when first needed: a process that only embeds queries never holds the image tower. */
interface Model {
  facts: LoadedModel;
  imageSize: number;
  /** Pictures per encoder call. */
  batch: () => number;
  image: () => Promise<ImageEncoder>;
  text: () => Promise<TextEncoder>;
}

export function createProgram(): ComputeFunctions {
  let thumbnailDirectory = '';
  let model: Model | null = null;
  let curve: AdapterEpoch[] = [];
  const comparer = createComparer(() => thumbnailDirectory);

  const embed = createBatcher(
    async (pictures: Picture[]) => {
      const image = await required(model).image();
      return image.encode(pictures.map((picture) => preprocess(picture, image.config)));
    },
    () => model?.batch() ?? ENCODER_BATCH,
  );

  return {
    async setup(setup) {
      thumbnailDirectory = setup.thumbnailDirectory;
      if (setup.modelDirectory === null) return { ok: true, model: null };
      const loaded = await orFailure(loadModel(setup.modelDirectory, setup));
      if (!loaded.ok) return loaded;
      model = loaded;
      return { ok: true, model: loaded.facts };
    },
    listModels: (directories) => listModels(directories),
    ...modelFunctions,
    ingest: (request) => ingest(request, { thumbnailDirectory, inputSize: model?.imageSize, embed }),
    async embedText(text) {
      const encoder = await required(model).text();
      return { ...(await encoder.encodeQuery(text)), tokens: encoder.contextLength };
    },
    async embedPhoto(path) {
      try {
        const { data } = await readPhoto(path);
        const { picture, facts } = await decode(data, decodeSide(required(model).imageSize));
        const pictures = [picture, ...edgesOf(picture, facts)];
        const [embedding, ...crops] = await Promise.all(pictures.map(embed));
        return { ok: true, embedding: embedding as Float32Array, crops };
      } catch (error) {
        return classifyFailure(error, path);
      }
    },
    async embedImage(path) {
      try {
        const { data } = await readPhoto(path);
        const { picture } = await decode(data, decodeSide(required(model).imageSize));
        return { ok: true, embedding: await embed(picture) };
      } catch (error) {
        return classifyFailure(error, path);
      }
    },
    async embedPicture(bytes) {
      try {
        const { picture } = await decode(Buffer.from(bytes), decodeSide(required(model).imageSize));
        return { ok: true, embedding: await embed(picture) };
      } catch (error) {
        return classifyFailure(error, 'dropped.jpg');
      }
    },
    async embedRegions(path, regions) {
      try {
        const { data } = await readPhoto(path);
        const pictures = await cutRegions(data, regions, required(model).imageSize);
        return { ok: true, embeddings: await Promise.all(pictures.map(embed)) };
      } catch (error) {
        return classifyFailure(error, path);
      }
    },
    makeThumbnail: (path, contentHash) => remakeThumbnail(path, contentHash, thumbnailDirectory),
    async render(path, maxSide, format) {
      try {
        const { data } = await readPhoto(path);
        return { ok: true, ...(await renditionOf(data, maxSide, format)) };
      } catch (error) {
        return classifyFailure(error, path);
      }
    },
    async trainAdapter(task, heldOut) {
      const training = trainAdapter(task, heldOut);
      curve = [];
      for (;;) {
        const next = training.next();
        if (next.done) return next.value;
        curve.push(next.value);
        // Between epochs the process answers how far it is.
        await setImmediate();
      }
    },
    adapterCurve: async () => curve,
    async signPhoto(photo) {
      try {
        return { ok: true, signature: await signPhoto(photo, thumbnailDirectory) };
      } catch (error) {
        return classifyFailure(error, photo.path);
      }
    },
    async comparePhotos(a, b) {
      try {
        return { ok: true, likeness: await comparer.compare(a, b) };
      } catch (error) {
        return classifyFailure(error, a.path);
      }
    },
    readMetadata: (path, format) => readMetadataAgain(path, format),
    judgeFile: (path) => judgeFile(path),
    memory: async () => process.memoryUsage.rss(),
  };
}

async function loadModel(directory: string, setup: ComputeSetup): Promise<Model> {
  const folder = await readModelFolder(directory);
  const options = { intraOpThreads: setup.intraOpThreads };
  const { runtimeFile } = setup;
  let batch = (): number => ENCODER_BATCH;
  const image = once(async () => {
    if (runtimeFile === undefined || setup.warm !== 'image') return loadImageEncoder(folder, options);
    const tuned = await loadTunedEncoder(folder, { runtimeFile, intraOpThreads: MOST_THREADS });
    batch = tuned.batch;
    return tuned;
  });
  const text = once(() => loadTextEncoder(folder, options));
  const { key, imageKey, dimensions, contextLength, imageSize } = folder;
  const facts: LoadedModel = { key, imageKey, dimensions, contextLength };
  if (setup.warm === 'image') facts.encodeMs = await timeOf(await image());
  else await text();
  return { facts, imageSize, batch: () => batch(), image, text };
}

/** Of one picture, after the one with which the encoder was tried. */
async function timeOf(encoder: ImageEncoder): Promise<number> {
  const { width, height } = encoder.config;
  const started = performance.now();
  await encoder.encode([new Float32Array(3 * width * height).fill(0.1)]);
  return performance.now() - started;
}

function once<T>(load: () => Promise<T>): () => Promise<T> {
  let loading: Promise<T> | undefined;
  return () => {
    loading ??= load();
    return loading;
  };
}

function required(model: Model | null): Model {
  if (model === null) throw new Error('This compute process was set up without a model.');
  return model;
}
