// Why a photo was found: where in it each text of a query is, and how much of each.
import type { PhotoId, WhyPhoto } from '@semblance/contract';
import { dot, heatMap, parseQuery, WHY_WINDOWS, wallClock } from '@semblance/core';
import type { RegionsService } from './regions.ts';

export interface WhyDeps {
  regions: RegionsService;
  /** What search knows of texts. */
  lens: Lens;
  clock?: () => number;
}

/** Search, looking at one text and one photo. */
export interface Lens {
  /** A unit vector. @throws SemblanceError COMPUTE_UNAVAILABLE */
  text(text: string): Promise<Float32Array>;
  /** What all texts have in common: the mean of the everyday prompts. */
  common(): Promise<Float32Array>;
  /** 0 to 100, judged against the library. @throws SemblanceError COMPUTE_UNAVAILABLE */
  relevance(text: string, photoId: PhotoId): Promise<number>;
}

export interface WhyService {
  /**
   * Filters and quoted phrases have no place in a picture: a query of nothing else has no parts and no heat.
   * @throws SemblanceError PHOTO_NOT_FOUND, PHOTO_UNREADABLE, COMPUTE_UNAVAILABLE
   */
  why(request: { photoId: PhotoId; text: string }): Promise<WhyPhoto>;
}

export function createWhy({ regions, lens, clock = Date.now }: WhyDeps): WhyService {
  return {
    async why({ photoId, text }) {
      const started = performance.now();
      const query = parseQuery(text, { now: wallClock(clock()) });
      const windows = await regions.windows(photoId, WHY_WINDOWS);
      const common = await lens.common();
      const directions = await Promise.all(
        query.texts.map(async (part) => ({ weight: part.weight, vector: await lens.text(part.text) })),
      );
      // What a text says beyond what any text does: else the map shows where the picture is a picture.
      const scores = windows.embeddings.map((window) =>
        directions.reduce(
          (sum, { vector, weight }) =>
            sum + (weight * (dot(window, vector) - dot(window, common))) / total(directions),
          0,
        ),
      );
      const asked = [
        ...query.texts.map((part) => ({ text: part.text, negated: false })),
        ...query.nots.map((not) => ({ text: not, negated: true })),
      ];
      const parts = await Promise.all(
        asked.map(async (part) => ({ ...part, relevance: await lens.relevance(part.text, photoId) })),
      );
      const heat = heatMap(windows.ratio, windows.regions, scores);
      return { heat, parts, milliseconds: performance.now() - started };
    },
  };
}

function total(parts: readonly { weight: number }[]): number {
  return parts.reduce((sum, { weight }) => sum + weight, 0);
}
