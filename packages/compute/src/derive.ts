// What is derived from one decoded picture: the stored thumbnail, the blurred placeholder, a browser-safe rendition.
import { randomBytes } from 'node:crypto';
import { mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { resize } from '@semblance/clip';
import { SIGNATURE_SIDE } from '@semblance/core';
import sharp, { type Sharp } from 'sharp';
import { rgbaToThumbHash } from 'thumbhash';
import { openPicture } from './decode.ts';
import { THUMBNAIL_LONG_SIDE, THUMBNAIL_SHORT_SIDE } from './limits.ts';
import type { Picture } from './picture.ts';
import type { Rendition, RenditionFormat } from './protocol.ts';

/** `<directory>/<first two hex digits>/<content hash>.webp`. */
export function thumbnailPath(directory: string, contentHash: string): string {
  return join(directory, contentHash.slice(0, 2), `${contentHash}.webp`);
}

/** Writes the WebP thumbnail under a temporary name and renames it: a reader never sees half of one. */
export async function writeThumbnail(
  picture: Picture,
  directory: string,
  contentHash: string,
): Promise<void> {
  const path = thumbnailPath(directory, contentHash);
  const bytes = await fromPicture(picture)
    .resize({
      ...(picture.width < picture.height
        ? { width: THUMBNAIL_SHORT_SIDE, height: THUMBNAIL_LONG_SIDE }
        : { width: THUMBNAIL_LONG_SIDE, height: THUMBNAIL_SHORT_SIDE }),
      fit: 'inside',
      withoutEnlargement: true,
    })
    .webp({ quality: 80, effort: 2 })
    .toBuffer();
  const temporary = `${path}.${randomBytes(4).toString('hex')}.tmp`;
  try {
    // One of 256 folders, which is nearly always there.
    await writeFile(temporary, bytes).catch(async (error: NodeJS.ErrnoException) => {
      if (error.code !== 'ENOENT') throw error;
      await mkdir(dirname(path), { recursive: true });
      await writeFile(temporary, bytes);
    });
    await rename(temporary, path);
  } catch (error) {
    await rm(temporary, { force: true });
    throw error;
  }
}

/**
 * ThumbHash of a picture, base64 (https://evanw.github.io/thumbhash/). It keeps at most seven waves on a side: more pixels
 * than a few dozen change nothing in it and cost much.
 *
 * @param square the picture squeezed into `SIGNATURE_SIDE` squared pixels, RGB
 * @param picture its size, of which only the shape counts
 */
export function placeholderOf(square: Uint8Array, picture: { width: number; height: number }): string {
  const side = SIGNATURE_SIDE;
  const scale = side / Math.max(picture.width, picture.height);
  const [width, height] = [picture.width, picture.height].map((pixels) =>
    Math.max(1, Math.round(pixels * scale)),
  ) as [number, number];
  const upright = { left: 0, top: 0, width, height };
  const pixels = resize({ data: square, width: side, height: side }, width, height, 'bilinear', upright);
  const rgba = new Uint8Array(width * height * 4).fill(255);
  for (let i = 0; i < width * height; i++) rgba.set(pixels.subarray(3 * i, 3 * i + 3), 4 * i);
  return Buffer.from(rgbaToThumbHash(width, height, rgba)).toString('base64');
}

/**
 * A picture that every browser shows, of at most `maxSide` pixels, upright, in sRGB, without metadata: a JPEG for looking at, a
 * PNG (which keeps what is transparent) for the clipboard, where no other format is sure to be taken.
 */
export async function renditionOf(
  data: Buffer,
  maxSide: number,
  format: RenditionFormat = 'jpeg',
): Promise<Rendition> {
  const { pipeline } = await openPicture(data, { side: maxSide, of: 'longer' });
  const upright = pipeline
    .resize({ width: maxSide, height: maxSide, fit: 'inside', withoutEnlargement: true })
    .toColourspace('srgb');
  if (format === 'png')
    return { bytes: await upright.png({ compressionLevel: 3 }).toBuffer(), contentType: 'image/png' };
  const bytes = await upright.flatten({ background: '#ffffff' }).jpeg({ quality: 88 }).toBuffer();
  return { bytes, contentType: 'image/jpeg' };
}

function fromPicture(picture: Picture): Sharp {
  return sharp(picture.data, { raw: { width: picture.width, height: picture.height, channels: 3 } });
}
