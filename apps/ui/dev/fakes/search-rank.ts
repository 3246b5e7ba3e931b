// The fake engine's idea of likeness: any order will do, as long as the same words give the same one.
import type { PhotoTile, SearchHit } from '@semblance/contract';
import { detailOf } from '../fake-data.ts';

const GOOD = 60;

/** Best first. State `no-line`: all in one group, as in a library too small to tell; `no-match`: none is good. */
export function rank(photos: readonly PhotoTile[], text: string, state: string, group: boolean): SearchHit[] {
  const seed = [...text].reduce((sum, char) => (sum * 31 + char.charCodeAt(0)) % 9973, 7);
  return photos
    .map((photo, i) => ({ photo, score: ((i * 7919 + seed * 104_729) % 9973) / 9973 }))
    .sort((a, b) => b.score - a.score)
    .map(({ photo, score }, place) => {
      const relevance = Math.round((state === 'no-match' ? 20 : 100) * score ** 12);
      return {
        ...photo,
        cosine: 0.1 + score * 0.2,
        relevance,
        group: state === 'no-line' || relevance >= GOOD ? 'best' : 'maybe',
        ...(group && place % 4 === 1 ? { similar: (place % 6) + 1 } : {}),
        path: detailOf(photo).files[0]?.path ?? '',
      };
    });
}
