// Formats by name: what each file is taken for, and that its colours come out as people see them.
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { crc32, deflateSync } from 'node:zlib';
import { tempDir } from '@semblance/testkit';
import sharp, { type Sharp } from 'sharp';
import { describe, expect, it } from 'vitest';
import { decode } from '../src/decode.ts';
import { type IngestContext, ingest } from '../src/ingest.ts';
import type { IngestedPhoto } from '../src/protocol.ts';

type Colour = readonly [red: number, green: number, blue: number];

const BRICK: Colour = [178, 68, 52];
/** Inks can print it. */
const KHAKI: Colour = [128, 112, 88];
/** A press moves colours on purpose, there and back by tables that are no inverse of each other. */
const INKS = 20;
const SIDE = 64;

function plain([r, g, b]: Colour): Sharp {
  return sharp({ create: { width: SIDE, height: SIDE, channels: 3, background: { r, g, b } } });
}

const brick = (): Sharp => plain(BRICK);

/** How the middle of a file's picture looks in sRGB. */
async function middle(data: Buffer): Promise<Colour> {
  const { picture } = await decode(data, SIDE);
  const at = ((picture.height >> 1) * picture.width + (picture.width >> 1)) * 3;
  return [picture.data[at] ?? 0, picture.data[at + 1] ?? 0, picture.data[at + 2] ?? 0];
}

function furthest(a: Colour, b: Colour): number {
  return Math.max(...a.map((level, i) => Math.abs(level - (b[i] ?? 0))));
}

/** Name, how it is made, the colour it shows, and how many levels it may be off: printing inks and chroma are coarser. */
const COLOURS: readonly (readonly [
  name: string,
  make: () => Promise<Buffer>,
  shows: Colour,
  within: number,
])[] = [
  ['JPEG', () => brick().jpeg({ quality: 95 }).toBuffer(), BRICK, 3],
  ['JPEG, progressive', () => brick().jpeg({ quality: 95, progressive: true }).toBuffer(), BRICK, 3],
  [
    'JPEG, grey',
    () => plain([120, 120, 120]).greyscale().jpeg({ quality: 95 }).toBuffer(),
    [120, 120, 120],
    2,
  ],
  [
    'JPEG, CMYK',
    () => plain(KHAKI).toColourspace('cmyk').withIccProfile('cmyk').jpeg({ quality: 95 }).toBuffer(),
    KHAKI,
    INKS,
  ],
  ['JPEG, Display P3', () => brick().withIccProfile('p3').jpeg({ quality: 98 }).toBuffer(), BRICK, 4],
  ['PNG', () => brick().png().toBuffer(), BRICK, 0],
  ['PNG, palette', () => brick().png({ palette: true }).toBuffer(), BRICK, 1],
  ['PNG, 16-bit', () => brick().toColourspace('rgb16').png().toBuffer(), BRICK, 1],
  [
    'PNG, 16-bit, Display P3',
    () => brick().toColourspace('rgb16').withIccProfile('p3').png().toBuffer(),
    BRICK,
    3,
  ],
  ['PNG, 16-bit grey', () => plain([77, 77, 77]).toColourspace('grey16').png().toBuffer(), [77, 77, 77], 1],
  ['PNG, half transparent, on white', () => brick().ensureAlpha(0.5).png().toBuffer(), [217, 162, 154], 2],
  ['PNG, wholly transparent, is white', () => brick().ensureAlpha(0).png().toBuffer(), [255, 255, 255], 0],
  ['WebP', () => brick().webp({ quality: 95 }).toBuffer(), BRICK, 4],
  [
    'WebP, lossless with alpha, on white',
    () => brick().ensureAlpha(0.5).webp({ lossless: true }).toBuffer(),
    [217, 162, 154],
    2,
  ],
  ['AVIF', () => brick().avif({ quality: 95 }).toBuffer(), BRICK, 4],
  ['TIFF, LZW', () => brick().tiff({ compression: 'lzw' }).toBuffer(), BRICK, 0],
  ['TIFF, tiled pyramid', () => brick().tiff({ tile: true, pyramid: true }).toBuffer(), BRICK, 1],
  [
    'TIFF, 16-bit',
    () => brick().toColourspace('rgb16').tiff({ compression: 'deflate' }).toBuffer(),
    BRICK,
    1,
  ],
  ['TIFF, Lab', () => brick().toColourspace('lab').tiff({ compression: 'none' }).toBuffer(), BRICK, 2],
  [
    'TIFF, CMYK',
    () => plain(KHAKI).toColourspace('cmyk').withIccProfile('cmyk').tiff({ compression: 'lzw' }).toBuffer(),
    KHAKI,
    INKS,
  ],
  ['GIF', () => brick().gif().toBuffer(), BRICK, 2],
];

describe('colours', () => {
  it.each(COLOURS)('%s', async (_, make, shows, within) => {
    const seen = await middle(await make());
    expect(furthest(seen, shows), `it shows ${seen}`).toBeLessThanOrEqual(within);
  });

  it('a profile is followed, not ignored', async () => {
    // The same numbers mean a stronger red in Display P3.
    const p3 = await sharp({ create: { width: SIDE, height: SIDE, channels: 3, background: '#c83c3c' } })
      .png()
      .toBuffer();
    const { icc } = await sharp(await sharp(p3).withIccProfile('p3').png().toBuffer()).metadata();
    if (icc === undefined) throw new Error('no profile');
    const [red] = await middle(taggedPng(p3, icc));
    expect(red).toBeGreaterThan(205);
  });
});

/** A PNG with a profile put in as it is: no colour is converted. */
function taggedPng(png: Buffer, profile: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from('iCCPprofile\0\0', 'latin1'), deflateSync(profile)]);
  const chunk = Buffer.alloc(body.length + 8);
  chunk.writeUInt32BE(body.length - 4, 0);
  body.copy(chunk, 4);
  chunk.writeUInt32BE(crc32(body), body.length + 4);
  const afterHeader = 33;
  return Buffer.concat([png.subarray(0, afterHeader), chunk, png.subarray(afterHeader)]);
}

async function take(name: string, data: Buffer): Promise<IngestedPhoto> {
  const folder = await tempDir();
  const path = join(folder, name);
  writeFileSync(path, data);
  const context: IngestContext = {
    thumbnailDirectory: join(folder, 'thumbnails'),
    inputSize: 80,
    embed: async () => new Float32Array(1),
  };
  const result = await ingest({ path, embed: false }, context);
  if (!result.ok) throw new Error(JSON.stringify(result));
  return result;
}

describe('what a file is, its bytes say', () => {
  const frames = async (): Promise<Sharp> =>
    sharp([await brick().png().toBuffer(), await plain([1, 2, 3]).png().toBuffer()], {
      join: { animated: true },
    });

  it.each<[string, string, () => Promise<Buffer>]>([
    ['photo.jpg', 'png', () => brick().png().toBuffer()],
    ['photo.png', 'jpeg', () => brick().jpeg().toBuffer()],
    ['photo.heic', 'jpeg', () => brick().jpeg().toBuffer()],
    ['photo.jpeg', 'webp', () => brick().webp().toBuffer()],
    ['photo.bmp', 'gif', () => brick().gif().toBuffer()],
    ['photo.cr2', 'tiff', () => brick().tiff().toBuffer()],
    ['photo.gif', 'avif', () => brick().avif().toBuffer()],
    ['photo', 'jpeg', () => brick().jpeg().toBuffer()],
  ])('%s is really %s', async (name, format, make) => {
    expect(await take(name, await make())).toMatchObject({
      format,
      width: SIDE,
      height: SIDE,
      animated: false,
    });
  });

  it('pictures that move are marked, pages of a document are not', async () => {
    const moving = await frames();
    expect(await take('a.gif', await moving.clone().gif().toBuffer())).toMatchObject({
      animated: true,
      height: SIDE,
    });
    expect(await take('a.webp', await moving.clone().webp().toBuffer())).toMatchObject({
      animated: true,
      height: SIDE,
    });
    const pages = await moving.clone().tiff().toBuffer();
    expect(await take('a.tif', pages)).toMatchObject({ format: 'tiff', animated: false });
  });
});

describe('all eight orientations', () => {
  /** Upright: red on the left, blue on the right, wider than tall. */
  const upright = async (): Promise<Buffer> =>
    sharp({ create: { width: 96, height: 64, channels: 3, background: '#ff0000' } })
      .composite([
        {
          input: await plain([0, 0, 255]).resize(48, 64, { fit: 'fill' }).png().toBuffer(),
          left: 48,
          top: 0,
        },
      ])
      .png()
      .toBuffer();
  // As a camera stores it: mirrored and turned the other way (EXIF 2.32, tag 0x0112).
  const stored: Record<number, (picture: Sharp) => Sharp> = {
    1: (s) => s,
    2: (s) => s.flop(),
    3: (s) => s.rotate(180),
    4: (s) => s.flip(),
    5: (s) => s.rotate(270).flop(),
    6: (s) => s.rotate(270),
    7: (s) => s.rotate(90).flop(),
    8: (s) => s.rotate(90),
  };
  const encoders: Record<string, (picture: Sharp) => Sharp> = {
    jpeg: (s) => s.jpeg({ quality: 95 }),
    png: (s) => s.png(),
    webp: (s) => s.webp({ lossless: true }),
    tiff: (s) => s.tiff({ compression: 'lzw' }),
  };
  const cases = Object.keys(encoders).flatMap((format) =>
    Object.keys(stored).map((orientation) => [format, Number(orientation)] as const),
  );

  it.each(cases)('%s, orientation %i', async (format, orientation) => {
    const turned = await (stored[orientation]?.(sharp(await upright())) ?? sharp()).png().toBuffer();
    const tagged = sharp(turned).withMetadata({ orientation });
    const data = await (encoders[format]?.(tagged) ?? tagged).toBuffer();
    const { picture, facts } = await decode(data, 32);
    expect([facts.width, facts.height]).toEqual([96, 64]);
    expect([picture.width, picture.height]).toEqual([48, 32]);
    const pixel = (x: number): number[] => [
      ...picture.data.subarray((16 * 48 + x) * 3, (16 * 48 + x) * 3 + 3),
    ];
    const [left, right] = [pixel(6), pixel(42)];
    expect((left[0] ?? 0) > 200 && (left[2] ?? 0) < 60, `left is ${left}`).toBe(true);
    expect((right[2] ?? 0) > 200 && (right[0] ?? 0) < 60, `right is ${right}`).toBe(true);
  });
});

/** 48 x 32, brick on the left, blue on the right; written by libjxl's encoder, which is not at hand here. */
const JXL = {
  lossless: '/woHwUoICBAAoABLGIsVANT5H2P8mbyACAABMxEAgwSIB4C0HiSIIgoOVAMJXC1oAjJZ',
  lossy:
    '/woHwU4ASIAoAHADVQ8AAKhQGWXc4OVcz5cfOiymbVxnaKttC0sSB4i3XSdjmgocciuPAAApVAkBUlBQYMN/DMbH4Pj/GIOn' +
    'xwJHxVaKktpGR8VWjYpqDFI7TsKIXQDghnzf933f933f933f933f933f933f933f933f933f933f933f9xkswg4A5Vz/sNXR' +
    'fOAmEU4kIfNdOEQxT1GmurCs/UjUSwqdohezDCC7mAABCQVBRGbKgp2wQgrk8TJjTMaM8TLGyxhjZowZ+68AQOXytGlaOJvH' +
    'owop2Wj0Ul5svPeW4AGMBA==',
};

describe('JPEG XL', () => {
  it.each([
    ['lossless', 0],
    ['lossy', 12],
  ] as const)('%s', async (kind, within) => {
    const data = Buffer.from(JXL[kind], 'base64');
    expect(await take('photo.jpg', data)).toMatchObject({ format: 'jxl', width: 48, height: 32 });
    const { picture } = await decode(data, 32);
    const at = (16 * 48 + 10) * 3;
    expect(furthest([...picture.data.subarray(at, at + 3)] as unknown as Colour, BRICK)).toBeLessThanOrEqual(
      within,
    );
  });

  it.each([
    ['cut off', Buffer.from(JXL.lossy, 'base64').subarray(0, 120)],
    ['only its first bytes', Buffer.from(JXL.lossy, 'base64').subarray(0, 4)],
    ['damaged', Buffer.from(JXL.lossless, 'base64').fill(0xa5, 12, 40)],
  ])('%s', async (_, data) => {
    await expect(take('photo.jxl', data)).rejects.toThrow(/corrupt.*(damaged|cut off)/);
  });
});

const ODD = join(
  process.env.SEMBLANCE_PHOTOS ?? resolve(import.meta.dirname, '../../../../shared/photos'),
  'odd',
);
const absent = existsSync(ODD) ? false : `no photos at ${ODD}`;

describe.skipIf(absent)('files of the collection', () => {
  it('CMYK as Photoshop writes it, inverted and without a profile, is red where it is red', async () => {
    const { picture } = await decode(readFileSync(join(ODD, 'Pillow__images_pil_sample_cmyk.jpg')), 100);
    expect(furthest([...picture.data.subarray(0, 3)] as unknown as Colour, [237, 28, 36])).toBeLessThan(INKS);
  });

  it.each([
    ['metadata-extractor__cheers_1440x960.heic', 'photo.jpg', 'heic', '1440x960'],
    ['exif-samples__samplefilehub.heif', 'photo.avif', 'heic', '640x426'],
    ['Pillow__images_avif_exif.avif', 'photo.heic', 'avif', '512x512'],
    ['metadata-extractor__Nikon_D1X.webp', 'photo.nef', 'webp', '600x391'],
  ])('%s as %s is %s', async (file, name, format, size) => {
    const result = await take(name, readFileSync(join(ODD, file)));
    expect(`${result.format} ${result.width}x${result.height}`).toBe(`${format} ${size}`);
  });
});
