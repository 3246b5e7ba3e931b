// A model folder, checked and described. The one place that knows how a model lies on disk; encoders and
// tokenizers start from what it returns, so another layout or family needs another reader and nothing else.
import { createHash } from 'node:crypto';
import { stat } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { type Checksums, listedPath, readChecksums, sha256OfFile, verifyChecksums } from './checksums.ts';
import { modelDamaged, modelMissing } from './errors.ts';
import { picturePort } from './image-encoder.ts';
import { type JsonObject, readJsonObject } from './json.ts';
import { keptPrecision } from './kept-precision.ts';
import { type ModelConfig, parseModelConfig } from './model-config.ts';
import {
  bytesBelow,
  bytesOfVariant,
  embeddingFiles,
  type FoundFiles,
  findModelFiles,
  imageFiles,
  type ModelLayout,
  type ModelPaths,
  type Precision,
  usedFiles,
  type WeightPrecision,
  type WeightVariant,
} from './model-files.ts';
import { type OnnxHead, readOnnxHead } from './onnx-head.ts';
import { type PreprocessConfig, readPreprocessConfig } from './preprocess-config.ts';
import { embeddingPort } from './session.ts';
import { textPorts } from './text-encoder.ts';

export interface ModelFolder extends Omit<ModelConfig, 'name' | 'imageSize'> {
  /** Absolute. */
  directory: string;
  /** Folder name. */
  id: string;
  /** For people. */
  name: string;
  /**
   * `<id>-<12 hex digits>` of a SHA-256 over the weights of both towers, the preprocessor config and the tokenizer:
   * equal keys mean comparable embeddings.
   */
  key: string;
  /** The same over the image side alone: models with equal ones need no new vectors of the photos. */
  imageKey: string;
  layout: ModelLayout;
  /** What there is, the most exact first. */
  precisions: { precision: WeightPrecision; bytes: number }[];
  /** What `paths` name. */
  precision: WeightPrecision;
  /** Input side in pixels. */
  imageSize: number;
  preprocess: PreprocessConfig;
  /** Of the whole folder, on disk. */
  bytes: number;
  paths: ModelPaths;
}

export interface ReadModelOptions {
  /** Which weights to take; default `auto`. */
  precision?: Precision;
}

/**
 * Reads and checks everything but the ONNX graphs beyond their inputs and outputs: the encoders try them when they load.
 * Hashes all files it will use: about a second per gigabyte.
 *
 * @throws SemblanceError `MODEL_MISSING` when the folder or a needed file is absent, `MODEL_DAMAGED` when a file is
 *   broken, differs from `SHA256SUMS`, or contradicts another. The sentence names the file.
 */
export async function readModelFolder(
  directory: string,
  options: ReadModelOptions = {},
): Promise<ModelFolder> {
  return readParts(directory, options, verifyChecksums);
}

/**
 * The same without checking the weights against `SHA256SUMS`: for lists of models, not for loading one.
 * Hashes nothing when the folder has checksums.
 */
export async function describeModelFolder(
  directory: string,
  options: ReadModelOptions = {},
): Promise<ModelFolder> {
  return readParts(directory, options, async () => {});
}

async function readParts(
  directory: string,
  { precision = 'auto' }: ReadModelOptions,
  verify: typeof verifyChecksums,
): Promise<ModelFolder> {
  const root = resolve(directory);
  const found = await findModelFiles(root);
  const variant = await choose(root, found, precision);
  const sums = await readChecksums(root);
  // Before anything believes what they hold.
  if (sums !== null) await verify(root, sums, [...new Set([variant.vision, variant.text])]);
  const image = await readOnnxHead(variant.vision);
  const text = variant.text === variant.vision ? image : await readOnnxHead(variant.text);
  const paths: ModelPaths = {
    ...found,
    vision: variant.vision,
    text: variant.text,
    visionData: await dataFiles(variant.vision, image),
    textData: variant.text === variant.vision ? [] : await dataFiles(variant.text, text),
  };
  const others = usedFiles(paths).filter((path) => path !== variant.vision && path !== variant.text);
  if (sums !== null) await verify(root, sums, others);
  const optional = async (path: string | null): Promise<JsonObject | null> =>
    path === null ? null : readJsonObject(path);
  const config = parseModelConfig(
    {
      config: await optional(paths.config),
      tokenizerConfig: (await optional(paths.tokenizerConfig)) ?? {},
      image,
      text,
    },
    paths.config ?? 'config.json',
  );
  const preprocess = await readPreprocessConfig(paths.preprocessor);
  const imageSize = squareSize(config, preprocess, paths);
  picturePort(image.inputs, preprocess, paths.vision);
  embeddingPort(image.outputs, 'vision', config.dimensions, paths.vision);
  textPorts(text.inputs, paths.text);
  embeddingPort(text.outputs, 'text', config.dimensions, paths.text);
  await checkTokenizerFile(paths.tokenizer);
  const id = basename(root);
  const digests = await digestsOf(root, embeddingFiles(paths), sums);
  return {
    ...config,
    directory: root,
    id,
    name: config.name ?? id.charAt(0).toUpperCase() + id.slice(1),
    key: `${id}-${fingerprint(digests, embeddingFiles(paths))}`,
    imageKey: fingerprint(digests, imageFiles(paths)),
    imageSize,
    layout: found.layout,
    precisions: await Promise.all(
      found.variants.map(async (each) => ({ precision: each.precision, bytes: await bytesOfVariant(each) })),
    ),
    precision: variant.precision,
    preprocess,
    bytes: await bytesBelow(root),
    paths,
  };
}

async function choose(root: string, { variants }: FoundFiles, wanted: Precision): Promise<WeightVariant> {
  const precision = wanted === 'auto' ? await keptPrecision(root) : wanted;
  const found = variants.find((variant) => variant.precision === precision);
  // What was kept may have been removed since; what was asked for must be there.
  const [best] = variants;
  const chosen = found ?? (wanted === 'auto' ? best : undefined);
  if (chosen !== undefined) return chosen;
  const there = variants.map((variant) => variant.precision).join(', ');
  throw modelMissing(`The model folder ${root} has no weights in precision ${wanted}, only in ${there}.`);
}

/** Weights that a graph keeps in files beside it. They may lie nowhere else. */
async function dataFiles(graph: string, head: OnnxHead): Promise<string[]> {
  for (const name of head.externalData) {
    const path = join(dirname(graph), name);
    if (name !== basename(name)) {
      throw modelDamaged(`${graph} wants to read its weights from "${name}", outside its own folder.`);
    }
    await stat(path).catch(() => {
      throw modelMissing(`The model file ${path} is missing: ${basename(graph)} keeps its weights there.`);
    });
  }
  return head.externalData.map((name) => join(dirname(graph), name));
}

/** The towers have a position embedding of one size, so the files must agree. */
function squareSize(config: ModelConfig, preprocess: PreprocessConfig, paths: ModelPaths): number {
  const { width, height } = preprocess;
  if (width !== height || (config.imageSize !== null && config.imageSize !== width)) {
    throw modelDamaged(
      `${paths.preprocessor} makes pictures of ${width} x ${height} pixels, ` +
        `but ${paths.config ?? paths.vision} says the model reads ${config.imageSize ?? 'square ones'}.`,
    );
  }
  return width;
}

async function checkTokenizerFile(path: string): Promise<void> {
  const json = await readJsonObject(path);
  if (json.model === undefined) throw modelDamaged(`${path} has no "model", so it is no tokenizer.`);
}

async function digestsOf(
  root: string,
  paths: string[],
  sums: Checksums | null,
): Promise<Map<string, string>> {
  const digests = new Map<string, string>();
  for (const path of paths) {
    digests.set(path, sums?.get(listedPath(root, path)) ?? (await sha256OfFile(path)));
  }
  return digests;
}

function fingerprint(digests: ReadonlyMap<string, string>, paths: string[]): string {
  const hash = createHash('sha256');
  for (const path of paths) hash.update(`${digests.get(path)}\n`);
  return hash.digest('hex').slice(0, 12);
}
