// Writes a complete CLIP model folder with random weights: real architecture, real files, no meaning.
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { byteBpe } from './byte-bpe.ts';
import { type ClipShape, type GraphOptions, textGraph, visionGraph } from './clip-graphs.ts';
import { type SaveOptions, saveGraph } from './save.ts';

/** Small enough to be written in a moment; every layer kind is in it. */
export const TINY: ClipShape = {
  imageSize: 32,
  patch: 16,
  vision: { width: 32, layers: 2, heads: 2 },
  text: { width: 32, layers: 2, heads: 2, context: 16, vocabulary: 600 },
  dimensions: 24,
};

/** OpenAI's ViT-B/32: 151 million parameters, 605 MB in fp32, for benchmarks. */
export const VIT_B_32: ClipShape = {
  imageSize: 224,
  patch: 32,
  vision: { width: 768, layers: 12, heads: 12 },
  text: { width: 512, layers: 12, heads: 8, context: 77, vocabulary: 49_408 },
  dimensions: 512,
};

/** As transformers.js names them. */
export const ENDINGS = { fp32: '', fp16: '_fp16', int8: '_quantized', q4: '_q4' } as const;

/** OpenAI's ViT-B/16. */
export const VIT_B_16: ClipShape = { ...VIT_B_32, patch: 16 };

/** OpenAI's ViT-L/14: 428 million parameters. */
export const VIT_L_14: ClipShape = {
  imageSize: 224,
  patch: 14,
  vision: { width: 1024, layers: 24, heads: 16 },
  text: { width: 768, layers: 12, heads: 12, context: 77, vocabulary: 49_408 },
  dimensions: 768,
};

/** OpenCLIP's ViT-H/14: 986 million parameters, 3.9 GB in fp32, so its weights lie outside the graph. */
export const VIT_H_14: ClipShape = {
  imageSize: 224,
  patch: 14,
  vision: { width: 1280, layers: 32, heads: 16 },
  text: { width: 1024, layers: 24, heads: 16, context: 77, vocabulary: 49_408 },
  dimensions: 1024,
};

export interface ClipModelOptions extends Partial<GraphOptions>, SaveOptions {
  shape?: ClipShape;
}

/**
 * Writes config.json, preprocessor_config.json, tokenizer.json, tokenizer_config.json and onnx/{vision,text}_model.onnx
 * (`_quantized.onnx` for int8 and so on). Same options, same bytes.
 *
 * @returns numbers of trained parameters
 */
export async function writeClipModel(
  directory: string,
  options: ClipModelOptions = {},
): Promise<{ vision: number; text: number }> {
  const { shape = TINY } = options;
  const { precision = 'fp32', quickGelu = true, seed = 1, attentionMask = false } = options;
  const graphOptions: GraphOptions = { precision, quickGelu, seed, attentionMask };
  const { tokenizer, config, startId, endId } = byteBpe(shape.text.vocabulary, shape.text.context);
  await mkdir(join(directory, 'onnx'), { recursive: true });
  const json = (name: string, content: object): Promise<void> =>
    writeFile(join(directory, name), `${JSON.stringify(content, null, 1)}\n`);
  await json('config.json', modelConfig(shape, quickGelu, startId, endId));
  await json('preprocessor_config.json', preprocessorConfig(shape.imageSize));
  await json('tokenizer.json', tokenizer);
  await json('tokenizer_config.json', config);
  const ending = `${ENDINGS[precision]}.onnx`;
  const vision = visionGraph(shape, graphOptions);
  const text = textGraph(shape, graphOptions);
  await saveGraph(join(directory, 'onnx', `vision_model${ending}`), vision, options);
  await saveGraph(join(directory, 'onnx', `text_model${ending}`), text, options);
  return { vision: vision.parameters, text: text.parameters };
}

/** Numbers of trained parameters of a shape, without writing anything. */
export function countParameters(shape: ClipShape): { vision: number; text: number } {
  const options: GraphOptions = { precision: 'fp32', quickGelu: true, seed: 1, attentionMask: false };
  return { vision: visionGraph(shape, options).parameters, text: textGraph(shape, options).parameters };
}

function modelConfig(shape: ClipShape, quickGelu: boolean, startId: number, endId: number): object {
  const { vision, text, dimensions } = shape;
  const act = quickGelu ? 'quick_gelu' : 'gelu';
  return {
    model_type: 'clip',
    architectures: ['CLIPModel'],
    projection_dim: dimensions,
    logit_scale_init_value: 4.6052,
    text_config: {
      model_type: 'clip_text_model',
      vocab_size: text.vocabulary,
      hidden_size: text.width,
      intermediate_size: text.width * 4,
      num_hidden_layers: text.layers,
      num_attention_heads: text.heads,
      max_position_embeddings: text.context,
      hidden_act: act,
      bos_token_id: startId,
      eos_token_id: endId,
      projection_dim: dimensions,
    },
    vision_config: {
      model_type: 'clip_vision_model',
      image_size: shape.imageSize,
      patch_size: shape.patch,
      hidden_size: vision.width,
      intermediate_size: vision.width * 4,
      num_hidden_layers: vision.layers,
      num_attention_heads: vision.heads,
      hidden_act: act,
      projection_dim: dimensions,
    },
  };
}

/** OpenAI's. */
function preprocessorConfig(side: number): object {
  return {
    image_processor_type: 'CLIPImageProcessor',
    do_resize: true,
    size: { shortest_edge: side },
    resample: 3,
    do_center_crop: true,
    crop_size: { height: side, width: side },
    do_rescale: true,
    rescale_factor: 1 / 255,
    do_normalize: true,
    image_mean: [0.48145466, 0.4578275, 0.40821073],
    image_std: [0.26862954, 0.26130258, 0.27577711],
  };
}
