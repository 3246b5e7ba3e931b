// Cutting parts out of a picture, and that the starter model sees in them what is there and not what is beside it.
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { dot, heatMap, squareWindows, WHY_WINDOWS } from '@semblance/core';
import sharp from 'sharp';
import { afterAll, describe, expect, it } from 'vitest';
import { cut } from '../src/cut.ts';
import { createProgram } from '../src/program.ts';
import { cutRegions } from '../src/regions.ts';

const folder = mkdtempSync(join(tmpdir(), 'semblance-regions-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Red left, blue right. */
const halves = (width: number, height: number) =>
  sharp({ create: { width, height, channels: 3, background: '#ff0000' } })
    .composite([
      {
        input: { create: { width: width / 2, height, channels: 3, background: '#0000ff' } },
        left: width / 2,
        top: 0,
      },
    ])
    .png()
    .toBuffer();

describe('cutting', () => {
  it('takes what was asked for, upright', async () => {
    const turned = await sharp(await halves(400, 200))
      .withMetadata({ orientation: 3 })
      .jpeg()
      .toBuffer();
    const [left, right, all] = await cutRegions(
      turned,
      [
        { left: 0, top: 0, width: 0.5, height: 1 },
        { left: 0.5, top: 0.5, width: 0.5, height: 0.5 },
        { left: 0, top: 0, width: 1, height: 1 },
      ],
      80,
    );
    const colour = (picture = left, x = 3, y = 3) =>
      [...(picture?.data.subarray((y * (picture?.width ?? 0) + x) * 3) ?? [])]
        .slice(0, 3)
        .map((v) => v > 128);
    expect(colour(left)).toEqual([false, false, true]);
    expect(colour(right)).toEqual([true, false, false]);
    expect([left?.width, left?.height]).toEqual([200, 200]);
    expect([right?.width, right?.height]).toEqual([200, 100]);
    expect([all?.width, all?.height]).toEqual([400, 200]);
  });

  it('stays inside and is never empty', () => {
    const picture = { data: new Uint8Array(30 * 20 * 3), width: 30, height: 20 };
    expect(cut(picture, { left: 0.99, top: 0.99, width: 0.001, height: 0.001 })).toMatchObject({
      width: 8,
      height: 8,
    });
    expect(cut(picture, { left: 0.5, top: 0, width: 1, height: 1 })).toMatchObject({ width: 30, height: 20 });
    const tiny = { data: new Uint8Array(3), width: 1, height: 1 };
    expect(cut(tiny, { left: 0, top: 0, width: 0.5, height: 0.5 })).toMatchObject({ width: 1, height: 1 });
  });

  it('decodes larger for a small region', async () => {
    const [part] = await cutRegions(
      await halves(2000, 1000),
      [{ left: 0, top: 0, width: 0.1, height: 0.2 }],
      80,
    );
    expect(part?.width).toBeGreaterThanOrEqual(80);
    expect(part?.height).toBeGreaterThanOrEqual(80);
  });
});

const PHOTOS = resolve(import.meta.dirname, '../../../../shared/photos/library');
const present = existsSync(PHOTOS);
if (!present) console.log('what is where: skipped, because there is no collection beside the project');

describe.skipIf(!present)('what is where', () => {
  it('finds each half of a picture of two', { timeout: 120_000 }, async () => {
    const program = createProgram();
    const setup = await program.setup({
      modelDirectory: resolve(import.meta.dirname, '../../../assets/models/starter'),
      warm: 'image',
      intraOpThreads: 1,
      thumbnailDirectory: folder,
    });
    expect(setup.ok).toBe(true);
    const text = async (words: string) => (await program.embedText(words)).embedding;
    const everyday = await Promise.all(
      ['a person', 'a house', 'a tree', 'a car', 'a room', 'the sky'].map(text),
    );
    const common = Float32Array.from({ length: 256 }, (_, i) =>
      everyday.reduce((sum, one) => sum + (one[i] ?? 0) / everyday.length, 0),
    );
    let right = 0;
    const pairs = [
      ['cats_dogs__dog_001.jpg', 'a dog', 'pizza_icecream__pizza_000.jpg', 'pizza'],
      ['pizza_icecream__pizza_001.jpg', 'pizza', 'cats_dogs__cat_000.jpg', 'a cat'],
      ['caltech101__sunflower_001.jpg', 'sunflower', 'cats_dogs__dog_003.jpg', 'a dog'],
    ] as const;
    for (const [leftFile, leftText, rightFile, rightText] of pairs) {
      const path = join(folder, 'pair.png');
      const half = (file: string) => sharp(join(PHOTOS, file)).resize(300, 300).toBuffer();
      await sharp({ create: { width: 600, height: 300, channels: 3, background: '#000' } })
        .composite([
          { input: await half(leftFile), left: 0, top: 0 },
          { input: await half(rightFile), left: 300, top: 0 },
        ])
        .png()
        .toFile(path);
      const windows = squareWindows(2, WHY_WINDOWS);
      const result = await program.embedRegions(path, windows);
      if (!result.ok) throw new Error(result.message);
      expect(result.embeddings).toHaveLength(windows.length);
      for (const [words, side] of [
        [leftText, 0],
        [rightText, 1],
      ] as const) {
        const asked = await text(words);
        const scores = result.embeddings.map((window) => dot(window, asked) - dot(window, common));
        const { columns, values } = heatMap(2, windows, scores);
        const hottest = values.indexOf(Math.max(...values)) % columns;
        if (Math.floor((hottest * 2) / columns) === side) right++;
      }
    }
    expect(right).toBe(6);
  });
});
