// The labels there are, which pane of the room is open, and what is done with a label as a whole.
import type { ActResult, Label, LabelId, PhotoSet } from '@semblance/contract';
import { createStore, type StoreApi } from 'zustand';
import { type Fault, toFault } from '../../connection/faults.ts';
import { createFeature } from '../../shared/feature-store.ts';
import type { LabelCalls } from './calls.ts';

export type Pane = 'studio' | 'queue' | 'runs' | 'packs';

export interface LabelListState {
  phase: 'loading' | 'ready' | 'error';
  labels: readonly Label[];
  fault: Fault | null;
  pane: Pane;
  show(pane: Pane): void;
  load(): Promise<void>;
  /** Null when it failed; the failure is in `actFault`. */
  remove(id: LabelId): Promise<ActResult | null>;
  merge(from: LabelId, into: LabelId): Promise<ActResult | null>;
  assign(id: LabelId, photos: PhotoSet, on: boolean): Promise<ActResult | null>;
  /** Takes acts back, the latest first. */
  undo(acts: readonly number[]): Promise<boolean>;
  actFault: Fault | null;
}

export const labelList = createFeature<LabelListState>('labels');
export const useLabels = labelList.use;

export function createLabelListStore(client: Pick<LabelCalls, 'labels' | 'acts'>): StoreApi<LabelListState> {
  let sequence = 0;
  return createStore<LabelListState>((set, get) => {
    const load = async () => {
      const mine = ++sequence;
      try {
        const labels = await client.labels.list();
        if (mine === sequence) set({ phase: 'ready', labels, fault: null });
      } catch (error) {
        if (mine !== sequence) return;
        set({ phase: get().labels.length > 0 ? 'ready' : 'error', fault: toFault(error) });
      }
    };
    const act = async <T>(work: () => Promise<T>): Promise<T | null> => {
      set({ actFault: null });
      try {
        const result = await work();
        await load();
        return result;
      } catch (error) {
        set({ actFault: toFault(error) });
        await load();
        return null;
      }
    };
    return {
      phase: 'loading',
      labels: [],
      fault: null,
      pane: 'studio',
      actFault: null,
      show: (pane) => set({ pane }),
      load,
      remove: (id) => act(() => client.labels.remove({ id })),
      merge: (from, into) => act(() => client.labels.merge({ from, into })),
      assign: (id, photos, on) => act(() => client.labels.assign({ id, photos, on })),
      undo: async (acts) => {
        const done = await act(async () => {
          for (const id of acts.toReversed()) await client.acts.undo({ id });
          return true;
        });
        return done === true;
      },
    };
  });
}
