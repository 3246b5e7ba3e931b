// Signatures and comparisons of photos, from the thumbnails that the library keeps anyway.
import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import {
  align,
  COMPARE_SIDE,
  comparable,
  judge,
  type Likeness,
  type PictureToCompare,
  SIGNATURE_SIDE,
  signatureOf,
} from '@semblance/core';
import sharp from 'sharp';
import { decode, openPicture } from './decode.ts';
import { thumbnailPath } from './derive.ts';
import { THUMBNAIL_SHORT_SIDE } from './limits.ts';
import type { Picture } from './picture.ts';
import type { PhotoToCompare } from './protocol.ts';
import { readPhoto } from './read.ts';

/** Prepared pictures kept, least recently used first out: about 1 MB each. */
const KEPT = 96;

export interface Comparer {
  compare(a: PhotoToCompare, b: PhotoToCompare): Promise<Likeness>;
}

/**
 * The picture squeezed into SIGNATURE_SIDE squared pixels, RGB: signature and placeholder are both made of it.
 *
 * @param picture larger ones cost more and give the same
 */
export async function squareOf({ data, width, height }: Picture): Promise<Uint8Array> {
  return sharp(data, { raw: { width, height, channels: 3 } })
    .resize({ width: SIGNATURE_SIDE, height: SIGNATURE_SIDE, fit: 'fill', kernel: 'mitchell' })
    .raw()
    .toBuffer();
}

/** Light that a level stands for, 0 to 1 (IEC 61966-2-1). */
const LIGHT = Float64Array.from({ length: 256 }, (_, level) => {
  const value = level / 255;
  return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
});

/** @param square as `squareOf` gives it. Grey as libvips makes it, by light and not by level */
export function signatureOfSquare(square: Uint8Array): Uint8Array {
  const grey = new Uint8Array(square.length / 3);
  for (let i = 0; i < grey.length; i++) {
    const [red, green, blue] = [0, 1, 2].map((channel) => LIGHT[square[3 * i + channel] ?? 0] ?? 0);
    const light = 0.2126 * (red ?? 0) + 0.7152 * (green ?? 0) + 0.0722 * (blue ?? 0);
    grey[i] = Math.round(255 * (light <= 0.0031308 ? 12.92 * light : 1.055 * light ** (1 / 2.4) - 0.055));
  }
  return signatureOf(grey);
}

/** From the stored thumbnail; of a photo without one, from its file. @throws PictureError, and what libvips throws */
export async function signPhoto(
  photo: { path: string; contentHash: string },
  thumbnails: string,
): Promise<Uint8Array> {
  return signatureOfSquare(await squareOf(await smallPicture(photo, thumbnails)));
}

async function smallPicture(
  { path, contentHash }: { path: string; contentHash: string },
  thumbnails: string,
): Promise<Picture> {
  const stored = await readFile(thumbnailPath(thumbnails, contentHash)).catch(() => null);
  const data = stored ?? (await readPhoto(path)).data;
  return (await decode(data, THUMBNAIL_SHORT_SIDE)).picture;
}

export function createComparer(thumbnails: () => string): Comparer {
  const kept = new Map<string, Promise<PictureToCompare>>();

  const prepared = (photo: PhotoToCompare): Promise<PictureToCompare> => {
    const known = kept.get(photo.contentHash) ?? prepare(photo, thumbnails());
    kept.delete(photo.contentHash);
    kept.set(photo.contentHash, known);
    const [oldest] = kept.keys();
    if (kept.size > KEPT && oldest !== undefined) kept.delete(oldest);
    known.catch(() => kept.delete(photo.contentHash));
    return known;
  };

  return {
    async compare(a, b) {
      const [left, right] = await Promise.all([prepared(a), prepared(b)]);
      const likeness = judge(left, right, align(left, right));
      const sameSize = left.width === right.width && left.height === right.height;
      // An empty picture can be laid over anything; its pixels still tell whether it is the very same.
      const undecided = likeness.kind === 'none' && looksTheSame(left, right);
      const mayBeExact = sameSize && (likeness.kind === 'resaved' || undecided);
      if (!mayBeExact || !(await samePixels(a, b))) return likeness;
      const change = left.format === right.format ? 'metadata' : 'converted';
      return { kind: 'exact', ofA: [change], ofB: [change], difference: 0 };
    },
  };
}

async function prepare(photo: PhotoToCompare, thumbnails: string): Promise<PictureToCompare> {
  const small = await smallPicture(photo, thumbnails);
  const { data, info } = await sharp(small.data, {
    raw: { width: small.width, height: small.height, channels: 3 },
  })
    .resize({ width: COMPARE_SIDE, height: COMPARE_SIDE, fit: 'inside', withoutEnlargement: true })
    .raw()
    .toBuffer({ resolveWithObject: true });
  const picture = { data: new Uint8Array(data), width: info.width, height: info.height };
  const { width, height, format } = photo;
  return { picture, prepared: comparable(picture), width, height, format };
}

/** Within a level everywhere, seen small. */
function looksTheSame(a: PictureToCompare, b: PictureToCompare): boolean {
  const other = b.prepared.square.data;
  return a.prepared.square.data.every((level, i) => Math.abs(level - (other[i] ?? 0)) < 1);
}

async function samePixels(a: PhotoToCompare, b: PhotoToCompare): Promise<boolean> {
  const [left, right] = [await pixelHash(a.path), await pixelHash(b.path)];
  return left !== null && left === right;
}

/** SHA-256 of all pixels at full size, upright; null when the file cannot be decoded now. */
async function pixelHash(path: string): Promise<string | null> {
  try {
    const { data } = await readPhoto(path);
    const { facts, pipeline } = await openPicture(data, { side: 1_000_000, of: 'longer' });
    const { data: pixels, info } = await pipeline.raw().toBuffer({ resolveWithObject: true });
    const head = `${facts.width} ${facts.height} ${info.channels} `;
    return createHash('sha256').update(head).update(pixels).digest('hex');
  } catch {
    return null;
  }
}
