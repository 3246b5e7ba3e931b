// Where the files of a model lie in the Hugging Face / transformers.js layout, and which precision to take.
import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { modelMissing } from './errors.ts';

/** `auto` takes the best that is there: fp32, then fp16, then int8. */
export type Precision = 'auto' | 'fp32' | 'fp16' | 'int8';

/** File name endings of each precision, as transformers.js exports them. */
const SUFFIXES: Record<Exclude<Precision, 'auto'>, readonly string[]> = {
  fp32: [''],
  fp16: ['_fp16'],
  int8: ['_quantized', '_int8', '_uint8'],
};

/** Absolute paths. `*Data` is the external-data file that large ONNX files keep their weights in. */
export interface ModelPaths {
  config: string;
  preprocessor: string;
  tokenizer: string;
  /** null when the folder has none. */
  tokenizerConfig: string | null;
  vision: string;
  visionData: string | null;
  text: string;
  textData: string | null;
  /** Words the model was taught (`known_words.json`); null when it does not say. */
  knownWords: string | null;
}

/**
 * Looks, does not read.
 *
 * @throws SemblanceError `MODEL_MISSING`; the sentence names every needed file that is absent
 */
export async function findModelFiles(folder: string, precision: Precision): Promise<ModelPaths> {
  const isFolder = await stat(folder).then(
    (s) => s.isDirectory(),
    () => false,
  );
  if (!isFolder) throw modelMissing(`There is no model folder at ${folder}.`);
  const top = await namesIn(folder);
  const onnx = await namesIn(join(folder, 'onnx'));
  const vision = pick(onnx, 'vision_model', precision);
  const text = pick(onnx, 'text_model', precision);
  const kind = precision === 'auto' ? '' : ` in precision ${precision}`;
  const absent = [
    ...['config.json', 'preprocessor_config.json', 'tokenizer.json'].filter((name) => !top.has(name)),
    ...(vision === undefined ? [`onnx/vision_model.onnx${kind}`] : []),
    ...(text === undefined ? [`onnx/text_model.onnx${kind}`] : []),
  ];
  if (vision === undefined || text === undefined || absent.length > 0) {
    throw modelMissing(`The model folder ${folder} lacks ${absent.join(', ')}.`);
  }
  const optional = (names: Set<string>, name: string, ...at: string[]): string | null =>
    names.has(name) ? join(folder, ...at, name) : null;
  return {
    config: join(folder, 'config.json'),
    preprocessor: join(folder, 'preprocessor_config.json'),
    tokenizer: join(folder, 'tokenizer.json'),
    tokenizerConfig: optional(top, 'tokenizer_config.json'),
    vision: join(folder, 'onnx', vision),
    visionData: optional(onnx, `${vision}_data`, 'onnx'),
    text: join(folder, 'onnx', text),
    textData: optional(onnx, `${text}_data`, 'onnx'),
    knownWords: optional(top, 'known_words.json'),
  };
}

/** The files whose bytes decide an embedding, in a fixed order. */
export function embeddingFiles(paths: ModelPaths): string[] {
  const { vision, visionData, text, textData, preprocessor, tokenizer } = paths;
  return [vision, visionData, text, textData, preprocessor, tokenizer].filter((path) => path !== null);
}

/** Of those, the ones that decide a picture's embedding. */
export function imageFiles({ vision, visionData, preprocessor }: ModelPaths): string[] {
  return [vision, visionData, preprocessor].filter((path) => path !== null);
}

/** Every file that loading the model reads. */
export function usedFiles(paths: ModelPaths): string[] {
  const { config, tokenizerConfig, knownWords } = paths;
  return [...embeddingFiles(paths), config, tokenizerConfig, knownWords].filter((path) => path !== null);
}

/** Bytes of all files below a folder, links not followed; what cannot be looked into counts as nothing. */
export async function bytesBelow(folder: string): Promise<number> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => []);
  const sizes = entries
    .filter((entry) => entry.isFile())
    .map((entry) =>
      stat(join(entry.parentPath, entry.name)).then(
        (s) => s.size,
        () => 0,
      ),
    );
  return (await Promise.all(sizes)).reduce((sum, size) => sum + size, 0);
}

function pick(names: Set<string>, stem: string, precision: Precision): string | undefined {
  const suffixes =
    precision === 'auto' ? [...SUFFIXES.fp32, ...SUFFIXES.fp16, ...SUFFIXES.int8] : SUFFIXES[precision];
  return suffixes.map((suffix) => `${stem}${suffix}.onnx`).find((name) => names.has(name));
}

async function namesIn(folder: string): Promise<Set<string>> {
  return new Set(await readdir(folder).catch(() => []));
}
