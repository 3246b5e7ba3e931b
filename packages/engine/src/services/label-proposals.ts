// "What is in my library": groups of look-alike photos, each named by the words that fit it best.
import type { Catalog } from '@semblance/catalog';
import type { LabelProposal, PackLanguage, PhotoId } from '@semblance/contract';
import { cluster, dot, normalise } from '@semblance/core';
import type { VectorTable } from '@semblance/vectors';

export interface LabelProposalsService {
  propose(language: PackLanguage): Promise<LabelProposal[]>;
}

export interface LabelProposalsDeps {
  catalog: Catalog;
  vectors: VectorTable;
  /** Unit vector of a text. */
  embed: (text: string) => Promise<Float32Array>;
  vocabulary: () => Promise<{ name: Record<PackLanguage, string>; descriptions: string[] }[]>;
}

/** Photos that the groups are made from; more say nothing new. */
const SAMPLE = 4000;
const SEED = 1;
const MOST_GROUPS = 40;
/** A group of fewer photos is no label. */
const LEAST_PHOTOS = 3;
const COVERS = 4;
/** A name is given when it stands out from the group's other words by so many of their standard deviations. */
const CLEAR = 1.8;
const PROPOSALS = 24;

interface Word {
  name: string;
  vector: Float32Array;
}

export function createLabelProposals(deps: LabelProposalsDeps): LabelProposalsService {
  const { catalog, vectors } = deps;
  let words: { language: PackLanguage; list: Promise<Word[]> } | undefined;

  const wordsOf = (language: PackLanguage): Promise<Word[]> => {
    if (words?.language !== language) {
      const list = readWords(deps, language);
      words = { language, list };
      list.catch(() => {
        words = undefined;
      });
    }
    return words?.list ?? Promise.resolve([]);
  };

  return {
    async propose(language) {
      const vocabulary = await wordsOf(language);
      const { ids, matrix } = await sample(deps);
      if (ids.length < LEAST_PHOTOS || vocabulary.length === 0) return [];
      const count = Math.min(MOST_GROUPS, Math.max(2, Math.round(Math.sqrt(ids.length))));
      const { centres, members, cosines } = cluster(matrix, vectors.dimensions, count, SEED);
      const names = nameGroups(centres, vectors.dimensions, vocabulary);
      const groups = new Map<string, { at: number; cosine: number }[]>();
      members.forEach((group, at) => {
        const name = names[group];
        if (name === undefined || name === null) return;
        groups.set(name, [...(groups.get(name) ?? []), { at, cosine: cosines[at] ?? 0 }]);
      });
      const taken = new Set(catalog.labels().map((label) => label.name.toLocaleLowerCase(language)));
      const share = vectors.count() / ids.length;
      return [...groups]
        .filter(
          ([name, photos]) => photos.length >= LEAST_PHOTOS && !taken.has(name.toLocaleLowerCase(language)),
        )
        .sort(([, a], [, b]) => b.length - a.length)
        .slice(0, PROPOSALS)
        .map(([name, photos]) => {
          const best = photos.sort((a, b) => b.cosine - a.cosine).map(({ at }) => ids[at] ?? '');
          const tiles = catalog.tiles(best.slice(0, COVERS));
          return { name, photos: Math.round(photos.length * share), covers: [...tiles.values()] };
        })
        .filter((proposal) => proposal.covers.length > 0);
    },
  };
}

/** A label's words are its name and its prompts, together one direction. */
async function readWords({ embed, vocabulary }: LabelProposalsDeps, language: PackLanguage): Promise<Word[]> {
  const list: Word[] = [];
  for (const { name, descriptions } of await vocabulary()) {
    const prompts = await Promise.all(descriptions.map(embed));
    const sum = new Float32Array(prompts[0]?.length ?? 0);
    for (const prompt of prompts) {
      prompt.forEach((value, i) => {
        sum[i] = (sum[i] ?? 0) + value;
      });
    }
    list.push({ name: name[language], vector: normalise(sum) });
  }
  return list;
}

async function sample({
  catalog,
  vectors,
}: LabelProposalsDeps): Promise<{ ids: PhotoId[]; matrix: Float32Array }> {
  const every = Math.max(1, Math.floor(vectors.count() / SAMPLE));
  const ids: PhotoId[] = [];
  const rows: Float32Array[] = [];
  let at = 0;
  for await (const batch of vectors.scan()) {
    const wanted = batch.filter(() => at++ % every === 0);
    const inSight = catalog.tiles(wanted.map((row) => row.photoId));
    for (const { photoId, vector } of wanted) {
      if (!inSight.has(photoId)) continue;
      ids.push(photoId);
      rows.push(vector);
    }
  }
  const matrix = new Float32Array(rows.length * vectors.dimensions);
  rows.forEach((row, i) => void matrix.set(row, i * vectors.dimensions));
  return { ids, matrix };
}

/**
 * The word that fits each centre best, when one clearly does. Some words are near to every photo (the hubness problem,
 * Radovanovic et al., JMLR 2010), so what counts is how much nearer a word is to this group than to the others.
 */
function nameGroups(centres: Float32Array, dimensions: number, words: readonly Word[]): (string | null)[] {
  const groups = centres.length / dimensions;
  const scores = words.map(({ vector }) => {
    const row = Array.from({ length: groups }, (_, g) =>
      dot(centres.subarray(g * dimensions, (g + 1) * dimensions), vector),
    );
    return row.map((cosine) => cosine - mean(row));
  });
  return Array.from({ length: groups }, (_, g) => {
    const column = standard(scores.map((row) => row[g] ?? 0));
    const best = column.reduce((top, score, i) => (score > (column[top] ?? 0) ? i : top), 0);
    return (column[best] ?? 0) >= CLEAR ? (words[best]?.name ?? null) : null;
  });
}

/** Less the mean, in standard deviations. */
function standard(values: readonly number[]): number[] {
  const middle = mean(values);
  const spread = Math.sqrt(mean(values.map((value) => (value - middle) ** 2)));
  return values.map((value) => (spread > 0 ? (value - middle) / spread : 0));
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
