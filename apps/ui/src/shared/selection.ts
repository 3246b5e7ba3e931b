// Which photos are chosen. Outside of React's state on purpose: choosing one of 100,000 photos renders one tile.
import { createContext, useContext, useSyncExternalStore } from 'react';
import { createStore, type StoreApi } from 'zustand';

export interface Selection {
  ids: ReadonlySet<string>;
  /** Where a range begins: the photo chosen last. */
  anchor: string | null;
  toggle(id: string): void;
  /** From the anchor to this photo, in the order shown; added to what is chosen. */
  extendTo(id: string, order: readonly { id: string }[]): void;
  replace(ids: Iterable<string>): void;
  clear(): void;
}

export function createSelection(): StoreApi<Selection> {
  return createStore<Selection>((set, get) => ({
    ids: new Set(),
    anchor: null,
    toggle: (id) => {
      const ids = new Set(get().ids);
      if (!ids.delete(id)) ids.add(id);
      set({ ids, anchor: id });
    },
    extendTo: (id, order) => {
      const { ids, anchor } = get();
      set({ ids: new Set([...ids, ...between(order, anchor ?? id, id)]), anchor: anchor ?? id });
    },
    replace: (wanted) => {
      const ids = new Set(wanted);
      set({ ids, anchor: ids.values().next().value ?? null });
    },
    clear: () => {
      if (get().ids.size > 0) set({ ids: new Set(), anchor: null });
    },
  }));
}

/** Ids from one photo to another, both included; only the second where the first is not there (any more). */
export function between(order: readonly { id: string }[], from: string, to: string): string[] {
  const end = order.findIndex((photo) => photo.id === to);
  const begin = order.findIndex((photo) => photo.id === from);
  if (end < 0) return [];
  if (begin < 0) return [to];
  return order.slice(Math.min(begin, end), Math.max(begin, end) + 1).map((photo) => photo.id);
}

/** What can be done with photos right in a grid. */
export interface GridActs {
  selection: StoreApi<Selection>;
  setFavourite(photo: { id: string }, favourite: boolean): void;
}

/** Grids below it let photos be chosen and made favourites; without it they only show and open them. */
export const GridActsContext = createContext<GridActs | null>(null);

const never = () => () => undefined;

/** Null where nothing can be chosen. */
export function useIsSelected(id: string): boolean | null {
  const selection = useContext(GridActsContext)?.selection;
  return useSyncExternalStore(selection?.subscribe ?? never, () =>
    selection === undefined ? null : selection.getState().ids.has(id),
  );
}
