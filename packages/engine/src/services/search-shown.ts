// What a window gets of an answer: tiles and paths, look-alikes folded, in the order asked for.
import type { Catalog } from '@semblance/catalog';
import type { PhotoId, PhotoTile, SearchHit } from '@semblance/contract';
import type { VectorTable } from '@semblance/vectors';
import { foldAlike } from './search-alike.ts';
import type { Found } from './search-find.ts';

/** Nearest photos that the cut-off is decided on, so that it does not depend on how many are asked for. */
export const CONSIDERED = 500;

export interface ShownAs {
  limit: number;
  sort: 'relevance' | 'date';
  /** Whether look-alikes stand behind the best of them. */
  group: boolean;
  /** Hidden photos were asked for. */
  hidden: boolean;
}

interface ShownDeps {
  catalog: Catalog;
  vectors: VectorTable;
}

export function createShown({ catalog, vectors }: ShownDeps) {
  /** Best and maybe apart: a look-alike never crosses the border. */
  async function foldGroups<Hit extends PhotoTile & { group: 'best' | 'maybe' }>(hits: readonly Hit[]) {
    const known = await vectors.getMany(hits.map(({ id }) => id));
    return (['best', 'maybe'] as const).flatMap((group) =>
      foldAlike(
        hits.filter((hit) => hit.group === group),
        known,
      ).map(({ photo, similar }) => (similar === 0 ? photo : { ...photo, similar })),
    );
  }

  return async (found: Found, { limit, sort, group, hidden }: ShownAs): Promise<SearchHit[]> => {
    const most = group ? Math.max(limit, CONSIDERED) : limit;
    const front = found.hits.slice(0, most);
    const tiles = catalog.tiles(
      front.map(({ id }) => id),
      hidden,
    );
    const hits = front.flatMap(({ id, cosine, relevance }, i) => {
      const tile = tiles.get(id);
      const place = i < found.best ? ('best' as const) : ('maybe' as const);
      return tile === undefined ? [] : [{ ...tile, cosine, relevance, group: place }];
    });
    const folded = group ? await foldGroups(hits) : hits;
    const cut = folded.slice(0, limit);
    if (sort === 'date') {
      cut.sort((a, b) => Number(a.group === 'maybe') - Number(b.group === 'maybe') || newestFirst(a, b));
    }
    const paths = catalog.pathsOf(cut.map(({ id }) => id));
    return cut.map((hit) => ({ ...hit, path: paths.get(hit.id)?.path ?? '' }));
  };
}

export function byDate(catalog: Catalog, ids: readonly PhotoId[]): PhotoId[] {
  return [...catalog.tiles(ids).values()].sort(newestFirst).map(({ id }) => id);
}

function newestFirst(a: PhotoTile, b: PhotoTile): number {
  return b.takenAt - a.takenAt || (a.id < b.id ? -1 : 1);
}
