// "Surprise me": photos from all over the library, unlike each other.
import type { Catalog } from '@semblance/catalog';
import type { PhotoId, PhotoTile } from '@semblance/contract';
import { dot } from '@semblance/core';
import type { VectorTable } from '@semblance/vectors';

/** More alike than this, one of two is enough. */
const TOO_ALIKE = 0.85;
/** So many are drawn for each that is shown, so that look-alikes can be left out. */
const DRAWN = 3;

export interface SurpriseDeps {
  catalog: Catalog;
  vectors: VectorTable;
}

/** Time is cut into stretches of equally many photos and one is drawn from each: a holiday does not crowd out a year. */
export async function surprise(
  { catalog, vectors }: SurpriseDeps,
  count: number,
  random: () => number = Math.random,
): Promise<PhotoTile[]> {
  const ids = catalog.photoIds({ kind: 'all' });
  const stretches = Math.min(ids.length, count * DRAWN);
  const drawn = Array.from({ length: stretches }, (_, i): PhotoId => {
    const from = Math.floor((i * ids.length) / stretches);
    const to = Math.floor(((i + 1) * ids.length) / stretches);
    return ids[from + Math.floor(random() * (to - from))] ?? '';
  });
  const mixed = shuffled(drawn, random);
  const known = await vectors.getMany(mixed);
  const chosen: PhotoId[] = [];
  const spare: PhotoId[] = [];
  for (const id of mixed) {
    const vector = known.get(id);
    const alike = chosen.some((other) => {
      const its = known.get(other);
      return vector !== undefined && its !== undefined && dot(vector, its) > TOO_ALIKE;
    });
    (alike ? spare : chosen).push(id);
    if (chosen.length === count) break;
  }
  const taken = [...chosen, ...spare].slice(0, count);
  const tiles = catalog.tiles(taken);
  return taken.flatMap((id) => tiles.get(id) ?? []);
}

/** Fisher and Yates. */
function shuffled<T>(values: readonly T[], random: () => number): T[] {
  const mixed = [...values];
  for (let i = mixed.length - 1; i > 0; i--) {
    const j = Math.floor(random() * (i + 1));
    [mixed[i], mixed[j]] = [mixed[j] as T, mixed[i] as T];
  }
  return mixed;
}
