// Where one is, and how the sidebar looks. The place goes into the URL; the sidebar is remembered on this machine.
import { createStore, type StoreApi } from 'zustand';
import { createFeature } from '../../shared/feature-store.ts';
import { HOME, type Place } from '../../shared/place.ts';

/** Parts of the sidebar that fold. */
export type Fold = 'albums' | 'folders';

interface Remembered {
  /** The sidebar shows icons only. */
  narrow: boolean;
  folded: Record<Fold, boolean>;
}

export interface NavigationState extends Remembered {
  place: Place;
  /** Small windows have the sidebar as a drawer. */
  drawer: boolean;
  go(place: Place): void;
  setNarrow(narrow: boolean): void;
  toggleFold(fold: Fold): void;
  setDrawer(open: boolean): void;
}

const KEY = 'semblance.sidebar';

export const navigationFeature = createFeature<NavigationState>('navigation');
export const useNavigation = navigationFeature.use;

export function createNavigationStore(
  storage: Pick<Storage, 'getItem' | 'setItem'>,
): StoreApi<NavigationState> {
  return createStore<NavigationState>((set, get) => {
    const remember = (part: Partial<Remembered>) => {
      set(part);
      const { narrow, folded } = get();
      try {
        storage.setItem(KEY, JSON.stringify({ narrow, folded } satisfies Remembered));
      } catch {
        // Storage may be full or forbidden; the choice then lasts until the window closes.
      }
    };
    return {
      ...readSidebar(read(storage)),
      place: HOME,
      drawer: false,
      go: (place) => set({ place, drawer: false }),
      setNarrow: (narrow) => remember({ narrow }),
      toggleFold: (fold) => remember({ folded: { ...get().folded, [fold]: !get().folded[fold] } }),
      setDrawer: (drawer) => set({ drawer }),
    };
  });
}

/** Whatever was stored, made whole. */
export function readSidebar(stored: string | null): Remembered {
  const raw = parse(stored);
  const folded = record(raw.folded);
  return {
    narrow: raw.narrow === true,
    folded: { albums: folded.albums === true, folders: folded.folders === true },
  };
}

function parse(stored: string | null): Record<string, unknown> {
  try {
    return record(JSON.parse(stored ?? '{}'));
  } catch {
    return {};
  }
}

function record(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null ? { ...value } : {};
}

function read(storage: Pick<Storage, 'getItem'>): string | null {
  try {
    return storage.getItem(KEY);
  } catch {
    return null;
  }
}
