// Written model folders: real parameter counts, the same bytes for the same seed, smaller in int8, and they embed.
import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { loadImageEncoder, loadTextEncoder, readModelFolder } from '@semblance/clip';
import { expect, test } from 'vitest';
import {
  type ClipShape,
  countParameters,
  TINY,
  tempDir,
  VIT_B_16,
  VIT_B_32,
  VIT_H_14,
  VIT_L_14,
  writeClipModel,
} from '../src/index.ts';
import { resNetGraph, siglipVisionGraph } from '../src/onnx/image-towers.ts';

const FILES = [
  'config.json',
  'preprocessor_config.json',
  'tokenizer.json',
  'onnx/vision_model.onnx',
  'onnx/text_model.onnx',
];

test('the full shape has OpenAI’s parameters', () => {
  // 151,277,313 as published (github.com/openai/CLIP, model.parameters()), less the logit scale, which is no weight here.
  const { vision, text } = countParameters(VIT_B_32);
  expect(vision + text + 1).toBe(151_277_313);
});

test.each([
  // As published for openai/clip-vit-large-patch14 and in OpenCLIP's model profile (docs/model_profile.csv): millions.
  ['ViT-B/16', VIT_B_16, 149.62],
  ['ViT-L/14', VIT_L_14, 427.62],
  ['ViT-H/14', VIT_H_14, 986.11],
] as const)('%s has its parameters', (_, shape, millions) => {
  const { vision, text } = countParameters(shape);
  expect((vision + text) / 1e6).toBeCloseTo(millions, 1);
});

test('other image towers have theirs', () => {
  const options = {
    precision: 'fp32',
    seed: 1,
    input: 'image',
    output: 'embedding',
    imageSize: 224,
  } as const;
  const rn50 = resNetGraph({ width: 64, layers: [3, 4, 6, 3], heads: 32 }, { ...options, dimensions: 1024 });
  const siglip = siglipVisionGraph(
    { patch: 16, tower: { width: 768, layers: 12, heads: 12 } },
    { ...options, dimensions: 768 },
  );
  // OpenCLIP's model profile: 38.32 and 92.88 million. Folding a batch normalisation into its convolution leaves one
  // number a channel instead of two: 26,624 fewer.
  expect((rn50.parameters + 26_624) / 1e6).toBeCloseTo(38.32, 2);
  expect(siglip.parameters / 1e6).toBeCloseTo(92.88, 2);
});

test('same seed, same bytes', async () => {
  const directory = await tempDir();
  for (const [name, seed] of [
    ['a', 1],
    ['b', 1],
    ['c', 2],
  ] as const)
    await writeClipModel(join(directory, name), { seed });
  const read = (name: string, file: string): Promise<Buffer> => readFile(join(directory, name, file));
  for (const file of FILES) expect((await read('a', file)).equals(await read('b', file)), file).toBe(true);
  expect((await read('a', 'onnx/text_model.onnx')).equals(await read('c', 'onnx/text_model.onnx'))).toBe(
    false,
  );
});

test('a model of an uneven shape loads and embeds; in int8 it is a third of the size', async () => {
  const shape: ClipShape = {
    ...TINY,
    imageSize: 60,
    patch: 12,
    vision: { width: 96, layers: 3, heads: 6 },
    text: { width: 64, layers: 1, heads: 4, context: 20, vocabulary: 1000 },
    dimensions: 48,
  };
  const directory = await tempDir();
  await writeClipModel(join(directory, 'fp32'), { shape });
  await writeClipModel(join(directory, 'int8'), { shape, precision: 'int8' });
  const size = async (file: string): Promise<number> => (await stat(join(directory, file))).size;
  expect(await size('int8/onnx/text_model_quantized.onnx')).toBeLessThan(
    (await size('fp32/onnx/text_model.onnx')) / 3,
  );

  for (const precision of ['fp32', 'int8']) {
    const folder = await readModelFolder(join(directory, precision));
    expect(folder).toMatchObject({ dimensions: 48, imageSize: 60, contextLength: 20 });
    const image = await loadImageEncoder(folder);
    const text = await loadTextEncoder(folder);
    expect((await image.encode([new Float32Array(3 * 60 * 60)]))[0]).toHaveLength(48);
    expect((await text.encode(['dog', 'x'.repeat(100)])).map((result) => result.truncated)).toEqual([
      false,
      true,
    ]);
    await image.dispose();
    await text.dispose();
  }
});

test('a vocabulary without room for all bytes is refused', async () => {
  const shape = { ...TINY, text: { ...TINY.text, vocabulary: 513 } };
  await expect(writeClipModel(await tempDir(), { shape })).rejects.toThrow(RangeError);
});
