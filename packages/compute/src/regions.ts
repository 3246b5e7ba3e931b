// Parts of a picture, cut out for the encoder: for searching by a region, and for finding what is where.
import type { Region } from '@semblance/contract';
import { decode } from './decode.ts';
import { decodeSide } from './ingest.ts';
import type { Picture } from './picture.ts';

/** A picture is decoded no larger than this for a small region: pixels on its shorter side. */
const MAX_SIDE = 2048;
/** A region of fewer pixels on a side is widened to them. */
const LEAST_PIXELS = 8;

/**
 * Decodes once, as large as the smallest region needs it, and cuts.
 *
 * @param inputSize pixels that the encoder reads on a side
 * @throws PictureError, and what libvips throws
 */
export async function cutRegions(
  data: Buffer,
  regions: readonly Region[],
  inputSize: number,
): Promise<Picture[]> {
  const smallest = Math.min(1, ...regions.map(({ width, height }) => Math.min(width, height)));
  const wanted = Math.min(MAX_SIDE, Math.ceil(inputSize / smallest));
  const { picture } = await decode(data, Math.max(decodeSide(inputSize), wanted));
  return regions.map((region) => cut(picture, region));
}

/** Never empty, never outside: a region at the edge is moved inwards. */
export function cut({ data, width, height }: Picture, region: Region): Picture {
  const x = span(region.left, region.width, width);
  const y = span(region.top, region.height, height);
  const part = new Uint8Array(x.length * y.length * 3);
  for (let row = 0; row < y.length; row++) {
    const from = ((y.from + row) * width + x.from) * 3;
    part.set(data.subarray(from, from + x.length * 3), row * x.length * 3);
  }
  return { data: part, width: x.length, height: y.length };
}

function span(start: number, part: number, pixels: number): { from: number; length: number } {
  const length = Math.min(pixels, Math.max(LEAST_PIXELS, Math.round(part * pixels)));
  return { from: Math.max(0, Math.min(pixels - length, Math.round(start * pixels))), length };
}
