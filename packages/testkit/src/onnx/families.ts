// Model folders of every family, with random weights: the operators, names, files and layouts of the real ones.
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { byteBpe } from './byte-bpe.ts';
import { textGraph, visionGraph } from './clip-graphs.ts';
import type { Graph } from './graph.ts';
import {
  type ImageTowerOptions,
  mobileVisionGraph,
  type ResNetShape,
  resNetGraph,
  type SiglipShape,
  siglipVisionGraph,
} from './image-towers.ts';
import { mergeGraphs } from './merge.ts';
import { saveGraph } from './save.ts';
import { textEncoderGraph } from './text-towers.ts';
import type { ModelPrecision, Tower } from './transformer.ts';
import { ENDINGS, TINY, writeClipModel } from './write-clip-model.ts';

export const FAMILY_NAMES = [
  'openai-vit',
  'openclip-vit',
  'openclip-resnet',
  'siglip',
  'siglip-immich',
  'siglip2',
  'mobileclip',
  'xlm-roberta',
  'm-clip',
  'nllb',
  'jina-clip',
  'combined-clip',
  'loose',
] as const;
export type FamilyName = (typeof FAMILY_NAMES)[number];

export interface FamilyOptions {
  precision?: ModelPrecision;
  seed?: number;
  /** Input and output of `loose` in half precision. */
  half?: boolean;
  resNet?: ResNetShape & { imageSize: number; dimensions: number };
  siglip?: SiglipShape & { imageSize: number; vocabulary: number };
}

type Settings = Required<Pick<FamilyOptions, 'precision' | 'seed'>> & FamilyOptions;

const DIMENSIONS = 32;
const TOWER: Tower = { width: 32, layers: 2, heads: 2 };
/** Of the little tokenizers. */
const VOCABULARY = 640;
const MEAN = [0.48145466, 0.4578275, 0.40821073];
const STD = [0.26862954, 0.26130258, 0.27577711];

/** Same options, same bytes. */
export async function writeModelFamily(
  directory: string,
  family: FamilyName,
  options: FamilyOptions = {},
): Promise<void> {
  const settings: Settings = { precision: 'fp32', seed: 1, ...options };
  await WRITERS[family](directory, settings);
}

type Writer = (directory: string, settings: Settings) => Promise<unknown>;

const WRITERS: Record<FamilyName, Writer> = {
  'openai-vit': (directory, { precision, seed }) => writeClipModel(directory, { precision, seed }),
  'openclip-vit': (directory, settings) =>
    writeImmich(directory, settings, {
      config: openClipConfig({ layers: 2, width: 32, patch_size: 16, image_size: 32 }),
      // Immich's exports are made for one picture at a time.
      vision: renamed(clipVision(settings), { pixel_values: 'image', image_embeds: 'embedding' }, 1),
      imageSize: 32,
      text: renamed(clipText(settings), { input_ids: 'text', text_embeds: 'embedding' }, 1),
      tokenizer: 'clip',
    }),
  'openclip-resnet': (directory, settings) => {
    const { imageSize, dimensions, ...shape } = settings.resNet ?? {
      ...{ width: 16, layers: [1, 1, 1, 1], heads: 4 },
      ...{ imageSize: 64, dimensions: TINY.dimensions },
    };
    const vision_cfg = { layers: shape.layers, width: shape.width, patch_size: null, image_size: imageSize };
    return writeImmich(directory, settings, {
      config: { ...openClipConfig(vision_cfg), embed_dim: dimensions },
      vision: resNetGraph(shape, { ...settings, imageSize, dimensions, input: 'image', output: 'embedding' }),
      imageSize,
      text: renamed(clipText(settings, dimensions), { input_ids: 'text', text_embeds: 'embedding' }, null),
      tokenizer: 'clip',
    });
  },
  siglip: (directory, settings) => writeSiglip(directory, settings, 'siglip'),
  siglip2: (directory, settings) => writeSiglip(directory, settings, 'gemma'),
  'siglip-immich': (directory, settings) =>
    writeImmich(directory, settings, {
      config: {
        embed_dim: DIMENSIONS,
        init_logit_scale: Math.log(10),
        init_logit_bias: -10,
        custom_text: true,
        vision_cfg: { image_size: 32, timm_model_name: 'vit_tiny_patch16_siglip_32' },
        text_cfg: { context_length: 64, tokenizer_kwargs: { clean: 'canonicalize' } },
      },
      vision: siglipVision(settings, 'image', 'embedding'),
      imageSize: 32,
      preprocess: { mean: [0.5, 0.5, 0.5], std: [0.5, 0.5, 0.5], resize_mode: 'squash' },
      text: siglipText(settings, { name: 'text', type: 'int32', shape: ['batch_size', 64] }, 'embedding'),
      tokenizer: 'siglip',
    }),
  mobileclip: (directory, settings) =>
    writeTransformers(directory, settings, {
      config: {
        model_type: 'clip',
        _name_or_path: 'apple/mobileclip_random',
        projection_dim: DIMENSIONS,
        text_config: { max_position_embeddings: TINY.text.context },
        vision_config: { image_size: 32 },
      },
      preprocessor: { ...hfPreprocessor(32), do_normalize: false, resample: 2 },
      vision: mobileVisionGraph([16, 32], imageOptions(settings, 'pixel_values', 'image_embeds')),
      text: clipText(settings, DIMENSIONS, true),
      tokenizer: 'clip',
    }),
  'xlm-roberta': (directory, settings) =>
    writeMultilingual(directory, settings, 'xlm-roberta-base', { padding: 1 }, 'text'),
  'm-clip': (directory, settings) =>
    writeMultilingual(directory, settings, 'M-CLIP/XLM-Roberta-Large-Vit-B-32', 'input', 'input_ids'),
  nllb: (directory, settings) =>
    writeMultilingual(directory, settings, 'facebook/nllb-200-distilled-600M', { padding: 1 }, 'text', {
      ...{ init_logit_bias: -10, custom_text: true },
      vision_cfg: { image_size: 32, timm_model_name: 'vit_tiny_patch16_siglip_32' },
    }),
  'jina-clip': async (directory, settings) => {
    const vision = siglipVision(settings, 'pixel_values', 'l2norm_image_embeddings');
    const text = textEncoderGraph({
      ...encoderText(settings, 'l2norm_text_embeddings'),
      context: 512,
      mask: { padding: 0 },
      pooling: 'mean',
    });
    await writeCombined(directory, settings, mergeGraphs(vision, text, null), {
      config: { model_type: 'jina_clip', text_config: {}, vision_config: { image_size: 32 } },
      preprocessor: {
        image_processor_type: 'JinaCLIPImageProcessor',
        ...{
          size: 32,
          resize_mode: 'shortest',
          interpolation: 'bicubic',
          fill_color: 0,
          mean: MEAN,
          std: STD,
        },
      },
      tokenizer: 'bert',
    });
  },
  'combined-clip': (directory, settings) =>
    writeCombined(
      directory,
      settings,
      mergeGraphs(clipVision(settings), clipText(settings), {
        ...{ image: 'image_embeds', text: 'text_embeds', logScale: Math.log(50) },
      }),
      { config: { model_type: 'clip' }, preprocessor: hfPreprocessor(32), tokenizer: 'clip' },
    ),
  loose: async (directory, settings) => {
    const vision = mobileVisionGraph([16, 32], imageOptions(settings, 'input.1', 'out.7'));
    const text = textEncoderGraph({
      ...encoderText(settings, 'out.9'),
      segments: true,
      input: { name: 'tokens', type: 'int64', shape: ['n', 24] },
    });
    await saveAll(directory, { 'first_fp16.onnx': vision, 'second_fp16.onnx': text });
    await writeTokenizer(directory, 'xlm-roberta', 24);
    await writeJson(directory, 'preprocessor_config.json', hfPreprocessor(32));
  },
};

const imageOptions = (settings: Settings, input: string, output: string): ImageTowerOptions => ({
  ...settings,
  ...{ imageSize: 32, dimensions: DIMENSIONS, input, output, half: settings.half ?? false },
});

function clipVision({ precision, seed }: Settings): Graph {
  return visionGraph(TINY, { precision, seed, quickGelu: false, attentionMask: false });
}

function clipText({ precision, seed }: Settings, dimensions = TINY.dimensions, bothWays = false): Graph {
  const options = { precision, seed, quickGelu: false, attentionMask: false, bothWays };
  return textGraph({ ...TINY, dimensions }, options);
}

function siglipVision(settings: Settings, input: string, output: string): Graph {
  const { imageSize, ...shape } = settings.siglip ?? { patch: 16, tower: TOWER, imageSize: 32 };
  const dimensions = shape.tower.width;
  return siglipVisionGraph(shape, { ...imageOptions(settings, input, output), imageSize, dimensions });
}

type TextInput = Parameters<typeof textEncoderGraph>[0]['input'];

function siglipText(settings: Settings, input: TextInput, output: string): Graph {
  const { siglip } = settings;
  return textEncoderGraph({
    ...encoderText(settings, output),
    ...(siglip && { tower: siglip.tower, vocabulary: siglip.vocabulary, dimensions: siglip.tower.width }),
    input,
  });
}

function encoderText(settings: Settings, output: string): Parameters<typeof textEncoderGraph>[0] {
  return {
    ...{ tower: TOWER, vocabulary: VOCABULARY, context: 64, dimensions: DIMENSIONS },
    ...{ precision: settings.precision, seed: settings.seed, pooling: 'last', mask: null, output },
    input: { name: 'input_ids', type: 'int64', shape: ['batch_size', 'sequence_length'] },
  };
}

async function writeSiglip(directory: string, settings: Settings, tokenizer: TokenizerName): Promise<void> {
  const imageSize = settings.siglip?.imageSize ?? 32;
  await writeTransformers(directory, settings, {
    config: {
      model_type: 'siglip',
      // Values that are the class's defaults are left out, as transformers leaves them out.
      text_config: { model_type: 'siglip_text_model' },
      vision_config: { model_type: 'siglip_vision_model', image_size: imageSize },
    },
    preprocessor: {
      ...{ image_processor_type: 'SiglipImageProcessor', size: { height: imageSize, width: imageSize } },
      ...{ resample: 3, image_mean: [0.5, 0.5, 0.5], image_std: [0.5, 0.5, 0.5] },
    },
    vision: siglipVision(settings, 'pixel_values', 'pooler_output'),
    text: siglipText(
      settings,
      { name: 'input_ids', type: 'int64', shape: ['batch_size', 'sequence_length'] },
      'pooler_output',
    ),
    tokenizer,
  });
}

async function writeMultilingual(
  directory: string,
  settings: Settings,
  model: string,
  mask: 'input' | { padding: number },
  input: string,
  more: object = {},
): Promise<void> {
  await writeImmich(directory, settings, {
    config: {
      embed_dim: TINY.dimensions,
      vision_cfg: { image_size: 32, layers: 2, width: 32, patch_size: 16 },
      text_cfg: { hf_model_name: model, hf_tokenizer_name: model, context_length: 40 },
      ...more,
    },
    vision: renamed(clipVision(settings), { pixel_values: 'image', image_embeds: 'embedding' }, null),
    imageSize: 32,
    text: textEncoderGraph({
      ...encoderText(settings, 'embedding'),
      ...{ dimensions: TINY.dimensions, mask, pooling: 'mean' },
      input: { name: input, type: 'int32', shape: ['batch_size', 'sequence_length'] },
    }),
    tokenizer: 'xlm-roberta',
  });
}

const openClipConfig = (vision_cfg: object): object => ({
  embed_dim: TINY.dimensions,
  quick_gelu: false,
  vision_cfg,
  text_cfg: { context_length: TINY.text.context, vocab_size: TINY.text.vocabulary },
});

const hfPreprocessor = (side: number): object => ({
  image_processor_type: 'CLIPImageProcessor',
  ...{
    size: { shortest_edge: side },
    crop_size: { height: side, width: side },
    image_mean: MEAN,
    image_std: STD,
  },
});

interface Parts {
  config: object;
  vision: Graph;
  text: Graph;
  tokenizer: TokenizerName;
}

async function writeTransformers(
  directory: string,
  { precision }: Settings,
  parts: Parts & { preprocessor: object },
): Promise<void> {
  const ending = `${ENDINGS[precision]}.onnx`;
  await saveAll(directory, {
    [`onnx/vision_model${ending}`]: parts.vision,
    [`onnx/text_model${ending}`]: parts.text,
  });
  await writeJson(directory, 'config.json', parts.config);
  await writeJson(directory, 'preprocessor_config.json', parts.preprocessor);
  await writeTokenizer(directory, parts.tokenizer);
}

async function writeImmich(
  directory: string,
  { precision }: Settings,
  parts: Parts & { imageSize: number; preprocess?: object },
): Promise<void> {
  const ending = `${ENDINGS[precision]}.onnx`;
  await saveAll(directory, {
    [`visual/model${ending}`]: parts.vision,
    [`textual/model${ending}`]: parts.text,
  });
  await writeJson(directory, 'config.json', parts.config);
  await writeJson(join(directory, 'visual'), 'preprocess_cfg.json', {
    ...{ size: [parts.imageSize, parts.imageSize], mode: 'RGB', mean: MEAN, std: STD },
    ...{ interpolation: 'bicubic', resize_mode: 'shortest', fill_color: 0 },
    ...parts.preprocess,
  });
  await writeTokenizer(join(directory, 'textual'), parts.tokenizer);
}

async function writeCombined(
  directory: string,
  { precision }: Settings,
  graph: Graph,
  parts: { config: object; preprocessor: object; tokenizer: TokenizerName },
): Promise<void> {
  await saveAll(directory, { [`onnx/model${ENDINGS[precision]}.onnx`]: graph });
  await writeJson(directory, 'config.json', parts.config);
  await writeJson(directory, 'preprocessor_config.json', parts.preprocessor);
  await writeTokenizer(directory, parts.tokenizer);
}

type TokenizerName = 'clip' | 'siglip' | 'gemma' | 'xlm-roberta' | 'bert';

async function writeTokenizer(directory: string, name: TokenizerName, longest?: number): Promise<void> {
  const { tokenizer, config } =
    name === 'clip' ? byteBpe(TINY.text.vocabulary, TINY.text.context) : await read(name);
  await writeJson(directory, 'tokenizer.json', tokenizer);
  await writeJson(directory, 'tokenizer_config.json', {
    ...config,
    ...(longest && { model_max_length: longest }),
  });
}

async function read(name: string): Promise<{ tokenizer: object; config: object }> {
  return JSON.parse(await readFile(new URL(`tokenizers/${name}.json`, import.meta.url), 'utf8'));
}

async function saveAll(directory: string, graphs: Record<string, Graph>): Promise<void> {
  for (const [name, graph] of Object.entries(graphs)) {
    await mkdir(dirname(join(directory, name)), { recursive: true });
    await saveGraph(join(directory, name), graph);
  }
}

async function writeJson(directory: string, name: string, content: object): Promise<void> {
  await mkdir(directory, { recursive: true });
  await writeFile(join(directory, name), `${JSON.stringify(content, null, 1)}\n`);
}

/** The same graph with other names for its ports, ids of four bytes, and perhaps a fixed batch: OpenCLIP's exports. */
function renamed(graph: Graph, names: Record<string, string>, batch: number | null): Graph {
  const to = (name: string): string => names[name] ?? name;
  const port = (each: Graph['inputs'][number]): Graph['inputs'][number] => ({
    ...each,
    name: to(each.name),
    ...(each.name === 'input_ids' && { type: 'int32' as const }),
    shape: each.shape.map((side) => (side === 'batch_size' && batch !== null ? batch : side)),
  });
  const cast = graph.inputs.some((each) => each.name === 'input_ids');
  const inner = (name: string): string => (cast && name === 'input_ids' ? 'ids_of_eight_bytes' : to(name));
  const nodes = graph.nodes.map((node) => ({
    ...node,
    inputs: node.inputs.map(inner),
    outputs: node.outputs.map(inner),
  }));
  if (cast) {
    const attributes = { to: 7 };
    const inputs = [to('input_ids')];
    nodes.unshift({ operator: 'Cast', inputs, outputs: ['ids_of_eight_bytes'], attributes });
  }
  return { ...graph, nodes, inputs: graph.inputs.map(port), outputs: graph.outputs.map(port) };
}
