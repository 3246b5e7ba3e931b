// Puts the pace into effect: how much is under way at a time, when to rest, and how the system ranks the work.
import { availableParallelism, constants } from 'node:os';
import { setTimeout as wait } from 'node:timers/promises';
import type { Catalog } from '@semblance/catalog';
import { type PaceChoice, type PaceState, paceChoice } from '@semblance/contract';
import {
  decidePace,
  type Effort,
  effortOf,
  type PowerConditions,
  restAfter,
  UNKNOWN_CONDITIONS,
} from '@semblance/core';
import type { ComputeClient } from '../compute/client.ts';
import { rankProcess } from '../compute/rank.ts';

export interface Pacer {
  state(): PaceState;
  /** What the person wants from now on; kept with the library. */
  choose(choice: PaceChoice): PaceState;
  /** For the life of this engine only, in place of what is kept: a command that somebody waits for. */
  insist(choice: PaceChoice): void;
  /** What the host knows of the machine; what is left out stays as it was said last. */
  setConditions(change: Partial<PowerConditions>): void;
  /** While the machine sleeps nothing may be started. */
  stopped(): boolean;
  effort(): Effort;
  /** After a batch that took so long. Ends early when the pace changes. */
  rest(busyMs: number, signal: AbortSignal): Promise<void>;
  /**
   * Ranks the compute process. Between batches: where only an administrator may rank it higher again (Linux, macOS) it is
   * ended, and the next call starts one at the rank that is wanted.
   */
  rank(compute: Pick<ComputeClient, 'pid' | 'recycle'>): void;
}

const SETTING = 'pace';

/** @param onChange after the acting pace may have changed */
export function createPacer(
  catalog: Pick<Catalog, 'setting' | 'setSetting'>,
  onChange: () => void,
  { cores = availableParallelism(), rank = rankProcess } = {},
): Pacer {
  let choice = paceChoice.catch('automatic').parse(catalog.setting(SETTING));
  let conditions = UNKNOWN_CONDITIONS;
  let awake = new AbortController();
  let ranked: { pid: number; lowest: boolean } | null = null;

  const state = (): PaceState => ({ choice, ...decidePace(choice, conditions) });
  const effort = (): Effort => {
    const { acting } = state();
    return effortOf(acting === 'stopped' ? 'gentle' : acting, cores);
  };
  const changed = (): void => {
    awake.abort();
    awake = new AbortController();
    onChange();
  };

  return {
    state,
    choose(next) {
      choice = next;
      catalog.setSetting(SETTING, next);
      changed();
      return state();
    },
    insist(next) {
      choice = next;
      changed();
    },
    setConditions(change) {
      const before = JSON.stringify(state());
      conditions = { ...conditions, ...change };
      if (JSON.stringify(state()) !== before) changed();
    },
    stopped: () => state().acting === 'stopped',
    effort,
    async rest(busyMs, signal) {
      const ms = restAfter(effort(), busyMs);
      if (ms > 0)
        await wait(ms, undefined, { signal: AbortSignal.any([signal, awake.signal]) }).catch(() => undefined);
    },
    rank(compute) {
      const pid = compute.pid();
      const { lowest } = effort();
      // A process ranks itself as a background program when it starts.
      if (pid === undefined || (ranked?.pid === pid ? ranked.lowest : false) === lowest) return;
      ranked = { pid, lowest };
      const { PRIORITY_LOW, PRIORITY_BELOW_NORMAL } = constants.priority;
      try {
        rank(pid, lowest ? PRIORITY_LOW : PRIORITY_BELOW_NORMAL);
      } catch {
        if (!lowest) compute.recycle();
      }
    },
  };
}
