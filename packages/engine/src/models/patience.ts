// Trying again: longer and longer waits, as long as the other side asks for, and an end.
import { setTimeout as sleep } from 'node:timers/promises';
import { Transient } from './http.ts';

export interface Patience {
  signal: AbortSignal;
  /** Told before each wait. */
  onWait?: (milliseconds: number) => void;
  /** Told after each wait. */
  onGo?: () => void;
  waits?: readonly number[];
}

/** Waits before another attempt, milliseconds; a little longer or shorter by chance. */
const WAITS: readonly number[] = [500, 1000, 2000, 4000, 8000, 16_000];
/** What a Retry-After may ask for: then it is better to say so and stop. */
const LONGEST_WAIT_MS = 120_000;

/**
 * Runs `attempt` until it works.
 *
 * @param attempt throws Transient when another attempt may work; `made` tells that the last one got somewhere
 * @throws what `attempt` threw last, as its SemblanceError, or the signal's reason
 */
export async function patiently<T>(
  attempt: (made: () => void) => Promise<T>,
  { signal, onWait, onGo, waits = WAITS }: Patience,
): Promise<T> {
  for (let failures = 0; ; ) {
    let progress = false;
    try {
      return await attempt(() => {
        progress = true;
      });
    } catch (error) {
      signal.throwIfAborted();
      if (!(error instanceof Transient)) throw error;
      if (progress) failures = 0;
      const usual = waits[failures];
      failures += 1;
      const wait = Math.max(error.waitMs ?? 0, (usual ?? 0) * (0.8 + 0.4 * Math.random()));
      if (usual === undefined || wait > LONGEST_WAIT_MS) throw error.final;
      onWait?.(wait);
      await sleep(wait, undefined, { signal }).catch(() => signal.throwIfAborted());
      onGo?.();
    }
  }
}
