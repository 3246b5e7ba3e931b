// Marks, albums and undo, kept in the page: enough to see the screens live.
import type { Album, PhotoSet, PhotoTile } from '@semblance/contract';
import type { Client } from '../../src/connection/connection.ts';

type Answer = <T>(value: T | (() => T)) => Promise<T>;

export interface FakeAlbums {
  mark: Client['photos']['mark'];
  albums: Client['albums'];
  acts: Client['acts'];
}

/** @param onChange tells the window that the library has moved */
export function fakeAlbums(photos: PhotoTile[], answer: Answer, onChange: () => void): FakeAlbums {
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
    mark: ({ photos: set, favourite }) =>
      answer(() => {
        const touched = photos.filter((photo) => set.kind !== 'photos' || set.ids.includes(photo.id));
        const before = touched.map((photo) => photo.favourite);
        for (const photo of touched) photo.favourite = favourite ?? photo.favourite;
        return act(touched.length, () =>
          touched.forEach((photo, i) => {
            photo.favourite = before[i] ?? false;
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
