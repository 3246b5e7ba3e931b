// Texts to embeddings in the space of the pictures.
import type { Tensor } from 'onnxruntime-node';
import { modelDamaged } from './errors.ts';
import { fixed, listPorts, type TextPorts, textInputs } from './graph-ports.ts';
import { readUnknownWords } from './known-words.ts';
import type { ModelFolder } from './model-folder.ts';
import type { TensorInfo } from './runtime.ts';
import { inPieces, integers, openSession, type SessionOptions } from './session.ts';
import { type ClipTokenizer, createTokenizer, type TokenizedText } from './tokenizer.ts';

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

/** The same for every model family: this is all that search knows of a model. */
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
  const session = await openSession(paths.text, 'text', folder, options, (inputs) =>
    textPorts(inputs, paths.text),
  );
  const { ports } = session;

  async function encodeBatch(texts: readonly string[]): Promise<TextEmbedding[]> {
    const tokenized = texts.map((text) => tokenizer.encode(text));
    const rows = fixed(ports.ids, 0) ?? texts.length;
    const last = tokenized.at(-1);
    const full = last === undefined ? tokenized : [...tokenized];
    while (last !== undefined && full.length < rows) full.push(last);
    const feeds = toFeeds(full, ports, tokenizer, paths.text);
    const embeddings = await session.run(feeds, rows);
    return tokenized.map(({ truncated }, i) => ({ embedding: embeddings[i] as Float32Array, truncated }));
  }

  async function encode(texts: readonly string[]): Promise<TextEmbedding[]> {
    const results: TextEmbedding[] = [];
    const most = Math.min(MAX_BATCH, fixed(ports.ids, 0) ?? MAX_BATCH);
    for (const piece of inPieces(texts, most)) results.push(...(await encodeBatch(piece)));
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
      const [result] = await encode([text]);
      if (result === undefined) throw new Error('The text encoder returned nothing.');
      return { ...result, unknownWords: unknownWords(text) };
    },
    dispose: () => session.dispose(),
  };
}

/** @throws SemblanceError `MODEL_DAMAGED` when a graph with these inputs reads no texts */
export function textPorts(inputs: readonly TensorInfo[], path: string): TextPorts {
  const ports = textInputs(inputs);
  if (ports !== undefined) return ports;
  throw modelDamaged(
    `${path} does not read input_ids [N, T] (and attention_mask) as int64 or int32; its inputs are: ${listPorts(inputs)}.`,
  );
}

/** Rows are padded to the longest, to the whole context, or to the length the graph was exported for. */
function toFeeds(
  tokenized: TokenizedText[],
  { ids, mask, segments }: TextPorts,
  { padTokenId, padTo }: ClipTokenizer,
  path: string,
): Record<string, Tensor> {
  const longest = Math.max(...tokenized.map((text) => text.ids.length));
  const length = fixed(ids, 1) ?? Math.max(longest, padTo);
  if (longest > length) throw modelDamaged(`${path} reads ${length} tokens, fewer than its config says.`);
  const tensor = (info: TensorInfo, real: (id: number) => number, padding: number): Tensor => {
    const values = tokenized.flatMap((text) =>
      Array.from({ length }, (_, i) => {
        const id = text.ids[i];
        return id === undefined ? padding : real(id);
      }),
    );
    return integers(info, values, [tokenized.length, length]);
  };
  return {
    [ids.name]: tensor(ids, (id) => id, padTokenId),
    ...(mask && { [mask.name]: tensor(mask, () => 1, 0) }),
    ...(segments && { [segments.name]: tensor(segments, () => 0, 0) }),
  };
}
