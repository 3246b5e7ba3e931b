// Nearest photos, judged against the library's own background; and photos that show what a query excludes.
import type { Catalog } from '@semblance/catalog';
import type { PhotoId, SearchAnswer } from '@semblance/contract';
import { cutOff, relevance } from '@semblance/core';
import type { Neighbour, VectorTable } from '@semblance/vectors';
import type { Ask } from './search-ask.ts';
import type { Calibration } from './search-calibration.ts';

interface Scored {
  id: PhotoId;
  cosine: number;
  relevance: number;
}

export interface Ranked {
  /** Best first. */
  hits: Scored[];
  /** So many of them from the front are the best ones. */
  best: number;
  cutoff: SearchAnswer['cutoff'];
}

export interface Ranker {
  /**
   * @param count at least so many, where there are so many
   * @param within the photos that count. The background is the whole library's either way.
   */
  rank(ask: Ask, count: number, within: Within): Promise<Ranked>;
  /**
   * Photos among these (null: all in sight) that show what this text says: the best group of the text alone, over the whole library. Of the
   * cut-offs measured (e2e/eval/results/search.md) it finds the most for what it takes wrongly.
   */
  showing(text: Float32Array, among: ReadonlySet<PhotoId> | null): Promise<PhotoId[]>;
}

/** Sets that stay as they are: they are known again by identity. */
interface Within {
  /** Null for all in sight. */
  among: ReadonlySet<PhotoId> | null;
  /** What a query excludes. */
  gone: ReadonlySet<PhotoId>;
}

export interface RankerDeps {
  catalog: Catalog;
  vectors: VectorTable;
  modelKey: string;
  calibrate: () => Promise<Calibration>;
  /** Photos with a vector that are out of sight. */
  hidden: () => ReadonlySet<PhotoId>;
}

/** Far enough down a list that hubs at its top cannot hide the best photo. */
const TOP = 32;
/** How many of the nearest are looked at first for what is excluded; four times as many if that is not enough. */
const FIRST_LOOK = 2048;
/** Cosine from which a photo shows it in a library too small to judge: then less is taken away rather than more. */
const SHOWN_IN_FEW = 0.5;

export function createRanker({ vectors, calibrate, hidden }: RankerDeps): Ranker {
  /** The nearest in sight. Photos whose files are gone keep their vectors until they come back. */
  const nearestInSight = (ask: Ask, count: number): Promise<Neighbour[]> =>
    vectors.search(ask.embedding, count, { without: [hidden(), ask.exclude] });

  return {
    async rank(ask, count, { among, gone }) {
      const narrowed = among !== null || gone.size > 0;
      // Who asks among photos has chosen them, hidden ones too.
      const without = among === null ? [hidden(), ask.exclude, gone] : [ask.exclude, gone];
      const near = await vectors.search(
        ask.embedding,
        count,
        among === null ? { without } : { among, without },
      );
      if (near.length === 0) return { hits: [], best: 0, cutoff: { relevance: 100, expectedUnrelated: 0 } };
      const calibration = await calibrate();
      const candidates = scoredBy(calibration, ask, near);
      const whole = narrowed ? scoredBy(calibration, ask, await nearestInSight(ask, TOP)) : candidates;
      const top = whole[0]?.score ?? -1;
      const background = calibration.judge(ask.embedding, top, ask.kind);
      const hits = candidates
        .slice(0, count)
        .map(({ id, cosine, score }) => ({ id, cosine, relevance: relevance(score, background) }));
      if (background.matching === null) {
        return { hits, best: hits.length, cutoff: { relevance: 0, expectedUnrelated: null } };
      }
      // How many match among some photos only, the list itself says.
      const { best, ...cutoff } = cutOff(
        hits.map((hit) => hit.relevance),
        narrowed ? {} : { expectedMatches: background.expectedMatches },
      );
      return { hits, best, cutoff };
    },

    async showing(text, among) {
      const calibration = await calibrate();
      const ask: Ask = { kind: 'text', embedding: text, exclude: new Set() };
      for (let look = FIRST_LOOK; ; look *= 4) {
        const near = scoredBy(calibration, ask, await nearestInSight(ask, look));
        const background = calibration.judge(text, near[0]?.score ?? 0, 'text');
        const shown =
          background.matching === null
            ? near.filter(({ cosine }) => cosine >= SHOWN_IN_FEW)
            : near.slice(
                0,
                cutOff(
                  near.map(({ score }) => relevance(score, background)),
                  background,
                ).best,
              );
        if (shown.length === look) continue;
        // Photos out of sight have no part in where the group ends; when they are asked for, its last photo is the mark.
        if (among === null) return shown.map(({ id }) => id);
        const last = shown.at(-1)?.cosine ?? Number.POSITIVE_INFINITY;
        const unseen = new Set([...hidden()].filter((id) => among.has(id)));
        const likewise = unseen.size === 0 ? [] : await vectors.search(text, unseen.size, { among: unseen });
        return [
          ...shown.map(({ id }) => id).filter((id) => among.has(id)),
          ...likewise.filter(({ cosine }) => cosine >= last).map(({ photoId }) => photoId),
        ];
      }
    },
  };
}

/** Hubs moved back, best first. */
function scoredBy(calibration: Calibration, ask: Ask, hits: readonly Neighbour[]) {
  return hits
    .map(({ photoId: id, cosine }) => ({
      id,
      cosine,
      score: cosine - (ask.kind === 'text' ? calibration.penalty(id) : 0),
    }))
    .sort((a, b) => b.score - a.score);
}
