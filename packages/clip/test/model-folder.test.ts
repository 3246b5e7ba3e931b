// What is read from a model folder, and what is said about one that cannot be used.
import { appendFile, copyFile, readFile, rename, rm, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { SemblanceError } from '@semblance/contract';
import { tempDir, writeClipModel } from '@semblance/testkit';
import { describe, expect, test } from 'vitest';
import {
  listModels,
  loadImageEncoder,
  loadTextEncoder,
  readChecksums,
  readModelFolder,
  verifyChecksums,
  writeChecksums,
} from '../src/index.ts';
import { STARTER } from './starter.ts';

async function tinyModel(): Promise<string> {
  const directory = join(await tempDir(), 'tiny');
  await writeClipModel(directory);
  return directory;
}

async function editJson(path: string, change: (json: Record<string, unknown>) => void): Promise<void> {
  const json = JSON.parse(await readFile(path, 'utf8'));
  change(json);
  await writeFile(path, JSON.stringify(json));
}

/** Reads the folder and loads both towers, as a compute process does. */
async function use(directory: string): Promise<void> {
  const folder = await readModelFolder(directory);
  await (await loadImageEncoder(folder)).dispose();
  await (await loadTextEncoder(folder)).dispose();
}

async function failureOf(action: Promise<unknown>): Promise<{ kind: string; message: string }> {
  const error = await action.then(
    () => null,
    (reason: SemblanceError) => reason,
  );
  expect(error?.name).toBe('SemblanceError');
  return { kind: error?.kind ?? '', message: error?.message ?? '' };
}

test('the starter model', async () => {
  const folder = await readModelFolder(STARTER);
  expect(folder).toMatchObject({
    id: 'starter',
    name: 'Starter',
    dimensions: 256,
    imageSize: 80,
    contextLength: 32,
    languages: ['en', 'tr'],
  });
  expect(folder.key).toMatch(/^starter-[0-9a-f]{12}$/);
  const config = JSON.parse(await readFile(join(STARTER, 'config.json'), 'utf8'));
  expect(folder.logitScale).toBeCloseTo(Math.exp(config.logit_scale_init_value), 6);
  expect(folder.bytes).toBeGreaterThan(14_000_000);
  expect(folder.paths.knownWords).toBe(join(STARTER, 'known_words.json'));
});

describe('the key', () => {
  test('is that of the contents, with or without a checksum list', async () => {
    const directory = await tinyModel();
    const { key } = await readModelFolder(directory);
    await writeChecksums(directory);
    expect((await readModelFolder(directory)).key).toBe(key);
    await editJson(join(directory, 'preprocessor_config.json'), (json) => {
      json.resample = 2;
    });
    await writeChecksums(directory);
    expect((await readModelFolder(directory)).key).not.toBe(key);
  });

  test('differs between precisions, and the precision asked for is taken', async () => {
    const directory = await tinyModel();
    await writeClipModel(directory, { precision: 'int8' });
    const plain = await readModelFolder(directory);
    const small = await readModelFolder(directory, { precision: 'int8' });
    expect(plain.paths.vision).toMatch(/vision_model\.onnx$/);
    expect(small.paths.vision).toMatch(/vision_model_quantized\.onnx$/);
    expect(small.key).not.toBe(plain.key);
    const { kind, message } = await failureOf(readModelFolder(directory, { precision: 'fp16' }));
    expect(kind).toBe('MODEL_MISSING');
    expect(message).toMatch(/has no weights in precision fp16, only in fp32, int8\.$/);
  });

  test('only int8 weights are used when there are no others', async () => {
    const directory = join(await tempDir(), 'small');
    await writeClipModel(directory, { precision: 'int8' });
    await use(directory);
  });
});

describe('MODEL_MISSING', () => {
  test('no folder', async () => {
    const directory = join(await tempDir(), 'nowhere');
    expect(await failureOf(use(directory))).toEqual({
      kind: 'MODEL_MISSING',
      message: `There is no model folder at ${directory}.`,
    });
  });

  test.each([
    ['preprocessor_config.json', 'preprocessor_config.json'],
    ['tokenizer.json', 'tokenizer.json'],
    ['onnx/vision_model.onnx', 'an image encoder (onnx/vision_model.onnx)'],
    ['onnx/text_model.onnx', 'a text encoder (onnx/text_model.onnx)'],
  ])('no %s', async (name, said) => {
    const directory = await tinyModel();
    await rm(join(directory, name));
    const { kind, message } = await failureOf(use(directory));
    expect(kind).toBe('MODEL_MISSING');
    expect(message).toBe(`The model folder ${directory} lacks ${said}.`);
  });

  test('everything, in a folder of PyTorch weights and a vocabulary', async () => {
    const directory = await tempDir();
    await writeFile(join(directory, 'model.safetensors'), '');
    await writeFile(join(directory, 'vocab.json'), '{}');
    expect((await failureOf(use(directory))).message).toBe(
      `The model folder ${directory} lacks an image encoder (onnx/vision_model.onnx), a text encoder ` +
        '(onnx/text_model.onnx), tokenizer.json, preprocessor_config.json. It holds model.safetensors, which is not ' +
        'ONNX; an ONNX export of the model is needed. vocab.json alone is not enough: tokenizer.json also says how ' +
        'text is cleaned and cut.',
    );
  });
});

/** The projection to the shared space, 32 x 24 numbers, is the last thing in the file. */
async function overwriteProjection(path: string, value: number): Promise<void> {
  const bytes = await readFile(path);
  const numbers = new Float32Array(32 * 24).fill(value);
  bytes.set(new Uint8Array(numbers.buffer), bytes.length - numbers.byteLength);
  await writeFile(path, bytes);
}

const DAMAGES: [about: string, damage: (directory: string) => Promise<void>, message: RegExp][] = [
  ['config.json cut short', (d) => truncate(join(d, 'config.json'), 40), /config\.json is not valid JSON/],
  [
    'config.json a list',
    (d) => writeFile(join(d, 'config.json'), '[]'),
    /config\.json does not hold a JSON object/,
  ],
  [
    'another family',
    (d) =>
      editJson(join(d, 'config.json'), (j) => {
        j.model_type = 'whisper';
      }),
    /of type "whisper", which is none that puts pictures and texts into one space/,
  ],
  [
    'a context that cannot be',
    (d) =>
      editJson(join(d, 'config.json'), (j) => {
        j.text_config = { max_position_embeddings: 1 };
      }),
    /does not state a usable "text_config.max_position_embeddings"/,
  ],
  [
    'a wrong width stated',
    (d) =>
      editJson(join(d, 'config.json'), (j) => {
        j.projection_dim = 25;
      }),
    /vision_model\.onnx gives no embedding of 25 numbers; its outputs are: image_embeds/,
  ],
  [
    'another picture size',
    (d) =>
      editJson(join(d, 'preprocessor_config.json'), (j) => {
        j.size = 48;
        j.crop_size = 48;
      }),
    /makes pictures of 48 x 48 pixels/,
  ],
  [
    'picture sizes that only the graph contradicts',
    async (d) => {
      await editJson(join(d, 'preprocessor_config.json'), (j) => {
        j.size = 48;
        j.crop_size = 48;
      });
      await editJson(join(d, 'config.json'), (j) => {
        j.vision_config = {};
      });
    },
    /vision_model\.onnx reads pictures of \[3, 32, 32\]/,
  ],
  [
    'tokenizer without a model',
    (d) => writeFile(join(d, 'tokenizer.json'), '{}'),
    /tokenizer\.json has no "model"/,
  ],
  [
    'tokenizer of an unknown kind',
    (d) => writeFile(join(d, 'tokenizer.json'), '{"model":{"type":"Abacus"}}'),
    /cannot be used as a tokenizer/,
  ],
  [
    'tokenizer without an end token',
    (d) =>
      editJson(join(d, 'tokenizer.json'), (j) => {
        j.post_processor = null;
      }),
    /no end token/,
  ],
  [
    'vision model cut short',
    (d) => truncate(join(d, 'onnx/vision_model.onnx'), 30_000),
    /vision_model\.onnx cannot be opened/,
  ],
  ['vision model empty', (d) => truncate(join(d, 'onnx/vision_model.onnx'), 0), /vision_model\.onnx/],
  [
    'text model not ONNX',
    (d) => writeFile(join(d, 'onnx/text_model.onnx'), 'hello'),
    /text_model\.onnx cannot be opened/,
  ],
  [
    'towers swapped',
    async (d) => {
      await rename(join(d, 'onnx/vision_model.onnx'), join(d, 'onnx/x'));
      await rename(join(d, 'onnx/text_model.onnx'), join(d, 'onnx/vision_model.onnx'));
      await rename(join(d, 'onnx/x'), join(d, 'onnx/text_model.onnx'));
    },
    /vision_model\.onnx does not read pictures as float \[N, 3, H, W\]; its inputs are: input_ids int64/,
  ],
  [
    'weights that are all zero',
    (d) => overwriteProjection(join(d, 'onnx/vision_model.onnx'), 0),
    /vision_model\.onnx gave an embedding without a direction/,
  ],
  [
    'weights that are not numbers',
    (d) => overwriteProjection(join(d, 'onnx/text_model.onnx'), Number.NaN),
    /text_model\.onnx gave an embedding without a direction/,
  ],
  [
    'the vision tower twice',
    (d) => copyFile(join(d, 'onnx/vision_model.onnx'), join(d, 'onnx/text_model.onnx')),
    /text_model\.onnx does not read input_ids/,
  ],
];

describe('MODEL_DAMAGED', () => {
  test.each(DAMAGES)('%s', async (_, damage, expected) => {
    const directory = await tinyModel();
    await damage(directory);
    const { kind, message } = await failureOf(use(directory));
    expect(kind).toBe('MODEL_DAMAGED');
    expect(message).toMatch(expected);
    expect(message).not.toContain('\n');
  });
});

describe('checksums', () => {
  test('changed weights are found before they are used', async () => {
    const directory = await tinyModel();
    await writeChecksums(directory);
    await use(directory);
    await appendFile(join(directory, 'onnx/text_model.onnx'), 'x');
    const { kind, message } = await failureOf(readModelFolder(directory));
    expect(kind).toBe('MODEL_DAMAGED');
    expect(message).toMatch(/text_model\.onnx is not the one that was installed/);
  });

  test('a file that the list does not name is not used', async () => {
    const directory = await tinyModel();
    await writeChecksums(directory);
    await writeFile(join(directory, 'known_words.json'), '{"known":[]}');
    expect(await failureOf(readModelFolder(directory))).toMatchObject({ kind: 'MODEL_DAMAGED' });
  });

  test('a list that is no list', async () => {
    const directory = await tinyModel();
    await writeFile(join(directory, 'SHA256SUMS'), 'all fine, trust me\n');
    const { kind, message } = await failureOf(readModelFolder(directory));
    expect(kind).toBe('MODEL_DAMAGED');
    expect(message).toMatch(/SHA256SUMS has a line that is no checksum/);
  });

  test('the starter model is what its list says, every file of it', async () => {
    const sums = await readChecksums(STARTER);
    expect(sums?.size).toBe(10);
    await verifyChecksums(STARTER, sums ?? new Map());
    await expect(verifyChecksums(STARTER, new Map([['absent.txt', '0']]))).rejects.toThrow(
      /absent\.txt is missing/,
    );
  });
});

test('listModels: usable models by id, others left out, the first directory wins', async () => {
  const [mine, shared] = [await tempDir(), await tempDir()];
  await writeClipModel(join(mine, 'b-model'));
  await writeClipModel(join(mine, 'a-model'), { seed: 2 });
  await writeClipModel(join(mine, 'broken'));
  await rm(join(mine, 'broken', 'tokenizer.json'));
  await writeFile(join(mine, 'a file'), '');
  await writeClipModel(join(shared, 'b-model'), { seed: 3 });
  const models = await listModels([mine, join(mine, 'absent'), shared]);
  expect(models.map((model) => model.id)).toEqual(['a-model', 'b-model']);
  expect(models[1]).toEqual({
    id: 'b-model',
    name: 'B-model',
    key: (await readModelFolder(join(mine, 'b-model'))).key,
    dimensions: 24,
    imageSize: 32,
    languages: ['en'],
    bytes: (await readModelFolder(join(mine, 'b-model'))).bytes,
  });
});
