// Albums filled by hand, and saved searches.
import type { AlbumRecord, Catalog } from '@semblance/catalog';
import {
  type ActResult,
  type Album,
  type AlbumId,
  type PhotoId,
  type PhotoSet,
  SemblanceError,
} from '@semblance/contract';
import type { ActsService } from './acts.ts';
import { leadsBack } from './album-cycle.ts';
import { countShown } from './count-shown.ts';

export interface AlbumsService {
  list(): Album[];
  of(photoId: PhotoId): Album[];
  /** @throws SemblanceError ALBUM_CYCLE */
  create(request: {
    name: string;
    query: string | null;
    photos?: PhotoSet | undefined;
  }): ActResult & { album: Album };
  /** These throw SemblanceError ALBUM_NOT_FOUND; `change` ALBUM_CYCLE too. */
  change(id: AlbumId, change: { name?: string | undefined; query?: string | undefined }): ActResult;
  remove(id: AlbumId): ActResult;
  add(id: AlbumId, photos: PhotoSet): ActResult;
  take(id: AlbumId, photos: PhotoSet): ActResult;
}

interface Membership {
  id: AlbumId;
  photos: PhotoId[];
}

interface Changed {
  before: AlbumRecord;
  after: AlbumRecord;
}

export function createAlbums(catalog: Catalog, acts: ActsService): AlbumsService {
  // What was put into it since is not this act's to take out. Older acts do not know what was there from the start.
  acts.register<{ id: AlbumId; photos?: PhotoId[] }>('album-create', ({ id, photos }) => {
    const since = photos === undefined ? [] : without(catalog.albumMembers(id), photos);
    if (since.length === 0) catalog.removeAlbum(id);
    else catalog.removeFromAlbum(id, photos ?? []);
    return 0;
  });
  // Older acts have only what was there before. Of name and query, only what the act has changed is set again.
  acts.register<Changed | AlbumRecord>('album-change', (payload) => {
    const { before, after } = 'before' in payload ? payload : { before: payload, after: null };
    const now = catalog.album(before.id);
    const isOurs = (key: 'name' | 'query'): boolean => after === null || now?.[key] === after[key];
    catalog.changeAlbum(before.id, {
      ...(isOurs('name') && { name: before.name }),
      ...(isOurs('query') && { query: before.query }),
    });
    return 0;
  });
  acts.register<{ album: AlbumRecord; photos: PhotoId[] }>('album-remove', ({ album, photos }) => {
    if (catalog.album(album.id) === null) catalog.restoreAlbum(album, photos);
    return photos.length;
  });
  acts.register<Membership>('album-add', ({ id, photos }) => catalog.removeFromAlbum(id, photos).length);
  acts.register<Membership>('album-take', ({ id, photos }) =>
    catalog.album(id) === null ? 0 : catalog.addToAlbum(id, photos).length,
  );

  function known(id: AlbumId): AlbumRecord {
    const album = catalog.album(id);
    if (album === null) throw new SemblanceError('ALBUM_NOT_FOUND', 'This album does not exist any more.');
    return album;
  }

  function byHand(id: AlbumId): AlbumRecord {
    const album = known(id);
    if (album.query === null) return album;
    throw new SemblanceError('NOT_SUPPORTED_HERE', 'A saved search chooses its photos by itself.');
  }

  function checked(album: { id: AlbumId | null; name: string; query: string | null }): void {
    if (!leadsBack(catalog, album)) return;
    throw new SemblanceError('ALBUM_CYCLE', 'This saved search would look for its photos in itself.');
  }

  function views(records: AlbumRecord[]): Album[] {
    const covers = catalog.tiles(records.flatMap(({ cover }) => (cover === null ? [] : [cover])));
    return records.map(({ id, name, query, photos, cover }) => ({
      id,
      name,
      query,
      photos,
      cover: covers.get(cover ?? '') ?? null,
    }));
  }

  return {
    list: () => views(catalog.albums()),
    of: (photoId) => views(catalog.albumsOf(photoId)),
    create({ name, query, photos }) {
      let id = 0;
      const result = acts.perform('album-create', () => {
        checked({ id: null, name, query });
        id = catalog.createAlbum(name, query);
        const added =
          photos === undefined || query !== null
            ? []
            : catalog.addToAlbum(id, catalog.actOn(catalog.photoIds(photos)));
        return {
          payload: { id, photos: added },
          photos: photos === undefined ? 0 : countShown(catalog.photoIds(photos), added),
        };
      });
      const [album] = views([known(id)]);
      return { ...result, album: album as Album };
    },
    change: (id, change) =>
      acts.perform('album-change', () => {
        const before = known(id);
        checked({ id, name: change.name ?? before.name, query: change.query ?? before.query });
        catalog.changeAlbum(id, {
          ...(change.name === undefined ? {} : { name: change.name }),
          ...(change.query === undefined ? {} : { query: change.query }),
        });
        return { payload: { before, after: known(id) }, photos: 0 };
      }),
    remove: (id) =>
      acts.perform('album-remove', () => {
        const album = known(id);
        const photos = catalog.albumMembers(id);
        catalog.removeAlbum(id);
        return { payload: { album, photos }, photos: photos.length };
      }),
    add: (id, photos) =>
      acts.perform('album-add', () => {
        byHand(id);
        const shown = catalog.photoIds(photos);
        const added = catalog.addToAlbum(id, catalog.actOn(shown));
        return added.length === 0
          ? null
          : { payload: { id, photos: added }, photos: countShown(shown, added) };
      }),
    take: (id, photos) =>
      acts.perform('album-take', () => {
        byHand(id);
        const shown = catalog.photoIds(photos);
        const taken = catalog.removeFromAlbum(id, catalog.actOn(shown));
        return taken.length === 0
          ? null
          : { payload: { id, photos: taken }, photos: countShown(shown, taken) };
      }),
  };
}

function without(all: readonly PhotoId[], some: readonly PhotoId[]): PhotoId[] {
  const left = new Set(all);
  for (const id of some) left.delete(id);
  return [...left];
}
