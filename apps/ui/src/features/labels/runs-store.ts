// Runs of labels over photos: starting one, following it until it is done, the history, and taking one back whole.
import type { Album, Folder, LabelId, LabelRun, PhotoSet } from '@semblance/contract';
import { createStore, type StoreApi } from 'zustand';
import { type Fault, toFault } from '../../connection/faults.ts';
import { createFeature } from '../../shared/feature-store.ts';
import type { LabelCalls } from './calls.ts';

export interface RunDialogState {
  /** Ticked when it opens; null ticks all. */
  labels: readonly LabelId[] | null;
  /** Photos that are selected now, offered as one more place to run over. */
  selection: PhotoSet | null;
}

export interface RunsState {
  phase: 'loading' | 'ready' | 'error';
  runs: readonly LabelRun[];
  fault: Fault | null;
  dialog: RunDialogState | null;
  /** Where a run may go; null until it is known. */
  places: { albums: readonly Album[]; folders: readonly Folder[] } | null;
  /** The run that the dialog started. */
  started: LabelRun | null;
  starting: boolean;
  startFault: Fault | null;
  undoing: number | null;
  load(): Promise<void>;
  openDialog(dialog?: Partial<RunDialogState>): void;
  closeDialog(): void;
  start(labels: readonly LabelId[], over: PhotoSet): Promise<void>;
  undo(run: LabelRun): Promise<boolean>;
}

const POLL_MS = 350;
const HISTORY = 50;

export const runs = createFeature<RunsState>('label runs');
export const useRuns = runs.use;

/** @param onEnd hears of every run that has ended or was taken back: tags are different now */
export function createRunsStore(
  client: Pick<LabelCalls, 'labels' | 'acts' | 'albums' | 'folders'>,
  onEnd: () => void = () => undefined,
): StoreApi<RunsState> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  return createStore<RunsState>((set, get) => {
    const isRunning = () =>
      get().runs.some((run) => run.state === 'running') || get().started?.state === 'running';

    const load = async () => {
      clearTimeout(timer);
      const before = isRunning();
      try {
        const list = await client.labels.runs({ limit: HISTORY });
        const started = list.find((run) => run.id === get().started?.id) ?? get().started;
        set({ phase: 'ready', runs: list, started, fault: null });
      } catch (error) {
        set({ phase: get().runs.length > 0 ? 'ready' : 'error', fault: toFault(error) });
      }
      if (isRunning()) timer = setTimeout(() => void load(), POLL_MS);
      else if (before) onEnd();
    };

    return {
      phase: 'loading',
      runs: [],
      fault: null,
      dialog: null,
      places: null,
      started: null,
      starting: false,
      startFault: null,
      undoing: null,
      load,
      openDialog: ({ labels = null, selection = null } = {}) => {
        set({ dialog: { labels, selection }, started: null, startFault: null });
        void Promise.all([client.albums.list(), client.folders.list()]).then(
          ([albums, folders]) =>
            set({ places: { albums: albums.filter((album) => album.query === null), folders } }),
          // Everything and the selection can still be chosen.
          () => set({ places: { albums: [], folders: [] } }),
        );
      },
      closeDialog: () => set({ dialog: null, started: null, startFault: null }),
      start: async (labels, over) => {
        if (get().starting) return;
        set({ starting: true, startFault: null });
        try {
          const started = await client.labels.run({ labels: [...labels], over });
          set({ started, starting: false });
          // A small run may be over before it is first asked about.
          if (started.state !== 'running') onEnd();
          await load();
        } catch (error) {
          set({ startFault: toFault(error), starting: false });
        }
      },
      undo: async (run) => {
        if (run.actId === null || get().undoing !== null) return false;
        set({ undoing: run.id, fault: null });
        try {
          await client.acts.undo({ id: run.actId });
          await load();
          onEnd();
          return true;
        } catch (error) {
          set({ fault: toFault(error) });
          return false;
        } finally {
          set({ undoing: null });
        }
      },
    };
  });
}
