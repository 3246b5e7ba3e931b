// Saved searches may name each other (`album:name`), but none may look for its photos in itself.
import type { AlbumNamed, Catalog } from '@semblance/catalog';
import type { AlbumId } from '@semblance/contract';
import { fold, parseQuery } from '@semblance/core';

type Named = Pick<AlbumNamed, 'name' | 'query'> & { id: AlbumId | null };

/** Whether this album, were it so, led back to itself. @param id null for one that is yet to be */
export function leadsBack(catalog: Catalog, wanted: Named): boolean {
  const albums: Named[] = [...catalog.albums().filter(({ id }) => id !== wanted.id), wanted];
  const seen = new Set<Named>();
  const reaches = (from: Named): boolean =>
    asksFor(from, albums).some((next) => {
      if (next === wanted) return true;
      if (seen.has(next)) return false;
      seen.add(next);
      return reaches(next);
    });
  return reaches(wanted);
}

/** The saved searches that its filters name: by the rule of `catalog.albumsCalled`. */
function asksFor({ query }: Named, albums: readonly Named[]): Named[] {
  if (query === null) return [];
  return parseQuery(query, { now: 0 }).filters.flatMap(({ condition }) => {
    if (condition.name !== 'album') return [];
    const name = fold(condition.text);
    const same = albums.filter((album) => fold(album.name) === name);
    const fits = same.length > 0 ? same : albums.filter((album) => fold(album.name).startsWith(name));
    return fits.filter((album) => album.query !== null);
  });
}
