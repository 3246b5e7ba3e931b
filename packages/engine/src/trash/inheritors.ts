// What the person said of a copy that goes passes to the photo that is kept, and is given back by undo. Whoever keeps
// something of its own on photos joins the list (labels do), and this folder need not know of it.
import type { Catalog } from '@semblance/catalog';
import type { PhotoId } from '@semblance/contract';
import { type Heritage, inherit } from '@semblance/core';

/** Runs inside the transaction that records the move. */
export interface Inheritor<Change = unknown> {
  /** Names its part of the journal, for ever. */
  readonly key: string;
  /** @returns what `giveBack` needs, as JSON; null when the keeper has everything already */
  inherit(keeper: PhotoId, from: PhotoId): Change | null;
  /** Takes back what has not been changed by anything else since. */
  giveBack(change: Change): void;
}

/** Favourite, rating, albums, place and date. */
export function createCatalogInheritor(catalog: Catalog): Inheritor<CatalogChange> {
  return {
    key: 'catalog',
    inherit(keeper, from) {
      const before = heritageOf(catalog, keeper);
      const other = heritageOf(catalog, from);
      const inherited = before === null || other === null ? null : inherit(before, other);
      if (before === null || inherited === null) return null;
      const { favourite, rating, albums, place, date } = inherited;
      if (favourite !== undefined || rating !== undefined) catalog.mark([keeper], { favourite, rating });
      for (const album of albums ?? []) catalog.addToAlbum(album, [keeper]);
      catalog.setShot(keeper, { ...(place && { place }), ...date });
      const { takenAt, dateSource } = before;
      return { keeper, inherited, before: { rating: before.rating, takenAt, dateSource } };
    },
    giveBack({ keeper, inherited, before }) {
      const now = heritageOf(catalog, keeper);
      if (now === null) return;
      if (inherited.favourite !== undefined) catalog.mark([keeper], { favourite: false });
      if (inherited.rating === now.rating) catalog.mark([keeper], { rating: before.rating });
      for (const album of inherited.albums ?? []) catalog.removeFromAlbum(album, [keeper]);
      if (inherited.place !== undefined && same(inherited.place, now.place)) {
        catalog.setShot(keeper, { place: null });
      }
      if (inherited.date?.takenAt === now.takenAt) {
        catalog.setShot(keeper, { takenAt: before.takenAt, dateSource: before.dateSource });
      }
    },
  };
}

interface CatalogChange {
  keeper: PhotoId;
  inherited: NonNullable<ReturnType<typeof inherit>>;
  before: Pick<Heritage, 'rating' | 'takenAt' | 'dateSource'>;
}

function heritageOf(catalog: Catalog, id: PhotoId): Heritage | null {
  const marks = catalog.marks([id]).get(id);
  const shot = catalog.shot(id);
  if (marks === undefined || shot === null) return null;
  const albums = catalog.albumsOf(id).map((album) => album.id);
  return { favourite: marks.favourite, rating: marks.rating, albums, ...shot };
}

function same(a: Heritage['place'], b: Heritage['place']): boolean {
  return a?.latitude === b?.latitude && a?.longitude === b?.longitude;
}
