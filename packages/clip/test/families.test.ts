// The conformance suite: every family of models, written by testkit with random weights, through the same two encoders.
// What an embedding should be is asked of onnxruntime directly, with inputs put together by hand.
import { readFile, writeFile } from 'node:fs/promises';
import { FAMILY_NAMES, type FamilyName, tempDir, writeModelFamily } from '@semblance/testkit';
import { InferenceSession, Tensor } from 'onnxruntime-node';
import { describe, expect, onTestFinished, test } from 'vitest';
import {
  dot,
  inspectModel,
  loadImageEncoder,
  loadTextEncoder,
  type ModelFacts,
  onnxRuntime,
  preprocess,
  type Runtime,
  readModelFolder,
} from '../src/index.ts';
import { unitVector } from '../src/unit-vector.ts';

type Facts = Pick<
  ModelFacts,
  'family' | 'layout' | 'dimensions' | 'imageSize' | 'contextLength' | 'languages'
>;

/** What the files of each family say. */
const FACTS: Record<FamilyName, Facts> = {
  'openai-vit': facts('clip', 'transformers', 24, 32, 16),
  'openclip-vit': facts('openclip', 'immich', 24, 32, 16),
  'openclip-resnet': facts('openclip', 'immich', 24, 64, 16),
  siglip: facts('siglip', 'transformers', 32, 32, 64),
  'siglip-immich': facts('siglip', 'immich', 32, 32, 64),
  siglip2: facts('siglip2', 'transformers', 32, 32, 64, ['en', 'mul']),
  mobileclip: facts('mobileclip', 'transformers', 32, 32, 16),
  'xlm-roberta': facts('multilingual-clip', 'immich', 24, 32, 40, ['en', 'mul']),
  'm-clip': facts('multilingual-clip', 'immich', 24, 32, 40, ['en', 'mul']),
  nllb: facts('multilingual-clip', 'immich', 24, 32, 40, ['en', 'mul']),
  'jina-clip': facts('jina-clip', 'combined', 32, 32, 512),
  'combined-clip': facts('clip', 'combined', 24, 32, 16),
  loose: facts('clip', 'loose', 32, 32, 24),
};

function facts(
  family: Facts['family'],
  layout: Facts['layout'],
  dimensions: number,
  imageSize: number,
  contextLength: number,
  languages = ['en'],
): Facts {
  return { family, layout, dimensions, imageSize, contextLength, languages };
}

/** Pictures that differ in colour and structure. */
function pictures(count: number): { data: Uint8Array; width: number; height: number }[] {
  return Array.from({ length: count }, (_, seed) => {
    const [width, height] = [50 + 7 * seed, 60];
    const data = Uint8Array.from(
      { length: width * height * 3 },
      (_, i) => ((i % 3) * 80 + (i >> 4) * (seed + 1) + seed * 50) % 256,
    );
    return { data, width, height };
  });
}

async function written(
  ...[family, options]: [FamilyName, Parameters<typeof writeModelFamily>[2]?]
): Promise<string> {
  const directory = await tempDir();
  await writeModelFamily(directory, family, options);
  return directory;
}

type Run = Awaited<ReturnType<Runtime['open']>>['run'];

/** onnxruntime, each graph run in another way. */
function running(way: (run: Run, ...given: Parameters<Run>) => ReturnType<Run>): Runtime {
  return {
    ...onnxRuntime,
    async open(path, options) {
      const graph = await onnxRuntime.open(path, options);
      return { ...graph, run: (feeds, outputs) => way(graph.run, feeds, outputs) };
    },
  };
}

async function load(directory: string): Promise<{
  folder: Awaited<ReturnType<typeof readModelFolder>>;
  image: Awaited<ReturnType<typeof loadImageEncoder>>;
  text: Awaited<ReturnType<typeof loadTextEncoder>>;
}> {
  const folder = await readModelFolder(directory);
  const text = await loadTextEncoder(folder);
  onTestFinished(() => text.dispose());
  const image = await loadImageEncoder(folder);
  onTestFinished(() => image.dispose());
  return { folder, image, text };
}

const cosine = (a: ArrayLike<number> | undefined, b: ArrayLike<number> | undefined): number =>
  dot(a ?? [], b ?? []);

describe.each(FAMILY_NAMES)('%s', (family) => {
  test('is recognised by its files', async () => {
    const directory = await written(family);
    expect(await inspectModel(directory)).toMatchObject(FACTS[family]);
  });

  test('pictures: alone as in a batch, of length 1, unlike each other', async () => {
    const directory = await written(family);
    const { image } = await load(directory);
    const inputs = pictures(5).map((picture) => preprocess(picture, image.config));
    const batch = await image.encode(inputs);
    expect(batch).toHaveLength(5);
    for (const [i, input] of inputs.entries()) {
      const [single] = await image.encode([input]);
      expect(cosine(single, batch[i])).toBeGreaterThan(0.99999);
      expect(Math.sqrt(cosine(single, single))).toBeCloseTo(1, 5);
    }
    expect(cosine(batch[0], batch[4])).toBeLessThan(0.9999);
    expect(await image.encode([])).toEqual([]);
  });

  test('texts: alone as among longer ones, of length 1, unlike each other', async () => {
    const directory = await written(family);
    const { text, folder } = await load(directory);
    const texts = ['dog', 'a photo of a cat on the beach at sunset', '', 'karlı dağ', '🐕'];
    const batch = await text.encode(texts);
    for (const [i, one] of texts.entries()) {
      const [single] = await text.encode([one]);
      expect(cosine(single?.embedding, batch[i]?.embedding), one).toBeGreaterThan(0.99999);
      expect(Math.sqrt(cosine(single?.embedding, single?.embedding))).toBeCloseTo(1, 5);
    }
    expect(cosine(batch[0]?.embedding, batch[1]?.embedding)).toBeLessThan(0.999);
    const long = await text.encodeQuery('photo of a dog and a cat '.repeat(200));
    expect(long).toMatchObject({ truncated: true, unknownWords: [] });
    expect(long.embedding).toHaveLength(folder.dimensions);
    expect(text.contextLength).toBe(folder.contextLength);
  });

  test('small weights point where the full ones do', async () => {
    const inputs = pictures(3);
    const vectors: Record<string, Float32Array[]> = {};
    for (const precision of ['fp32', 'fp16', 'int8', 'q4'] as const) {
      const directory = await written(family, { precision });
      const { image, text, folder } = await load(directory);
      // These files are named half precision whatever they hold.
      expect(folder.precision).toBe(family === 'loose' ? 'fp16' : precision);
      const texts = await text.encode(['a photo of a cat']);
      const photos = await image.encode(inputs.map((picture) => preprocess(picture, image.config)));
      vectors[precision] = [...photos, ...texts.map((each) => each.embedding)];
    }
    for (const [precision, least] of [
      ['fp16', 0.9999],
      ['int8', 0.97],
      ['q4', 0.9],
    ] as const) {
      for (const [i, full] of (vectors.fp32 ?? []).entries()) {
        expect(cosine(vectors[precision]?.[i], full), `${precision} ${i}`).toBeGreaterThan(least);
      }
    }
  });
});

describe('one graph for both towers', () => {
  test.each([['jina-clip'], ['combined-clip']] as const)(
    '%s: the tower that nobody asks gets no rows',
    async (family) => {
      const directory = await written(family);
      const folder = await readModelFolder(directory);
      const fed: Record<string, number>[] = [];
      const runtime = running((run, feeds, outputs) => {
        fed.push(Object.fromEntries(Object.entries(feeds).map(([name, { dims }]) => [name, dims[0] ?? 0])));
        return run(feeds, outputs);
      });
      const text = await loadTextEncoder(folder, { runtime });
      onTestFinished(() => text.dispose());
      fed.length = 0;
      const plain = await load(directory);
      const [found] = await text.encode(['two dogs']);
      expect(fed).toEqual([expect.objectContaining({ input_ids: 1, pixel_values: 0 })]);
      expect(cosine(found?.embedding, (await plain.text.encode(['two dogs']))[0]?.embedding)).toBeCloseTo(
        1,
        5,
      );
      const image = await loadImageEncoder(folder, { runtime });
      onTestFinished(() => image.dispose());
      fed.length = 0;
      await image.encode(pictures(3).map((picture) => preprocess(picture, image.config)));
      expect(fed).toEqual([expect.objectContaining({ input_ids: 0, pixel_values: 3 })]);
    },
  );

  test('a graph that cannot do without gets a black picture', async () => {
    const directory = await written('combined-clip');
    const folder = await readModelFolder(directory);
    const runtime = running((run, feeds, outputs) => {
      const empty = Object.values(feeds).some(({ dims }) => dims[0] === 0);
      return empty ? Promise.reject(new Error('Invalid shape')) : run(feeds, outputs);
    });
    const text = await loadTextEncoder(folder, { runtime });
    onTestFinished(() => text.dispose());
    const plain = await load(directory);
    const [found] = await text.encode(['two dogs']);
    expect(cosine(found?.embedding, (await plain.text.encode(['two dogs']))[0]?.embedding)).toBeCloseTo(1, 5);
  });
});

test('a config that says next to nothing is completed by the graphs', async () => {
  const directory = await written('mobileclip');
  const full = await load(directory);
  // As in the exports of MobileCLIP for transformers.js.
  await writeFile(`${directory}/config.json`, '{\n  "model_type": "clip"\n}\n');
  const bare = await load(directory);
  const { dimensions, imageSize, contextLength } = bare.folder;
  expect({ dimensions, imageSize, contextLength }).toEqual({
    ...{ dimensions: 32, imageSize: 32, contextLength: full.folder.contextLength },
  });
  const [a] = await full.text.encode(['a photo of a cat']);
  const [b] = await bare.text.encode(['a photo of a cat']);
  expect(cosine(a?.embedding, b?.embedding)).toBeCloseTo(1, 5);
});

/** Runs a graph of a written model with hand-made inputs. */
async function raw(path: string, feeds: Record<string, Tensor>, output: string): Promise<Float32Array> {
  const session = await InferenceSession.create(path, { logSeverityLevel: 3 });
  const data = (await session.run(feeds, [output]))[output]?.data as Float32Array;
  await session.release();
  return unitVector(data) ?? new Float32Array();
}

const ids64 = (values: number[]): Tensor =>
  new Tensor('int64', BigInt64Array.from(values, BigInt), [1, values.length]);
const ids32 = (values: number[]): Tensor => new Tensor('int32', Int32Array.from(values), [1, values.length]);

describe('against onnxruntime with inputs put together by hand', () => {
  const known = async (name: string, text: string): Promise<number[]> => {
    const { ids } = JSON.parse(await readFile(new URL('fixtures/token-ids.json', import.meta.url), 'utf8'));
    return ids[name][text];
  };
  const TEXT = 'two dogs on the beach, at sunset!';
  const padded = (ids: number[], length: number, padding: number): number[] => [
    ...ids,
    ...new Array<number>(length - ids.length).fill(padding),
  ];

  test.each([
    // SigLIP's tokenizer pads with its end token, and the model looks at the 64th place.
    ['siglip', 'siglip', 'onnx/text_model.onnx', 'input_ids', 'pooler_output', 64, 1],
    ['siglip2', 'gemma', 'onnx/text_model.onnx', 'input_ids', 'pooler_output', 64, 0],
  ] as const)('%s', async (family, tokenizer, path, input, output, length, padding) => {
    const directory = await written(family);
    const { text } = await load(directory);
    const ids = padded(await known(tokenizer, TEXT), length, padding);
    const expected = await raw(`${directory}/${path}`, { [input]: ids64(ids) }, output);
    expect(cosine((await text.encode([TEXT]))[0]?.embedding, expected)).toBeGreaterThan(0.999999);
  });

  test('mobileclip, which looks at the padding', async () => {
    const directory = await written('mobileclip');
    const { text } = await load(directory);
    // Start, p-h-o-t-o merged, end; the little vocabulary pads with its end token.
    const ids = padded([598, 515, 599], 16, 599);
    const path = `${directory}/onnx/text_model.onnx`;
    const expected = await raw(path, { input_ids: ids64(ids) }, 'text_embeds');
    const short = await raw(path, { input_ids: ids64(ids.slice(0, 3)) }, 'text_embeds');
    const [found] = await text.encode(['photo']);
    expect(cosine(found?.embedding, expected)).toBeGreaterThan(0.999999);
    expect(cosine(found?.embedding, short)).toBeLessThan(0.98);
  });

  test('m-clip, its mask given', async () => {
    const directory = await written('m-clip');
    const { text } = await load(directory);
    const ids = await known('xlm-roberta', TEXT);
    const feeds = { input_ids: ids32(ids), attention_mask: ids32(ids.map(() => 1)) };
    const expected = await raw(`${directory}/textual/model.onnx`, feeds, 'embedding');
    expect(cosine((await text.encode(['x', TEXT, 'a']))[1]?.embedding, expected)).toBeGreaterThan(0.999999);
  });

  test('jina-clip, both towers in one graph', async () => {
    const directory = await written('jina-clip');
    const { text, image } = await load(directory);
    const ids = await known('bert', TEXT);
    const [picture] = pictures(1).map((each) => preprocess(each, image.config));
    const pixels = new Tensor('float32', picture ?? new Float32Array(), [1, 3, 32, 32]);
    const feeds = { input_ids: ids64(ids), pixel_values: pixels };
    const path = `${directory}/onnx/model.onnx`;
    const [words, photo] = [
      await raw(path, feeds, 'l2norm_text_embeddings'),
      await raw(path, feeds, 'l2norm_image_embeddings'),
    ];
    expect(cosine((await text.encode([TEXT]))[0]?.embedding, words)).toBeGreaterThan(0.999999);
    expect(cosine((await image.encode([picture ?? new Float32Array()]))[0], photo)).toBeGreaterThan(0.999999);
  });

  test('the logit scale and bias are those that were trained, where a file has them', async () => {
    expect(await readModelFolder(await written('nllb'))).toMatchObject({
      scoring: 'sigmoid',
      padding: 'longest',
      cleaning: 'none',
    });
    const [combined, siglip, plain] = [
      await written('combined-clip'),
      await written('siglip-immich'),
      await written('siglip'),
    ];
    expect((await readModelFolder(combined)).logitScale).toBeCloseTo(50, 3);
    expect(await readModelFolder(siglip)).toMatchObject({ scoring: 'sigmoid', logitBias: -10 });
    expect(await readModelFolder(plain)).toMatchObject({ scoring: 'sigmoid', logitBias: null });
  });

  test('half precision goes in and comes out', async () => {
    const [a, b] = [await load(await written('loose')), await load(await written('loose', { half: true }))];
    const [picture] = pictures(1).map((each) => preprocess(each, a.image.config));
    const [x] = await a.image.encode([picture ?? new Float32Array()]);
    const [y] = await b.image.encode([picture ?? new Float32Array()]);
    expect(cosine(x, y)).toBeGreaterThan(0.9999);
  });
});
