// Looks again at the best photos of a query like "red car next to a blue house", part by part.
import { type PhotoId, SemblanceError } from '@semblance/contract';
import { attributedPhrases, BINDING_WINDOWS, dot, rebind, weakestPhrase } from '@semblance/core';
import type { RegionsService } from './regions.ts';
import type { Lens } from './why.ts';

export interface BindingDeps {
  regions: RegionsService;
  lens: Pick<Lens, 'text' | 'common'>;
}

export interface Binding {
  /**
   * The first of the hits in a new order, the others as they were. The same list for a query that is not of this kind.
   * The n-th place keeps its relevance: how many photos match is not looked at again.
   */
  recheck<Hit extends { id: PhotoId; cosine: number; relevance: number }>(
    text: string,
    hits: readonly Hit[],
  ): Promise<Hit[]>;
}

/** Candidates that are looked at. */
const LOOKED_AT = 50;

export function createBinding({ regions, lens }: BindingDeps): Binding {
  /** How well the phrase with the least place of its own fits; null for a photo that cannot be read now. */
  async function weakest(id: PhotoId, phrases: readonly Float32Array[], common: Float32Array) {
    try {
      const { embeddings } = await regions.windows(id, BINDING_WINDOWS);
      return weakestPhrase(
        phrases.map((phrase) => embeddings.map((window) => dot(window, phrase) - dot(window, common))),
      );
    } catch (error) {
      const gone = error instanceof SemblanceError && error.kind !== 'COMPUTE_UNAVAILABLE';
      if (gone) return null;
      throw error;
    }
  }

  return {
    async recheck(text, hits) {
      const words = attributedPhrases(text);
      if (words === null || hits.length < 2) return [...hits];
      const common = await lens.common();
      const phrases = await Promise.all(words.map((phrase) => lens.text(phrase)));
      const front = hits.slice(0, LOOKED_AT);
      const found: (number | null)[] = [];
      for (const { id } of front) found.push(await weakest(id, phrases, common));
      const known = found.filter((score) => score !== null);
      // A photo that nobody can look at is taken for the usual one.
      const usual = known.reduce((sum, score) => sum + score, 0) / Math.max(1, known.length);
      const order = rebind(
        front.map((hit) => hit.cosine),
        found.map((score) => score ?? usual),
      );
      const moved = order.flatMap((from, place) => {
        const [hit, here] = [front[from], front[place]];
        return hit === undefined || here === undefined ? [] : [{ ...hit, relevance: here.relevance }];
      });
      return [...moved, ...hits.slice(LOOKED_AT)];
    },
  };
}
