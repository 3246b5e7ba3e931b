// Parity with Pillow, from values that Pillow made (fixtures/pillow.py), and the arithmetic after the resize.
import { readFile } from 'node:fs/promises';
import { crc32 } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { preprocess } from '../src/preprocess.ts';
import { parsePreprocessConfig } from '../src/preprocess-config.ts';
import type { RgbPicture } from '../src/resample.ts';

interface Case {
  width: number;
  height: number;
  resample: number;
  size: Record<string, number>;
  crop: number | null;
  out: [number, number];
  every: number;
  levels: number[];
  crc32: number;
}

const fixture = new URL('./fixtures/pillow.json', import.meta.url);
const { cases } = JSON.parse(await readFile(fixture, 'utf8')) as { cases: Case[] };

interface OpenClipCase extends Pick<Case, 'width' | 'height' | 'every' | 'levels' | 'crc32'> {
  config: Record<string, unknown>;
}

const { cases: openClip } = JSON.parse(
  await readFile(new URL('./fixtures/pillow-openclip.json', import.meta.url), 'utf8'),
) as { cases: OpenClipCase[] };

/** The formula of fixtures/pillow.py. */
function picture(width: number, height: number): RgbPicture {
  const data = new Uint8Array(width * height * 3);
  for (let y = 0, i = 0; y < height; y++) {
    for (let x = 0; x < width; x++, i += 3) {
      data[i] = (7 * x + 3 * y) % 256;
      data[i + 1] = (Math.floor((x * x) / 9) + 5 * y) % 256;
      data[i + 2] = (x * 1103 + y * 2087 + ((x * y) % 509) * 37) % 251;
    }
  }
  return { data, width, height };
}

/** Planes of floats back to interleaved levels, for a config that neither rescales nor normalises. */
function levelsOf(tensor: Float32Array): Uint8Array {
  const plane = tensor.length / 3;
  return Uint8Array.from(tensor, (_, i) => tensor[(i % 3) * plane + Math.floor(i / 3)] ?? -1);
}

function plainConfig(json: Record<string, unknown>): ReturnType<typeof parsePreprocessConfig> {
  return parsePreprocessConfig({ ...json, do_rescale: false, do_normalize: false }, 'test');
}

describe('the same bytes as Pillow', () => {
  test.each(cases)('$width x $height, filter $resample, size $size, crop $crop', (expected) => {
    const config = plainConfig({
      size: expected.size,
      resample: expected.resample,
      do_center_crop: expected.crop !== null,
      ...(expected.crop !== null && { crop_size: expected.crop }),
    });
    expect([config.width, config.height]).toEqual(expected.out);
    const levels = levelsOf(preprocess(picture(expected.width, expected.height), config));
    expect([...levels].filter((_, i) => i % expected.every === 0)).toEqual(expected.levels);
    expect(crc32(levels)).toBe(expected.crc32);
  });

  test('the starter model’s own reference', async () => {
    const model = new URL('../../../assets/models/starter/', import.meta.url);
    const reference = JSON.parse(await readFile(new URL('reference.json', model), 'utf8'));
    const config = plainConfig(
      JSON.parse(await readFile(new URL('preprocessor_config.json', model), 'utf8')),
    );
    const { data, width, height } = picture(131, 97);
    for (let y = 0, i = 2; y < height; y++) {
      for (let x = 0; x < width; x++, i += 3) data[i] = (2 * x + Math.floor((y * y) / 7)) % 256;
    }
    const levels = levelsOf(preprocess({ data, width, height }, config));
    expect([...levels.subarray(0, 240)]).toEqual(reference.resize.row0);
    expect([...levels.subarray(40 * 240, 41 * 240)]).toEqual(reference.resize.row40);
  });
});

describe('the same bytes as torchvision over Pillow, for OpenCLIP’s and timm’s configs', () => {
  test.each(openClip)('$width x $height, $config', ({ width, height, config: json, every, ...expected }) => {
    const statistics = { mean: [0, 0, 0], std: [1, 1, 1] };
    const config = parsePreprocessConfig({ ...json, ...statistics }, 'test');
    const tensor = preprocess(picture(width, height), config);
    const levels = levelsOf(tensor.map((value) => Math.round(value * 255)));
    expect([...levels].filter((_, i) => i % every === 0)).toEqual(expected.levels);
    expect(crc32(levels)).toBe(expected.crc32);
  });

  test.each([
    [{ size: 24, resize_mode: 'stretch' }, /"resize_mode" stretch/],
    [{ size: [24, 48], interpolation: 'bicubic' }, /"resize_mode" shortest of 48 x 24/],
    [{ size: 'large', interpolation: 'bicubic' }, /"size" gives no height/],
    [{ input_size: [3, 24, 24], crop_pct: 2 }, /"crop_pct" 2/],
    [{ input_size: [3, 24, 24], interpolation: 'random' }, /"interpolation" random/],
    [{ size: 24, interpolation: 'bicubic', std: [0, 1, 1] }, /"std" must be above 0/],
  ])('%j is refused', (json, message) => {
    expect(() => parsePreprocessConfig(json, 'here.json')).toThrow(message);
  });
});

describe('after the resize', () => {
  const grey = { data: new Uint8Array(8 * 8 * 3).fill(128), width: 8, height: 8 };

  test('levels are rescaled and normalised per channel, planes R, G, B', () => {
    const config = parsePreprocessConfig(
      { size: 8, crop_size: 8, image_mean: [0.5, 0.25, 0], image_std: [0.5, 0.25, 1] },
      'test',
    );
    const tensor = preprocess(grey, config);
    const level = 128 / 255;
    expect(tensor).toHaveLength(192);
    expect(tensor[0]).toBeCloseTo((level - 0.5) / 0.5, 6);
    expect(tensor[64]).toBeCloseTo((level - 0.25) / 0.25, 6);
    expect(tensor[128]).toBeCloseTo(level, 6);
  });

  test('a crop larger than the picture is padded with black', () => {
    const levels = levelsOf(preprocess(grey, plainConfig({ do_resize: false, crop_size: 11 })));
    const red = [...levels].filter((_, i) => i % 3 === 0);
    expect(red.filter((level) => level === 128)).toHaveLength(64);
    // Two black rows above (the larger half), one below.
    expect(red.slice(0, 22).every((level) => level === 0)).toBe(true);
    expect(red[2 * 11 + 2]).toBe(128);
    expect(red.slice(10 * 11).every((level) => level === 0)).toBe(true);
  });

  test('a picture whose bytes do not fit its size is refused', () => {
    const config = plainConfig({ size: 8, crop_size: 8 });
    expect(() => preprocess({ ...grey, width: 9 }, config)).toThrow(RangeError);
    expect(() => preprocess({ data: new Uint8Array(0), width: 0, height: 0 }, config)).toThrow(RangeError);
  });
});

describe('preprocessor_config.json', () => {
  test('OpenCLIP may leave the size to the model', () => {
    const config = parsePreprocessConfig({ preprocess_cfg: { resize_mode: 'squash' } }, 'x', 24);
    expect(config.resize).toEqual({ kind: 'exact', width: 24, height: 24 });
  });

  test('a bare size is the shorter side for CLIP and a square for other processors', () => {
    expect(parsePreprocessConfig({ size: 24, crop_size: 24 }, 'x').resize).toEqual({
      kind: 'shortest-edge',
      side: 24,
    });
    const vit = parsePreprocessConfig({ image_processor_type: 'ViTImageProcessor', size: 24 }, 'x');
    expect(vit.resize).toEqual({ kind: 'exact', width: 24, height: 24 });
    expect(vit.crop).toBeNull();
  });

  test.each([
    [{ size: { shortest_edge: 24 }, do_center_crop: false }, /must give a height and a width/],
    [{ size: {} }, /neither shortest_edge nor height and width/],
    [{ size: 24, resample: 9 }, /"resample" 9/],
    [{ size: 24, image_mean: [0.5] }, /"image_mean" is not three numbers/],
    [{ size: 24, image_std: [1, 0, 1] }, /"image_std" must be above 0/],
  ])('%j is refused', (json, message) => {
    expect(() => parsePreprocessConfig(json, 'here.json')).toThrow(message);
  });
});
