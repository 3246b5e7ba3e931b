// One graph of two towers, as a whole CLIP model is exported: both inputs, both embeddings, and the scores between them.
import { createGraph, type Graph, type Node } from './graph.ts';

/** Both towers may give one; whole models give none. */
const HIDDEN = 'last_hidden_state';

/**
 * @param embeddings names of the two outputs whose cosines are scored; null for no scores
 * @param logScale `logit_scale` as trained: natural logarithm
 */
export function mergeGraphs(
  image: Graph,
  text: Graph,
  embeddings: { image: string; text: string; logScale: number } | null,
): Graph {
  const parts = [withPrefix(image, 'v/'), withPrefix(text, 't/')];
  const g = createGraph('clip', () => () => 0);
  for (const part of parts) {
    g.graph.nodes.push(...part.nodes.filter((node) => !node.outputs.includes(HIDDEN)));
    g.graph.initializers.push(...part.initializers);
    g.graph.inputs.push(...part.inputs);
    g.graph.outputs.push(...part.outputs.filter((port) => port.name !== HIDDEN));
    g.graph.parameters += part.parameters;
  }
  if (embeddings !== null) {
    const scale = g.node('Exp', [g.scalar('logit_scale', embeddings.logScale)]);
    const unit = (name: string): string => g.node('LpNormalization', [name], { axis: -1, p: 2 });
    const across = g.node('Transpose', [unit(embeddings.text)], { perm: [1, 0] });
    const cosines = g.node('MatMul', [unit(embeddings.image), across]);
    const shape = ['image_batch_size', 'text_batch_size'];
    // First, as exporters write them: the embedding is found by what it is, not by its place.
    const [scores] = [g.node('Mul', [cosines, scale])];
    g.output(scores, { name: 'logits_per_image', type: 'float', shape });
    g.graph.outputs.unshift(...g.graph.outputs.splice(-1));
  }
  return g.graph;
}

/** Names inside a graph may be those of the other; its ports keep theirs. */
function withPrefix(graph: Graph, prefix: string): Graph {
  const ports = new Set([...graph.inputs, ...graph.outputs].map((port) => port.name));
  const renamed = (name: string): string => (ports.has(name) ? name : prefix + name);
  const node = (each: Node): Node => ({
    ...each,
    inputs: each.inputs.map(renamed),
    outputs: each.outputs.map(renamed),
  });
  return {
    ...graph,
    nodes: graph.nodes.map(node),
    initializers: graph.initializers.map((each) => ({ ...each, name: prefix + each.name })),
  };
}
