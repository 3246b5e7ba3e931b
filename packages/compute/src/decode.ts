// One decode per photo: from the file's bytes, of any format, to an upright sRGB picture of moderate size, from which
// thumbnail, placeholder and encoder input are all derived.
import type { Sharp } from 'sharp';
import { decoderOf } from './formats/detect.ts';
import { openRaster } from './formats/raster.ts';
import { previewOf, rawFormatOf } from './formats/raw.ts';
import { factsOf, inSrgb, openSharp } from './formats/sharp.ts';
import { createLane } from './lane/lane.ts';
import type { Picture, PictureFacts, Wanted } from './picture.ts';

/** Degrees clockwise for an EXIF orientation. Cameras turn; none mirrors. */
const TURNS: Readonly<Record<number, 90 | 180 | 270>> = { 3: 180, 6: 90, 8: 270 };

/** One for the whole process: its point is that only one slow decoder runs at a time. */
const lane = createLane();

export interface Opened {
  facts: PictureFacts;
  /** Gives the picture upright, with its colours declared; perhaps already reduced, never below what is wanted. */
  pipeline: Sharp;
}

/** Whether the picture waits in the lane of the slow decoders. */
export function isSlow(data: Buffer): boolean {
  const decoder = decoderOf(data);
  return decoder !== 'sharp' && decoder !== 'raw';
}

/** The only place that knows which decoder takes which file. @throws PictureError, and what libvips throws */
export async function openPicture(data: Buffer, wanted: Wanted): Promise<Opened> {
  const decoder = decoderOf(data);
  if (decoder === 'sharp') {
    const pipeline = openSharp(data);
    const facts = await factsOf(pipeline);
    // No JPEG has more than 8 bits here: their header is not read twice.
    return { facts, pipeline: facts.format === 'jpeg' ? pipeline : await inSrgb(pipeline) };
  }
  if (decoder === 'raw') return openRaw(data);
  const raster = await lane.decode(decoder, data, wanted);
  return {
    facts: {
      format: decoder,
      width: raster.fullWidth,
      height: raster.fullHeight,
      animated: raster.animated,
    },
    pipeline: 'png' in raster ? openSharp(Buffer.from(raster.png)) : await openRaster(raster),
  };
}

/** The preview is shown the way up that it says itself, else the way its raw file says. Sizes are the preview's. */
async function openRaw(data: Buffer): Promise<Opened> {
  const preview = previewOf(data);
  const pipeline = openSharp(preview.data);
  const facts = { ...(await factsOf(pipeline)), format: rawFormatOf(data) ?? 'raw' };
  const turn = (await pipeline.metadata()).orientation === undefined ? TURNS[preview.orientation] : undefined;
  if (turn === undefined) return { facts, pipeline };
  const size = turn === 180 ? {} : { width: facts.height, height: facts.width };
  return { facts: { ...facts, ...size }, pipeline: pipeline.rotate(turn) };
}

/**
 * Decodes to at least `shortSide` pixels on the shorter side (never enlarging), upright, in sRGB, on white.
 * JPEGs are shrunk while loading, so a 12-megapixel photo is never held whole.
 */
export async function decode(
  data: Buffer,
  shortSide: number,
): Promise<{ picture: Picture; facts: PictureFacts }> {
  const { facts, pipeline } = await openPicture(data, { side: shortSide, of: 'shorter' });
  const { data: pixels, info } = await pipeline
    .resize({ width: shortSide, height: shortSide, fit: 'outside', withoutEnlargement: true })
    .flatten({ background: '#ffffff' })
    .toColourspace('srgb')
    .raw({ depth: 'uchar' })
    .toBuffer({ resolveWithObject: true });
  return { picture: toRgb(pixels, info.width, info.height, info.channels), facts };
}

/** Grey pictures may come back with one band. */
function toRgb(pixels: Buffer, width: number, height: number, channels: number): Picture {
  if (channels === 3) return { data: pixels, width, height };
  const count = width * height;
  const data = new Uint8Array(count * 3);
  for (let i = 0; i < count; i++) {
    const from = i * channels;
    const grey = channels < 3;
    data[i * 3] = pixels[from] ?? 0;
    data[i * 3 + 1] = pixels[grey ? from : from + 1] ?? 0;
    data[i * 3 + 2] = pixels[grey ? from : from + 2] ?? 0;
  }
  return { data, width, height };
}
