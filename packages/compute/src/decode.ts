// One decode per photo: from the file's bytes to an upright sRGB picture of moderate size,
// from which thumbnail, placeholder and encoder input are all derived.
import { open } from 'node:fs/promises';
import sharp, { type Metadata, type Sharp } from 'sharp';
import { PictureError } from './failures.ts';
import { DECODE_SECONDS, MAX_FILE_BYTES, MAX_PIXELS } from './limits.ts';

// One picture uses one thread; many pictures share the pool. Caching helps nobody who sees every file once.
sharp.concurrency(1);
sharp.cache(false);

/** Formats that libvips decodes but that are documents or scripts, not photos. */
const REFUSED_FORMATS = new Set(['svg', 'pdf', 'magick', 'openslide', 'ppm', 'vips', 'raw', 'dcraw', 'fits']);

export interface FileBytes {
  data: Buffer;
  /** Milliseconds since the epoch. */
  modifiedAt: number;
}

/** 8-bit RGB, rows top to bottom, three bytes a pixel. */
export interface Picture {
  data: Uint8Array;
  width: number;
  height: number;
}

export interface Decoded {
  picture: Picture;
  format: string;
  /** Full size in pixels, after EXIF orientation. */
  width: number;
  height: number;
  animated: boolean;
}

/** Reads a regular file whole. @throws PictureError for empty or huge files and for what is not a file */
export async function readPhoto(path: string): Promise<FileBytes> {
  const file = await open(path, 'r');
  try {
    const stat = await file.stat();
    if (!stat.isFile()) throw new PictureError('unreadable', 'It is not a regular file.');
    if (stat.size === 0) throw new PictureError('corrupt', 'The file is empty.');
    if (stat.size > MAX_FILE_BYTES) throw new PictureError('too-large', 'The file is larger than 512 MB.');
    return { data: await file.readFile(), modifiedAt: Math.trunc(stat.mtimeMs) };
  } finally {
    await file.close();
  }
}

/** A lazy pipeline with every limit set. `failOn: 'error'` refuses truncated pictures instead of greying them. */
export function openPicture(data: Buffer): Sharp {
  return sharp(data, {
    limitInputPixels: MAX_PIXELS,
    limitInputChannels: 5,
    failOn: 'error',
    sequentialRead: true,
    autoOrient: true,
  }).timeout({ seconds: DECODE_SECONDS });
}

/**
 * Decodes to at least `shortSide` pixels on the shorter side (never enlarging), upright, in sRGB, on white.
 * JPEGs are shrunk while loading, so a 12-megapixel photo is never held whole.
 */
export async function decode(data: Buffer, shortSide: number): Promise<Decoded> {
  const pipeline = openPicture(data);
  const facts = await pipeline.metadata();
  if (REFUSED_FORMATS.has(facts.format)) {
    throw new PictureError('unsupported', 'Pictures of this format are not photos.');
  }
  const { width, height } = facts.autoOrient;
  if (width * height > MAX_PIXELS) {
    throw new PictureError('too-large', 'The picture has more pixels than can be decoded safely.');
  }
  const { data: pixels, info } = await pipeline
    .resize({ width: shortSide, height: shortSide, fit: 'outside', withoutEnlargement: true })
    .flatten({ background: '#ffffff' })
    .toColourspace('srgb')
    .raw({ depth: 'uchar' })
    .toBuffer({ resolveWithObject: true });
  return {
    picture: toRgb(pixels, info.width, info.height, info.channels),
    format: facts.format === 'heif' && facts.compression === 'av1' ? 'avif' : facts.format,
    width,
    height,
    animated: isAnimated(facts),
  };
}

/** TIFF pages are pages; GIF, WebP, AVIF and PNG pages are frames. */
function isAnimated(facts: Metadata): boolean {
  return (facts.pages ?? 1) > 1 && facts.format !== 'tiff';
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
