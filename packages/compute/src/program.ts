// The functions of a compute process, around one model.
import { setImmediate } from 'node:timers/promises';
import {
  type ImageEncoder,
  listModels,
  loadImageEncoder,
  loadTextEncoder,
  type PreprocessConfig,
  readModelFolder,
  release,
  type TextEncoder,
} from '@semblance/clip';
import { type AdapterEpoch, trainAdapter } from '@semblance/core';
import { ENCODER_BATCH, MOST_THREADS } from './limits.ts';
import { modelFunctions, orFailure } from './models.ts';
import { createPictureFunctions, type Encoded, type PictureContext } from './picture-functions.ts';
import { startPictureThread } from './picture-thread.ts';
import type { ComputeFunctions, ComputeSetup, LoadedModel } from './protocol.ts';
import { loadTunedEncoder } from './tuning.ts';

/** The encoders are loaded when first needed: a process that only embeds queries never holds the image tower. */
interface Model {
  facts: LoadedModel;
  imageSize: number;
  /** What the encoder reads. */
  input: PreprocessConfig;
  /** Pictures per encoder call. */
  batch: () => number;
  image: () => Promise<ImageEncoder>;
  text: () => Promise<TextEncoder>;
}

export interface ProgramOptions {
  /** Pictures are prepared in a thread of their own, so that they are while the encoder holds this one. */
  pictureThread?: boolean;
}

export function createProgram({ pictureThread = false }: ProgramOptions = {}): ComputeFunctions {
  let model: Model | null = null;
  let curve: AdapterEpoch[] = [];
  let encoding: Promise<unknown> = Promise.resolve();

  /** One batch after the other: the encoder may be replaced between two. The inputs are used up. */
  function encode(inputs: Float32Array[]): Promise<Encoded> {
    const result = encoding.then(async () => {
      const { image, batch } = required(model);
      const vectors = await (await image()).encode(inputs);
      inputs.forEach(release);
      return { vectors, batch: batch() };
    });
    encoding = result.catch(() => undefined);
    return result;
  }

  let pictures = createPictureFunctions({ thumbnailDirectory: '', model: null }, encode);

  return {
    async setup(setup) {
      const { thumbnailDirectory } = setup;
      if (setup.modelDirectory !== null) {
        const loaded = await orFailure(loadModel(setup.modelDirectory, setup));
        if (!loaded.ok) return loaded;
        model = loaded;
      }
      const context: PictureContext = {
        thumbnailDirectory,
        model: model && { imageSize: model.imageSize, input: model.input, batch: model.batch() },
      };
      pictures = await (pictureThread
        ? startPictureThread(context, encode)
        : createPictureFunctions(context, encode));
      return { ok: true, model: model?.facts ?? null };
    },
    listModels: (directories) => listModels(directories),
    ...modelFunctions,
    ingest: (request) => pictures.ingest(request),
    async embedText(text) {
      const encoder = await required(model).text();
      return { ...(await encoder.encodeQuery(text)), tokens: encoder.contextLength };
    },
    embedPhoto: (path) => pictures.embedPhoto(path),
    embedImage: (path) => pictures.embedImage(path),
    embedPicture: (bytes) => pictures.embedPicture(bytes),
    embedRegions: (path, regions) => pictures.embedRegions(path, regions),
    makeThumbnail: (path, contentHash) => pictures.makeThumbnail(path, contentHash),
    render: (path, maxSide, format) => pictures.render(path, maxSide, format),
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
    signPhoto: (photo) => pictures.signPhoto(photo),
    comparePhotos: (a, b) => pictures.comparePhotos(a, b),
    readMetadata: (path, format) => pictures.readMetadata(path, format),
    judgeFile: (path) => pictures.judgeFile(path),
    memory: () => pictures.memory(),
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
  return { facts, imageSize, input: folder.preprocess, batch: () => batch(), image, text };
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
