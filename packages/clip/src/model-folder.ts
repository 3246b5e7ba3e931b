// A model folder, checked and described. The one place that knows how a model lies on disk; encoders and
// tokenizers start from what it returns, so another layout or family needs another reader and nothing else.
import { createHash } from 'node:crypto';
import { basename, resolve } from 'node:path';
import { type Checksums, listedPath, readChecksums, sha256OfFile, verifyChecksums } from './checksums.ts';
import { modelDamaged } from './errors.ts';
import { readJsonObject } from './json.ts';
import { type ModelConfig, parseModelConfig } from './model-config.ts';
import {
  bytesBelow,
  embeddingFiles,
  findModelFiles,
  imageFiles,
  type ModelPaths,
  type Precision,
  usedFiles,
} from './model-files.ts';
import { type PreprocessConfig, readPreprocessConfig } from './preprocess-config.ts';

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
  /**
   * 12 hex digits of a SHA-256 over what decides a picture's embedding: models that share it have one image space, and
   * texts of either are compared with the same vectors (multilingual text towers over CLIP's images).
   */
  imageKey: string;
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
 * Reads and checks everything but the ONNX graphs themselves, which the encoders check when they load.
 * Hashes all files it will use: about a second per gigabyte.
 *
 * @throws SemblanceError `MODEL_MISSING` when the folder or a needed file is absent, `MODEL_DAMAGED` when a file is
 *   broken, differs from `SHA256SUMS`, or contradicts another. The sentence names the file.
 */
export async function readModelFolder(
  directory: string,
  options: ReadModelOptions = {},
): Promise<ModelFolder> {
  const { folder, paths, sums } = await readParts(directory, options);
  if (sums !== null) await verifyChecksums(folder.directory, sums, usedFiles(paths));
  return folder;
}

/**
 * The same without checking the weights against `SHA256SUMS`: for lists of models, not for loading one.
 * Hashes nothing when the folder has checksums.
 */
export async function describeModelFolder(
  directory: string,
  options: ReadModelOptions = {},
): Promise<ModelFolder> {
  return (await readParts(directory, options)).folder;
}

async function readParts(
  directory: string,
  { precision = 'auto' }: ReadModelOptions,
): Promise<{ folder: ModelFolder; paths: ModelPaths; sums: Checksums | null }> {
  const root = resolve(directory);
  const paths = await findModelFiles(root, precision);
  const config = parseModelConfig(await readJsonObject(paths.config), paths.config);
  const preprocess = await readPreprocessConfig(paths.preprocessor);
  const imageSize = squareSize(config, preprocess, paths);
  await checkTokenizerFile(paths.tokenizer);
  const sums = await readChecksums(root);
  const id = basename(root);
  const hashes = await hashesOf(root, embeddingFiles(paths), sums);
  const folder: ModelFolder = {
    ...config,
    directory: root,
    id,
    name: config.name ?? id.charAt(0).toUpperCase() + id.slice(1),
    key: `${id}-${fingerprint(embeddingFiles(paths), hashes)}`,
    imageKey: fingerprint(imageFiles(paths), hashes),
    imageSize,
    preprocess,
    bytes: await bytesBelow(root),
    paths,
  };
  return { folder, paths, sums };
}

/** CLIP towers have a position embedding of one size, so the two files must agree. */
function squareSize(config: ModelConfig, preprocess: PreprocessConfig, paths: ModelPaths): number {
  const { width, height } = preprocess;
  if (width !== height || (config.imageSize !== null && config.imageSize !== width)) {
    throw modelDamaged(
      `${paths.preprocessor} makes pictures of ${width} x ${height} pixels, ` +
        `but ${paths.config} says the model reads ${config.imageSize ?? 'square ones'}.`,
    );
  }
  return width;
}

async function checkTokenizerFile(path: string): Promise<void> {
  const json = await readJsonObject(path);
  if (json.model === undefined) throw modelDamaged(`${path} has no "model", so it is no tokenizer.`);
}

/** SHA-256 of each file: as listed, where the folder has checksums. */
async function hashesOf(
  root: string,
  files: readonly string[],
  sums: Checksums | null,
): Promise<Map<string, string>> {
  const hashes = new Map<string, string>();
  for (const path of files) {
    hashes.set(path, sums?.get(listedPath(root, path)) ?? (await sha256OfFile(path)));
  }
  return hashes;
}

function fingerprint(files: readonly string[], hashes: ReadonlyMap<string, string>): string {
  const hash = createHash('sha256');
  for (const path of files) hash.update(`${hashes.get(path) ?? ''}\n`);
  return hash.digest('hex').slice(0, 12);
}
