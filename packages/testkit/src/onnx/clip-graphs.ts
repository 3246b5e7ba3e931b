// CLIP's image and text towers as ONNX graphs, with the inputs and outputs that transformers.js exports have.
import { type Random, seededRandom, seedFrom } from '../random.ts';
import { createGraph, type Graph, type GraphBuilder, type Value } from './graph.ts';
import { layerNorm, type ModelPrecision, matMul, type Tower, transformer } from './transformer.ts';

export interface ClipShape {
  /** Input side in pixels; a multiple of `patch`. */
  imageSize: number;
  patch: number;
  vision: Tower;
  text: Tower & {
    /** Tokens read. */
    context: number;
    /** Rows of the token embedding. */
    vocabulary: number;
  };
  /** Width of the shared space. */
  dimensions: number;
}

export interface GraphOptions {
  precision: ModelPrecision;
  quickGelu: boolean;
  seed: number;
  /** Gives the text tower an `attention_mask` input as well. */
  attentionMask: boolean;
  /** The text tower sees what comes after, padding included (`no_causal_mask` of OpenCLIP: MobileCLIP). */
  bothWays?: boolean;
}

/** `pixel_values` float [N, 3, S, S] -> `image_embeds` float [N, dimensions], not normalised. */
export function visionGraph(shape: ClipShape, options: GraphOptions): Graph {
  const { imageSize, patch, vision, dimensions } = shape;
  const { width } = vision;
  const positions = (imageSize / patch) ** 2 + 1;
  const g = createGraph('vision', randomSource(options.seed, 'vision'));
  const pixels = g.input({
    name: 'pixel_values',
    type: 'float',
    shape: ['batch_size', 3, imageSize, imageSize],
  });

  const kernel = g.weights('patch.weight', [width, 3, patch, patch], (3 * patch * patch) ** -0.5);
  const grid = g.node('Conv', [pixels, kernel], { kernel_shape: [patch, patch], strides: [patch, patch] });
  // Also for no picture at all: a graph of both towers may be asked for texts alone.
  const rows = g.node('Reshape', [grid, g.integers([3], [-1, width, positions - 1])]);
  const patches = g.node('Transpose', [rows], { perm: [0, 2, 1] });
  const token = g.weights('class.weight', [1, 1, width], width ** -0.5);
  const tokens = g.node('Expand', [
    token,
    g.node('Concat', [sizeOf(g, pixels, 0), g.integers([2], [1, width])], { axis: 0 }),
  ]);
  const sequence = g.node('Concat', [tokens, patches], { axis: 1 });
  const placed = g.node('Add', [
    sequence,
    g.weights('position.weight', [1, positions, width], width ** -0.5),
  ]);

  const x = transformer(g, layerNorm(g, placed, 'pre_norm', width), { ...vision, ...options }, null);
  const first = g.node('Gather', [x, g.integers([], [0])], { axis: 1 });
  const feature = layerNorm(g, first, 'post_norm', width);
  const embedding = matMul(g, feature, 'projection.weight', width, dimensions, options.precision);
  g.output(embedding, { name: 'image_embeds', type: 'float', shape: ['batch_size', dimensions] });
  return g.graph;
}

/**
 * `input_ids` int64 [N, T] -> `text_embeds` float [N, dimensions], not normalised. The feature is read at the largest
 * id, which is the end token's; what follows it is padding.
 */
export function textGraph(shape: ClipShape, options: GraphOptions): Graph {
  const { text, dimensions } = shape;
  const { width, context, vocabulary } = text;
  const g = createGraph('text', randomSource(options.seed, 'text'));
  const ids = g.input({ name: 'input_ids', type: 'int64', shape: ['batch_size', 'sequence_length'] });
  const length = sizeOf(g, ids, 1);

  const tokens = embed(g, ids, vocabulary, width, options.precision);
  const position = g.weights('position.weight', [1, context, width], 0.3);
  const placed = g.node('Add', [tokens, upTo(g, position, length, [1])]);
  let mask = options.bothWays === true ? null : upTo(g, causalMask(g, context), length, [2, 3]);
  if (options.attentionMask && mask !== null) mask = g.node('Add', [mask, paddingMask(g)]);

  const x = transformer(g, placed, { ...text, ...options }, mask);
  const feature = layerNorm(g, x, 'final_norm', width);
  const end = g.node('ArgMax', [ids], { axis: 1, keepdims: 1 });
  const pooled = g.node('GatherND', [feature, end], { batch_dims: 1 });
  const embedding = matMul(g, pooled, 'projection.weight', width, dimensions, options.precision);
  g.output(embedding, { name: 'text_embeds', type: 'float', shape: ['batch_size', dimensions] });
  return g.graph;
}

/** A large negative number rather than infinity: a row of infinities would make NaN. */
const FORBIDDEN = -1e9;

/** [1, 1, context, context]: every token sees itself and what came before. */
function causalMask(g: GraphBuilder, context: number): Value {
  const values = Array.from({ length: context * context }, (_, i) =>
    i % context > Math.floor(i / context) ? FORBIDDEN : 0,
  );
  return g.floats([1, 1, context, context], values);
}

/** [N, 1, 1, T] from an attention mask of ones and zeros. */
function paddingMask(g: GraphBuilder): Value {
  const given = g.input({ name: 'attention_mask', type: 'int64', shape: ['batch_size', 'sequence_length'] });
  const absent = g.node('Sub', [g.floats([], [1]), g.node('Cast', [given], { to: 1 })]);
  const wide = g.node('Unsqueeze', [absent, g.integers([2], [1, 2])]);
  return g.node('Mul', [wide, g.floats([], [FORBIDDEN])]);
}

export function embed(
  g: GraphBuilder,
  ids: Value,
  vocabulary: number,
  width: number,
  precision: ModelPrecision,
): Value {
  const deviation = 0.5;
  if (precision !== 'int8')
    return g.node('Gather', [g.weights('token.weight', [vocabulary, width], deviation), ids], { axis: 0 });
  const { levels, scale } = g.quantised('token.weight', [vocabulary, width], deviation);
  return g.node('DequantizeLinear', [g.node('Gather', [levels, ids], { axis: 0 }), g.floats([], [scale])]);
}

/** Cuts axes of a constant to the length of this input. */
export function upTo(g: GraphBuilder, value: Value, length: Value, axes: readonly number[]): Value {
  const starts = g.integers(
    [axes.length],
    axes.map(() => 0),
  );
  const ends =
    axes.length === 1
      ? length
      : g.node(
          'Concat',
          axes.map(() => length),
          { axis: 0 },
        );
  return g.node('Slice', [value, starts, ends, g.integers([axes.length], axes)]);
}

/** One dimension of a value's shape, as int64 [1]. */
export function sizeOf(g: GraphBuilder, value: Value, axis: number): Value {
  return g.node('Gather', [g.node('Shape', [value]), g.integers([1], [axis])], { axis: 0 });
}

export function randomSource(seed: number, tower: string): (weight: string) => Random {
  return (weight) => seededRandom(seedFrom(seed, tower, weight));
}
