// Camera raw: files of the makers' shapes, built here around JPEGs of our own.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { decode } from '../src/decode.ts';
import { rawFormatOf } from '../src/formats/raw.ts';
import { type IngestContext, ingest } from '../src/ingest.ts';

const folder = mkdtempSync(join(tmpdir(), 'semblance-raw-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const context: IngestContext = {
  thumbnailDirectory: folder,
  inputSize: undefined,
  embed: async () => Float32Array.of(1),
};

let thumbnail: Buffer;
let preview: Buffer;
/** Red above blue, 600 x 400. */
beforeAll(async () => {
  const blue = { create: { width: 600, height: 200, channels: 3 as const, background: '#0000ff' } };
  const whole = sharp({ create: { width: 600, height: 400, channels: 3, background: '#ff0000' } });
  const picture = await whole
    .composite([{ input: blue, left: 0, top: 200 }])
    .png()
    .toBuffer();
  preview = await sharp(picture).jpeg().toBuffer();
  thumbnail = await sharp(picture).resize(160).jpeg().toBuffer();
});

interface TiffOptions {
  magic?: string;
  big?: boolean;
  orientation?: number;
  make?: string;
  /** Photometric interpretation of the sub-directory. */
  photometric?: number;
  dng?: boolean;
}

/** Directory with maker, orientation and EXIF date, and a sub-directory with sensor data; then the JPEGs, small first. */
function tiff(options: TiffOptions, ...after: Buffer[]): Buffer {
  const {
    magic,
    big = false,
    orientation = 1,
    make = 'Testmake',
    photometric = 32803,
    dng = false,
  } = options;
  const out = Buffer.alloc(512);
  const u16 = (value: number, at: number): unknown =>
    big ? out.writeUInt16BE(value, at) : out.writeUInt16LE(value, at);
  const u32 = (value: number, at: number): unknown =>
    big ? out.writeUInt32BE(value, at) : out.writeUInt32LE(value, at);
  out.write(magic ?? (big ? 'MM\0*' : 'II*\0'), 0, 'latin1');
  u32(16, 4);
  const directory = (
    at: number,
    entries: [tag: number, type: number, count: number, value: number][],
  ): void => {
    u16(entries.length, at);
    entries.forEach(([tag, type, count, value], i) => {
      const entry = at + 2 + i * 12;
      u16(tag, entry);
      u16(type, entry + 2);
      u32(count, entry + 4);
      if (type === 3) u16(value, entry + 8);
      else u32(value, entry + 8);
    });
  };
  out.write(`${make}\0`, 200, 'latin1');
  out.write('2022:03:04 05:06:07\0', 240, 'latin1');
  const first: [number, number, number, number][] = [
    [271, 2, make.length + 1, 200],
    [274, 3, 1, orientation],
    [330, 4, 1, 300],
    [34665, 4, 1, 400],
  ];
  if (dng) first.push([50706, 1, 4, 0x01040000]);
  directory(16, first);
  directory(300, [[262, 3, 1, photometric]]);
  directory(400, [[36867, 2, 20, 240]]);
  return Buffer.concat([out, ...after]);
}

/** `FUJIFILMCCD-RAW`, then nothing of interest, then JPEGs. */
const raf = (...after: Buffer[]): Buffer =>
  Buffer.concat([Buffer.from('FUJIFILMCCD-RAW 0201'.padEnd(160, '\0')), ...after]);

function cr3(...after: Buffer[]): Buffer {
  const box = (name: string, data: Buffer): Buffer => {
    const size = Buffer.alloc(4);
    size.writeUInt32BE(data.length + 8);
    return Buffer.concat([size, Buffer.from(name), data]);
  };
  return Buffer.concat([
    box('ftyp', Buffer.from('crx \0\0\0\x01crx isom')),
    box('moov', Buffer.concat([box('CMT1', tiff({ make: 'Canon', orientation: 8 }))])),
    box('mdat', Buffer.concat(after)),
  ]);
}

async function corners(data: Buffer): Promise<string> {
  const { picture } = await decode(data, 100);
  const colour = (at: number): string =>
    (picture.data[at] ?? 0) > 200 ? 'red' : (picture.data[at + 2] ?? 0) > 200 ? 'blue' : 'other';
  const row = picture.width * 3;
  const lower = row * (picture.height - 4);
  return [colour(12), colour(row - 12), colour(lower + 12), colour(lower + row - 12)].join(' ');
}

describe('a raw file is shown by its largest JPEG', () => {
  it.each<[string, (...after: Buffer[]) => Buffer]>([
    ['nef', (...after) => tiff({ big: true, make: 'NIKON CORPORATION' }, ...after)],
    ['arw', (...after) => tiff({ make: 'SONY' }, ...after)],
    ['pef', (...after) => tiff({ big: true, make: 'PENTAX' }, ...after)],
    ['raw', (...after) => tiff({ make: 'Someone' }, ...after)],
    ['dng', (...after) => tiff({ dng: true, photometric: 34892 }, ...after)],
    ['cr2', (...after) => Buffer.concat([cr2Head(), ...after])],
    ['orf', (...after) => tiff({ magic: 'IIRO' }, ...after)],
    ['rw2', (...after) => tiff({ magic: 'IIU\0' }, ...after)],
    ['raf', raf],
    ['cr3', cr3],
  ])('%s', async (format, build) => {
    const path = join(folder, `wrong-name-${format}.jpg`);
    writeFileSync(path, build(thumbnail, Buffer.alloc(99, 0xff), preview, lossless(), Buffer.alloc(1000, 7)));
    const result = await ingest({ path, embed: false }, context);
    const turned = format === 'cr3';
    expect(result).toMatchObject({ ok: true, format, width: turned ? 400 : 600, height: turned ? 600 : 400 });
    if (format === 'raf' || format === 'cr3') return;
    expect(result).toMatchObject({ takenAt: Date.UTC(2022, 2, 4, 5, 6, 7) });
  });

  it.each([
    [1, 'red red blue blue'],
    [3, 'blue blue red red'],
    [6, 'blue red blue red'],
    [8, 'red blue red blue'],
  ])('the right way up, by the orientation %i of the raw file', async (orientation, expected) => {
    expect(await corners(tiff({ orientation }, thumbnail, preview))).toBe(expected);
  });

  it('and not turned twice when the preview says it too', async () => {
    const knowing = await sharp(preview).withMetadata({ orientation: 6 }).jpeg().toBuffer();
    expect(await corners(tiff({ orientation: 6 }, knowing))).toBe('blue red blue red');
  });
});

describe('what is no raw file, or shows nothing', () => {
  it('an ordinary TIFF stays a TIFF', async () => {
    const plain = await sharp(preview).tiff().toBuffer();
    expect(rawFormatOf(plain)).toBeNull();
    expect((await decode(plain, 100)).facts.format).toBe('tiff');
  });

  it('a JPEG that calls itself .nef is a JPEG', async () => {
    const path = join(folder, 'liar.nef');
    writeFileSync(path, preview);
    expect(await ingest({ path, embed: false }, context)).toMatchObject({ ok: true, format: 'jpeg' });
  });

  it('no preview, a cut preview, directories in a circle, starts of JPEGs without end', async () => {
    const circle = tiff({});
    circle.writeUInt32LE(16, 300 + 2 + 12);
    circle.writeUInt32LE(16, 16 + 2 + 4 * 12);
    const starts = Buffer.from('ffd8ff'.repeat(3_000_000), 'hex');
    for (const [data, reason] of [
      [tiff({}, lossless()), 'unsupported'],
      [tiff({}, preview.subarray(0, preview.length / 2)), 'corrupt'],
      [circle, 'unsupported'],
      [tiff({}, starts), 'unsupported'],
      [Buffer.from('IIRO'), 'unsupported'],
    ] as const) {
      const path = join(folder, 'bad.dng');
      writeFileSync(path, data);
      const start = performance.now();
      expect(await ingest({ path, embed: false }, context)).toMatchObject({ ok: false, reason });
      expect(performance.now() - start).toBeLessThan(1500);
    }
  });
});

function cr2Head(): Buffer {
  const head = tiff({ make: 'Canon' });
  // The first directory moves away: the maker's mark stands where it would be read as part of the header.
  head.write('CR\x02\0', 8, 'latin1');
  return head;
}

/** The head of a lossless JPEG (SOF3) of a large picture, as sensor data are stored. */
function lossless(): Buffer {
  return Buffer.from('ffd8ffc4000400ffffc30011080fa00fa0030122000211010311010000', 'hex');
}
