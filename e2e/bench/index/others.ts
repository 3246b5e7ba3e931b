// The same photos through other ways of getting embeddings, each in a process of its own. They give a vector and nothing
// else: no thumbnail, no hash, no dates, no library.
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { constants, setPriority } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { InferenceSession, Tensor } from 'onnxruntime-node';
import sharp from 'sharp';
import { processorMs, type Spent, stopwatch } from './processor.ts';

// As ours: nothing of a benchmark is told to anybody.
process.env.ORT_DISABLE_TELEMETRY = '1';

export type Way = 'transformers' | 'one-at-a-time';
export type OtherRun = Spent & { photos: number };

type Embed = (path: string) => Promise<ArrayLike<number>>;

interface Prepared {
  embed: Embed;
  inFlight: number;
}

/**
 * `pipeline('image-feature-extraction')` of @huggingface/transformers, called photo by photo as its documentation does:
 * all else as it comes, so that onnxruntime takes all cores for one picture.
 */
async function transformers(model: string, installed: string): Promise<Prepared> {
  const entry = createRequire(join(installed, 'package.json')).resolve('@huggingface/transformers');
  const { env, pipeline } = await import(pathToFileURL(entry).href);
  env.allowRemoteModels = false;
  env.localModelPath = dirname(model);
  const dtype = (await isInt8(model)) ? 'q8' : 'fp32';
  const extract = await pipeline('image-feature-extraction', basename(model), { dtype });
  return { embed: async (path) => (await extract(path)).data, inFlight: 1 };
}

/**
 * As the desktop app of ente does it (desktop/src/main/services/ml-worker.ts): the picture is decoded whole to RGBA, as a
 * window does, and sent to the process of the encoder; one picture per call, one thread per operator, no arena, four
 * pictures under way. There the graph itself makes the picture small; here sharp does, which is faster.
 */
async function oneAtATime(model: string): Promise<Prepared> {
  const file = (await isInt8(model)) ? 'vision_model_quantized.onnx' : 'vision_model.onnx';
  const session = await InferenceSession.create(join(model, 'onnx', file), {
    intraOpNumThreads: 1,
    enableCpuMemArena: false,
  });
  const config = JSON.parse(await readFile(join(model, 'preprocessor_config.json'), 'utf8'));
  const { height, width } = config.crop_size as { height: number; width: number };
  const [mean, deviation] = [config.image_mean as number[], config.image_std as number[]];
  return {
    async embed(path) {
      const whole = await sharp(await readFile(path), { autoOrient: true })
        .ensureAlpha()
        .raw()
        .toBuffer({ resolveWithObject: true });
      const raw = { width: whole.info.width, height: whole.info.height, channels: 3 as const };
      const pixels = await sharp(whole.data, { raw })
        .resize({ width, height, fit: 'cover' })
        .raw()
        .toBuffer();
      const plane = width * height;
      const data = new Float32Array(3 * plane);
      for (let i = 0; i < plane; i++) {
        for (let c = 0; c < 3; c++) {
          data[c * plane + i] = ((pixels[3 * i + c] ?? 0) / 255 - (mean[c] ?? 0)) / (deviation[c] ?? 1);
        }
      }
      const feeds = { pixel_values: new Tensor('float32', data, [1, 3, height, width]) };
      const { image_embeds: embedding } = await session.run(feeds);
      return embedding?.data as Float32Array;
    },
    inFlight: 4,
  };
}

async function isInt8(model: string): Promise<boolean> {
  return readFile(join(model, 'onnx/vision_model.onnx')).then(
    () => false,
    () => true,
  );
}

async function run(way: string, model: string, installed: string, paths: string[]): Promise<OtherRun> {
  // As our own compute process: so that what else the machine does takes as much from each.
  setPriority(constants.priority.PRIORITY_BELOW_NORMAL);
  const { embed, inFlight } = await (way === 'transformers'
    ? transformers(model, installed)
    : oneAtATime(model));
  for (const path of paths.slice(0, 2)) await embed(path);
  const spent = stopwatch(() => processorMs(process.pid));
  let next = 0;
  const worker = async (): Promise<void> => {
    for (let path = paths[next++]; path !== undefined; path = paths[next++]) {
      const vector = await embed(path);
      if (!(vector.length > 0 && Number.isFinite(vector[0]))) throw new Error(`${way} gave no embedding.`);
    }
  };
  await Promise.all(Array.from({ length: inFlight }, worker));
  return { photos: paths.length, ...spent() };
}

if (import.meta.main) {
  const [way = '', model = '', installed = '', ...paths] = process.argv.slice(2);
  console.log(JSON.stringify(await run(way, model, installed, paths)));
}
