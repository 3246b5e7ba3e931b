// Which photos a search may find: filters, quoted phrases and a view, resolved by SQL before any vector is looked at.
import type { PhotoId } from '@semblance/contract';
import { boundsMeet, type ExactPhrase, fold, openSide, type QueryFilter } from '@semblance/core';
import {
  albumsCalled,
  all,
  any,
  type Conditions,
  type Fragment,
  not,
  searchConditions,
} from './search-conditions.ts';
import type { Sql } from './sql.ts';
import type { CatalogReader, PhotoFilter, PlaceLookup } from './types.ts';
import { IN_SIGHT, viewWhere } from './views.ts';

type SearchFiltersPart = Pick<
  CatalogReader,
  | 'filterPhotos'
  | 'countWithout'
  | 'albumsCalled'
  | 'searchValues'
  | 'keywords'
  | 'cityLike'
  | 'written'
  | 'changes'
>;

/** What is asked for by a name that nothing has. */
const NONE: Fragment = { where: '0', values: [] };

type Piece = { about: QueryFilter | ExactPhrase; fragment: Fragment };

export function searchFiltersPart(sql: Sql, places: PlaceLookup | null): SearchFiltersPart {
  const conditions = searchConditions(sql, places);
  return {
    filterPhotos: (filter) => {
      const { pieces, unknown } = piecesOf(filter, conditions);
      const { where, values } = together(pieces, filter);
      // As one value: rows cross into JavaScript one by one, several times slower than this is parsed.
      const [found] = sql.each<{ ids: string }>(
        `SELECT json_group_array(id) AS ids
         FROM (SELECT p.id FROM photos p WHERE ${where} ORDER BY +p.taken_at DESC, p.id)`,
        ...values,
      );
      const ids: PhotoId[] = JSON.parse(found?.ids ?? '[]');
      return { ids, unknown };
    },
    countWithout: (filter) => {
      const { pieces } = piecesOf(filter, conditions);
      return pieces.map(({ about }) => {
        const { where, values } = together(
          pieces.filter((piece) => piece.about !== about),
          filter,
        );
        const [row] = sql.each<{ n: number }>(`SELECT count(*) AS n FROM photos p WHERE ${where}`, ...values);
        return { about, photos: row?.n ?? 0 };
      });
    },
    keywords: () =>
      sql
        .all<{ keyword: string }>(
          `SELECT DISTINCT k.keyword FROM photo_keywords k JOIN photos p ON p.id = k.photo_id WHERE ${IN_SIGHT}`,
        )
        .map(({ keyword }) => keyword),
    cityLike: (name) => places?.cityLike(name) ?? null,
    albumsCalled: (name) => albumsCalled(sql, fold(name)),
    changes: () => sql.get<{ n: number }>('SELECT total_changes() AS n')?.n ?? 0,
    written: () => ({
      captions: sql.all(
        `SELECT p.id AS photoId, p.caption FROM photos p WHERE p.caption IS NOT NULL AND ${IN_SIGHT}`,
      ),
      keywords: sql.all(
        `SELECT k.photo_id AS photoId, k.keyword FROM photo_keywords k JOIN photos p ON p.id = k.photo_id WHERE ${IN_SIGHT}`,
      ),
    }),
    searchValues: () => {
      const { cameras, lenses, places: sites } = conditions.distinct();
      const inSight = ({ photos }: { photos: number }): boolean => photos > 0;
      return {
        cameras: cameras.filter(inSight),
        lenses: lenses.filter(inSight),
        places: sites.filter(inSight),
        folders: conditions.folders(),
      };
    },
  };
}

function piecesOf({ filters, exacts, instant, saved }: PhotoFilter, conditions: Conditions) {
  const pieces: Piece[] = exacts.map((about) => ({ about, fragment: conditions.exact(about.text) }));
  const unknown: QueryFilter[] = [];
  for (const about of filters) {
    const fragment = conditions.fragment(about.condition, { instant, saved });
    if (fragment === null) unknown.push(about);
    pieces.push({ about, fragment: fragment ?? NONE });
  }
  return { pieces, unknown };
}

/**
 * Several of one name: any of them, but all of them for `is`, `has` and phrases, and both of two bounds that meet
 * (`date:>=2019 date:<2021`). Different names: all. "-": none.
 */
function together(pieces: readonly Piece[], { view }: PhotoFilter): Fragment {
  const alternatives = new Map<string, Narrowing[]>();
  const required: Fragment[] = [];
  let hidden = view?.kind === 'hidden';
  for (const { about, fragment } of pieces) {
    const name = 'name' in about ? about.name : null;
    if ('condition' in about && !about.negated && about.condition.name === 'is') {
      hidden ||= about.condition.trait === 'hidden';
    }
    if (about.negated) required.push(not(fragment));
    else if (name === null || name === 'is' || name === 'has') required.push(fragment);
    else if ('condition' in about) {
      alternatives.set(name, [...(alternatives.get(name) ?? []), { about, fragment }]);
    }
  }
  const sight: Fragment = {
    where: hidden ? 'p.present_files > 0 AND p.hidden = 1 AND p.leader IS NULL' : IN_SIGHT,
    values: [],
  };
  const among = view === undefined || view.kind === 'hidden' ? [] : [viewWhere(view)];
  return all(sight, ...among, ...[...alternatives.values()].map(anyOf), ...required);
}

interface Narrowing {
  about: QueryFilter;
  fragment: Fragment;
}

/** @param filters of one name */
function anyOf(filters: readonly Narrowing[]): Fragment {
  const open = (side: 'above' | 'below'): readonly Narrowing[] =>
    filters.filter(({ about }) => openSide(about.condition) === side);
  const [above, below] = [open('above'), open('below')];
  const meet = above.some((one) =>
    below.some((other) => boundsMeet(one.about.condition, other.about.condition)),
  );
  const of = (some: readonly Narrowing[]): Fragment => any(...some.map(({ fragment }) => fragment));
  if (!meet) return of(filters);
  const closed = filters.filter((filter) => !above.includes(filter) && !below.includes(filter));
  return any(all(of(above), of(below)), ...closed.map(({ fragment }) => fragment));
}
