// What an act has done to tiles that are on screen, so that they show it before the engine is asked again.
import type { PhotoTile, PhotoView } from '@semblance/contract';

export interface TileChange {
  ids: ReadonlySet<string>;
  favourite?: boolean;
  hidden?: boolean;
  /** Taken out of this album. */
  takenFrom?: number;
  /** No longer in the library. */
  gone?: boolean;
}

/** The photos after the change, in a view of the library or (without one) in an answer to a search. */
export function withChange<Photo extends PhotoTile>(
  photos: readonly Photo[],
  change: TileChange,
  view?: PhotoView,
): readonly Photo[] {
  const leaves =
    change.gone === true ||
    (change.hidden !== undefined && change.hidden !== (view?.kind === 'hidden')) ||
    (change.takenFrom !== undefined && view?.kind === 'album' && view.id === change.takenFrom);
  if (leaves) return photos.filter((photo) => !change.ids.has(photo.id));
  const { favourite } = change;
  if (favourite === undefined) return photos;
  return photos.map((photo) => (change.ids.has(photo.id) ? { ...photo, favourite } : photo));
}
