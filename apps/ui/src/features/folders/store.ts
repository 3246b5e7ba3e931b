// The library's folders: what is known, what may be added, and the actions on them.
import type { Folder, OfferedFolder, Subfolder } from '@semblance/contract';
import { createStore, type StoreApi } from 'zustand';
import type { Client } from '../../connection/connection.ts';
import { type Fault, toFault } from '../../connection/faults.ts';
import { createFeature } from '../../shared/feature-store.ts';

export interface FoldersState {
  phase: 'loading' | 'ready' | 'error';
  folders: readonly Folder[];
  /** Where the photos are; kept up to date while somebody watches it. */
  tree: readonly Subfolder[];
  offered: readonly OfferedFolder[];
  /** Of all folders, as the photos' own view counts them: the folders' numbers have hidden ones and pairs in them. */
  photos: number;
  /** Files on record that could not be read, for the link to their list. */
  failed: number;
  open: boolean;
  /** A native dialog or an addition is under way. */
  adding: boolean;
  fault: Fault | null;
  load(): Promise<void>;
  /** Loads the tree, now and with every change, until the answer is called. */
  watchTree(): () => void;
  setOpen(open: boolean): void;
  choose(): Promise<void>;
  addOffered(offerIds: readonly number[]): Promise<void>;
  addSamples(): Promise<void>;
  rescan(id: number): Promise<void>;
  accept(id: number): Promise<void>;
  follow(id: number): Promise<void>;
  remove(id: number): Promise<void>;
  dismissFault(): void;
}

/** The tree is counted file by file: the engine is asked for it no more than so small a part of the time. */
const TREE_PAUSE = 30;

export const foldersFeature = createFeature<FoldersState>('folders');
export const useFolders = foldersFeature.use;

export function createFoldersStore(client: Pick<Client, 'folders' | 'library'>): StoreApi<FoldersState> {
  let watchers = 0;
  let stale = false;
  let counting = false;
  return createStore<FoldersState>((set, get) => {
    /** Now, or once more after the load and the pause that are under way. */
    const loadTree = async () => {
      stale = true;
      if (counting) return;
      counting = true;
      while (stale && watchers > 0) {
        stale = false;
        const began = Date.now();
        try {
          set({ tree: await client.folders.tree() });
        } catch {
          // The list of folders, asked at the same time, tells what is wrong.
        }
        const pause = (Date.now() - began) * TREE_PAUSE;
        await new Promise((resolve) => setTimeout(resolve, pause));
      }
      counting = false;
    };
    /** Runs an action, then shows the folders as they are after it. */
    const change = async (action: () => Promise<unknown>) => {
      set({ fault: null });
      try {
        await action();
      } catch (error) {
        set({ fault: toFault(error) });
      }
      await get().load();
    };
    const add = async (action: () => Promise<unknown>) => {
      set({ adding: true });
      await change(action);
      set({ adding: false });
    };

    return {
      phase: 'loading',
      folders: [],
      tree: [],
      offered: [],
      photos: 0,
      failed: 0,
      open: false,
      adding: false,
      fault: null,
      load: async () => {
        void loadTree();
        try {
          // Not `library.status`: it measures the library on disk, and this is asked whenever photos arrive.
          const [folders, offered, { total: failed }, { total: photos }] = await Promise.all([
            client.folders.list(),
            client.folders.offered(),
            client.library.failures({ offset: 0, limit: 1 }),
            client.library.timeline({ offset: 0, limit: 1 }),
          ]);
          set({ phase: 'ready', folders, photos, failed, offered });
        } catch (error) {
          const known = get().phase === 'ready';
          set(known ? { fault: toFault(error) } : { phase: 'error', fault: toFault(error) });
        }
      },
      watchTree: () => {
        watchers += 1;
        void loadTree();
        return () => {
          watchers -= 1;
        };
      },
      setOpen: (open) => {
        set({ open });
        if (open) void get().load();
      },
      choose: () => add(() => client.folders.choose()),
      addOffered: (offerIds) =>
        add(async () => {
          for (const offerId of offerIds) await client.folders.addOffered({ offerId });
        }),
      addSamples: () => add(() => client.folders.addSamples()),
      rescan: (id) => change(() => client.folders.rescan({ id })),
      accept: (id) => change(() => client.folders.accept({ id })),
      follow: (id) => change(() => client.folders.follow({ id })),
      remove: (id) => change(() => client.folders.remove({ id })),
      dismissFault: () => set({ fault: null }),
    };
  });
}
