// Photos that are looked at in more than one place: the further vectors lie in tables of their own, one per place, so
// that whoever reads the main table still finds one vector per photo. A search takes the best look of each photo.
import type { VectorRow } from './rows.ts';
import type { VectorTable } from './table.ts';
import { byCosine, type Neighbour } from './top.ts';

export interface CropTables {
  /** Those that exist, by place. */
  opened(): readonly VectorTable[];
  /** The table of a place, created when missing. */
  open(place: number): Promise<VectorTable>;
}

/** The same table, with the crops of its photos searched, replaced and removed together with them. */
export function withCrops(main: VectorTable, tables: CropTables): VectorTable {
  async function appendCrops(rows: readonly VectorRow[]): Promise<void> {
    const places = Math.max(0, ...rows.map((row) => row.crops?.length ?? 0));
    for (let place = 0; place < places; place++) {
      const some = rows.flatMap(({ photoId, crops }) => {
        const vector = crops?.[place];
        return vector === undefined ? [] : [{ photoId, vector }];
      });
      await (await tables.open(place)).append(some);
    }
    // An edited photo may be wide no more.
    for (const [place, table] of tables.opened().entries()) {
      const gone = rows.filter(({ photoId, crops }) => !crops?.[place] && table.ids().has(photoId));
      if (gone.length > 0) await table.remove(gone.map(({ photoId }) => photoId));
    }
  }

  return {
    ...main,
    async append(rows) {
      // Crops first: a photo with its main vector has them all.
      await appendCrops(rows);
      await main.append(rows);
    },
    async remove(ids) {
      await main.remove(ids);
      for (const table of tables.opened()) {
        const known = ids.filter((id) => table.ids().has(id));
        if (known.length > 0) await table.remove(known);
      }
    },
    async search(vector, k, options) {
      const nearest = await main.search(vector, k, options);
      const best = new Map(nearest.map((one) => [one.photoId, one]));
      for (const table of tables.opened()) {
        for (const one of await table.search(vector, k, options)) take(best, one);
      }
      return best.size === nearest.length && tables.opened().length === 0
        ? nearest
        : [...best.values()].sort(byCosine).slice(0, k);
    },
    async *scanCrops() {
      for (const table of tables.opened()) yield* table.scan();
    },
    cropped() {
      const counts = new Map<string, number>();
      for (const table of tables.opened()) {
        for (const id of table.ids()) counts.set(id, (counts.get(id) ?? 0) + 1);
      }
      return counts;
    },
    async warm() {
      await main.warm();
      for (const table of tables.opened()) await table.warm();
    },
    async compact(fragments) {
      let done = await main.compact(fragments);
      for (const table of tables.opened()) done = (await table.compact(fragments)) || done;
      return done;
    },
    async close() {
      for (const table of tables.opened()) await table.close();
      await main.close();
    },
  };
}

function take(best: Map<string, Neighbour>, one: Neighbour): void {
  const known = best.get(one.photoId);
  if (known === undefined || known.cosine < one.cosine) best.set(one.photoId, one);
}
