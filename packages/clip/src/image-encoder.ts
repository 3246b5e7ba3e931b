// Pictures to embeddings.
import { modelDamaged } from './errors.ts';
import { fixed, listPorts, pictureInput } from './graph-ports.ts';
import type { ModelFolder } from './model-folder.ts';
import type { PreprocessConfig } from './preprocess-config.ts';
import { release } from './release.ts';
import type { TensorInfo } from './runtime.ts';
import { floats, inPieces, openSession, type SessionOptions } from './session.ts';

/** The same for every model family: this is all that indexing knows of a model. */
export interface ImageEncoder {
  /** For `preprocess`. */
  readonly config: PreprocessConfig;
  readonly dimensions: number;
  /**
   * @param pictures preprocessed pictures, each `3 * height * width` numbers; all go through the graph together, or as
   *   many as it was exported for
   * @returns one unit vector per picture, in order
   * @throws RangeError for a picture of another size; SemblanceError `MODEL_DAMAGED` when the graph fails or gives
   *   vectors without a direction
   */
  encode(pictures: readonly Float32Array[]): Promise<Float32Array[]>;
  /** Frees the weights. Nothing may be encoding. */
  dispose(): Promise<void>;
}

/**
 * Opens the image tower and tries it on one grey picture, so that a model that cannot work fails here.
 *
 * @throws SemblanceError `MODEL_DAMAGED`
 */
export async function loadImageEncoder(
  folder: ModelFolder,
  options: SessionOptions = {},
): Promise<ImageEncoder> {
  const { preprocess: config, dimensions } = folder;
  const { vision } = folder.paths;
  const session = await openSession(vision, 'vision', folder, options, (inputs) =>
    picturePort(inputs, config, vision),
  );
  const input = session.ports;
  const size = 3 * config.width * config.height;

  async function encodeTogether(pictures: readonly Float32Array[]): Promise<Float32Array[]> {
    const rows = fixed(input, 0) ?? pictures.length;
    const data = new Float32Array(rows * size);
    pictures.forEach((picture, row) => {
      if (picture.length !== size) {
        throw new RangeError(`The encoder reads ${size} numbers per picture, not ${picture.length}.`);
      }
      data.set(picture, row * size);
    });
    // A graph of a fixed batch gets its last picture again where there are too few.
    const last = pictures.at(-1);
    for (let row = pictures.length; row < rows && last !== undefined; row++) data.set(last, row * size);
    const tensor = floats(input, data, [rows, 3, config.height, config.width]);
    try {
      return (await session.run({ [input.name]: tensor }, rows)).slice(0, pictures.length);
    } finally {
      release(data);
    }
  }

  async function encode(pictures: readonly Float32Array[]): Promise<Float32Array[]> {
    const vectors: Float32Array[] = [];
    for (const piece of inPieces(pictures, fixed(input, 0))) vectors.push(...(await encodeTogether(piece)));
    return vectors;
  }

  try {
    await encode([new Float32Array(size).fill(0.1)]);
  } catch (error) {
    await session.dispose();
    throw error;
  }
  return { config, dimensions, encode, dispose: () => session.dispose() };
}

/** @throws SemblanceError `MODEL_DAMAGED` when a graph with these inputs cannot read what the preprocessor makes */
export function picturePort(
  inputs: readonly TensorInfo[],
  config: PreprocessConfig,
  path: string,
): TensorInfo {
  const input = pictureInput(inputs);
  if (input === undefined) {
    throw modelDamaged(
      `${path} does not read pictures as float [N, 3, H, W]; its inputs are: ${listPorts(inputs)}.`,
    );
  }
  const expected = [3, config.height, config.width];
  const fits = expected.every((side, i) => (fixed(input, i + 1) ?? side) === side);
  if (!fits) {
    throw modelDamaged(
      `${path} reads pictures of [${input.shape.slice(1).join(', ')}], but the preprocessor makes [${expected.join(', ')}].`,
    );
  }
  return input;
}
