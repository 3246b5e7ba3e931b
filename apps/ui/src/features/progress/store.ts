// The work going on: last word of the progress stream, pause and resume, and the list of files that failed.
import type { Failure, PaceChoice, Progress } from '@semblance/contract';
import { createStore, type StoreApi } from 'zustand';
import type { Client } from '../../connection/connection.ts';
import { type Fault, toFault } from '../../connection/faults.ts';
import { createFeature } from '../../shared/feature-store.ts';

export interface ProgressState {
  progress: Progress | null;
  /** A pause or resume was asked and the stream has not confirmed it yet. */
  switching: boolean;
  failuresOpen: boolean;
  failures: readonly Failure[];
  failuresTotal: number;
  /** Of all failures, the most frequent first. */
  reasons: readonly { reason: Failure['reason']; files: number }[];
  /** Only those that failed for this reason are listed; null: all. */
  reason: Failure['reason'] | null;
  failuresPhase: 'loading' | 'ready' | 'error';
  fault: Fault | null;
  receive(progress: Progress): void;
  togglePause(): void;
  setPace(choice: PaceChoice): void;
  openFailures(): void;
  closeFailures(): void;
  moreFailures(): void;
  showReason(reason: Failure['reason'] | null): void;
  /** All of them, or this one. */
  retryFailures(fileId?: number): void;
}

const PAGE = 200;

export const progressFeature = createFeature<ProgressState>('progress');
export const useProgress = progressFeature.use;

export function createProgressStore(
  client: Pick<Client, 'indexing' | 'jobs' | 'library'>,
): StoreApi<ProgressState> {
  return createStore<ProgressState>((set, get) => {
    const loadFailures = async (offset: number) => {
      set({ failuresPhase: offset === 0 ? 'loading' : 'ready', fault: null });
      try {
        const page = await client.library.failures({
          offset,
          limit: PAGE,
          reason: get().reason ?? undefined,
        });
        const before = offset === 0 ? [] : get().failures;
        set({
          failures: [...before, ...page.failures],
          failuresTotal: page.total,
          reasons: page.reasons,
          failuresPhase: 'ready',
        });
      } catch (error) {
        set({ failuresPhase: 'error', fault: toFault(error) });
      }
    };

    return {
      progress: null,
      switching: false,
      failuresOpen: false,
      failures: [],
      reasons: [],
      reason: null,
      failuresTotal: 0,
      failuresPhase: 'loading',
      fault: null,
      receive: (progress) => {
        const changed = progress.state !== get().progress?.state;
        set(changed ? { progress, switching: false } : { progress });
      },
      togglePause: () => {
        const paused = get().progress?.state === 'paused';
        set({ switching: true });
        (paused ? client.jobs.resume() : client.jobs.pause()).catch(() => set({ switching: false }));
      },
      setPace: (choice) => {
        const before = get().progress;
        if (before === null || before.pace.choice === choice) return;
        // Shown at once; the stream brings what it comes to.
        set({ progress: { ...before, pace: { ...before.pace, choice } } });
        client.indexing.setPace({ choice }).then(
          (pace) => {
            const now = get().progress;
            if (now !== null) set({ progress: { ...now, pace } });
          },
          () => {
            const now = get().progress;
            if (now !== null) set({ progress: { ...now, pace: before.pace } });
          },
        );
      },
      openFailures: () => {
        set({ failuresOpen: true, reason: null });
        void loadFailures(0);
      },
      closeFailures: () => set({ failuresOpen: false }),
      moreFailures: () => void loadFailures(get().failures.length),
      showReason: (reason) => {
        set({ reason });
        void loadFailures(0);
      },
      retryFailures: (fileId) => {
        client.library.retryFailures(fileId === undefined ? {} : { fileIds: [fileId] }).then(
          () => {
            if (fileId === undefined) set({ failuresOpen: false });
            else set({ failures: get().failures.filter((one) => one.fileId !== fileId) });
          },
          (error) => set({ fault: toFault(error) }),
        );
      },
    };
  });
}
