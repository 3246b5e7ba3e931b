// Decode, derive and classify on pictures made here; hostile ones included.
import { createHash } from 'node:crypto';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { crc32 } from 'node:zlib';
import sharp, { type Sharp } from 'sharp';
import { afterAll, describe, expect, it } from 'vitest';
import { thumbnailPath } from '../src/derive.ts';
import { decodeSide, type IngestContext, ingest, remakeThumbnail } from '../src/ingest.ts';
import type { IngestedPhoto, IngestFailure } from '../src/protocol.ts';

const folder = mkdtempSync(join(tmpdir(), 'semblance-compute-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const context: IngestContext = {
  thumbnailDirectory: join(folder, 'thumbnails'),
  inputSize: 80,
  embed: async (picture) => Float32Array.of(picture.width, picture.height),
};

async function take(name: string, data: Buffer): Promise<IngestedPhoto | IngestFailure> {
  const path = join(folder, name);
  writeFileSync(path, data);
  const result = await ingest({ path, embed: true }, context);
  if (!result.ok && 'halt' in result) throw new Error(result.halt);
  return result;
}

function photo(result: IngestedPhoto | IngestFailure): IngestedPhoto {
  if (!result.ok) throw new Error(`${result.reason}: ${result.message}`);
  return result;
}

/** Red on the left, blue on the right. */
function halves(width: number, height: number): Sharp {
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}">
    <rect width="${width / 2}" height="${height}" fill="#ff0000"/>
    <rect x="${width / 2}" width="${width / 2}" height="${height}" fill="#0000ff"/></svg>`;
  return sharp(Buffer.from(svg)).flatten();
}

async function colourAt(path: string, x: number, y: number): Promise<'red' | 'blue' | 'other'> {
  const { data, info } = await sharp(path).removeAlpha().raw().toBuffer({ resolveWithObject: true });
  const at = (Math.floor(y * info.height) * info.width + Math.floor(x * info.width)) * 3;
  const [r, g, b] = [data[at] ?? 0, data[at + 1] ?? 0, data[at + 2] ?? 0];
  if (r > 200 && g < 60 && b < 60) return 'red';
  return b > 200 && r < 60 && g < 60 ? 'blue' : 'other';
}

describe('a good picture', () => {
  it('yields its facts, hash, thumbnail, placeholder and embedding', async () => {
    const data = await halves(1600, 1200).jpeg().toBuffer();
    const result = photo(await take('good.jpg', data));
    expect(result).toMatchObject({
      format: 'jpeg',
      width: 1600,
      height: 1200,
      animated: false,
      bytes: data.length,
    });
    expect(result.contentHash).toBe(createHash('sha256').update(data).digest('hex'));
    expect(Buffer.from(result.placeholder, 'base64').length).toBeGreaterThan(4);
    expect([...(result.embedding ?? [])]).toEqual([427, 320]);
    const { width, height, format } = await sharp(
      thumbnailPath(context.thumbnailDirectory, result.contentHash),
    ).metadata();
    expect({ width, height, format }).toEqual({ width: 427, height: 320, format: 'webp' });
  });

  it.each([1, 2, 3, 4, 5, 6, 7, 8])('stands upright with EXIF orientation %i', async (orientation) => {
    // What a camera stores so that the upright picture is red on the left: undo the orientation beforehand.
    const stored: Record<number, (s: Sharp) => Sharp> = {
      1: (s) => s,
      2: (s) => s.flop(),
      3: (s) => s.rotate(180),
      4: (s) => s.flip(),
      5: (s) => s.rotate(-90).flop(),
      6: (s) => s.rotate(-90),
      7: (s) => s.rotate(90).flop(),
      8: (s) => s.rotate(90),
    };
    const upright = await halves(640, 480).png().toBuffer();
    const turned = await (stored[orientation]?.(sharp(upright)) ?? sharp(upright)).png().toBuffer();
    const data = await sharp(turned).withMetadata({ orientation }).jpeg({ quality: 95 }).toBuffer();
    const result = photo(await take(`orientation-${orientation}.jpg`, data));
    expect([result.width, result.height]).toEqual([640, 480]);
    const thumbnail = thumbnailPath(context.thumbnailDirectory, result.contentHash);
    expect(await colourAt(thumbnail, 0.2, 0.5)).toBe('red');
    expect(await colourAt(thumbnail, 0.8, 0.5)).toBe('blue');
  });

  it.each([
    ['png', (s: Sharp) => s.png()],
    ['webp', (s: Sharp) => s.webp()],
    ['avif', (s: Sharp) => s.avif()],
    ['tiff', (s: Sharp) => s.tiff()],
    ['gif', (s: Sharp) => s.gif()],
  ])('may be %s under any name', async (format, encode) => {
    const result = photo(await take(`really-${format}.jpg`, await encode(halves(400, 300)).toBuffer()));
    expect(result.format).toBe(format);
  });

  it.each([
    ['grey', (s: Sharp) => s.greyscale().jpeg()],
    ['CMYK', (s: Sharp) => s.toColourspace('cmyk').jpeg()],
    ['16-bit', (s: Sharp) => s.toColourspace('rgb16').png()],
    ['transparent', (s: Sharp) => s.ensureAlpha(0.5).png()],
    ['grey with alpha', (s: Sharp) => s.greyscale().ensureAlpha(0.5).png()],
  ])('may be %s', async (name, encode) => {
    const result = photo(await take(`${name}.png`, await encode(halves(400, 300)).toBuffer()));
    expect(result.embedding).not.toBeNull();
  });

  it('is never enlarged, however small or narrow', async () => {
    expect([...(photo(await take('tiny.png', await halves(4, 2).png().toBuffer())).embedding ?? [])]).toEqual(
      [4, 2],
    );
    const narrow = photo(await take('narrow.png', await halves(3000, 10).png().toBuffer()));
    expect([...(narrow.embedding ?? [])]).toEqual([3000, 10]);
  });
});

describe('a bad picture ends as a failure with its reason', () => {
  it.each([
    ['empty', Buffer.alloc(0), 'corrupt'],
    ['text', Buffer.from('this is not a picture at all'), 'corrupt'],
    [
      'svg',
      Buffer.from(
        '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><rect width="9" height="9"/></svg>',
      ),
      'unsupported',
    ],
  ] as const)('%s', async (name, data, reason) => {
    expect(await take(`${name}.jpg`, data)).toMatchObject({ ok: false, reason });
  });

  it('truncated', async () => {
    const whole = await halves(800, 600).jpeg({ quality: 100 }).toBuffer();
    expect(await take('cut.jpg', whole.subarray(0, whole.length / 2))).toMatchObject({
      ok: false,
      reason: 'corrupt',
    });
  });

  it('a header that promises four billion pixels', async () => {
    const png = await halves(8, 8).png().toBuffer();
    const bomb = Buffer.from(png);
    bomb.writeUInt32BE(65_000, 16);
    bomb.writeUInt32BE(65_000, 20);
    // The header's checksum must hold, or the decoder stops before it looks at the size.
    bomb.writeUInt32BE(crc32(bomb.subarray(12, 29)), 29);
    expect(await take('bomb.png', bomb)).toMatchObject({ ok: false, reason: 'too-large' });
  });

  it('a folder, a missing file, a forbidden file', async () => {
    const directory = join(folder, 'folder.jpg');
    mkdirSync(directory);
    const forbidden = join(folder, 'forbidden.jpg');
    writeFileSync(forbidden, await halves(8, 8).jpeg().toBuffer());
    chmodSync(forbidden, 0);
    const paths = [directory, join(folder, 'nowhere.jpg'), ...(process.getuid?.() === 0 ? [] : [forbidden])];
    for (const path of paths) {
      expect(await ingest({ path, embed: true }, context), path).toMatchObject({
        ok: false,
        reason: 'unreadable',
      });
    }
  });

  it('messages never name the path', async () => {
    const result = await take('secret-name.jpg', Buffer.from('rubbish'));
    expect(JSON.stringify(result)).not.toContain('secret-name');
  });
});

it('makes a lost thumbnail again, but never one of a file that was edited meanwhile', async () => {
  const path = join(folder, 'lost.jpg');
  const { contentHash } = photo(await take('lost.jpg', await halves(300, 200).jpeg().toBuffer()));
  const thumbnail = thumbnailPath(context.thumbnailDirectory, contentHash);
  rmSync(thumbnail);
  expect(await remakeThumbnail(path, contentHash, context.thumbnailDirectory)).toEqual({ ok: true });
  rmSync(thumbnail);
  writeFileSync(path, await halves(200, 300).jpeg().toBuffer());
  const edited = await remakeThumbnail(path, contentHash, context.thumbnailDirectory);
  expect(edited).toMatchObject({ ok: false, reason: 'unreadable' });
  expect(existsSync(thumbnail)).toBe(false);
});

it('leaves the original as it was', async () => {
  const data = await halves(200, 100).jpeg().toBuffer();
  await take('untouched.jpg', data);
  expect(readFileSync(join(folder, 'untouched.jpg')).equals(data)).toBe(true);
});

it('decodes to at least twice the encoder input', () => {
  expect(decodeSide(80)).toBe(320);
  expect(decodeSide(224)).toBe(448);
  expect(decodeSide(undefined)).toBe(320);
});
