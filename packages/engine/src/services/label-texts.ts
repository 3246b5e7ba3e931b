// The words of labels as embeddings: each description in a few templates, and how steady its wording is.

import { SemblanceError } from '@semblance/contract';
import { agreement } from '@semblance/core';
import { LRUCache } from 'lru-cache';
import { type ComputeClient, ComputeGone } from '../compute/client.ts';

/** Averaged (CLIP paper, arXiv 2103.00020, section 3.1.4). The starter model ranks with and without alike. */
const TEMPLATES = ['{}', 'a photo of {}', 'a picture of {}'];
/** Other ways to say the same, tried where the wording is unsteady: the one that most others agree with is offered. */
const OTHER_WORDINGS = ['a photo of {}', 'a picture of {}', 'a close-up photo of {}', '{} fotoğrafı'];
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

  return {
    embed: async (description) => mean(await variants(description)),
    async unknownWords(descriptions) {
      const encoded = await Promise.all(descriptions.map(encode));
      return [...new Set(encoded.flatMap((text) => text.unknownWords))];
    },
    async wording(description, rank, top) {
      const [typed, ...others] = (await variants(description)).map(rank);
      const own = typed === undefined ? 1 : agreementWith(typed, others, top);
      if (own >= STEADY) return { agreement: own, suggestion: null };
      const wordings = OTHER_WORDINGS.map((wording) => wording.replace('{}', () => description));
      const ranks = (await Promise.all(wordings.map(encode))).map(({ embedding }) => rank(embedding));
      const agreements = ranks.map((scores, i) =>
        agreementWith(scores, [...(typed === undefined ? [] : [typed]), ...ranks.toSpliced(i, 1)], top),
      );
      const best = Math.max(...agreements);
      const suggestion = best >= own + WORTH_SAYING ? (wordings[agreements.indexOf(best)] ?? null) : null;
      return { agreement: own, suggestion };
    },
  };
}

function agreementWith(scores: Float32Array, others: readonly Float32Array[], top: number): number {
  return others.reduce((sum, other) => sum + agreement(scores, other, top), 0) / Math.max(1, others.length);
}

function mean(vectors: readonly Float32Array[]): Float32Array {
  const sum = new Float32Array(vectors[0]?.length ?? 0);
  for (const vector of vectors)
    for (let i = 0; i < sum.length; i++) sum[i] = (sum[i] ?? 0) + (vector[i] ?? 0);
  const length = Math.hypot(...sum);
  return length === 0 ? sum : sum.map((value) => value / length);
}
