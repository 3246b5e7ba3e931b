// Text to token ids, the way the model's own `tokenizer.json` says.
import { Tokenizer } from '@huggingface/tokenizers';
import { modelDamaged, reasonOf } from './errors.ts';
import { type JsonObject, readJsonObject } from './json.ts';
import type { ModelFolder } from './model-folder.ts';

export interface TokenizedText {
  /** Start and end token included; at most the context length; not padded. */
  ids: number[];
  /** True when the text had more tokens than the model reads; the end token is kept. */
  truncated: boolean;
}

export interface ClipTokenizer {
  encode(text: string): TokenizedText;
  /** Fills up rows of a batch that are shorter than the longest. */
  padTokenId: number;
  /** Tokens that every row has at least. */
  padTo: number;
  contextLength: number;
}

/** Beyond this many characters per token of context nothing can reach the model; bounds the work on huge texts. */
const MAX_CHARACTERS_PER_TOKEN = 64;

/** @throws SemblanceError `MODEL_MISSING` or `MODEL_DAMAGED` */
export async function createTokenizer(
  folder: Pick<ModelFolder, 'paths' | 'contextLength' | 'padTokenId' | 'padding' | 'cleaning'>,
): Promise<ClipTokenizer> {
  const { paths, contextLength, padding, cleaning } = folder;
  const json = await readJsonObject(paths.tokenizer);
  const config = paths.tokenizerConfig === null ? {} : await readJsonObject(paths.tokenizerConfig);
  const tokenizer = build(json, config, paths.tokenizer);
  const endTokenId = tokenizer.encode('').ids.at(-1);
  if (endTokenId === undefined || endTokenId !== tokenizer.encode('a').ids.at(-1)) {
    throw modelDamaged(`${paths.tokenizer} puts no end token after a text, which these models need.`);
  }
  const specials = [...tokenizer.get_added_tokens_decoder().values()]
    .filter((token) => token.special)
    .map((token) => token.content);

  return {
    contextLength,
    padTo: padding === 'context' ? contextLength : 0,
    padTokenId: padTokenId(tokenizer, config, folder.padTokenId) ?? endTokenId,
    encode(text) {
      const plain = CLEAN[cleaning](withoutControls(text, specials, contextLength));
      const { ids } = tokenizer.encode(plain);
      if (ids.length <= contextLength) return { ids, truncated: false };
      return { ids: [...ids.slice(0, contextLength - 1), endTokenId], truncated: true };
    },
  };
}

/** Python's `string.punctuation`. */
const ASCII_PUNCTUATION = /[!-/:-@[-`{-~]+/g;

const CLEAN: Record<ModelFolder['cleaning'], (text: string) => string> = {
  none: (text) => text,
  lowercase: (text) => text.toLowerCase(),
  canonical: (text) =>
    text.replaceAll('_', ' ').replace(ASCII_PUNCTUATION, '').toLowerCase().replace(/\s+/g, ' ').trim(),
};

function build(json: JsonObject, config: JsonObject, path: string): Tokenizer {
  try {
    return new Tokenizer(json, config);
  } catch (error) {
    throw modelDamaged(`${path} cannot be used as a tokenizer: ${reasonOf(error)}`, error);
  }
}

/** The tokenizer's own padding token first; CLIP has none of its own and pads with the end token. */
function padTokenId(tokenizer: Tokenizer, config: JsonObject, stated: number | null): number | undefined {
  const { pad_token: pad } = config;
  const content = typeof pad === 'string' ? pad : (pad as { content?: unknown } | null | undefined)?.content;
  const id = typeof content === 'string' ? tokenizer.token_to_id(content) : undefined;
  return id ?? stated ?? undefined;
}

/** A user's text is never a control sequence: no special tokens, no control characters, no half surrogates. */
function withoutControls(text: string, specials: string[], contextLength: number): string {
  let plain = text.slice(0, contextLength * MAX_CHARACTERS_PER_TOKEN).toWellFormed();
  plain = plain.replace(/\p{Cc}+/gu, ' ');
  for (const special of specials) plain = plain.replaceAll(special, ' ');
  return plain;
}
