// HEIC from real files: nothing here can write HEVC. They lie beside the project, or SEMBLANCE_PHOTOS names their place.
import { createHash } from 'node:crypto';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import sharp from 'sharp';
import { afterAll, describe, expect, it } from 'vitest';
import { thumbnailPath } from '../src/derive.ts';
import { decoderOf, isSequence } from '../src/formats/detect.ts';
import { openRaster } from '../src/formats/raster.ts';
import { type IngestContext, ingest } from '../src/ingest.ts';
import type { Profile } from '../src/picture.ts';
import { createProgram } from '../src/program.ts';

const ODD = join(
  process.env.SEMBLANCE_PHOTOS ?? resolve(import.meta.dirname, '../../../../shared/photos'),
  'odd',
);
const PHONE = join(ODD, 'exif-samples__IMG_5195.HEIC');
const present = existsSync(PHONE);
if (!present) console.log('HEIC: real files skipped, because there is no collection beside the project');

const folder = mkdtempSync(join(tmpdir(), 'semblance-heic-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const context: IngestContext = {
  thumbnailDirectory: join(folder, 'thumbnails'),
  inputSize: 224,
  embed: async (picture) => Float32Array.of(picture.width, picture.height),
};

function ftyp(major: string, ...compatible: string[]): Buffer {
  const brands = Buffer.from(`ftyp${major}\0\0\0\0${compatible.join('')}`, 'latin1');
  const size = Buffer.alloc(4);
  size.writeUInt32BE(brands.length + 4);
  return Buffer.concat([size, brands, Buffer.alloc(64)]);
}

describe('what decodes a HEIF file', () => {
  it.each([
    [ftyp('heic', 'mif1', 'heic'), 'heic', false],
    [ftyp('mif1', 'mif1', 'heix'), 'heic', false],
    [ftyp('msf1', 'hevc', 'mif1'), 'heic', true],
    [ftyp('mif1', 'miaf'), 'heic', false],
    [Buffer.concat([ftyp('mif1', 'miaf'), Buffer.from('infe av01')]), 'sharp', false],
    [ftyp('avif', 'mif1', 'miaf'), 'sharp', false],
    [ftyp('mif1', 'avif'), 'sharp', false],
    [ftyp('isom', 'mp42'), 'sharp', false],
    [Buffer.from('ftyp'), 'sharp', false],
  ])('is decided by its brands (%#)', (data, decoder, sequence) => {
    expect(decoderOf(data)).toBe(decoder);
    expect(isSequence(data)).toBe(sequence);
  });

  it('names a container without a picture as damaged, whatever its name', async () => {
    for (const name of ['empty.heic', 'empty.jpg']) {
      writeFileSync(join(folder, name), ftyp('heic', 'mif1'));
      const result = await ingest({ path: join(folder, name), embed: true }, context);
      expect(result).toMatchObject({ ok: false, reason: 'corrupt' });
    }
  });
});

describe('colours of a decoded raster', () => {
  const grey = async (profile: Profile): Promise<number[]> => {
    const data = new Uint8Array(16 * 130 * 3).map((_, i) => [200, 100, 50][i % 3] as number);
    const shape = { width: 16, height: 130, fullWidth: 16, fullHeight: 130, animated: false };
    const pipeline = await openRaster({ data, profile, ...shape });
    const { data: pixels, info } = await pipeline
      .toColourspace('srgb')
      .raw()
      .toBuffer({ resolveWithObject: true });
    expect([info.width, info.height, info.channels]).toEqual([16, 130, 3]);
    // The last strip as well as the first.
    expect([...pixels.subarray(-3)]).toEqual([...pixels.subarray(0, 3)]);
    return [...pixels.subarray(0, 3)];
  };

  it('sRGB stays as it is', async () => {
    expect(await grey('srgb')).toEqual([200, 100, 50]);
  });

  it('Display P3 becomes sRGB, by name and by ICC profile', async () => {
    const expected = p3ToSrgb([200, 100, 50]);
    const picture = await sharp({ create: { width: 1, height: 1, channels: 3, background: '#fff' } })
      .withIccProfile('p3')
      .png()
      .toBuffer();
    const { icc } = await sharp(picture).metadata();
    for (const profile of ['display-p3', icc as Buffer] as const) {
      const colour = await grey(profile);
      colour.forEach((value, i) => {
        expect(Math.abs(value - (expected[i] as number))).toBeLessThanOrEqual(2);
      });
    }
  });
});

describe.skipIf(!present)('real HEIC files', () => {
  it('a phone photo: upright, with date, camera and place', async () => {
    const result = await ingest({ path: PHONE, embed: true }, context);
    if (!result.ok) throw new Error(JSON.stringify(result));
    expect(result).toMatchObject({ format: 'heic', width: 2566, height: 3313, animated: false });
    expect(new Date(result.takenAt ?? 0).toISOString()).toBe('2021-04-11T15:47:53.000Z');
    expect(result.camera).toMatchObject({ make: 'Apple', model: 'iPhone 11 Pro Max' });
    expect(result.place?.latitude).toBeCloseTo(39.0513);
    expect([...(result.embedding ?? [])]).toEqual([448, 578]);
    const { width, height } = await sharp(
      thumbnailPath(context.thumbnailDirectory, result.contentHash),
    ).metadata();
    expect([width, height]).toEqual([320, 413]);
  });

  it.each([
    ['exif-samples__samplefilehub.heif', 640, 426],
    ['metadata-extractor__cheers_1440x960.heic', 1440, 960],
  ])('%s, even under a lying name', async (name, width, height) => {
    const lie = join(folder, `${name}.jpg`);
    writeFileSync(lie, readFileSync(join(ODD, name)));
    expect(await ingest({ path: lie, embed: true }, context)).toMatchObject({
      ok: true,
      format: 'heic',
      width,
      height,
    });
  });

  it('is shown by a browser as JPEG, and its thumbnail can be made again', async () => {
    const program = createProgram();
    await program.setup({
      modelDirectory: null,
      warm: 'text',
      intraOpThreads: 1,
      thumbnailDirectory: join(folder, 'again'),
    });
    const shown = await program.render(PHONE, 1000);
    if (!shown.ok) throw new Error(shown.message);
    const { format, width, height } = await sharp(shown.bytes).metadata();
    expect({ format, width, height }).toEqual({ format: 'jpeg', width: 775, height: 1000 });
    const copied = await program.render(PHONE, 500, 'png');
    if (!copied.ok) throw new Error(copied.message);
    expect(copied.contentType).toBe('image/png');
    const copy = await sharp(copied.bytes).metadata();
    // Nothing of the file itself: no place, no camera.
    expect([copy.format, copy.height, copy.exif]).toEqual(['png', 500, undefined]);
    const hash = createHash('sha256').update(readFileSync(PHONE)).digest('hex');
    expect(await program.makeThumbnail(PHONE, hash)).toEqual({ ok: true });
    expect(existsSync(thumbnailPath(join(folder, 'again'), hash))).toBe(true);
  });

  it('cut off, it is damaged', async () => {
    const whole = readFileSync(PHONE);
    for (const part of [0.01, 0.5, 0.95]) {
      const path = join(folder, `cut-${part}.heic`);
      writeFileSync(path, whole.subarray(0, whole.length * part));
      expect(await ingest({ path, embed: true }, context)).toMatchObject({ ok: false, reason: 'corrupt' });
    }
  });

  it('a header that promises four billion pixels is refused before decoding', async () => {
    const bomb = readFileSync(PHONE);
    for (let at = bomb.indexOf('ispe'); at !== -1; at = bomb.indexOf('ispe', at + 4)) {
      bomb.writeUInt32BE(65_000, at + 8);
      bomb.writeUInt32BE(65_000, at + 12);
    }
    const path = join(folder, 'bomb.heic');
    writeFileSync(path, bomb);
    const start = performance.now();
    expect(await ingest({ path, embed: true }, context)).toMatchObject({ ok: false, reason: 'too-large' });
    expect(performance.now() - start).toBeLessThan(1000);
  });
});

/** By the standards' own matrices (SMPTE EG 432-1, IEC 61966-2-1); both share sRGB's curve and white. */
function p3ToSrgb(colour: number[]): number[] {
  const [r = 0, g = 0, b = 0] = colour.map((v) => {
    const x = v / 255;
    return x <= 0.04045 ? x / 12.92 : ((x + 0.055) / 1.055) ** 2.4;
  });
  return [
    1.2249402 * r - 0.2249402 * g,
    -0.0420569 * r + 1.0420569 * g,
    -0.0196376 * r - 0.0786361 * g + 1.0982737 * b,
  ].map((x) => 255 * (x <= 0.0031308 ? 12.92 * Math.max(0, x) : 1.055 * Math.min(1, x) ** (1 / 2.4) - 0.055));
}
