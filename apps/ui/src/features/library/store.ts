// The timeline: all photos newest first, loaded in pages, replaced as a whole when the library has changed.
import type { PhotoTile } from '@semblance/contract';
import { createStore, type StoreApi } from 'zustand';
import type { Client } from '../../connection/connection.ts';
import { type Fault, toFault } from '../../connection/faults.ts';
import { createFeature } from '../../shared/feature-store.ts';

export interface LibraryState {
  phase: 'loading' | 'ready' | 'error';
  photos: readonly PhotoTile[];
  /** Of the library; more than `photos.length` while pages are still coming. */
  total: number;
  fault: Fault | null;
  /** Tells the store that the library stands at this revision; loads what is new, not too often. */
  follow(revision: number): void;
  reload(): void;
}

export const FIRST_PAGE = 2000;
export const NEXT_PAGE = 10_000;
/** Pause between two reloads while photos pour in; longer for libraries that take longer to load. */
const SHORTEST_PAUSE_MS = 1500;
const PAUSE_PER_LOAD = 8;

export const library = createFeature<LibraryState>('library');
export const useLibrary = library.use;

export function createLibraryStore(client: Pick<Client, 'library'>): StoreApi<LibraryState> {
  let loaded = -1;
  let wanted = -1;
  let busy = false;
  let pauseUntil = 0;
  let timer: ReturnType<typeof setTimeout> | undefined;

  return createStore<LibraryState>((set, get) => {
    const load = async () => {
      busy = true;
      const began = Date.now();
      const aim = wanted;
      try {
        const seen = new Set<string>();
        const photos: PhotoTile[] = [];
        // A first load shows pages as they come; a reload swaps once, so that the grid does not shrink meanwhile.
        const isFirst = get().photos.length === 0;
        for (let offset = 0, limit = FIRST_PAGE; ; limit = NEXT_PAGE) {
          const page = await client.library.timeline({ offset, limit });
          for (const photo of page.photos) {
            if (seen.has(photo.id)) continue;
            seen.add(photo.id);
            photos.push(photo);
          }
          offset += page.photos.length;
          const complete = page.photos.length === 0 || offset >= page.total;
          if (complete || isFirst) {
            set({
              phase: 'ready',
              photos: photos.slice(),
              total: complete ? photos.length : page.total,
              fault: null,
            });
          }
          if (complete) {
            loaded = Math.max(aim, page.revision);
            break;
          }
        }
      } catch (error) {
        set({ phase: get().photos.length > 0 ? 'ready' : 'error', fault: toFault(error) });
      }
      busy = false;
      pauseUntil = Date.now() + Math.max(SHORTEST_PAUSE_MS, (Date.now() - began) * PAUSE_PER_LOAD);
      if (get().fault === null) schedule();
    };

    const schedule = () => {
      if (busy || timer !== undefined || wanted <= loaded) return;
      timer = setTimeout(
        () => {
          timer = undefined;
          void load();
        },
        Math.max(0, pauseUntil - Date.now()),
      );
    };

    return {
      phase: 'loading',
      photos: [],
      total: 0,
      fault: null,
      follow: (revision) => {
        // A smaller number means another engine run, whose count began anew.
        if (revision < wanted) loaded = -1;
        wanted = revision;
        schedule();
      },
      reload: () => {
        loaded = -1;
        wanted = Math.max(wanted, 0);
        pauseUntil = 0;
        if (get().phase === 'error') set({ phase: 'loading', fault: null });
        schedule();
      },
    };
  });
}
