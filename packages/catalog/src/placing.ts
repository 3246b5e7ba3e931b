// Names for where photos were taken, for those that came in before there was a lookup or before it learnt more.
import type { PhotoId } from '@semblance/contract';
import type { Sql } from './sql.ts';
import type { Catalog, PlaceLookup } from './types.ts';

export function placingPart(sql: Sql, lookup: PlaceLookup | null): Pick<Catalog, 'placeSome'> {
  return {
    placeSome: (limit) => {
      if (lookup === null) return 0;
      const rows = sql.all<{ id: PhotoId; latitude: number; longitude: number }>(
        'SELECT id, latitude, longitude FROM photos WHERE latitude IS NOT NULL AND placed < ? LIMIT ?',
        lookup.edition,
        limit,
      );
      sql.transaction(() => {
        for (const { id, latitude, longitude } of rows) {
          const place = longitude === null ? null : lookup.placeOf(latitude, longitude);
          sql.run(
            'UPDATE photos SET city = ?, region = ?, country = ?, placed = ? WHERE id = ?',
            place?.city ?? null,
            place?.region || null,
            place?.country ?? null,
            lookup.edition,
            id,
          );
        }
      });
      return rows.length;
    },
  };
}
