// What was thrown away, in this session or an earlier one, and bringing some of it back.
import type { MoveProblem, RestoreReport, ThrownAway } from '@semblance/contract';
import { createStore, type StoreApi } from 'zustand';
import type { Client } from '../../connection/connection.ts';
import { type Fault, toFault } from '../../connection/faults.ts';
import { createFeature } from '../../shared/feature-store.ts';

export interface TrashState {
  phase: 'loading' | 'ready' | 'error';
  fault: Fault | null;
  /** Newest first; as many as were asked for. */
  files: readonly ThrownAway[];
  total: number;
  /** Bytes of all of them. */
  bytes: number;
  /** Ids of the list. */
  chosen: ReadonlySet<number>;
  busy: boolean;
  /** What the last putting back came to. */
  report: RestoreReport | null;
  /** By path: why it is still there after it was to be put back. */
  problems: ReadonlyMap<string, MoveProblem>;
  /** The list as it is now; how many there are, where nobody looks at it. */
  refresh(): Promise<void>;
  /** For whoever looks at it. */
  load(): Promise<void>;
  more(): Promise<void>;
  choose(id: number, on: boolean): void;
  /** All that are shown and can be put back, or none. */
  chooseAll(on: boolean): void;
  putBack(ids: readonly number[]): Promise<void>;
  /** Takes off the list what cannot come back: one, or (null) all that are gone. */
  dismiss(id: number | null): Promise<void>;
}

const PAGE = 100;
const NONE: ReadonlySet<number> = new Set();

export const trashFeature = createFeature<TrashState>('trash');
export const useTrash = trashFeature.use;

export function canComeBack({ place }: ThrownAway): boolean {
  return place === 'here';
}

export function createTrashStore(client: Pick<Client, 'trash'>): StoreApi<TrashState> {
  return createStore<TrashState>((set, get) => {
    let asked = 0;
    let wanted = 1;

    const fetch = async (): Promise<void> => {
      const mine = ++asked;
      try {
        const { files, total, bytes } = await client.trash.list({ offset: 0, limit: wanted });
        if (mine !== asked) return;
        const there = new Set(files.filter(canComeBack).map(({ id }) => id));
        const chosen = new Set([...get().chosen].filter((id) => there.has(id)));
        set({ files, total, bytes, chosen, phase: 'ready', fault: null });
      } catch (error) {
        if (mine !== asked) return;
        set({ fault: toFault(error), phase: get().phase === 'ready' ? 'ready' : 'error' });
      }
    };

    /** One at a time: what it is about changes by it. */
    const act = async (work: () => Promise<Partial<TrashState>>): Promise<void> => {
      if (get().busy) return;
      set({ busy: true, fault: null, report: null });
      let result: Partial<TrashState> = {};
      try {
        result = await work();
      } catch (error) {
        result = { fault: toFault(error) };
      }
      await fetch();
      set({ busy: false, ...result });
    };

    return {
      phase: 'loading',
      fault: null,
      files: [],
      total: 0,
      bytes: 0,
      chosen: NONE,
      busy: false,
      report: null,
      problems: new Map(),
      refresh: fetch,
      load: () => {
        wanted = Math.max(wanted, PAGE);
        set({ report: null, problems: new Map() });
        return fetch();
      },
      more: () => {
        wanted += PAGE;
        return fetch();
      },
      choose: (id, on) => {
        const chosen = new Set(get().chosen);
        if (on) chosen.add(id);
        else chosen.delete(id);
        set({ chosen });
      },
      chooseAll: (on) =>
        set({
          chosen: on
            ? new Set(
                get()
                  .files.filter(canComeBack)
                  .map(({ id }) => id),
              )
            : NONE,
        }),
      putBack: (ids) =>
        act(async () => {
          const report = await client.trash.putBack({ ids: [...ids] });
          return { report, problems: new Map(report.failed.map(({ path, why }) => [path, why])) };
        }),
      dismiss: (id) =>
        act(async () => {
          await client.trash.dismiss(id === null ? {} : { ids: [id] });
          return {};
        }),
    };
  });
}
