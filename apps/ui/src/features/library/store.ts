// One view of the library: its photos, loaded in pages, replaced as a whole when the library has changed. Views seen
// lately are kept, so that going back to one shows it at once.
import type { PhotoTile, PhotoView } from '@semblance/contract';
import { createStore, type StoreApi } from 'zustand';
import type { Client } from '../../connection/connection.ts';
import { type Fault, toFault } from '../../connection/faults.ts';
import { createFeature } from '../../shared/feature-store.ts';
import { placeKey } from '../../shared/place.ts';
import { type TileChange, withChange } from '../../shared/tile-change.ts';

export interface LibraryState {
  view: PhotoView;
  phase: 'loading' | 'ready' | 'error';
  photos: readonly PhotoTile[];
  /** Of the view; more than `photos.length` while pages are still coming. */
  total: number;
  fault: Fault | null;
  show(view: PhotoView): void;
  /** Tells the store that the library stands at this revision; loads what is new, not too often. */
  follow(revision: number): void;
  reload(): void;
  /** Shows at once what an act has changed; the next load brings the engine's own word. */
  amend(change: TileChange): void;
}

export const FIRST_PAGE = 2000;
export const NEXT_PAGE = 10_000;
/** Pause between two reloads while photos pour in; longer for libraries that take longer to load. */
const SHORTEST_PAUSE_MS = 1500;
const PAUSE_PER_LOAD = 8;
const KEPT_VIEWS = 4;

export const library = createFeature<LibraryState>('library');
export const useLibrary = library.use;

interface Kept {
  photos: readonly PhotoTile[];
  revision: number;
}

export function createLibraryStore(client: Pick<Client, 'library'>): StoreApi<LibraryState> {
  const kept = new Map<string, Kept>();
  let loaded = -1;
  let wanted = -1;
  let busy = false;
  let pauseUntil = 0;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let running: AbortController | undefined;

  return createStore<LibraryState>((set, get) => {
    const load = async () => {
      busy = true;
      const control = new AbortController();
      running = control;
      const { view } = get();
      const began = Date.now();
      const aim = wanted;
      try {
        const seen = new Set<string>();
        const photos: PhotoTile[] = [];
        // A first load shows pages as they come; a reload swaps once, so that the grid does not shrink meanwhile.
        const isFirst = get().photos.length === 0;
        for (let offset = 0, limit = FIRST_PAGE; ; limit = NEXT_PAGE) {
          const page = await client.library.timeline({ offset, limit, view }, { signal: control.signal });
          if (control.signal.aborted) return;
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
        if (control.signal.aborted) return;
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

    /** Whatever is under way was asked for the view before. */
    const drop = () => {
      running?.abort();
      clearTimeout(timer);
      timer = undefined;
      busy = false;
      pauseUntil = 0;
    };

    const keep = () => {
      const { view, photos, total, phase } = get();
      const key = placeKey(view);
      kept.delete(key);
      if (phase === 'ready' && photos.length === total) kept.set(key, { photos, revision: loaded });
      const oldest = kept.keys().next().value;
      if (kept.size > KEPT_VIEWS && oldest !== undefined) kept.delete(oldest);
    };

    return {
      view: { kind: 'all' },
      phase: 'loading',
      photos: [],
      total: 0,
      fault: null,
      show: (view) => {
        if (placeKey(view) === placeKey(get().view)) return;
        keep();
        drop();
        const before = kept.get(placeKey(view));
        loaded = before?.revision ?? -1;
        const photos = before?.photos ?? [];
        set({ view, photos, total: photos.length, phase: before ? 'ready' : 'loading', fault: null });
        schedule();
      },
      follow: (revision) => {
        // A smaller number means another engine run, whose count began anew.
        if (revision < wanted) {
          loaded = -1;
          kept.clear();
        }
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
      amend: (change) => {
        const { view, photos, total } = get();
        const next = withChange(photos, change, view);
        set({ photos: next, total: total - (photos.length - next.length) });
        kept.clear();
      },
    };
  });
}
