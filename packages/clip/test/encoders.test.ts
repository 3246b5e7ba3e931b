// Embeddings: those recorded with the starter model, and the laws that hold for every model.
import { tempDir, writeClipModel } from '@semblance/testkit';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import {
  dot,
  type ImageEncoder,
  loadImageEncoder,
  loadTextEncoder,
  readModelFolder,
  type TextEncoder,
} from '../src/index.ts';
import { readReference, STARTER } from './starter.ts';

const lengthOf = (vector: Float32Array): number => Math.sqrt(dot(vector, vector));

/** Numbers in the range of normalised pixels, different for each seed. */
function noise(size: number, seed: number): Float32Array {
  let state = seed;
  return Float32Array.from({ length: size }, () => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) & 0x7fffffff;
    return (state / 0x7fffffff) * 4 - 2;
  });
}

async function load(directory: string): Promise<{ image: ImageEncoder; text: TextEncoder }> {
  const folder = await readModelFolder(directory);
  const image = await loadImageEncoder(folder);
  onTestFinished(() => image.dispose());
  const text = await loadTextEncoder(folder, { intraOpThreads: 2 });
  onTestFinished(() => text.dispose());
  return { image, text };
}

describe('the starter model', () => {
  let image: ImageEncoder;
  let text: TextEncoder;

  beforeAll(async () => {
    const folder = await readModelFolder(STARTER);
    image = await loadImageEncoder(folder);
    text = await loadTextEncoder(folder);
  });
  afterAll(async () => {
    await image.dispose();
    await text.dispose();
  });

  test('texts have the recorded embeddings, one by one and padded in a batch', async () => {
    const { texts } = await readReference();
    const names = Object.keys(texts);
    const batch = await text.encode(names);
    for (const [i, name] of names.entries()) {
      const expected = texts[name]?.embedding ?? [];
      const [single] = await text.encode([name]);
      expect(dot(single?.embedding ?? [], expected), name).toBeGreaterThan(0.9999);
      expect(dot(batch[i]?.embedding ?? [], expected), name).toBeGreaterThan(0.9999);
    }
  });

  test('a batch of pictures gives what each gives alone', async () => {
    const pictures = [1, 2, 3, 4, 5].map((seed) => noise(3 * 80 * 80, seed));
    const batch = await image.encode(pictures);
    expect(batch).toHaveLength(5);
    for (const [i, picture] of pictures.entries()) {
      const [single] = await image.encode([picture]);
      expect(dot(single ?? [], batch[i] ?? [])).toBeGreaterThan(0.9999);
      expect(lengthOf(single ?? new Float32Array())).toBeCloseTo(1, 5);
    }
  });

  test('nothing in, nothing out; a picture of another size is refused', async () => {
    expect(await image.encode([])).toEqual([]);
    expect(await text.encode([])).toEqual([]);
    await expect(image.encode([new Float32Array(3 * 81 * 80)])).rejects.toThrow(RangeError);
  });

  test('more texts than one batch holds come back in order', async () => {
    const words = ['dog', 'cat', 'sea', 'snow', 'pizza'];
    const many = await text.encode(Array.from({ length: 70 }, (_, i) => words[i % 5] ?? ''));
    const few = await text.encode(words);
    many.forEach(({ embedding }, i) => {
      expect(dot(embedding, few[i % 5]?.embedding ?? [])).toBeGreaterThan(0.9999);
    });
  });

  test('a query says which words are unknown and whether it was cut', async () => {
    const query = await text.encodeQuery('a photo of two dogs and a frobnicator, köpekler, Wedding');
    expect(query.unknownWords).toEqual(['two', 'frobnicator', 'Wedding']);
    expect(query.truncated).toBe(false);
    expect(lengthOf(query.embedding)).toBeCloseTo(1, 5);
    expect(await text.encodeQuery('snowy mountains at sunset')).toMatchObject({
      unknownWords: [],
      truncated: false,
    });
    expect(await text.encodeQuery('dog '.repeat(40))).toMatchObject({ unknownWords: [], truncated: true });
  });
});

describe.each([
  ['fp32, QuickGELU', {}],
  ['fp32, exact GELU', { quickGelu: false }],
  ['with an attention mask', { attentionMask: true }],
  ['int8', { precision: 'int8' }],
] as const)('a random ViT: %s', (name, options) => {
  // Dynamic quantisation takes its range from the whole batch, so neighbours move an int8 embedding a little.
  const tolerance = name === 'int8' ? 0.998 : 0.9999;

  test('embeds pictures and texts as unit vectors, in batches and alone', async () => {
    const directory = await tempDir();
    await writeClipModel(directory, options);
    const { image, text } = await load(directory);
    expect(image.dimensions).toBe(24);
    const pictures = [1, 2, 3].map((seed) => noise(3 * 32 * 32, seed));
    const batch = await image.encode(pictures);
    for (const [i, picture] of pictures.entries()) {
      const [single] = await image.encode([picture]);
      expect(dot(single ?? [], batch[i] ?? [])).toBeGreaterThan(tolerance);
    }
    // Not normalised by these graphs, so it is this package that does it.
    for (const vector of batch) expect(lengthOf(vector)).toBeCloseTo(1, 5);
    expect(dot(batch[0] ?? [], batch[1] ?? [])).toBeLessThan(0.99);

    const texts = ['dog', 'a photo of a cat on the beach', ''];
    const together = await text.encode(texts);
    for (const [i, one] of texts.entries()) {
      const [single] = await text.encode([one]);
      expect(dot(single?.embedding ?? [], together[i]?.embedding ?? [])).toBeGreaterThan(tolerance);
    }
    expect((await text.encodeQuery('frobnicator')).unknownWords).toEqual([]);
  });
});

test('int8 weights point where the fp32 weights they were made from do', async () => {
  const [plain, small] = [await tempDir(), await tempDir()];
  await writeClipModel(plain, { seed: 7 });
  await writeClipModel(small, { seed: 7, precision: 'int8' });
  const [a, b] = [await load(plain), await load(small)];
  const picture = noise(3 * 32 * 32, 1);
  const [x] = await a.image.encode([picture]);
  const [y] = await b.image.encode([picture]);
  expect(dot(x ?? [], y ?? [])).toBeGreaterThan(0.99);
});
