// Albums and saved searches: the list for the sidebar, and what can be done with it. Each act can be undone.
import type { ActResult, Album, PhotoSet } from '@semblance/contract';
import { createStore, type StoreApi } from 'zustand';
import type { Client } from '../../connection/connection.ts';
import { type Fault, toFault } from '../../connection/faults.ts';
import { createFeature } from '../../shared/feature-store.ts';

export interface AlbumsState {
  phase: 'loading' | 'ready' | 'error';
  albums: readonly Album[];
  fault: Fault | null;
  /** The dialog for a name: of a new album (with photos to put in, if any), or of one that is there. */
  naming: Naming | null;
  /** Photos that wait for the person to say which album they go into. */
  picking: PhotoSet | null;
  load(): Promise<void>;
  /** The albums, filled by hand, that a photo is in. */
  of(photoId: string): Promise<readonly Album[]>;
  setNaming(naming: Naming | null): void;
  pick(photos: PhotoSet | null): void;
  /** These throw what the engine throws. */
  create(name: string, extra?: { photos?: PhotoSet; query?: string }): Promise<ActResult & { album: Album }>;
  rename(id: number, name: string): Promise<ActResult>;
  remove(id: number): Promise<ActResult>;
  add(id: number, photos: PhotoSet): Promise<ActResult>;
  take(id: number, photos: PhotoSet): Promise<ActResult>;
}

export type Naming = { id: number; name: string } | { photos: PhotoSet | null; query: string | null };

export const albumsFeature = createFeature<AlbumsState>('albums');
export const useAlbums = albumsFeature.use;

export function createAlbumsStore(client: Pick<Client, 'albums'>): StoreApi<AlbumsState> {
  return createStore<AlbumsState>((set, get) => {
    /** Does it, then shows the albums as they are after it. */
    const then = async <Result>(act: Promise<Result>): Promise<Result> => {
      try {
        return await act;
      } finally {
        void get().load();
      }
    };
    return {
      phase: 'loading',
      albums: [],
      fault: null,
      naming: null,
      picking: null,
      load: async () => {
        try {
          set({ albums: await client.albums.list(), phase: 'ready', fault: null });
        } catch (error) {
          set({ fault: toFault(error), phase: get().phase === 'ready' ? 'ready' : 'error' });
        }
      },
      of: (photoId) => client.albums.of({ photoId }),
      setNaming: (naming) => set({ naming }),
      pick: (picking) => set({ picking }),
      create: (name, { photos, query } = {}) =>
        then(
          client.albums.create({ name, query: query ?? null, ...(photos === undefined ? {} : { photos }) }),
        ),
      rename: (id, name) => then(client.albums.change({ id, name })),
      remove: (id) => then(client.albums.remove({ id })),
      add: (id, photos) => then(client.albums.add({ id, photos })),
      take: (id, photos) => then(client.albums.take({ id, photos })),
    };
  });
}
