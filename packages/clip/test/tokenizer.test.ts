// Token ids, against those recorded with the starter model and those that follow from testkit's little vocabulary.
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { tempDir, writeClipModel } from '@semblance/testkit';
import { beforeAll, describe, expect, test } from 'vitest';
import type { ModelPaths } from '../src/index.ts';
import { readModelFolder } from '../src/model-folder.ts';
import { type ClipTokenizer, createTokenizer } from '../src/tokenizer.ts';
import { readReference, STARTER } from './starter.ts';

const START = 6142;
const END = 6143;
let tokenizer: ClipTokenizer;

beforeAll(async () => {
  tokenizer = await createTokenizer(await readModelFolder(STARTER));
});

const idsOf = (text: string): number[] => tokenizer.encode(text).ids;

describe('the starter model’s tokenizer', () => {
  test('gives the recorded ids', async () => {
    const { texts } = await readReference();
    expect(Object.keys(texts).length).toBeGreaterThanOrEqual(16);
    for (const [text, { ids }] of Object.entries(texts)) expect(idsOf(text), text).toEqual(ids);
  });

  test('Turkish: neither case nor accents change anything', () => {
    const dog = idsOf('köpek');
    expect(dog).toHaveLength(3);
    for (const text of ['KÖPEK', 'kopek', 'Köpek', 'ko\u0308pek']) expect(idsOf(text), text).toEqual(dog);
    expect(idsOf('IĞDIR')).toEqual(idsOf('ığdır'));
    expect(idsOf('İSTANBUL')).toEqual(idsOf('istanbul'));
    expect(idsOf('ÇİÇEK')).toEqual(idsOf('çiçek'));
  });

  test('spaces of any kind count as one', () => {
    expect(idsOf(' a \t\n dog\u00a0')).toEqual(idsOf('a dog'));
  });

  test('an empty text is start and end', () => {
    expect(tokenizer.encode('')).toEqual({ ids: [START, END], truncated: false });
    expect(idsOf('   ')).toEqual([START, END]);
  });

  test('emoji and foreign scripts become bytes, never an error', () => {
    for (const text of ['🐕', '👩‍👩‍👧', '狗', 'كلب', '\ud800', 'a\udc00b']) {
      const { ids } = tokenizer.encode(text);
      expect(ids[0], text).toBe(START);
      expect(ids.at(-1), text).toBe(END);
      expect(ids.length, text).toBeGreaterThan(2);
    }
  });

  test.each([
    ['words', 'dog '.repeat(2500)],
    ['one word', 'a'.repeat(10_000)],
    ['emoji', '🐕'.repeat(5000)],
  ])('10,000 characters of %s are cut to the context, end token kept', (_, text) => {
    const begun = performance.now();
    const { ids, truncated } = tokenizer.encode(text);
    expect(performance.now() - begun).toBeLessThan(500);
    expect(truncated).toBe(true);
    expect(ids).toHaveLength(32);
    expect(ids.at(-1)).toBe(END);
  });

  test('a text that just fits is whole', () => {
    expect(tokenizer.encode('dog '.repeat(30))).toMatchObject({ truncated: false, ids: { length: 32 } });
    expect(tokenizer.encode('dog '.repeat(31))).toMatchObject({ truncated: true, ids: { length: 32 } });
  });

  test('control characters and special tokens in a text are only text', () => {
    expect(idsOf('a\u0000dog\u0007\u001b')).toEqual(idsOf('a dog'));
    expect(idsOf('<|endoftext|> a dog <|startoftext|>')).toEqual(idsOf('a dog'));
  });

  test('pads with the end token, as CLIP does', () => {
    expect(tokenizer.padTokenId).toBe(END);
    expect(tokenizer.contextLength).toBe(32);
  });
});

describe('a tokenizer in OpenAI’s layout', () => {
  test('bytes, merges, word ends and special tokens', async () => {
    const directory = await tempDir();
    await writeClipModel(directory);
    const openai = await createTokenizer(await readModelFolder(directory));
    const photo = openai.encode('photo').ids;
    // Start, one merged word, end.
    expect(photo).toHaveLength(3);
    expect(photo[0]).toBe(598);
    expect(photo[2]).toBe(599);
    expect(openai.encode('PHOTO').ids).toEqual(photo);
    // 'q' ends a word: the byte of q (0x71) with a word end.
    expect(openai.encode('q').ids).toEqual([598, 256 + 0x71, 599]);
    expect(openai.encode('qq').ids).toEqual([598, 0x71, 256 + 0x71, 599]);
    expect(openai.encode('ö').ids).toEqual([598, 0xc3, 256 + 0xb6, 599]);
  });
});

describe('the ids of the reference implementations', () => {
  const cleaning = { siglip: 'canonical', gemma: 'lowercase' } as const;

  test.each(['openai-cut', 'siglip', 'xlm-roberta', 'gemma', 'bert'] as const)('%s', async (name) => {
    const fixtures = new URL('./fixtures/token-ids.json', import.meta.url);
    const { ids } = JSON.parse(await readFile(fixtures, 'utf8')) as {
      ids: Record<string, Record<string, number[]>>;
    };
    const source = new URL(`../../testkit/src/onnx/tokenizers/${name}.json`, import.meta.url);
    const { tokenizer: json, config } = JSON.parse(await readFile(source, 'utf8'));
    const directory = await tempDir();
    await writeFile(join(directory, 'tokenizer.json'), JSON.stringify(json));
    await writeFile(join(directory, 'tokenizer_config.json'), JSON.stringify(config));
    const made = await createTokenizer({
      paths: {
        tokenizer: join(directory, 'tokenizer.json'),
        tokenizerConfig: join(directory, 'tokenizer_config.json'),
      } as ModelPaths,
      ...{ contextLength: 77, padTokenId: null, padding: 'longest' },
      cleaning: name in cleaning ? cleaning[name as keyof typeof cleaning] : 'none',
    });
    expect(Object.keys(ids[name] ?? {})).toHaveLength(10);
    for (const [text, expected] of Object.entries(ids[name] ?? {})) {
      expect(made.encode(text).ids, text).toEqual(expected);
    }
  });
});
