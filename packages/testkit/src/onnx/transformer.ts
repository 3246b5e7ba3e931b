// The layers of CLIP's two transformers (arXiv 2103.00020, section 2.4; code: github.com/openai/CLIP, model.py).
import type { GraphBuilder, Value } from './graph.ts';

export type ModelPrecision = 'fp32' | 'fp16' | 'int8' | 'q4';

export interface Tower {
  width: number;
  layers: number;
  heads: number;
}

export interface LayerOptions extends Tower {
  precision: ModelPrecision;
  /** x * sigmoid(1.702 x), as OpenAI's weights want; otherwise the exact GELU. */
  quickGelu: boolean;
}

const EPSILON = 1e-5;

/** Weights that share a scale in q4: the smallest that onnxruntime knows. */
const BLOCK = 16;

/** @param mask added to the attention scores, broadcast to [N, heads, T, T]; null attends everywhere */
export function transformer(g: GraphBuilder, input: Value, options: LayerOptions, mask: Value | null): Value {
  let x = input;
  for (let i = 0; i < options.layers; i++) x = block(g, x, `layer${i}`, options, mask);
  return x;
}

/** Pre-norm residual block: x + attention(norm(x)), then x + mlp(norm(x)). */
function block(g: GraphBuilder, x: Value, name: string, options: LayerOptions, mask: Value | null): Value {
  const { width, quickGelu, precision } = options;
  const attended = attention(g, layerNorm(g, x, `${name}.norm1`, width), name, options, mask);
  const middle = g.node('Add', [x, attended]);
  const wide = linear(
    g,
    layerNorm(g, middle, `${name}.norm2`, width),
    `${name}.fc1`,
    width,
    width * 4,
    precision,
  );
  const active = quickGelu ? quick(g, wide) : exactGelu(g, wide);
  return g.node('Add', [middle, linear(g, active, `${name}.fc2`, width * 4, width, precision)]);
}

function attention(
  g: GraphBuilder,
  x: Value,
  name: string,
  options: LayerOptions,
  mask: Value | null,
): Value {
  const { width, heads, precision } = options;
  const size = width / heads;
  const split = (part: string, order: readonly number[]): Value => {
    const projected = linear(g, x, `${name}.${part}`, width, width, precision);
    const parted = g.node('Reshape', [projected, g.integers([4], [0, 0, heads, size])]);
    return g.node('Transpose', [parted], { perm: order });
  };
  const query = split('q', [0, 2, 1, 3]);
  const key = split('k', [0, 2, 3, 1]);
  const value = split('v', [0, 2, 1, 3]);
  const scaled = g.node('Mul', [query, g.floats([], [size ** -0.5])]);
  const scores = g.node('MatMul', [scaled, key]);
  const masked = mask === null ? scores : g.node('Add', [scores, mask]);
  const mixed = g.node('MatMul', [g.node('Softmax', [masked], { axis: -1 }), value]);
  const together = g.node('Transpose', [mixed], { perm: [0, 2, 1, 3] });
  const joined = g.node('Reshape', [together, g.integers([3], [0, 0, width])]);
  return linear(g, joined, `${name}.out`, width, width, precision);
}

export function layerNorm(g: GraphBuilder, x: Value, name: string, width: number): Value {
  const scale = g.weights(`${name}.weight`, [width], 0.05, 1);
  const shift = g.weights(`${name}.bias`, [width], 0.02);
  return g.node('LayerNormalization', [x, scale, shift], { axis: -1, epsilon: EPSILON });
}

export function linear(
  g: GraphBuilder,
  x: Value,
  name: string,
  from: number,
  to: number,
  precision: ModelPrecision,
): Value {
  const product = matMul(g, x, `${name}.weight`, from, to, precision);
  return g.node('Add', [product, g.weights(`${name}.bias`, [to], 0.02)]);
}

/**
 * int8 as onnxruntime's `quantize_dynamic` writes it: activations to uint8 by their range in this very input,
 * weights to int8 with one scale, the product in int32 and back. q4 is onnxruntime's `MatMulNBits`.
 */
export function matMul(
  g: GraphBuilder,
  x: Value,
  name: string,
  from: number,
  to: number,
  precision: ModelPrecision,
): Value {
  const deviation = from ** -0.5;
  if (precision === 'fp32') return g.node('MatMul', [x, g.weights(name, [from, to], deviation)]);
  if (precision === 'fp16') {
    // Kept in half precision, computed in full: exact on any hardware.
    const full = g.node('Cast', [g.halves(name, [from, to], deviation)], { to: 1 });
    return g.node('MatMul', [x, full]);
  }
  if (precision === 'q4') {
    const { levels, scales } = g.nibbles(name, [from, to], deviation, BLOCK);
    const attributes = { K: from, N: to, bits: 4, block_size: BLOCK };
    return g.microsoft('MatMulNBits', [x, levels, scales], attributes);
  }
  const { levels, scale } = g.quantised(name, [from, to], deviation);
  const [quantised, inputScale, inputZero] = g.nodes('DynamicQuantizeLinear', [x], 3) as [
    Value,
    Value,
    Value,
  ];
  const product = g.node('MatMulInteger', [quantised, levels, inputZero]);
  const scales = g.node('Mul', [inputScale, g.floats([], [scale])]);
  return g.node('Mul', [g.node('Cast', [product], { to: 1 }), scales]);
}

function quick(g: GraphBuilder, x: Value): Value {
  return g.node('Mul', [x, g.node('Sigmoid', [g.node('Mul', [x, g.floats([], [1.702])])])]);
}

function exactGelu(g: GraphBuilder, x: Value): Value {
  const erf = g.node('Erf', [g.node('Div', [x, g.floats([], [Math.SQRT2])])]);
  const gate = g.node('Add', [erf, g.floats([], [1])]);
  return g.node('Mul', [g.node('Mul', [x, gate]), g.floats([], [0.5])]);
}
