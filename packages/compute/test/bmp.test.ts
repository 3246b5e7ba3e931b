// Bitmaps written by hand, one of each kind, hostile ones included.
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { decode } from '../src/decode.ts';
import { decodeBmp } from '../src/formats/bmp.ts';
import { type IngestContext, ingest } from '../src/ingest.ts';

const folder = mkdtempSync(join(tmpdir(), 'semblance-bmp-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const context: IngestContext = {
  thumbnailDirectory: folder,
  inputSize: undefined,
  embed: async () => Float32Array.of(1),
};
const wanted = { side: 320, of: 'shorter' } as const;

const RED = [255, 0, 0];
const GREEN = [0, 255, 0];
const BLUE = [0, 0, 255];
/** Three pixels wide, two high; from the top: red green blue, blue red green. */
const EXPECTED = [RED, GREEN, BLUE, BLUE, RED, GREEN].flat();
/** As in files: blue, green, red, nothing. */
const PALETTE = [0, 0, 255, 0, 0, 255, 0, 0, 255, 0, 0, 0];

interface Kind {
  bits: number;
  pixels: number[];
  compression?: number;
  /** What stands between the header and the pixels: masks or palette. */
  extra?: number[];
  colours?: number;
  width?: number;
  height?: number;
}

function bmp({
  bits,
  pixels,
  compression = 0,
  extra = [],
  colours = 0,
  width = 3,
  height = 2,
}: Kind): Buffer {
  const header = Buffer.alloc(54);
  header.write('BM');
  header.writeUInt32LE(54 + extra.length, 10);
  header.writeUInt32LE(40, 14);
  header.writeInt32LE(width, 18);
  header.writeInt32LE(height, 22);
  header.writeUInt16LE(1, 26);
  header.writeUInt16LE(bits, 28);
  header.writeUInt32LE(compression, 30);
  header.writeUInt32LE(colours, 46);
  return Buffer.concat([header, Buffer.from(extra), Buffer.from(pixels)]);
}

/** OS/2 1.x: a header of 12 bytes, palette entries of three. */
function os2(): Buffer {
  const header = Buffer.alloc(26);
  header.write('BM');
  header.writeUInt32LE(26 + 12, 10);
  header.writeUInt32LE(12, 14);
  header.writeUInt16LE(3, 18);
  header.writeUInt16LE(2, 20);
  header.writeUInt16LE(1, 22);
  header.writeUInt16LE(4, 24);
  const palette = [0, 0, 255, 0, 255, 0, 255, 0, 0, 0, 0, 0];
  return Buffer.concat([header, Buffer.from(palette), Buffer.from([0x20, 0x10, 0, 0, 0x01, 0x20, 0, 0])]);
}

const five = (value: number): number[] => [value & 255, value >> 8];
const row24 = (a: number[], b: number[], c: number[]): number[] => [
  ...[a, b, c].flatMap((p) => p.toReversed()),
  0,
  0,
  0,
];
const row32 = (...row: number[][]): number[] => row.flatMap((p) => [...p.toReversed(), 0]);
const masks = (...values: number[]): number[] => [...Buffer.from(Uint32Array.from(values).buffer)];

describe('every kind of bitmap gives the same picture', () => {
  it.each<[string, Buffer]>([
    ['24 bits', bmp({ bits: 24, pixels: [...row24(BLUE, RED, GREEN), ...row24(RED, GREEN, BLUE)] })],
    [
      '24 bits from the top',
      bmp({ bits: 24, height: -2, pixels: [...row24(RED, GREEN, BLUE), ...row24(BLUE, RED, GREEN)] }),
    ],
    [
      '24 bits without the last padding',
      bmp({ bits: 24, pixels: [...row24(BLUE, RED, GREEN), ...row24(RED, GREEN, BLUE)].slice(0, -3) }),
    ],
    [
      '32 bits with zero alpha',
      bmp({ bits: 32, pixels: [...row32(BLUE, RED, GREEN), ...row32(RED, GREEN, BLUE)] }),
    ],
    [
      '32 bits with masks of their own',
      bmp({
        bits: 32,
        compression: 3,
        extra: masks(0xff000000, 0xff0000, 0xff00),
        pixels: [BLUE, RED, GREEN, RED, GREEN, BLUE].flatMap(([r = 0, g = 0, b = 0]) => [0, b, g, r]),
      }),
    ],
    [
      '16 bits, five a colour',
      bmp({
        bits: 16,
        pixels: [31, 0x7c00, 0x3e0, 0, 0x7c00, 0x3e0, 31, 0].flatMap(five),
      }),
    ],
    [
      '16 bits, 5-6-5',
      bmp({
        bits: 16,
        compression: 3,
        extra: masks(0xf800, 0x7e0, 0x1f),
        pixels: [31, 0xf800, 0x7e0, 0, 0xf800, 0x7e0, 31, 0].flatMap(five),
      }),
    ],
    ['8 bits', bmp({ bits: 8, colours: 3, extra: PALETTE, pixels: [2, 0, 1, 0, 0, 1, 2, 0] })],
    [
      '4 bits, odd width',
      bmp({ bits: 4, colours: 3, extra: PALETTE, pixels: [0x20, 0x10, 0, 0, 1, 0x20, 0, 0] }),
    ],
    [
      '2 bits',
      bmp({ bits: 2, colours: 3, extra: PALETTE, pixels: [0b10000100, 0, 0, 0, 0b00011000, 0, 0, 0] }),
    ],
    ['4 bits of OS/2', os2()],
    [
      'RLE8: runs, pixels one by one, end of line',
      bmp({
        bits: 8,
        compression: 1,
        colours: 3,
        extra: PALETTE,
        pixels: [1, 2, 1, 0, 1, 1, 0, 0, 0, 3, 0, 1, 2, 0, 0, 1],
      }),
    ],
    [
      'RLE8: a move',
      bmp({
        bits: 8,
        compression: 1,
        colours: 3,
        extra: PALETTE,
        pixels: [1, 2, 0, 2, 1, 0, 1, 1, 0, 0, 0, 2, 1, 0, 1, 1, 1, 2, 0, 1],
      }),
    ],
    [
      'RLE4',
      bmp({
        bits: 4,
        compression: 2,
        colours: 3,
        extra: PALETTE,
        pixels: [2, 0x20, 1, 0x10, 0, 0, 0, 3, 0x01, 0x20, 0, 1],
      }),
    ],
  ])('%s', (_, data) => {
    const { data: pixels, ...shape } = decodeBmp(data, wanted);
    expect(shape).toMatchObject({ width: 3, height: 2, fullWidth: 3, fullHeight: 2 });
    expect([...pixels]).toEqual(EXPECTED);
  });

  it('one bit', () => {
    const extra = [0, 0, 0, 0, 255, 255, 255, 0];
    const data = bmp({ bits: 1, extra, width: 9, height: 1, pixels: [0b10100000, 0b10000000, 0, 0] });
    const grey = decodeBmp(data, wanted).data.filter((_, i) => i % 3 === 0);
    expect([...grey]).toEqual([255, 0, 255, 0, 0, 0, 0, 0, 255]);
  });
});

it('a large bitmap is averaged down, and libvips does the rest', async () => {
  const [width, height] = [1600, 1200];
  const row = Array.from({ length: width }, (_, x) => (x < width / 2 ? [0, 0, 255] : [255, 0, 0])).flat();
  const data = bmp({ bits: 24, width, height, pixels: [] });
  const whole = Buffer.concat([data, ...Array.from({ length: height }, () => Buffer.from(row))]);
  const raster = decodeBmp(whole, { side: 200, of: 'shorter' });
  expect([raster.width, raster.height, raster.fullWidth]).toEqual([533, 400, 1600]);
  const { picture, facts } = await decode(whole, 200);
  expect(facts).toEqual({ format: 'bmp', width, height, animated: false });
  expect([picture.width, picture.height]).toEqual([267, 200]);
  expect([...picture.data.subarray(0, 3)]).toEqual(RED);
  expect([...picture.data.subarray(-3)]).toEqual(BLUE);
});

describe('a hostile bitmap ends as a failure, at once', () => {
  const rle = (...pixels: number[]): Buffer =>
    bmp({ bits: 8, compression: 1, colours: 3, extra: PALETTE, pixels });

  it.each<[string, Buffer, string]>([
    ['four billion pixels', bmp({ bits: 24, width: 65_000, height: 65_000, pixels: [] }), 'too-large'],
    ['two billion rows', bmp({ bits: 1, width: 1, height: -0x80000000, pixels: [] }), 'too-large'],
    ['no width', bmp({ bits: 24, width: 0, pixels: [] }), 'corrupt'],
    ['a negative width', bmp({ bits: 24, width: -3, pixels: [] }), 'corrupt'],
    ['pixels cut off', bmp({ bits: 24, pixels: row24(RED, RED, RED) }), 'corrupt'],
    ['an odd depth', bmp({ bits: 7, pixels: [0, 0, 0, 0, 0, 0, 0, 0] }), 'corrupt'],
    ['JPEG inside', bmp({ bits: 0, compression: 4, pixels: [] }), 'unsupported'],
    ['a fax of OS/2', bmp({ bits: 1, compression: 3, pixels: [0, 0, 0, 0] }), 'unsupported'],
    ['a run that leaves the picture', rle(200, 1, 0, 1), 'corrupt'],
    ['a move that leaves the picture', rle(0, 2, 200, 200, 1, 1), 'corrupt'],
    ['runs cut off', rle(1, 1, 0), 'corrupt'],
    ['nothing after the header', bmp({ bits: 24, pixels: [] }).subarray(0, 30), 'corrupt'],
  ])('%s', async (_, data, reason) => {
    const path = join(folder, 'hostile.bmp');
    writeFileSync(path, data);
    const start = performance.now();
    expect(await ingest({ path, embed: false }, context)).toMatchObject({ ok: false, reason });
    expect(performance.now() - start).toBeLessThan(2000);
  });

  const odd = join(
    process.env.SEMBLANCE_PHOTOS ?? resolve(import.meta.dirname, '../../../../shared/photos'),
    'odd',
  );
  it.skipIf(!existsSync(odd)).each(['badrle', 'badwidth'])('%s, a real one', async (name) => {
    const path = join(odd, `Pillow__images_bmp_b_${name}.bmp`);
    expect(await ingest({ path, embed: false }, context)).toMatchObject({ ok: false, reason: 'corrupt' });
  });
});
