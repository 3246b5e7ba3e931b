// Generated photos: found by their queries, upright whatever their orientation, the same for the same seed.
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { dot, loadImageEncoder, loadTextEncoder, preprocess, readModelFolder } from '@semblance/clip';
import sharp from 'sharp';
import { describe, expect, onTestFinished, test } from 'vitest';
import { SCENE_NAMES, SCENES, tempDir, writeLibrary, writePhoto } from '../src/index.ts';

const STARTER = fileURLToPath(new URL('../../../assets/models/starter', import.meta.url));

interface Pixels {
  data: Buffer;
  width: number;
  height: number;
}

/** Upright RGB, scaled down like compute does before it preprocesses. */
async function decode(path: string): Promise<Pixels> {
  const { data, info } = await sharp(path, { autoOrient: true })
    .resize({ width: 320, height: 320, fit: 'outside', withoutEnlargement: true })
    .raw()
    .toBuffer({ resolveWithObject: true });
  expect(info.channels).toBe(3);
  return { data, width: info.width, height: info.height };
}

/** Mean absolute difference in levels. */
function difference(a: Pixels, b: Pixels): number {
  expect([a.width, a.height]).toEqual([b.width, b.height]);
  let sum = 0;
  for (let i = 0; i < a.data.length; i++) sum += Math.abs((a.data[i] ?? 0) - (b.data[i] ?? 0));
  return sum / a.data.length;
}

test('in a library of 24, every scene’s query ranks one of its photos first, ahead of all others', async () => {
  const directory = await tempDir();
  const photos = await writeLibrary(directory, { side: 600 });
  expect(photos).toHaveLength(24);
  const folder = await readModelFolder(STARTER);
  const image = await loadImageEncoder(folder);
  onTestFinished(() => image.dispose());
  const text = await loadTextEncoder(folder);
  onTestFinished(() => text.dispose());
  const inputs = await Promise.all(
    photos.map(async ({ path }) => preprocess(await decode(path), image.config)),
  );
  const embeddings = await image.encode(inputs);

  for (const scene of SCENE_NAMES) {
    const { query } = SCENES[scene];
    const { embedding } = await text.encodeQuery(query);
    const ranked = photos
      .map((photo, i) => ({ scene: photo.scene, cosine: dot(embedding, embeddings[i] ?? []) }))
      .sort((a, b) => b.cosine - a.cosine);
    const runnerUp = ranked.find((photo) => photo.scene !== scene)?.cosine ?? 1;
    expect(ranked[0]?.scene, query).toBe(scene);
    // A margin that another JPEG encoder or processor will not eat up.
    expect((ranked[0]?.cosine ?? 0) - runnerUp, query).toBeGreaterThan(0.03);
  }
});

describe('EXIF', () => {
  test.each([1, 2, 3, 4, 5, 6, 7, 8])('orientation %i: stored turned, seen upright', async (orientation) => {
    const directory = await tempDir();
    const [plain, turned] = [join(directory, 'plain.jpg'), join(directory, 'turned.jpg')];
    const photo = { scene: 'beach', width: 240, height: 160, quality: 95 } as const;
    await writePhoto(plain, photo);
    await writePhoto(turned, { ...photo, exif: { orientation } });
    const facts = await sharp(turned).metadata();
    expect(facts.orientation).toBe(orientation);
    expect([facts.width, facts.height]).toEqual(orientation > 4 ? [160, 240] : [240, 160]);
    expect(difference(await decode(plain), await decode(turned))).toBeLessThan(2);
  });

  test('date, camera and place are written beside the orientation', async () => {
    const path = join(await tempDir(), 'deep', 'er', 'photo.jpg');
    const gps = { latitude: -33.8688, longitude: 151.2093 };
    const exif = { date: '2024:06:01 18:30:05', make: 'FUJIFILM', model: 'X-T5', orientation: 6, gps };
    await writePhoto(path, { scene: 'sunset', width: 90, height: 60, exif });
    const block = (await sharp(path).metadata()).exif ?? Buffer.alloc(0);
    for (const text of ['2024:06:01 18:30:05', 'FUJIFILM', 'X-T5'])
      expect(block.includes(text), text).toBe(true);
    // Degrees, minutes, seconds of the latitude as little-endian rationals: 33/1 52/1 76800/10000, reduced or not.
    expect(block.includes(Buffer.from(Uint32Array.of(33, 1, 52, 1).buffer))).toBe(true);
  });
});

test('the same seed gives the same bytes, another seed another picture', async () => {
  const directory = await tempDir();
  const write = async (name: string, seed: number): Promise<Buffer> => {
    const path = join(directory, name);
    await writePhoto(path, { scene: 'flower', width: 300, height: 200, seed });
    return readFile(path);
  };
  const first = await write('a.jpg', 5);
  expect((await write('b.jpg', 5)).equals(first)).toBe(true);
  expect((await write('c.jpg', 6)).equals(first)).toBe(false);
});

test.each(['jpeg', 'png', 'webp', 'avif', 'tiff'] as const)('writes %s', async (format) => {
  const path = join(await tempDir(), 'photo.bin');
  await writePhoto(path, { scene: 'drawing', width: 120, height: 80, format, quality: 50 });
  const facts = await sharp(path).metadata();
  expect(facts.format).toBe(format === 'avif' ? 'heif' : format);
  expect([facts.width, facts.height]).toEqual([120, 80]);
});
