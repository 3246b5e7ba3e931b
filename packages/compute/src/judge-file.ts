// How good a file is as a copy: whether its pixels hold detail, how sharp it is, how hard it was compressed.
import { detailOf, jpegQualityOf, type Plane, sharpnessOf } from '@semblance/core';
import { openPicture } from './decode.ts';
import type { JudgedFile } from './protocol.ts';
import { readPhoto } from './read.ts';

/** Side of the square that is looked at, pixels of the full picture. */
const CROP = 256;
const LOSSLESS: ReadonlySet<string> = new Set(['png', 'tiff', 'bmp', 'gif']);

/** Nulls for what cannot be measured; a file that cannot be read has only nulls. */
export async function judgeFile(path: string): Promise<JudgedFile> {
  try {
    const { data } = await readPhoto(path);
    const { facts, pipeline } = await openPicture(data, { side: 1_000_000, of: 'longer' });
    const width = Math.min(CROP, facts.width);
    const height = Math.min(CROP, facts.height);
    const { data: pixels, info } = await pipeline
      .extract({
        left: (facts.width - width) >> 1,
        top: (facts.height - height) >> 1,
        width,
        height,
      })
      .flatten({ background: '#ffffff' })
      .grayscale()
      .raw({ depth: 'uchar' })
      .toBuffer({ resolveWithObject: true });
    const plane: Plane = {
      width: info.width,
      height: info.height,
      data: Float32Array.from({ length: info.width * info.height }, (_, i) => pixels[i * info.channels] ?? 0),
    };
    const compression = LOSSLESS.has(facts.format)
      ? 100
      : facts.format === 'jpeg'
        ? jpegQualityOf(data)
        : null;
    return { detail: detailOf(plane), sharpness: sharpnessOf(plane), compression };
  } catch {
    return { detail: null, sharpness: null, compression: null };
  }
}
