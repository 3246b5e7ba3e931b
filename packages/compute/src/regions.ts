// Parts of a picture, cut out for the encoder: for searching by a region, and for finding what is where.
import type { Region } from '@semblance/contract';
import { cut } from './cut.ts';
import { decode } from './decode.ts';
import { decodeSide } from './ingest.ts';
import type { Picture } from './picture.ts';

/** A picture is decoded no larger than this for a small region: pixels on its shorter side. */
const MAX_SIDE = 2048;

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
