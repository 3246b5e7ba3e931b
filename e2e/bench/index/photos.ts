// Photos to be measured with: pictures painted once, then written again and again with another comment, so that no file
// has the bytes of another, nor its size: files as large as a known photo are taken for it at first, and hashed once more.
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { SCENE_NAMES, writePhoto } from '@semblance/testkit';
import sharp from 'sharp';

export interface PhotoSet {
  count: number;
  /** Pixels. */
  width: number;
  height: number;
  quality: number;
  /** Different pictures among them. */
  pictures: number;
}

/** 12 megapixels and 3 to 4 MB, as phones write them. */
export const TWELVE_MEGAPIXELS = { width: 4000, height: 3000, quality: 85, pictures: 8 };
/** For a library that is large in number: what costs is kept per photo, not per pixel. */
export const SMALL = { width: 640, height: 480, quality: 80, pictures: 24 };

/** Writes `<directory>/<folder>/<number>.jpg`, so many to a folder. @returns bytes of a file on average */
export async function writePhotos(directory: string, set: PhotoSet, perFolder = 1000): Promise<number> {
  const pictures: Buffer[] = [];
  await mkdir(directory, { recursive: true });
  for (let i = 0; i < Math.min(set.pictures, set.count); i++) {
    pictures.push(await picture(join(directory, 'picture.tmp'), i, set));
  }
  let bytes = 0;
  for (let i = 0; i < set.count; i++) {
    const folder = join(directory, String(Math.floor(i / perFolder)));
    if (i % perFolder === 0) await mkdir(folder);
    const photo = withComment(
      pictures[i % pictures.length] ?? Buffer.alloc(0),
      `photo ${i} `.padEnd(16 + i, '.'),
    );
    bytes += photo.length;
    await writeFile(join(folder, `${i}.jpg`), photo);
  }
  return bytes / set.count;
}

/** A small scene, enlarged, under the grain of a sensor: painting it at full size would take minutes. */
async function picture(path: string, seed: number, { width, height, quality }: PhotoSet): Promise<Buffer> {
  const scene = SCENE_NAMES[seed % SCENE_NAMES.length] ?? 'sunset';
  const exif = { date: `2024:0${1 + (seed % 9)}:11 10:00:00`, make: 'Apple', model: 'iPhone 15' };
  await writePhoto(path, { scene, seed, width: 800, height: 600, quality: 95, exif });
  const grain = await sharp({
    create: {
      width,
      height,
      channels: 3,
      background: '#808080',
      noise: { type: 'gaussian', mean: 128, sigma: 24 },
    },
  })
    .png({ compressionLevel: 0 })
    .toBuffer();
  const large = await sharp(path).resize({ width, height, fit: 'fill' }).keepMetadata().toBuffer();
  await rm(path);
  return sharp(large)
    .composite([{ input: grain, blend: 'overlay' }])
    .keepMetadata()
    .jpeg({ quality })
    .toBuffer();
}

/** A comment segment after the start of the picture (ITU T.81, B.2.4.5). */
function withComment(jpeg: Buffer, text: string): Buffer {
  const segment = Buffer.from(`\xff\xfe\0\0${text}`, 'latin1');
  segment.writeUInt16BE(segment.length - 2, 2);
  return Buffer.concat([jpeg.subarray(0, 2), segment, jpeg.subarray(2)]);
}
