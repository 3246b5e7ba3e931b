// The facts of a model: what its `config.json` states (Hugging Face's or OpenCLIP's), completed by what its graphs say.
import { basename } from 'node:path';
import { modelDamaged } from './errors.ts';
import { embeddingOutput, fixed, textInputs } from './graph-ports.ts';
import { asCount, asNumber, asObject, asStrings, type JsonObject } from './json.ts';
import type { OnnxHead } from './onnx-head.ts';

/** For people; how a model is fed follows from the facts below, not from this. */
export type ModelFamily =
  | 'clip'
  | 'openclip'
  | 'siglip'
  | 'siglip2'
  | 'mobileclip'
  | 'multilingual-clip'
  | 'jina-clip';

export interface ModelConfig {
  /** What the model calls itself; null when it does not. */
  name: string | null;
  family: ModelFamily;
  /** Width of the space that images and texts share. */
  dimensions: number;
  /** Input side in pixels of the image tower; null when not stated. */
  imageSize: number | null;
  /** Tokens the text tower reads, start and end token included. */
  contextLength: number;
  /** `context`: every text is padded to the whole context, because the model reads its feature at the last place. */
  padding: 'longest' | 'context';
  /** `lowercase`, or `canonical`: lower case without ASCII punctuation (big_vision's `canonicalize_text`). */
  cleaning: 'none' | 'lowercase' | 'canonical';
  padTokenId: number | null;
  /** `softmax` over texts (CLIP), or each text by itself (SigLIP, arXiv 2303.15343). */
  scoring: 'softmax' | 'sigmoid';
  /**
   * Multiplies cosines before a softmax or a sigmoid: exp of the learned log temperature (CLIP paper, arXiv 2103.00020,
   * section 2.4; clipped to 100 there). Hugging Face keeps only the value training began with, exp(2.6592) = 14.3,
   * when a model was converted and not trained there.
   */
  logitScale: number;
  /** Added after scaling, for `sigmoid`; null when no file states it. */
  logitBias: number | null;
  /** BCP 47 codes; `mul` for many. CLIP models that say nothing were taught English. */
  languages: string[];
}

export interface ConfigSources {
  /** `config.json`, null when there is none. */
  config: JsonObject | null;
  tokenizerConfig: JsonObject;
  image: OnnxHead;
  text: OnnxHead;
}

/** Where training starts: temperature 0.07 (CLIP paper, section 2.5). */
const INITIAL_LOG_SCALE = Math.log(1 / 0.07);
const MAX_LOGIT_SCALE = 100;

/** `SiglipTextConfig.max_position_embeddings` and `CLIPTextConfig`'s, when a config leaves its defaults out. */
const SIGLIP_CONTEXT = 64;
const CLIP_CONTEXT = 77;

/** A search is a sentence; models that read whole pages would only pay for padding and for pasted books. */
const LONGEST_CONTEXT = 512;

/** `model_type` of Hugging Face. */
const HUGGING_FACE: Record<string, ModelFamily> = {
  clip: 'clip',
  siglip: 'siglip',
  siglip2: 'siglip2',
  jina_clip: 'jina-clip',
  mobileclip: 'mobileclip',
  'M-CLIP': 'multilingual-clip',
  'vision-text-dual-encoder': 'multilingual-clip',
};

/**
 * @param where named in errors
 * @throws SemblanceError `MODEL_DAMAGED` when a needed value is nowhere stated, or two of them cannot both be true
 */
export function parseModelConfig(sources: ConfigSources, where: string): ModelConfig {
  const config = asObject(sources.config?.model_cfg) ?? sources.config ?? {};
  const own = asObject(config.starter_model) ?? asObject(config.semblance) ?? {};
  const text = asObject(config.text_config) ?? asObject(config.text_cfg) ?? {};
  const vision = asObject(config.vision_config) ?? asObject(config.vision_cfg) ?? {};
  const family = familyOf(config, text, vision, sources.tokenizerConfig, where);
  const sigmoid = family === 'siglip' || family === 'siglip2';
  const ports = textInputs(sources.text.inputs);
  const { logitScale, logitBias } = logits(config, sources);
  const origin = typeof config._name_or_path === 'string' ? basename(config._name_or_path) : '';
  return {
    name: typeof own.name === 'string' ? own.name : origin || null,
    family,
    dimensions: dimensionsOf(config, text, sources, where),
    imageSize: asCount(vision.image_size) ?? null,
    contextLength: contextOf(text, sources.tokenizerConfig, sigmoid, ports && fixed(ports.ids, 1), where),
    padding: sigmoid ? 'context' : 'longest',
    cleaning: cleaningOf(family, text),
    padTokenId: asNumber(text.pad_token_id) ?? null,
    scoring: sigmoid || logitBias !== null ? 'sigmoid' : 'softmax',
    logitScale,
    logitBias,
    languages: languagesOf(own, config, family),
  };
}

function familyOf(
  config: JsonObject,
  text: JsonObject,
  vision: JsonObject,
  tokenizerConfig: JsonObject,
  where: string,
): ModelFamily {
  if (config.embed_dim !== undefined) return openClipFamily(config, text, vision);
  const type = config.model_type ?? 'clip';
  const family = HUGGING_FACE[String(type)];
  if (family === undefined) {
    const known = Object.keys(HUGGING_FACE).join(', ');
    throw modelDamaged(
      `${where} describes a model of type "${String(type)}", which is none that puts pictures and texts into one space (${known}).`,
    );
  }
  // Fixed-size SigLIP 2 calls itself "siglip"; its tokenizer is Gemma's.
  const gemma = /gemma/i.test(String(tokenizerConfig.tokenizer_class ?? ''));
  if (family === 'siglip' && (gemma || asCount(text.vocab_size) === 256_000)) return 'siglip2';
  const origin = `${String(config._name_or_path ?? '')} ${String(vision.model_type ?? '')}`;
  if (family === 'clip' && /mobileclip/i.test(origin)) return 'mobileclip';
  const multilingual = /xlm-roberta|bert|nllb|m2m/i.test(String(text.model_type ?? ''));
  return family === 'clip' && multilingual ? 'multilingual-clip' : family;
}

function openClipFamily(config: JsonObject, text: JsonObject, vision: JsonObject): ModelFamily {
  const tower = String(vision.timm_model_name ?? '');
  const tokenizer = `${String(text.hf_tokenizer_name ?? '')} ${String(text.hf_model_name ?? '')}`;
  if (/siglip2|gemma/i.test(`${tower} ${tokenizer}`)) return 'siglip2';
  if (/siglip/i.test(`${tower} ${tokenizer}`) || config.init_logit_bias !== undefined) return 'siglip';
  if (/fastvit|mobileclip|mobileone/i.test(tower)) return 'mobileclip';
  if (/xlm|roberta|nllb|mt5|bert/i.test(tokenizer)) return 'multilingual-clip';
  return 'openclip';
}

function dimensionsOf(config: JsonObject, text: JsonObject, sources: ConfigSources, where: string): number {
  const stated =
    asCount(config.projection_dim) ?? asCount(config.embed_dim) ?? asCount(text.projection_dim) ?? null;
  if (stated !== null) return stated;
  const widths = (['vision', 'text'] as const).map((tower) => {
    const head = tower === 'vision' ? sources.image : sources.text;
    return Number(embeddingOutput(head.outputs, tower, null)?.shape.at(-1)) || null;
  });
  const [image, words] = widths;
  const width = image ?? words;
  if (width === null || width === undefined) {
    throw modelDamaged(`Neither ${where} ("projection_dim") nor the graphs state how wide the embedding is.`);
  }
  if (image && words && image !== words) {
    throw modelDamaged(
      `The image encoder gives ${image} numbers and the text encoder ${words}, so they share no space ` +
        `(${where} states no "projection_dim"; perhaps the graphs were exported without their projections).`,
    );
  }
  return width;
}

function contextOf(
  text: JsonObject,
  tokenizerConfig: JsonObject,
  sigmoid: boolean,
  exported: number | null | undefined,
  where: string,
): number {
  const longest = asNumber(tokenizerConfig.model_max_length);
  const usual = sigmoid ? SIGLIP_CONTEXT : CLIP_CONTEXT;
  const stated =
    exported ??
    asNumber(text.max_position_embeddings) ??
    asNumber(text.context_length) ??
    (longest !== undefined && longest <= LONGEST_CONTEXT ? longest : usual);
  if (!Number.isSafeInteger(stated) || stated < 3) {
    throw modelDamaged(`${where} does not state a usable "text_config.max_position_embeddings".`);
  }
  // Position tables of RoBERTa begin after the padding id, so two of them are never used.
  return Math.min(stated, longest !== undefined && longest >= 3 ? longest : stated, LONGEST_CONTEXT);
}

/** SigLIP's processors lower-case and drop punctuation; SigLIP 2 was trained on lower-cased text. */
function cleaningOf(family: ModelFamily, text: JsonObject): ModelConfig['cleaning'] {
  const clean = asObject(text.tokenizer_kwargs)?.clean;
  if (clean === 'canonicalize') return 'canonical';
  if (clean === 'lower') return 'lowercase';
  if (family === 'siglip') return 'canonical';
  return family === 'siglip2' ? 'lowercase' : 'none';
}

/** As trained where a graph holds it, else as stated, else as training begins. */
function logits(
  config: JsonObject,
  { image, text }: ConfigSources,
): Pick<ModelConfig, 'logitScale' | 'logitBias'> {
  const trained = (name: string): number | undefined => image.scalars.get(name) ?? text.scalars.get(name);
  const log =
    trained('logit_scale') ??
    asNumber(config.logit_scale_init_value) ??
    asNumber(config.init_logit_scale) ??
    INITIAL_LOG_SCALE;
  return {
    logitScale: Math.min(Math.exp(log), MAX_LOGIT_SCALE),
    logitBias: trained('logit_bias') ?? asNumber(config.init_logit_bias) ?? null,
  };
}

function languagesOf(own: JsonObject, config: JsonObject, family: ModelFamily): string[] {
  const stated = [own.languages, config.languages].map(asStrings).find((list) => list && list.length > 0);
  if (stated !== undefined) return stated;
  return family === 'multilingual-clip' || family === 'siglip2' ? ['en', 'mul'] : ['en'];
}
