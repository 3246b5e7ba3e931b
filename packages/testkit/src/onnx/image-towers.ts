// Image towers that are not CLIP's ViT: the modified ResNet with attention pooling, SigLIP's ViT with its pooling head,
// and a convolutional tower as MobileCLIP's. Shapes of the operators are the originals', sizes are whatever is asked for.
import { randomSource, sizeOf } from './clip-graphs.ts';
import { createGraph, type Graph, type GraphBuilder, type Value } from './graph.ts';
import { layerNorm, linear, type ModelPrecision, matMul, type Tower, transformer } from './transformer.ts';

export interface ImageTowerOptions {
  imageSize: number;
  dimensions: number;
  precision: ModelPrecision;
  seed: number;
  /** Name of the input: `pixel_values`, `image`. */
  input: string;
  /** Name of the embedding. */
  output: string;
  /** Pictures per call; null for any number. */
  batch?: number | null;
  /** Input and output in half precision. */
  half?: boolean;
}

/** Opens the graph and its input. @returns the picture in float */
function begin(options: ImageTowerOptions): { g: GraphBuilder; pixels: Value; batch: number | string } {
  const { imageSize, seed, input, half = false } = options;
  const batch = options.batch ?? 'batch_size';
  const g = createGraph('vision', randomSource(seed, 'vision'));
  const shape = [batch, 3, imageSize, imageSize];
  const given = g.input({ name: input, type: half ? 'float16' : 'float', shape });
  return { g, pixels: half ? g.node('Cast', [given], { to: 1 }) : given, batch };
}

function end(g: GraphBuilder, embedding: Value, options: ImageTowerOptions, batch: number | string): Graph {
  const { output, dimensions, half = false } = options;
  const value = half ? g.node('Cast', [embedding], { to: 10 }) : embedding;
  g.output(value, { name: output, type: half ? 'float16' : 'float', shape: [batch, dimensions] });
  return g.graph;
}

export interface ResNetShape {
  /** Of the stem; the four stages end at 4, 8, 16 and 32 times as many channels. */
  width: number;
  /** Blocks per stage; RN50: 3, 4, 6, 3. */
  layers: readonly number[];
  heads: number;
}

/** `ModifiedResNet` of CLIP (github.com/openai/CLIP, model.py): three stem convolutions, antialiased strides, attention pool. */
export function resNetGraph(shape: ResNetShape, options: ImageTowerOptions): Graph {
  const { g, pixels, batch } = begin(options);
  const { width, layers } = shape;
  let x = relu(g, convolution(g, pixels, 'stem1', 3, width / 2, 3, 2));
  x = relu(g, convolution(g, x, 'stem2', width / 2, width / 2, 3));
  x = relu(g, convolution(g, x, 'stem3', width / 2, width, 3));
  x = averagePool(g, x, 2);
  let from = width;
  layers.forEach((blocks, stage) => {
    const planes = width * 2 ** stage;
    for (let i = 0; i < blocks; i++) {
      x = bottleneck(g, x, `layer${stage + 1}.${i}`, from, planes, stage > 0 && i === 0 ? 2 : 1);
      from = planes * 4;
    }
  });
  const side = options.imageSize / 4 / 2 ** (layers.length - 1);
  const pooled = attentionPool(g, x, { ...shape, ...options, width: from, positions: side ** 2 + 1 });
  return end(g, pooled, options, batch);
}

/** Convolution with the batch normalisation folded in, as exporters fold it. */
function convolution(
  g: GraphBuilder,
  x: Value,
  name: string,
  from: number,
  to: number,
  kernel: number,
  stride = 1,
  group = 1,
): Value {
  const inputs = (from / group) * kernel ** 2;
  const weight = g.weights(`${name}.weight`, [to, from / group, kernel, kernel], (2 / inputs) ** 0.5);
  const pad = (kernel - 1) / 2;
  return g.node('Conv', [x, weight, g.weights(`${name}.bias`, [to], 0.02)], {
    kernel_shape: [kernel, kernel],
    strides: [stride, stride],
    pads: [pad, pad, pad, pad],
    group,
  });
}

const relu = (g: GraphBuilder, x: Value): Value => g.node('Relu', [x]);

const averagePool = (g: GraphBuilder, x: Value, side: number): Value =>
  g.node('AveragePool', [x], { kernel_shape: [side, side], strides: [side, side] });

function bottleneck(
  g: GraphBuilder,
  x: Value,
  name: string,
  from: number,
  planes: number,
  stride: number,
): Value {
  const shrink = (value: Value): Value => (stride > 1 ? averagePool(g, value, stride) : value);
  const first = relu(g, convolution(g, x, `${name}.conv1`, from, planes, 1));
  const second = relu(g, convolution(g, first, `${name}.conv2`, planes, planes, 3));
  const third = convolution(g, shrink(second), `${name}.conv3`, planes, planes * 4, 1);
  const same = stride === 1 && from === planes * 4;
  const skip = same ? x : convolution(g, shrink(x), `${name}.down`, from, planes * 4, 1);
  return relu(g, g.node('Add', [third, skip]));
}

/** The mean of all places asks the places: one query, multi-head, projected to the shared space. */
function attentionPool(
  g: GraphBuilder,
  x: Value,
  o: { width: number; positions: number; heads: number; dimensions: number; precision: ModelPrecision },
): Value {
  const { width, positions, heads, dimensions, precision } = o;
  const rows = g.node('Transpose', [g.node('Reshape', [x, g.integers([3], [0, width, -1])])], {
    perm: [0, 2, 1],
  });
  const mean = g.node('ReduceMean', [rows], { axes: [1], keepdims: 1 });
  const places = g.node('Add', [
    g.node('Concat', [mean, rows], { axis: 1 }),
    g.weights('pool.position', [1, positions, width], width ** -0.5),
  ]);
  const query = g.node('Slice', [places, g.integers([1], [0]), g.integers([1], [1]), g.integers([1], [1])]);
  return attend(g, query, places, 'pool', { width, heads, to: dimensions, precision });
}

/** Multi-head attention of one query per picture over `places`. @returns [N, to] */
function attend(
  g: GraphBuilder,
  query: Value,
  places: Value,
  name: string,
  o: { width: number; heads: number; to: number; precision: ModelPrecision },
): Value {
  const { width, heads, to, precision } = o;
  const size = width / heads;
  const split = (part: string, value: Value, order: readonly number[]): Value => {
    const projected = linear(g, value, `${name}.${part}`, width, width, precision);
    return g.node('Transpose', [g.node('Reshape', [projected, g.integers([4], [0, 0, heads, size])])], {
      perm: order,
    });
  };
  const q = g.node('Mul', [split('q', query, [0, 2, 1, 3]), g.floats([], [size ** -0.5])]);
  const scores = g.node('MatMul', [q, split('k', places, [0, 2, 3, 1])]);
  const mixed = g.node('MatMul', [
    g.node('Softmax', [scores], { axis: -1 }),
    split('v', places, [0, 2, 1, 3]),
  ]);
  const joined = g.node('Reshape', [mixed, g.integers([2], [0, width])]);
  return linear(g, joined, `${name}.out`, width, to, precision);
}

export interface SiglipShape {
  patch: number;
  tower: Tower;
}

/**
 * SigLIP's ViT: no class token, no norm before the layers; a learned probe attends to all patches, then an MLP
 * (`SiglipMultiheadAttentionPoolingHead` of transformers). Gives `last_hidden_state` first, as its exports do.
 */
export function siglipVisionGraph(shape: SiglipShape, options: ImageTowerOptions): Graph {
  const { g, pixels, batch } = begin(options);
  const { patch, tower } = shape;
  const { width, heads } = tower;
  const positions = Math.floor(options.imageSize / patch) ** 2;
  const weight = g.weights('patch.weight', [width, 3, patch, patch], (3 * patch * patch) ** -0.5);
  const grid = g.node('Conv', [pixels, weight, g.weights('patch.bias', [width], 0.02)], {
    kernel_shape: [patch, patch],
    strides: [patch, patch],
  });
  const rows = g.node('Transpose', [g.node('Reshape', [grid, g.integers([3], [-1, width, positions])])], {
    perm: [0, 2, 1],
  });
  const placed = g.node('Add', [rows, g.weights('position.weight', [1, positions, width], width ** -0.5)]);
  const { precision } = options;
  const x = transformer(g, placed, { ...tower, precision, quickGelu: false }, null);
  const hidden = layerNorm(g, x, 'post_norm', width);
  g.output(hidden, { name: 'last_hidden_state', type: 'float', shape: [batch, positions, width] });
  const probe = g.node('Expand', [
    g.weights('head.probe', [1, 1, width], 1),
    g.node('Concat', [sizeOf(g, pixels, 0), g.integers([2], [1, width])], { axis: 0 }),
  ]);
  const pooled = attend(g, probe, hidden, 'head', { width, heads, to: width, precision });
  const wide = linear(g, layerNorm(g, pooled, 'head.norm', width), 'head.fc1', width, width * 4, precision);
  const mlp = linear(g, g.node('Relu', [wide]), 'head.fc2', width * 4, width, precision);
  return end(g, g.node('Add', [pooled, mlp]), options, batch);
}

/** Depthwise and pointwise convolutions, pooled: the shape of MobileCLIP's FastViT after its branches are folded. */
export function mobileVisionGraph(widths: readonly number[], options: ImageTowerOptions): Graph {
  const { g, pixels, batch } = begin(options);
  let x = pixels;
  let from = 3;
  widths.forEach((width, stage) => {
    x = relu(g, convolution(g, x, `stage${stage}.in`, from, width, 3, 2));
    const mixed = convolution(g, x, `stage${stage}.mix`, width, width, 7, 1, width);
    const wide = relu(g, convolution(g, mixed, `stage${stage}.fc1`, width, width * 2, 1));
    x = g.node('Add', [x, convolution(g, wide, `stage${stage}.fc2`, width * 2, width, 1)]);
    from = width;
  });
  const pooled = g.node('Flatten', [g.node('GlobalAveragePool', [x])], { axis: 1 });
  const embedding = matMul(g, pooled, 'projection.weight', from, options.dimensions, options.precision);
  return end(g, embedding, options, batch);
}
