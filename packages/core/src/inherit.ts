// What the photo that is kept takes over from a copy that goes. Pure; the catalog's columns change, never a file.
import type { AlbumId, DateSource, Place } from '@semblance/contract';

/** What a person has said of a photo, and the two facts that its copies may lack. */
export interface Heritage {
  favourite: boolean;
  /** 1 to 5; null when not rated. */
  rating: number | null;
  /** Albums filled by hand. */
  albums: readonly AlbumId[];
  place: Place | null;
  /** Wall-clock milliseconds. */
  takenAt: number;
  dateSource: DateSource;
}

/** What changes for the keeper; what is left out stays as it is. */
export interface Inherited {
  favourite?: true;
  rating?: number;
  albums?: AlbumId[];
  place?: Place;
  date?: { takenAt: number; dateSource: DateSource };
}

/**
 * The keeper is a favourite if either was, has the higher rating, is in the albums of both, and learns place and date
 * where it has none: a date that is only the file's modification time counts as none.
 *
 * @returns null when the keeper has everything already
 */
export function inherit(keeper: Heritage, from: Heritage): Inherited | null {
  const inherited: Inherited = {};
  if (from.favourite && !keeper.favourite) inherited.favourite = true;
  if (from.rating !== null && from.rating > (keeper.rating ?? 0)) inherited.rating = from.rating;
  const albums = from.albums.filter((id) => !keeper.albums.includes(id));
  if (albums.length > 0) inherited.albums = albums;
  if (keeper.place === null && from.place !== null) inherited.place = from.place;
  if (keeper.dateSource === 'mtime' && from.dateSource !== 'mtime') {
    inherited.date = { takenAt: from.takenAt, dateSource: from.dateSource };
  }
  return Object.keys(inherited).length === 0 ? null : inherited;
}
