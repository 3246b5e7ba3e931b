// The facts of a CLIP model that its `config.json` states.
import { basename } from 'node:path';
import { modelDamaged } from './errors.ts';
import { asCount, asNumber, asObject, asStrings, type JsonObject } from './json.ts';

export interface ModelConfig {
  /** What the model calls itself; null when it does not. */
  name: string | null;
  /** Width of the space that images and texts share. */
  dimensions: number;
  /** Input side in pixels that the image tower was exported for; null when not stated. */
  imageSize: number | null;
  /** Tokens the text tower reads, start and end token included. */
  contextLength: number;
  padTokenId: number | null;
  /**
   * Multiplies cosines before a softmax: exp of the learned log temperature (CLIP paper, arXiv 2103.00020,
   * section 2.4; clipped to 100 there). Hugging Face keeps only the value training began with, exp(2.6592) = 14.3,
   * when a model was converted and not trained there.
   */
  logitScale: number;
  /** BCP 47 codes. CLIP models that say nothing were taught English. */
  languages: string[];
}

/** Where training starts: temperature 0.07 (CLIP paper, section 2.5). */
const INITIAL_LOG_SCALE = Math.log(1 / 0.07);
const MAX_LOGIT_SCALE = 100;

/**
 * @param where named in errors
 * @throws SemblanceError `MODEL_DAMAGED` when a needed value is absent, or the model is of a family this package
 *   does not read
 */
export function parseModelConfig(json: JsonObject, where: string): ModelConfig {
  const family = json.model_type ?? 'clip';
  if (family !== 'clip') {
    throw modelDamaged(`${where} describes a model of type "${String(family)}"; only "clip" can be loaded.`);
  }
  const text = asObject(json.text_config) ?? {};
  const vision = asObject(json.vision_config) ?? {};
  const own = asObject(json.starter_model) ?? asObject(json.semblance) ?? {};
  const dimensions = asCount(json.projection_dim) ?? asCount(text.projection_dim);
  if (dimensions === undefined) throw modelDamaged(`${where} does not state "projection_dim".`);
  const contextLength = asCount(text.max_position_embeddings);
  if (contextLength === undefined || contextLength < 3) {
    throw modelDamaged(`${where} does not state a usable "text_config.max_position_embeddings".`);
  }
  const logScale = asNumber(json.logit_scale_init_value) ?? INITIAL_LOG_SCALE;
  const origin = typeof json._name_or_path === 'string' ? basename(json._name_or_path) : '';
  const languages = asStrings(own.languages) ?? [];
  return {
    name: typeof own.name === 'string' ? own.name : origin || null,
    dimensions,
    imageSize: asCount(vision.image_size) ?? null,
    contextLength,
    padTokenId: asNumber(text.pad_token_id) ?? null,
    logitScale: Math.min(Math.exp(logScale), MAX_LOGIT_SCALE),
    languages: languages.length > 0 ? languages : ['en'],
  };
}
