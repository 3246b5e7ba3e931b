// Pictures from decoders of our own, handed to libvips: from here on they are treated like any other.
import sharp, { type Sharp } from 'sharp';
import type { Raster } from '../picture.ts';
import { openSharp } from './sharp.ts';
import { writeTiff } from './tiff.ts';

/** libvips converts from the raster's profile to sRGB, as it does for the profile in a JPEG. */
export async function openRaster({ data, width, height, profile }: Raster): Promise<Sharp> {
  if (profile === 'srgb') return sharp(data, { raw: { width, height, channels: 3 } });
  const icc = profile === 'display-p3' ? await displayP3() : profile;
  return openSharp(writeTiff(data, width, height, icc));
}

let p3: Promise<Uint8Array> | undefined;

/** libvips carries a Display P3 profile, but gives it out only inside a picture. */
function displayP3(): Promise<Uint8Array> {
  p3 ??= (async () => {
    const picture = await sharp({ create: { width: 1, height: 1, channels: 3, background: '#fff' } })
      .withIccProfile('p3')
      .png()
      .toBuffer();
    const { icc } = await sharp(picture).metadata();
    if (icc === undefined) throw new Error('This build of libvips has no Display P3 profile.');
    return icc;
  })();
  return p3;
}
