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
import { SemblanceError } from '@semblance/contract';
import { type AdapterEpoch, trainAdapter } from '@semblance/core';
import { createBatcher } from './batcher.ts';
import { decode } from './decode.ts';
import { renditionOf } from './derive.ts';
import { classifyFailure } from './failures.ts';
import { decodeSide, ingest, remakeThumbnail } from './ingest.ts';
import { judgeFile } from './judge-file.ts';
import { createComparer, signPhoto } from './likeness.ts';
import { ENCODER_BATCH } from './limits.ts';
import type { Picture } from './picture.ts';
import type { ComputeFunctions, ComputeSetup, LoadedModel, ModelFailure } from './protocol.ts';
import { readPhoto } from './read.ts';
import { cutRegions } from './regions.ts';

/** The encoders are loaded when first needed: a process that only embeds queries never holds the image tower. */
interface Model {
  facts: LoadedModel;
  imageSize: number;
  image: () => Promise<ImageEncoder>;
  text: () => Promise<TextEncoder>;
}

export function createProgram(): ComputeFunctions {
  let thumbnailDirectory = '';
  let model: Model | null = null;
  let curve: AdapterEpoch[] = [];
  const comparer = createComparer(() => thumbnailDirectory);

  const embed = createBatcher(async (pictures: Picture[]) => {
    const image = await required(model).image();
    return image.encode(pictures.map((picture) => preprocess(picture, image.config)));
  }, ENCODER_BATCH);

  return {
    async setup(setup) {
      thumbnailDirectory = setup.thumbnailDirectory;
      if (setup.modelDirectory === null) return { ok: true, model: null };
      const loaded = await loadModel(setup.modelDirectory, setup);
      if ('ok' in loaded) return loaded;
      model = loaded;
      return { ok: true, model: loaded.facts };
    },
    listModels: (directories) => listModels(directories),
    ingest: (request) => ingest(request, { thumbnailDirectory, inputSize: model?.imageSize, embed }),
    async embedText(text) {
      const encoder = await required(model).text();
      return { ...(await encoder.encodeQuery(text)), tokens: encoder.contextLength };
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
    async render(path, maxSide) {
      try {
        const { data } = await readPhoto(path);
        return { ok: true, ...(await renditionOf(data, maxSide)) };
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
    judgeFile: (path) => judgeFile(path),
    memory: async () => process.memoryUsage.rss(),
  };
}

async function loadModel(directory: string, setup: ComputeSetup): Promise<Model | ModelFailure> {
  try {
    const folder = await readModelFolder(directory);
    const options = { intraOpThreads: setup.intraOpThreads };
    const image = once(() => loadImageEncoder(folder, options));
    const text = once(() => loadTextEncoder(folder, options));
    await (setup.warm === 'image' ? image() : text());
    const { key, imageKey, dimensions, contextLength, imageSize } = folder;
    return { facts: { key, imageKey, dimensions, contextLength }, imageSize, image, text };
  } catch (error) {
    if (error instanceof SemblanceError) return { ok: false, kind: error.kind, message: error.message };
    throw error;
  }
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
