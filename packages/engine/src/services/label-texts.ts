// The words of labels as embeddings: each description in a few templates, and how steady its wording is.

import { SemblanceError } from '@semblance/contract';
import { agreement } from '@semblance/core';
import { LRUCache } from 'lru-cache';
import { type ComputeClient, ComputeGone } from '../compute/client.ts';

/** Averaged (CLIP paper, arXiv 2103.00020, section 3.1.4). The starter model ranks with and without alike. */
const TEMPLATES = ['{}', 'a photo of {}', 'a picture of {}'];
/** Other ways to say the same, tried where the wording is unsteady. */
const OTHER_WORDINGS = ['a photo of {}', 'a close-up photo of {}', '{} fotoğrafı', 'a photo of many {}'];
/** Below this the order of the photos hangs on the wording. */
const STEADY = 0.6;
/** A suggestion must be better by so much. */
const WORTH_SAYING = 0.1;

export interface LabelTextsService {
  /** The description's ensemble: a unit vector. */
  embed(description: string): Promise<Float32Array>;
  unknownWords(descriptions: readonly string[]): Promise<string[]>;
  /** @param rank scores of the same photos for a text @param top how many of the best are compared */
  wording(
    description: string,
    rank: (text: Float32Array) => Float32Array,
    top: number,
  ): Promise<{ agreement: number; suggestion: string | null }>;
}

interface Encoded {
  embedding: Float32Array;
  unknownWords: string[];
}

export function createLabelTexts(compute: ComputeClient): LabelTextsService {
  const texts = new LRUCache<string, Promise<Encoded>>({ max: 2000 });

  function encode(text: string): Promise<Encoded> {
    const known = texts.get(text);
    if (known !== undefined) return known;
    const encoded = compute.call('embedText', [text]).catch((error) => {
      texts.delete(text);
      if (!(error instanceof ComputeGone)) throw error;
      throw new SemblanceError(
        'COMPUTE_UNAVAILABLE',
        'The process for words had to restart. Please try again.',
        {
          cause: error,
        },
      );
    });
    texts.set(text, encoded);
    return encoded;
  }

  async function variants(description: string): Promise<Float32Array[]> {
    const encoded = await Promise.all(
      TEMPLATES.map((template) => encode(template.replace('{}', () => description))),
    );
    return encoded.map(({ embedding }) => embedding);
  }

  async function steadiness(
    description: string,
    rank: (text: Float32Array) => Float32Array,
    top: number,
  ): Promise<number> {
    const [first, ...others] = (await variants(description)).map(rank);
    if (first === undefined) return 1;
    return others.reduce((sum, other) => sum + agreement(first, other, top), 0) / others.length;
  }

  return {
    embed: async (description) => mean(await variants(description)),
    async unknownWords(descriptions) {
      const encoded = await Promise.all(descriptions.map(encode));
      return [...new Set(encoded.flatMap((text) => text.unknownWords))];
    },
    async wording(description, rank, top) {
      const own = await steadiness(description, rank, top);
      if (own >= STEADY) return { agreement: own, suggestion: null };
      let best = { agreement: own + WORTH_SAYING, suggestion: null as string | null };
      for (const wording of OTHER_WORDINGS) {
        const suggestion = wording.replace('{}', () => description);
        const steady = await steadiness(suggestion, rank, top);
        if (steady > best.agreement) best = { agreement: steady, suggestion };
      }
      return { agreement: own, suggestion: best.suggestion };
    },
  };
}

function mean(vectors: readonly Float32Array[]): Float32Array {
  const sum = new Float32Array(vectors[0]?.length ?? 0);
  for (const vector of vectors)
    for (let i = 0; i < sum.length; i++) sum[i] = (sum[i] ?? 0) + (vector[i] ?? 0);
  const length = Math.hypot(...sum);
  return length === 0 ? sum : sum.map((value) => value / length);
}
