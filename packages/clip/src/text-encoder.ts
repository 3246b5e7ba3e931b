// Texts to embeddings in the space of the pictures.
import { Tensor } from 'onnxruntime-node';
import { modelDamaged } from './errors.ts';
import { readUnknownWords } from './known-words.ts';
import type { ModelFolder } from './model-folder.ts';
import { openSession, type SessionOptions, type TensorInfo } from './session.ts';
import { createTokenizer, type TokenizedText } from './tokenizer.ts';

export interface TextEmbedding {
  /** Unit vector. */
  embedding: Float32Array;
  /** True when the text had more tokens than the model reads. */
  truncated: boolean;
}

/** A search text, embedded, with what the user should know about it. */
export interface QueryEmbedding extends TextEmbedding {
  /** Words of the text that the model was not taught, as typed; empty when the model does not say what it knows. */
  unknownWords: string[];
}

/** The seam for other model families: this is all that search knows of a model. */
export interface TextEncoder {
  readonly dimensions: number;
  /** Tokens read per text, start and end token included. */
  readonly contextLength: number;
  /** One result per text, in order. @throws SemblanceError `MODEL_DAMAGED` when the graph fails */
  encode(texts: readonly string[]): Promise<TextEmbedding[]>;
  /**
   * What a person typed into the search box. Encoded as it is: wrapping it in prompt templates and averaging (CLIP
   * paper, arXiv 2103.00020, section 3.1.4) did not pay. Mean average precision of the starter model over 470 photos,
   * 23 labels / 40 words: plain 0.499 / 0.411, "a photo of a {}" 0.493 / 0.406, five templates 0.494 / 0.406.
   */
  encodeQuery(text: string): Promise<QueryEmbedding>;
  /** Frees the weights. Nothing may be encoding. */
  dispose(): Promise<void>;
}

/** Bounds memory for long lists of texts (labels times prompt templates). */
const MAX_BATCH = 32;

/**
 * Opens tokenizer and text tower and tries them on one word, so that a model that cannot work fails here.
 *
 * @throws SemblanceError `MODEL_MISSING` or `MODEL_DAMAGED`
 */
export async function loadTextEncoder(
  folder: ModelFolder,
  options: SessionOptions = {},
): Promise<TextEncoder> {
  const { dimensions, contextLength, paths } = folder;
  const tokenizer = await createTokenizer(folder);
  const unknownWords = await readUnknownWords(paths.knownWords);
  const session = await openSession(paths.text, 'text_embeds', dimensions, options);

  async function encodeBatch(texts: readonly string[]): Promise<TextEmbedding[]> {
    const tokenized = texts.map((text) => tokenizer.encode(text));
    const feeds = toFeeds(tokenized, session.inputs, tokenizer.padTokenId, paths.text);
    const embeddings = await session.run(feeds, texts.length);
    return embeddings.map((embedding, i) => ({ embedding, truncated: tokenized[i]?.truncated ?? false }));
  }

  async function encode(texts: readonly string[]): Promise<TextEmbedding[]> {
    const results: TextEmbedding[] = [];
    for (let i = 0; i < texts.length; i += MAX_BATCH) {
      results.push(...(await encodeBatch(texts.slice(i, i + MAX_BATCH))));
    }
    return results;
  }

  try {
    await encode(['a']);
  } catch (error) {
    await session.dispose();
    throw error;
  }
  return {
    dimensions,
    contextLength,
    encode,
    async encodeQuery(text) {
      const [result] = await encodeBatch([text]);
      if (result === undefined) throw new Error('The text encoder returned nothing.');
      return { ...result, unknownWords: unknownWords(text) };
    },
    dispose: () => session.dispose(),
  };
}

/** Rows are padded to the longest, or to the length the graph was exported for. */
function toFeeds(
  tokenized: TokenizedText[],
  inputs: readonly TensorInfo[],
  padTokenId: number,
  path: string,
): Record<string, Tensor> {
  const ids =
    inputs.find((info) => info.name === 'input_ids') ?? (inputs.length === 1 ? inputs[0] : undefined);
  const mask = inputs.find((info) => info.name === 'attention_mask');
  const others = inputs.filter((info) => info !== ids && info !== mask);
  if (ids === undefined || ids.shape.length !== 2 || others.length > 0) {
    const found = inputs.map((info) => `${info.name} ${info.type}[${info.shape.join(', ')}]`).join('; ');
    throw modelDamaged(
      `${path} does not read input_ids [N, T] (and attention_mask); its inputs are: ${found}.`,
    );
  }
  const fixed = ids.shape[1];
  const longest = Math.max(...tokenized.map((text) => text.ids.length));
  const length = typeof fixed === 'number' && fixed > 0 ? fixed : longest;
  if (longest > length) throw modelDamaged(`${path} reads ${length} tokens, fewer than its config says.`);
  const row = (text: TokenizedText, real: (id: number) => number, padding: number): number[] =>
    Array.from({ length }, (_, i) => {
      const id = text.ids[i];
      return id === undefined ? padding : real(id);
    });
  const shape = [tokenized.length, length];
  return {
    [ids.name]: integers(
      ids,
      tokenized.flatMap((text) => row(text, (id) => id, padTokenId)),
      shape,
      path,
    ),
    ...(mask && {
      [mask.name]: integers(
        mask,
        tokenized.flatMap((text) => row(text, () => 1, 0)),
        shape,
        path,
      ),
    }),
  };
}

function integers(info: TensorInfo, values: number[], shape: number[], path: string): Tensor {
  if (info.type === 'int64') return new Tensor('int64', BigInt64Array.from(values, BigInt), shape);
  if (info.type === 'int32') return new Tensor('int32', Int32Array.from(values), shape);
  throw modelDamaged(`${path} reads "${info.name}" as ${info.type}; int64 or int32 is needed.`);
}
