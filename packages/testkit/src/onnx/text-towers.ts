// Text towers that are not CLIP's: encoders that look both ways, read at the last place (SigLIP) or as a mean
// (XLM-R, M-CLIP, NLLB, jina).
import { embed, randomSource, sizeOf, upTo } from './clip-graphs.ts';
import { createGraph, type Graph, type GraphBuilder, type Value } from './graph.ts';
import { layerNorm, linear, type ModelPrecision, type Tower, transformer } from './transformer.ts';

export interface TextTowerOptions {
  tower: Tower;
  vocabulary: number;
  context: number;
  dimensions: number;
  precision: ModelPrecision;
  seed: number;
  /** `last`: at the last place, padding included. `mean`: over the tokens that are no padding. */
  pooling: 'last' | 'mean';
  /** Where the mean takes its mask from: an input, or ids unlike this one. */
  mask: 'input' | { padding: number } | null;
  input: { name: string; type: 'int64' | 'int32'; shape: readonly (number | string)[] };
  output: string;
  /** BERT's second input. */
  segments?: boolean;
}

export function textEncoderGraph(options: TextTowerOptions): Graph {
  const { tower, vocabulary, context, dimensions, precision, input } = options;
  const { width } = tower;
  const g = createGraph('text', randomSource(options.seed, 'text'));
  const given = g.input(input);
  const ids = input.type === 'int32' ? g.node('Cast', [given], { to: 7 }) : given;
  const tokens = embed(g, ids, vocabulary, width, precision);
  const position = g.weights('position.weight', [1, context, width], 0.3);
  let placed = g.node('Add', [tokens, upTo(g, position, sizeOf(g, ids, 1), [1])]);
  if (options.segments === true) placed = g.node('Add', [placed, segmentEmbedding(g, input, width)]);
  const present = options.mask === null ? null : presence(g, ids, options);
  const x = transformer(
    g,
    layerNorm(g, placed, 'embed_norm', width),
    { ...tower, precision, quickGelu: false },
    present && attentionBias(g, present),
  );
  const hidden = layerNorm(g, x, 'final_norm', width);
  const batch = input.shape[0] ?? 'batch_size';
  g.output(hidden, { name: 'last_hidden_state', type: 'float', shape: [batch, 'sequence_length', width] });
  const feature = present === null ? lastPlace(g, hidden) : maskedMean(g, hidden, present);
  const embedding = linear(g, feature, 'head', width, dimensions, precision);
  g.output(embedding, { name: options.output, type: 'float', shape: [batch, dimensions] });
  return g.graph;
}

/** [N, T] of ones and zeros. */
function presence(g: GraphBuilder, ids: Value, { mask, input }: TextTowerOptions): Value {
  if (mask === 'input') {
    const given = g.input({ name: 'attention_mask', type: input.type, shape: input.shape });
    return g.node('Cast', [given], { to: 1 });
  }
  const padding = g.integers([], [mask?.padding ?? 0]);
  return g.node('Cast', [g.node('Not', [g.node('Equal', [ids, padding])])], { to: 1 });
}

/** Added to the scores: nobody looks at padding. */
function attentionBias(g: GraphBuilder, present: Value): Value {
  const absent = g.node('Sub', [g.floats([], [1]), present]);
  return g.node('Mul', [g.node('Unsqueeze', [absent, g.integers([2], [1, 2])]), g.floats([], [-1e9])]);
}

function lastPlace(g: GraphBuilder, hidden: Value): Value {
  return g.node('Gather', [hidden, g.integers([], [-1])], { axis: 1 });
}

function maskedMean(g: GraphBuilder, hidden: Value, present: Value): Value {
  const weight = g.node('Unsqueeze', [present, g.integers([1], [2])]);
  const axis = g.integers([1], [1]);
  const sum = g.node('ReduceSum', [g.node('Mul', [hidden, weight]), axis], { keepdims: 0 });
  return g.node('Div', [sum, g.node('ReduceSum', [weight, axis], { keepdims: 0 })]);
}

function segmentEmbedding(g: GraphBuilder, input: TextTowerOptions['input'], width: number): Value {
  const segments = g.input({ name: 'token_type_ids', type: input.type, shape: input.shape });
  return g.node('Gather', [g.weights('segment.weight', [2, width], 0.3), segments], { axis: 0 });
}
