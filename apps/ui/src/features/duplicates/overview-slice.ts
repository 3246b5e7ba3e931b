// What was found, when, and how far a search for duplicates is.
import type { Act, DuplicateStatus, Folder } from '@semblance/contract';
import { type Fault, toFault } from '../../connection/faults.ts';
import type { DuplicatesClient } from './client.ts';
import type { GetState, SetState } from './store.ts';

export interface OverviewSlice {
  status: DuplicateStatus | null;
  statusFault: Fault | null;
  folders: readonly Folder[];
  /** Newest act of the trash that can still be taken back, from this session or an earlier one. */
  lastTrash: Act | null;
  loadStatus(): Promise<void>;
  find(): Promise<void>;
  /** Follows the state for as long as the room is open. @returns what ends it */
  watch(): () => void;
}

/** How often a running search is asked for its progress, and an idle engine for anything new. */
const RUNNING_MS = 700;
const IDLE_MS = 10_000;

/** The act that moves files of groups to the trash. */
const APPLY = 'duplicates-apply';

export function overviewSlice(client: DuplicatesClient, set: SetState, get: GetState): OverviewSlice {
  let watching = 0;
  return {
    status: null,
    statusFault: null,
    folders: [],
    lastTrash: null,

    loadStatus: async () => {
      try {
        const [status, folders, acts] = await Promise.all([
          client.duplicates.status(),
          client.folders.list(),
          client.acts.list({ limit: 50 }),
        ]);
        const wasRunning = get().status?.state === 'running';
        const lastTrash = acts.find((act) => act.kind === APPLY && !act.undone) ?? null;
        set({ status, folders, lastTrash, statusFault: null });
        if (wasRunning && status.state !== 'running' && get().screen === 'review') await get().refresh();
      } catch (error) {
        set({ statusFault: toFault(error) });
      }
    },

    find: async () => {
      const before = get().status;
      if (before !== null) set({ status: { ...before, state: 'running', done: 0, problem: null } });
      try {
        await client.duplicates.find();
        await get().loadStatus();
      } catch (error) {
        set({ status: before, statusFault: toFault(error) });
      }
    },

    watch: () => {
      const mine = ++watching;
      let timer: ReturnType<typeof setTimeout> | undefined;
      const look = async () => {
        await get().loadStatus();
        if (mine !== watching) return;
        timer = setTimeout(look, get().status?.state === 'running' ? RUNNING_MS : IDLE_MS);
      };
      void look();
      return () => {
        if (mine === watching) watching += 1;
        clearTimeout(timer);
      };
    },
  };
}
