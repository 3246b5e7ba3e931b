// Which tensor of a graph is which: exporters give them many names, so shape and type decide where names do not.
import type { TensorInfo } from './runtime.ts';

export type Tower = 'vision' | 'text';

/** Embeddings by the names that exporters give them, the surest first. */
const OUTPUTS: Record<Tower, readonly string[]> = {
  vision: [
    'image_embeds',
    'image_embeddings',
    'image_features',
    'l2norm_image_embeddings',
    'image_embedding',
    'embeddings',
    'embedding',
    'pooler_output',
    'output',
  ],
  text: [
    'text_embeds',
    'text_embeddings',
    'text_features',
    'l2norm_text_embeddings',
    'text_embedding',
    'sentence_embedding',
    'embeddings',
    'embedding',
    'pooler_output',
    'output',
  ],
};

/** Of the other tower, or no embedding at all. */
const NOT: Record<Tower, RegExp> = { vision: /text|logit|hidden/, text: /image|vision|logit|hidden/ };

export const isPicture = (info: TensorInfo): boolean =>
  info.shape.length === 4 && info.type.startsWith('float');
const isInteger = (info: TensorInfo): boolean => info.type === 'int64' || info.type === 'int32';
const isMask = (info: TensorInfo): boolean => /mask/i.test(info.name);
const isSegment = (info: TensorInfo): boolean => /token_type|segment/i.test(info.name);

export interface TextPorts {
  /** [N, T] */
  ids: TensorInfo;
  /** [N, T], 1 for tokens and 0 for padding. */
  mask: TensorInfo | undefined;
  /** [N, T], all zero for one text (BERT). */
  segments: TensorInfo | undefined;
}

export const pictureInput = (inputs: readonly TensorInfo[]): TensorInfo | undefined => {
  const pictures = inputs.filter(isPicture);
  return pictures.length === 1 ? pictures[0] : undefined;
};

export function textInputs(inputs: readonly TensorInfo[]): TextPorts | undefined {
  const integers = inputs.filter((info) => isInteger(info) && info.shape.length === 2);
  const [ids, ...others] = integers.filter((info) => !isMask(info) && !isSegment(info));
  const named =
    [ids, ...others].find((info) => info?.name === 'input_ids') ?? (others.length === 0 ? ids : undefined);
  if (named === undefined) return undefined;
  return { ids: named, mask: integers.find(isMask), segments: integers.find(isSegment) };
}

/** Null for a graph that is no encoder of pictures or texts. */
export function towerOf(inputs: readonly TensorInfo[]): Tower | 'both' | null {
  const picture = pictureInput(inputs) !== undefined;
  const text = textInputs(inputs) !== undefined;
  if (picture && text) return 'both';
  if (picture) return 'vision';
  return text ? 'text' : null;
}

/**
 * @param dimensions width of the embedding; null when nothing states it
 * @returns undefined when no output can be an embedding of that width
 */
export function embeddingOutput(
  outputs: readonly TensorInfo[],
  tower: Tower,
  dimensions: number | null,
): TensorInfo | undefined {
  const fits = outputs.filter((info) => {
    const width = info.shape.at(-1);
    const wide = dimensions === null || typeof width !== 'number' || width < 1 || width === dimensions;
    return info.shape.length === 2 && info.type.startsWith('float') && wide && !NOT[tower].test(info.name);
  });
  const named = OUTPUTS[tower].map((name) => fits.find((info) => info.name === name));
  return named.find((info) => info !== undefined) ?? fits[0];
}

/** A whole number that the graph was exported for; null for a free dimension. */
export function fixed(info: TensorInfo, axis: number): number | null {
  const side = info.shape[axis];
  return typeof side === 'number' && side > 0 ? side : null;
}

/** For sentences. */
export function listPorts(ports: readonly TensorInfo[]): string {
  return ports.map(({ name, type, shape }) => `${name} ${type}[${shape.join(', ')}]`).join('; ') || 'none';
}
