// Where the files of a model lie, whoever packed it: Hugging Face's exports for transformers.js, Immich's folders, one
// graph for both towers, or graphs of any name that are told apart by what they read.
import { readdir, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { modelMissing } from './errors.ts';
import { towerOf } from './graph-ports.ts';
import { readOnnxHead } from './onnx-head.ts';

export const WEIGHT_PRECISIONS = ['fp32', 'fp16', 'int8', 'q4'] as const;
/** The most exact first. By file name: `model_fp16.onnx` and the like. */
export type WeightPrecision = (typeof WEIGHT_PRECISIONS)[number];
/** `auto` takes what was kept for this folder, else the most exact. */
export type Precision = 'auto' | WeightPrecision;

/** File name endings, as exporters write them. */
const ENDINGS: Record<string, WeightPrecision> = {
  fp32: 'fp32',
  fp16: 'fp16',
  float16: 'fp16',
  quantized: 'int8',
  quant: 'int8',
  int8: 'int8',
  uint8: 'int8',
  q8: 'int8',
  q4: 'q4',
  q4f16: 'q4',
  bnb4: 'q4',
};

/** `loose`: any other folder that holds what is needed. */
export type ModelLayout = 'transformers' | 'immich' | 'combined' | 'loose';

/** Absolute paths. */
export interface ModelPaths {
  /** What the model says of itself: Hugging Face's or OpenCLIP's; null for none. */
  config: string | null;
  preprocessor: string;
  tokenizer: string;
  tokenizerConfig: string | null;
  /** The same file when one graph holds both towers. */
  vision: string;
  text: string;
  /** Files beside the graphs that hold their weights: those of the image side, then those of the text side alone. */
  visionData: string[];
  textData: string[];
  /** Words the model was taught (`known_words.json`); null when it does not say. */
  knownWords: string | null;
}

export interface WeightVariant {
  precision: WeightPrecision;
  vision: string;
  text: string;
}

export interface FoundFiles extends Omit<ModelPaths, 'vision' | 'text' | 'visionData' | 'textData'> {
  layout: ModelLayout;
  /** The most exact first; never empty. */
  variants: WeightVariant[];
}

type Tower = 'vision' | 'text' | 'both';
type Graphs = Record<Tower, Map<WeightPrecision, string>>;

const NAMED: [pattern: RegExp, tower: Tower][] = [
  [
    /(^|\/)(vision_model|visual|image_encoder|vision_encoder|image_model)$|^(visual|vision|image)\/model$/,
    'vision',
  ],
  [/(^|\/)(text_model|textual|text_encoder)$|^(textual|text)\/model$/, 'text'],
];
/** Graphs beyond this number are somebody's download folder, not a model. */
const MAX_GRAPHS = 40;

/**
 * Looks; reads only the heads of graphs whose name says nothing.
 *
 * @throws SemblanceError `MODEL_MISSING`; the sentence names everything that is needed and absent
 */
export async function findModelFiles(folder: string): Promise<FoundFiles> {
  const isFolder = await stat(folder).then(
    (s) => s.isDirectory(),
    () => false,
  );
  if (!isFolder) throw modelMissing(`There is no model folder at ${folder}.`);
  const names = await namesIn(folder);
  const first = (...candidates: string[]): string | null => {
    const found = candidates.find((name) => names.has(name));
    return found === undefined ? null : join(folder, ...found.split('/'));
  };
  const config = first('config.json', 'open_clip_config.json', 'model_cfg.json');
  const preprocessor = first(
    'preprocessor_config.json',
    'visual/preprocess_cfg.json',
    'preprocess_cfg.json',
    'visual/preprocessor_config.json',
    'open_clip_config.json',
  );
  const tokenizer = first('tokenizer.json', 'textual/tokenizer.json', 'tokenizer/tokenizer.json');
  const graphs = await sortGraphs(folder, names);
  const variants = variantsOf(graphs);
  if (preprocessor === null || tokenizer === null || variants.length === 0) {
    throw modelMissing(whatIsMissing(folder, names, { preprocessor, tokenizer, graphs }));
  }
  const beside = join(dirname(tokenizer), 'tokenizer_config.json');
  return {
    layout: layoutOf(folder, variants[0]),
    variants,
    config,
    preprocessor,
    tokenizer,
    tokenizerConfig: (await isFile(beside)) ? beside : null,
    knownWords: first('known_words.json'),
  };
}

async function sortGraphs(folder: string, names: Set<string>): Promise<Graphs> {
  const graphs: Graphs = { vision: new Map(), text: new Map(), both: new Map() };
  const files = [...names].filter((name) => name.endsWith('.onnx')).slice(0, MAX_GRAPHS);
  const unnamed: string[] = [];
  for (const file of files) {
    const { stem } = precisionOf(file);
    const tower = NAMED.find(([pattern]) => pattern.test(stem))?.[1];
    if (tower === undefined) unnamed.push(file);
    else put(graphs[tower], folder, file);
  }
  // Two named towers are enough: what lies beside them (decoders, other exports) need not be understood.
  if (graphs.vision.size > 0 && graphs.text.size > 0) return graphs;
  for (const file of unnamed) {
    const head = await readOnnxHead(join(folder, ...file.split('/')));
    const tower = towerOf(head.inputs);
    if (tower !== null) put(graphs[tower], folder, file);
  }
  return graphs;
}

/** Of two files of one precision the first by name stays, so that `_int8` and `_uint8` are always chosen alike. */
function put(into: Map<WeightPrecision, string>, folder: string, file: string): void {
  const { precision } = precisionOf(file);
  if (!into.has(precision)) into.set(precision, join(folder, ...file.split('/')));
}

function precisionOf(file: string): { stem: string; precision: WeightPrecision } {
  const whole = file.replace(/\.onnx$/, '');
  const [, stem, ending] = /^(.+)[._-]([a-z0-9]+)$/i.exec(whole) ?? [];
  const precision = ENDINGS[ending?.toLowerCase() ?? ''];
  return precision === undefined || stem === undefined
    ? { stem: whole, precision: 'fp32' }
    : { stem, precision };
}

/** Precisions that both towers have; of towers that share none, the best of each. */
function variantsOf({ vision, text, both }: Graphs): WeightVariant[] {
  const [images, texts] = vision.size > 0 && text.size > 0 ? [vision, text] : [both, both];
  const shared = WEIGHT_PRECISIONS.flatMap((precision) => {
    const [image, words] = [images.get(precision), texts.get(precision)];
    return image === undefined || words === undefined ? [] : [{ precision, vision: image, text: words }];
  });
  if (shared.length > 0) return shared;
  const best = (of: Map<WeightPrecision, string>): WeightPrecision | undefined =>
    WEIGHT_PRECISIONS.find((precision) => of.has(precision));
  const [image, words] = [best(images), best(texts)];
  if (image === undefined || words === undefined) return [];
  return [{ precision: image, vision: images.get(image) ?? '', text: texts.get(words) ?? '' }];
}

function layoutOf(folder: string, variant: WeightVariant | undefined): ModelLayout {
  if (variant === undefined || variant.vision === variant.text) return 'combined';
  const [image, words] = [variant.vision, variant.text].map((path) => path.slice(folder.length + 1));
  const place = `${dirname(image ?? '')} ${dirname(words ?? '')}`;
  if (place === 'visual textual') return 'immich';
  const named =
    basename(image ?? '').startsWith('vision_model') && basename(words ?? '').startsWith('text_model');
  return named ? 'transformers' : 'loose';
}

function whatIsMissing(
  folder: string,
  names: Set<string>,
  found: { preprocessor: string | null; tokenizer: string | null; graphs: Graphs },
): string {
  const { vision, text, both } = found.graphs;
  const absent: string[] = [];
  if (vision.size === 0 && both.size === 0) absent.push('an image encoder (onnx/vision_model.onnx)');
  if (text.size === 0 && both.size === 0) absent.push('a text encoder (onnx/text_model.onnx)');
  if (found.tokenizer === null) absent.push('tokenizer.json');
  if (found.preprocessor === null) absent.push('preprocessor_config.json');
  const hints: string[] = [];
  const other = [...names].find((name) => /\.(safetensors|bin|pt|pth|ckpt|gguf|tflite|mlmodel)$/i.test(name));
  const noGraph = vision.size + text.size + both.size === 0;
  if (noGraph && other !== undefined) {
    hints.push(` It holds ${other}, which is not ONNX; an ONNX export of the model is needed.`);
  }
  const words = [...names].find((name) => /(^|\/)(vocab\.json|merges\.txt|.*\.model|vocab\.txt)$/.test(name));
  if (found.tokenizer === null && words !== undefined) {
    hints.push(` ${words} alone is not enough: tokenizer.json also says how text is cleaned and cut.`);
  }
  return `The model folder ${folder} lacks ${absent.join(', ')}.${hints.join('')}`;
}

/** The files whose bytes decide an image embedding, in a fixed order. */
export function imageFiles({ vision, visionData, preprocessor }: ModelPaths): string[] {
  return [vision, ...visionData, preprocessor];
}

/** The files whose bytes decide an embedding, in a fixed order. */
export function embeddingFiles(paths: ModelPaths): string[] {
  const { vision, visionData, text, textData, preprocessor, tokenizer } = paths;
  const words = text === vision ? [] : [text, ...textData];
  return [vision, ...visionData, ...words, preprocessor, tokenizer];
}

/** Every file that loading the model reads. */
export function usedFiles(paths: ModelPaths): string[] {
  const { config, tokenizerConfig, knownWords } = paths;
  const more = [config, tokenizerConfig, knownWords].filter((path) => path !== null);
  return [...new Set([...embeddingFiles(paths), ...more])];
}

/** Bytes of all files below a folder, links not followed; what cannot be looked into counts as nothing. */
export async function bytesBelow(folder: string): Promise<number> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => []);
  const files = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  const sizes = await Promise.all(files.map(bytesOf));
  return sizes.reduce((sum, size) => sum + size, 0);
}

/** Of the graphs of a variant and the data beside them, by name. */
export async function bytesOfVariant({ vision, text }: WeightVariant): Promise<number> {
  let sum = 0;
  for (const graph of new Set([vision, text])) {
    const beside = await readdir(dirname(graph)).catch(() => []);
    const own = basename(graph);
    const mine = beside.filter(
      (name) => name === own || (/^[._]data/.test(name.slice(own.length)) && name.startsWith(own)),
    );
    for (const name of mine) sum += await bytesOf(join(dirname(graph), name));
  }
  return sum;
}

function bytesOf(path: string): Promise<number> {
  return stat(path).then(
    (s) => s.size,
    () => 0,
  );
}

function isFile(path: string): Promise<boolean> {
  return stat(path).then(
    (s) => s.isFile(),
    () => false,
  );
}

/** Files of a folder and of the folders in it, with forward slashes, sorted. */
async function namesIn(folder: string): Promise<Set<string>> {
  const entries = await readdir(folder, { withFileTypes: true }).catch(() => []);
  const names: string[] = [];
  for (const entry of entries) {
    if (!entry.isDirectory()) names.push(entry.name);
    else if (!entry.name.startsWith('.')) {
      const inner = await readdir(join(folder, entry.name)).catch(() => []);
      names.push(...inner.map((name) => `${entry.name}/${name}`));
    }
  }
  return new Set(names.sort());
}
