// How far indexing is, for those who look: counted anew only when something was written.
import type { Catalog } from '@semblance/catalog';
import type { Progress } from '@semblance/contract';
import type { Latest } from '../latest.ts';
import type { Pacer } from './pace.ts';
import type { createRate } from './rate.ts';

export interface Telling {
  /** What is being done. */
  stage: Progress['stage'];
  /** Kept in step by whoever does something, between two counts. */
  readonly counters: Record<'done' | 'failed' | 'pending' | 'copying' | 'unsearchable', number>;
  report(state: Progress['state'], change?: Partial<Progress>): void;
  recount(): void;
  /** A new revision, where something was written since the last one. */
  changed(): Partial<Progress>;
}

export interface TellingDeps {
  catalog: Catalog;
  progress: Latest<Progress>;
  pace: Pick<Pacer, 'state'>;
  rate: ReturnType<typeof createRate>;
  /** Under this key the model in use keeps its vectors. */
  space: () => string;
}

export function createTelling({ catalog, progress, pace, rate, space }: TellingDeps): Telling {
  /** How much had been written (`catalog.changes`) when counters and revision were last brought up to date. */
  let [counted, told] = [-1, -1];
  const counters = { done: 0, failed: 0, pending: 0, copying: 0, unsearchable: 0 };

  const telling: Telling = {
    stage: 'scan',
    counters,
    report(state, change = {}) {
      const now = Date.now();
      const active = state === 'indexing';
      const { stage } = telling;
      const { done, failed, pending, copying, unsearchable } = counters;
      progress.set({
        ...progress.get(),
        state,
        found: done + failed + pending,
        done,
        failed,
        pending,
        copying,
        stage,
        unsearchable,
        pace: pace.state(),
        photosPerSecond: active ? rate.perSecond(now) : 0,
        secondsLeft: active ? rate.secondsLeft(now, stage === 'search' ? unsearchable : pending) : null,
        problem: null,
        fault: null,
        ...change,
      });
    },
    /** An unplugged disk is looked for every few seconds; counting a large library each time would slow all else. */
    recount() {
      if (counted === catalog.changes()) return;
      counted = catalog.changes();
      const { failed, pending, copying, photos, indexed } = catalog.counts(space());
      // Like `pending`: what lies in an offline folder is neither done nor to be done now.
      const online = catalog.listRoots().filter((root) => root.state === 'online');
      const present = online.reduce((sum, root) => sum + catalog.presentFiles(root.id), 0);
      Object.assign(counters, {
        // What could not be listed is among the failed and is no file.
        done: Math.max(0, present + catalog.scanProblems() - failed - pending),
        failed,
        pending,
        copying,
        unsearchable: Math.max(0, photos - indexed),
      });
    },
    changed() {
      if (told === catalog.changes()) return {};
      told = catalog.changes();
      return { revision: progress.get().revision + 1 };
    },
  };
  return telling;
}
