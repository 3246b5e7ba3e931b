// How much the answer to a text depends on how it is worded, and which wording is the steadiest.
import type { Paraphrases, PhotoId } from '@semblance/contract';
import { compose, paraphrasesOf } from '@semblance/core';

/** Ranks are compared over so many photos: the first screens of an answer. */
const COMPARED = 50;
/** A wording is offered when it agrees with the consensus by so much more than the person's own. */
const CLEARLY = 0.1;

export interface WordingDeps {
  /** Unit vector of a text. */
  embed: (text: string) => Promise<Float32Array>;
  /** Best first. */
  nearest: (embedding: Float32Array, count: number) => Promise<PhotoId[]>;
}

/** The consensus is the mean of all wordings: it ranks as the mean of their cosines does. */
export async function compareWordings(text: string, { embed, nearest }: WordingDeps): Promise<Paraphrases> {
  const others = paraphrasesOf(text);
  if (text === '' || others.length === 0) return { own: 1, others: [], suggestion: null };
  const vectors = await Promise.all([text, ...others].map(embed));
  const consensus = new Set(
    await nearest(compose(vectors.map((vector) => ({ vector, weight: 1 }))), COMPARED),
  );
  const agreements: number[] = [];
  for (const vector of vectors) {
    const best = await nearest(vector, COMPARED);
    const shared = best.filter((id) => consensus.has(id)).length;
    agreements.push(consensus.size === 0 ? 1 : shared / consensus.size);
  }
  const [own = 1, ...rest] = agreements;
  const rated = others
    .map((wording, i) => ({ text: wording, agreement: rest[i] ?? 0 }))
    .sort((a, b) => b.agreement - a.agreement);
  const steadiest = rated[0];
  const better = steadiest !== undefined && steadiest.agreement >= own + CLEARLY;
  return { own, others: rated, suggestion: better ? steadiest.text : null };
}
