// Everything that libvips decodes by itself: JPEG, PNG, WebP, AVIF, TIFF, GIF.
import sharp, { type Metadata, type Sharp } from 'sharp';
import { PictureError } from '../failures.ts';
import { DECODE_SECONDS, MAX_PIXELS } from '../limits.ts';
import type { PictureFacts } from '../picture.ts';

// One picture uses one thread; many pictures share the pool. Caching helps nobody who sees every file once.
sharp.concurrency(1);
sharp.cache(false);

/** Formats that libvips decodes but that are documents or scripts, not photos. */
const REFUSED_FORMATS = new Set(['svg', 'pdf', 'magick', 'openslide', 'ppm', 'vips', 'raw', 'dcraw', 'fits']);

/** A lazy pipeline with every limit set. `failOn: 'error'` refuses truncated pictures instead of greying them. */
export function openSharp(data: Buffer): Sharp {
  return sharp(data, {
    limitInputPixels: MAX_PIXELS,
    limitInputChannels: 5,
    failOn: 'error',
    sequentialRead: true,
    autoOrient: true,
  }).timeout({ seconds: DECODE_SECONDS });
}

/** Reads the header only. @throws PictureError, and what libvips throws */
export async function factsOf(pipeline: Sharp): Promise<PictureFacts> {
  const facts = await pipeline.metadata();
  if (REFUSED_FORMATS.has(facts.format)) {
    throw new PictureError('unsupported', 'Pictures of this format are not photos.');
  }
  const { width, height } = facts.autoOrient;
  if (width * height > MAX_PIXELS) {
    throw new PictureError('too-large', 'The picture has more pixels than can be decoded safely.');
  }
  return {
    format: facts.format === 'heif' && facts.compression === 'av1' ? 'avif' : facts.format,
    width,
    height,
    animated: isAnimated(facts),
  };
}

/**
 * sharp brings 16-bit pictures with a profile of their own to Display P3 and then calls the numbers sRGB (0.35,
 * pipeline.cc, `processingProfile`): they would come out pale. A second conversion, P3 to sRGB, is asked for.
 */
export async function inSrgb(pipeline: Sharp): Promise<Sharp> {
  const { depth, hasProfile } = await pipeline.metadata();
  return depth === 'ushort' && hasProfile ? pipeline.withIccProfile('srgb') : pipeline;
}

/** TIFF pages are pages; GIF, WebP, AVIF and PNG pages are frames. */
function isAnimated(facts: Metadata): boolean {
  return (facts.pages ?? 1) > 1 && facts.format !== 'tiff';
}
