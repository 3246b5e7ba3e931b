// Marks, albums and undo, kept in the page: enough to see the screens live.
import type { Album, PhotoSet, PhotoTile, PhotoView } from '@semblance/contract';
import type { Client } from '../../src/connection/connection.ts';

type Answer = <T>(value: T | (() => T)) => Promise<T>;

export interface FakeAlbums {
  mark: Client['photos']['mark'];
  albums: Client['albums'];
  acts: Client['acts'];
}

/** @param onChange tells the window that the library has moved */
export function fakeAlbums(photos: PhotoTile[], answer: Answer, onChange: () => void): FakeAlbums {
  const hidden = hiddenIn(photos);
  const undos = new Map<number, () => void>();
  const albums: Album[] = ['Summer by the sea', 'Grandma’s garden', 'Receipts'].map((name, i) => ({
    id: i + 1,
    name,
    query: i === 2 ? 'receipt' : null,
    photos: i === 2 ? 0 : 24 * (i + 1),
    cover: photos[i * 9] ?? null,
  }));
  const count = (set: PhotoSet) => (set.kind === 'photos' ? set.ids.length : photos.length);
  const act = (photosConcerned: number, undo: () => void) => {
    const actId = undos.size + 1;
    undos.set(actId, undo);
    onChange();
    return { actId, photos: photosConcerned };
  };

  return {
    mark: ({ photos: set, favourite, hidden: hide }) =>
      answer(() => {
        const touched = photos.filter((photo) => set.kind !== 'photos' || set.ids.includes(photo.id));
        const before = touched.map((photo) => [photo.favourite, hidden.has(photo)] as const);
        const put = (photo: PhotoTile, favourite: boolean, isHidden: boolean) => {
          photo.favourite = favourite;
          if (isHidden) hidden.add(photo);
          else hidden.delete(photo);
        };
        for (const photo of touched) put(photo, favourite ?? photo.favourite, hide ?? hidden.has(photo));
        return act(touched.length, () =>
          touched.forEach((photo, i) => {
            put(photo, before[i]?.[0] ?? false, before[i]?.[1] ?? false);
          }),
        );
      }),
    albums: {
      list: () => answer(() => albums.map((album) => ({ ...album }))),
      of: () => answer(albums.slice(0, 1)),
      create: ({ name, query = null, photos: set }) =>
        answer(() => {
          const size = set === undefined ? 0 : count(set);
          const album = { id: albums.length + 1, name, query, photos: size, cover: photos[0] ?? null };
          albums.push(album);
          return { ...act(size, () => albums.splice(albums.indexOf(album), 1)), album };
        }),
      change: ({ id, name }) =>
        answer(() => {
          const album = albums.find((other) => other.id === id);
          if (album !== undefined && name !== undefined) album.name = name;
          return act(0, () => undefined);
        }),
      remove: ({ id }) =>
        answer(() => {
          const at = albums.findIndex((album) => album.id === id);
          const gone = albums.splice(at, 1);
          return act(0, () => albums.splice(at, 0, ...gone));
        }),
      add: ({ photos: set }) => answer(() => act(count(set), () => undefined)),
      take: ({ photos: set }) => answer(() => act(count(set), () => undefined)),
    },
    acts: {
      list: () => answer([]),
      undo: ({ id }) =>
        answer(() => {
          undos.get(id)?.();
          onChange();
          return { photos: 1 };
        }),
    },
  };
}

const hiddenPhotos = new WeakMap<readonly PhotoTile[], Set<PhotoTile>>();

function hiddenIn(photos: readonly PhotoTile[]): Set<PhotoTile> {
  const known = hiddenPhotos.get(photos) ?? new Set<PhotoTile>();
  hiddenPhotos.set(photos, known);
  return known;
}

/** A view of the made-up library: albums hold every so many photos, a folder a part of them. */
export function viewed(photos: readonly PhotoTile[], view: PhotoView): readonly PhotoTile[] {
  const hidden = hiddenIn(photos);
  if (view.kind === 'hidden') return photos.filter((photo) => hidden.has(photo));
  const inSight = photos.filter((photo) => !hidden.has(photo));
  if (view.kind === 'favourites') return inSight.filter((photo) => photo.favourite);
  if (view.kind === 'album') return view.id > 3 ? [] : inSight.slice(view.id * 9, view.id * 9 + 24 * view.id);
  if (view.kind === 'folder') return inSight.filter((_, i) => (i + view.path.length) % 3 === 0);
  return inSight;
}
