// The change of the model as a window sees it: the engine's word on it, what would change, and a comparison.
import type { ModelComparison, ModelSwitchStatus, SwitchPreview } from '@semblance/contract';
import { createStore, type StoreApi } from 'zustand';
import type { Client } from '../../../connection/connection.ts';
import { type Fault, toFault } from '../../../connection/faults.ts';
import { createFeature } from '../../../shared/feature-store.ts';

export interface ModelSwitchState {
  /** Null until the engine has said. */
  status: ModelSwitchStatus | null;
  preview: SwitchPreview | null;
  previewing: boolean;
  comparison: ModelComparison | null;
  comparing: boolean;
  /** A click is being carried out. */
  busy: boolean;
  fault: Fault | null;
  /** Of the comparison. */
  compareFault: Fault | null;
  /** Follows the engine until aborted; returns when the stream ends. */
  follow(signal: AbortSignal): Promise<void>;
  begin(id: string, automatic: boolean): Promise<void>;
  pause(): Promise<void>;
  resume(): Promise<void>;
  cancel(): Promise<void>;
  lookAhead(): Promise<void>;
  commit(labels: boolean): Promise<void>;
  back(): Promise<void>;
  forgetPrevious(): Promise<void>;
  compare(a: string, b: string): Promise<void>;
  stopComparing(): void;
}

export const modelSwitch = createFeature<ModelSwitchState>('model switch');
export const useModelSwitch = modelSwitch.use;

const LOOK_AGAIN_MS = 3000;

/** @param onSwitched another model answers now */
export function createModelSwitchStore(
  { modelSwitch: calls }: Pick<Client, 'modelSwitch'>,
  onSwitched: () => void = () => undefined,
): StoreApi<ModelSwitchState> {
  return createStore<ModelSwitchState>((set, get) => {
    let stop: AbortController | null = null;

    const receive = (status: ModelSwitchStatus): void => {
      const before = get().status;
      const other = before?.next?.id !== status.next?.id;
      set({ status, ...(other && { preview: null }) });
      if (before !== null && before.current !== status.current) onSwitched();
    };
    const act = async (work: () => Promise<ModelSwitchStatus>): Promise<void> => {
      set({ busy: true, fault: null });
      try {
        receive(await work());
      } catch (error) {
        set({ fault: toFault(error) });
      } finally {
        set({ busy: false });
      }
    };

    return {
      status: null,
      preview: null,
      previewing: false,
      comparison: null,
      comparing: false,
      busy: false,
      fault: null,
      compareFault: null,
      async follow(signal) {
        while (!signal.aborted) {
          try {
            for await (const status of await calls.status(undefined, { signal })) receive(status);
          } catch (error) {
            if (!signal.aborted && get().status === null) set({ fault: toFault(error) });
          }
          if (signal.aborted) return;
          // The window's own link says when the engine is gone; this one merely comes back with it.
          await new Promise((resolve) => setTimeout(resolve, LOOK_AGAIN_MS));
        }
      },
      begin: (id, automatic) => act(() => calls.begin({ id, automatic })),
      pause: () => act(() => calls.pause()),
      resume: () => act(() => calls.resume()),
      cancel: () => act(() => calls.cancel()),
      async lookAhead() {
        set({ previewing: true, fault: null });
        try {
          set({ preview: await calls.preview() });
        } catch (error) {
          set({ fault: toFault(error) });
        } finally {
          set({ previewing: false });
        }
      },
      commit: (labels) => act(() => calls.commit({ labels })),
      back: () => act(() => calls.back()),
      forgetPrevious: () => act(() => calls.forgetPrevious()),
      async compare(a, b) {
        const own = new AbortController();
        stop?.abort();
        stop = own;
        set({ comparing: true, compareFault: null, comparison: null });
        try {
          const comparison = await calls.compare({ a, b }, { signal: own.signal });
          if (!own.signal.aborted) set({ comparison });
        } catch (error) {
          if (!own.signal.aborted) set({ compareFault: toFault(error) });
        } finally {
          if (stop === own) {
            stop = null;
            set({ comparing: false });
          }
        }
      },
      stopComparing() {
        stop?.abort();
        stop = null;
        set({ comparing: false });
      },
    };
  });
}
