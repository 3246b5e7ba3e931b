// How good a file is as a copy or as a shot: whether its pixels hold detail, how sharp it is, how well exposed, how hard
// it was compressed.
import { detailOf, exposureOf, jpegQualityOf, type Plane, sharpnessOf } from '@semblance/core';
import type { Sharp } from 'sharp';
import { openPicture } from './decode.ts';
import type { JudgedFile } from './protocol.ts';
import { readPhoto } from './read.ts';

/** Side of the square that is looked at, pixels of the full picture. */
const CROP = 256;
/** The whole picture, for its exposure. */
const SMALL_SIDE = 128;
const LOSSLESS: ReadonlySet<string> = new Set(['png', 'tiff', 'bmp']);

/** Nulls for what cannot be measured; a file that cannot be read has only nulls. */
export async function judgeFile(path: string): Promise<JudgedFile> {
  try {
    const { data } = await readPhoto(path);
    const { facts, pipeline } = await openPicture(data, { side: 1_000_000, of: 'longer' });
    const width = Math.min(CROP, facts.width);
    const height = Math.min(CROP, facts.height);
    const plane = await planeOf(
      pipeline.extract({
        left: (facts.width - width) >> 1,
        top: (facts.height - height) >> 1,
        width,
        height,
      }),
    );
    const small = await openPicture(data, { side: SMALL_SIDE, of: 'longer' });
    const exposure = exposureOf(await planeOf(small.pipeline));
    const compression = compressionOf(facts.format, data);
    return { detail: detailOf(plane), sharpness: sharpnessOf(plane), exposure, compression };
  } catch {
    return { detail: null, sharpness: null, exposure: null, compression: null };
  }
}

function compressionOf(format: string, data: Uint8Array): number | null {
  if (LOSSLESS.has(format)) return 100;
  // What a GIF compresses it keeps; but it was cut down to 256 colours first, which costs a photo more than any JPEG.
  if (format === 'gif') return 0;
  return format === 'jpeg' ? jpegQualityOf(data) : null;
}

async function planeOf(pipeline: Sharp): Promise<Plane> {
  const { data, info } = await pipeline
    .flatten({ background: '#ffffff' })
    .grayscale()
    .raw({ depth: 'uchar' })
    .toBuffer({ resolveWithObject: true });
  const { width, height, channels } = info;
  return {
    width,
    height,
    data: Float32Array.from({ length: width * height }, (_, i) => data[i * channels] ?? 0),
  };
}
