// What a compute process does with pictures. Runs in its main thread, or in one of its own (`picture-thread.ts`); the
// encoder is somebody else's: pictures go to it as the numbers that it reads.
import { availableParallelism } from 'node:os';
import { type PreprocessConfig, preprocess, release } from '@semblance/clip';
import { createBatcher } from './batcher.ts';
import { edgesOf } from './cut.ts';
import { decode, isSlow } from './decode.ts';
import { renditionOf } from './derive.ts';
import { classifyFailure } from './failures.ts';
import { createGate } from './gate.ts';
import { decodeSide, ingest, remakeThumbnail } from './ingest.ts';
import { judgeFile } from './judge-file.ts';
import { createComparer, signPhoto } from './likeness.ts';
import { BATCHES_AHEAD, BATCHES_UNDER_WAY, ENCODER_BATCH } from './limits.ts';
import { readMetadataAgain } from './metadata/again.ts';
import type { Picture } from './picture.ts';
import type { ComputeFunctions } from './protocol.ts';
import { readPhoto, withPhoto } from './read.ts';
import { cutRegions } from './regions.ts';

export type PictureFunctions = Pick<
  ComputeFunctions,
  | 'ingest'
  | 'embedPhoto'
  | 'embedImage'
  | 'embedPicture'
  | 'embedRegions'
  | 'makeThumbnail'
  | 'render'
  | 'signPhoto'
  | 'comparePhotos'
  | 'readMetadata'
  | 'judgeFile'
  | 'memory'
>;

/** Plain data: it is sent to the thread. */
export interface PictureContext {
  thumbnailDirectory: string;
  /** Null in a process that only decodes. */
  model: { imageSize: number; input: PreprocessConfig; batch: number } | null;
}

export interface Encoded {
  /** One unit vector per picture, in order. */
  vectors: Float32Array[];
  /** Pictures per call from now on: it is measured on the way. */
  batch: number;
}

/** @param inputs what `preprocess` makes, used up by it; calls may overlap */
export type Encode = (inputs: Float32Array[]) => Promise<Encoded>;

export function createPictureFunctions(
  { thumbnailDirectory, model }: PictureContext,
  encode: Encode,
): PictureFunctions {
  const inputSize = model?.imageSize;
  let batch = model?.batch ?? ENCODER_BATCH;
  const comparer = createComparer(() => thumbnailDirectory);
  let encoding = 0;
  let underWay = 0;
  /** However large the encoder likes them: when most of what is under way is with the encoder, nothing is left to decode. */
  const maxBatch = (): number =>
    underWay === 0 ? batch : Math.min(batch, Math.ceil(underWay / BATCHES_UNDER_WAY));
  const batcher = createBatcher(
    async (inputs: Float32Array[]) => {
      encoding += 1;
      try {
        const encoded = await encode(inputs);
        batch = encoded.batch;
        return encoded.vectors;
      } finally {
        encoding -= 1;
        gate.look();
      }
    },
    { maxBatch, ahead: BATCHES_AHEAD },
  );
  const { expect } = batcher;

  async function counted<T>(work: () => Promise<T>): Promise<T> {
    underWay += 1;
    try {
      return await work();
    } finally {
      underWay -= 1;
    }
  }

  // As many decode as there are cores, the encoder's own left out: with more the system would share the cores out evenly,
  // the encoder would fall behind, and when all wait for it the other cores have nothing to do.
  const gate = createGate(() => availableParallelism() - (encoding > 0 ? 1 : 0));

  function required(): NonNullable<typeof model> {
    if (model === null) throw new Error('This compute process was set up without a model.');
    return model;
  }

  // What comes is made ready at once: a batch never waits for it, and a picture is larger than what is read of it.
  const embed = async (picture: Picture): Promise<Float32Array> =>
    batcher.add(preprocess(picture, required().input));

  /** The picture is read when this returns, not when its embedding comes. */
  function embedAndRelease(picture: Picture): Promise<Float32Array> {
    const embedding = embed(picture);
    release(picture.data);
    return embedding;
  }

  /** @throws PictureError, and what libvips throws */
  async function embedData(data: Buffer): Promise<Float32Array> {
    const { picture } = await decode(data, decodeSide(required().imageSize));
    return embedAndRelease(picture);
  }

  async function embedPhoto(path: string): ReturnType<PictureFunctions['embedPhoto']> {
    const arrived = expect();
    try {
      const { picture, facts } = await withPhoto(path, async ({ data }) => {
        const slow = isSlow(data);
        if (slow) arrived();
        const work = () => decode(data, decodeSide(required().imageSize));
        return slow ? work() : gate.through(work);
      });
      const embedding = embed(picture);
      const crops = edgesOf(picture, facts).map(embedAndRelease);
      release(picture.data);
      arrived();
      const all = await Promise.all([embedding, ...crops]);
      return { ok: true, embedding: all[0], crops: all.slice(1) };
    } catch (error) {
      return classifyFailure(error, path);
    } finally {
      arrived();
    }
  }

  return {
    ingest: (request) =>
      counted(() => ingest(request, { thumbnailDirectory, inputSize, embed, expect, gate })),
    embedPhoto: (path) => counted(() => embedPhoto(path)),
    async embedImage(path) {
      try {
        return { ok: true, embedding: await embedData((await readPhoto(path)).data) };
      } catch (error) {
        return classifyFailure(error, path);
      }
    },
    async embedPicture(bytes) {
      try {
        return { ok: true, embedding: await embedData(Buffer.from(bytes)) };
      } catch (error) {
        return classifyFailure(error, 'dropped.jpg');
      }
    },
    async embedRegions(path, regions) {
      try {
        const { data } = await readPhoto(path);
        const pictures = await cutRegions(data, regions, required().imageSize);
        return { ok: true, embeddings: await Promise.all(pictures.map(embedAndRelease)) };
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
