// Pictures to embeddings.
import { Tensor } from 'onnxruntime-node';
import { modelDamaged } from './errors.ts';
import type { ModelFolder } from './model-folder.ts';
import type { PreprocessConfig } from './preprocess-config.ts';
import { openSession, type SessionOptions, type TensorInfo } from './session.ts';

/** The seam for other model families: this is all that indexing knows of a model. */
export interface ImageEncoder {
  /** For `preprocess`. */
  readonly config: PreprocessConfig;
  readonly dimensions: number;
  /**
   * @param pictures preprocessed pictures, each `3 * height * width` numbers; all go through the graph together
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
  const session = await openSession(folder.paths.vision, 'image_embeds', dimensions, options);
  const size = 3 * config.width * config.height;
  const encoder: ImageEncoder = {
    config,
    dimensions,
    async encode(pictures) {
      if (pictures.length === 0) return [];
      const data = new Float32Array(pictures.length * size);
      pictures.forEach((picture, row) => {
        if (picture.length !== size) {
          throw new RangeError(`The encoder reads ${size} numbers per picture, not ${picture.length}.`);
        }
        data.set(picture, row * size);
      });
      const tensor = new Tensor('float32', data, [pictures.length, 3, config.height, config.width]);
      return session.run({ [input.name]: tensor }, pictures.length);
    },
    dispose: () => session.dispose(),
  };
  let input: TensorInfo;
  try {
    input = pictureInput(session.inputs, config, folder.paths.vision);
    await encoder.encode([new Float32Array(size).fill(0.1)]);
  } catch (error) {
    await session.dispose();
    throw error;
  }
  return encoder;
}

function pictureInput(inputs: readonly TensorInfo[], config: PreprocessConfig, path: string): TensorInfo {
  const [input, ...others] = inputs;
  if (input === undefined || others.length > 0 || input.shape.length !== 4 || input.type !== 'float32') {
    const found = inputs.map((info) => `${info.name} ${info.type}[${info.shape.join(', ')}]`).join('; ');
    throw modelDamaged(`${path} does not read one float32 picture [N, 3, H, W]; its inputs are: ${found}.`);
  }
  const expected = [3, config.height, config.width];
  const fits = input.shape
    .slice(1)
    .every((side, i) => typeof side !== 'number' || side < 0 || side === expected[i]);
  if (!fits) {
    throw modelDamaged(
      `${path} reads pictures of [${input.shape.slice(1).join(', ')}], but the preprocessor makes [${expected.join(', ')}].`,
    );
  }
  return input;
}
