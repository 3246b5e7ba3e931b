// Favourite, rating, hidden: what a person has said of single photos.
import type { Sql } from './sql.ts';
import type { Catalog, Marks } from './types.ts';

interface MarksRow {
  id: string;
  favourite: 0 | 1;
  rating: number | null;
  hidden: 0 | 1;
}

export function marksPart(sql: Sql): Pick<Catalog, 'marks' | 'mark'> {
  return {
    marks: (ids) => {
      const rows = sql.all<MarksRow>(
        `SELECT p.id, p.favourite, p.rating, p.hidden FROM json_each(?) wanted JOIN photos p ON p.id = wanted.value`,
        JSON.stringify(ids),
      );
      return new Map(
        rows.map(({ id, favourite, rating, hidden }): [string, Marks] => [
          id,
          { favourite: favourite === 1, rating, hidden: hidden === 1 },
        ]),
      );
    },
    mark: (ids, { favourite, rating, hidden }) => {
      sql.run(
        `UPDATE photos SET favourite = coalesce(?2, favourite), hidden = coalesce(?3, hidden),
           rating = CASE WHEN ?4 THEN ?5 ELSE rating END
         WHERE id IN (SELECT value FROM json_each(?1))`,
        JSON.stringify(ids),
        favourite ?? null,
        hidden ?? null,
        rating !== undefined,
        rating ?? null,
      );
    },
  };
}
