// What is derived from one decoded picture: the stored thumbnail, the blurred placeholder, a browser-safe rendition.
import { randomBytes } from 'node:crypto';
import { mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
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

/** ThumbHash keeps at most seven waves on a side: more pixels than these change nothing in it and cost much. */
const PLACEHOLDER_SIDE = 32;

/** ThumbHash of the picture, base64 (https://evanw.github.io/thumbhash/). */
export async function placeholderOf(picture: Picture): Promise<string> {
  const { data, info } = await fromPicture(picture)
    .resize({ width: PLACEHOLDER_SIDE, height: PLACEHOLDER_SIDE, fit: 'inside', kernel: 'linear' })
    .ensureAlpha()
    .raw()
    .toBuffer({ resolveWithObject: true });
  return Buffer.from(rgbaToThumbHash(info.width, info.height, data)).toString('base64');
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
