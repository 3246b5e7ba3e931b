// Keeps the progress stream open for as long as the window lives. The stream is also the heartbeat: while it
// runs the engine is there; when it breaks, this reconnects with back-off until it is back.
import type { AppInfo, Progress } from '@semblance/contract';
import type { Connection } from './connection.ts';
import { type Fault, isSessionExpired, toFault } from './faults.ts';

export type LinkState = 'connecting' | 'ready' | 'lost' | 'expired';

export interface FollowEvents {
  onState(state: LinkState): void;
  onInfo(info: AppInfo): void;
  onProgress(progress: Progress): void;
  /** The engine is there and says why it cannot open the library; null when it can again. */
  onRefused(fault: Fault | null): void;
}

export interface Clock {
  /** Waits, or returns early when something suggests that trying now may work. */
  wait(milliseconds: number, signal: AbortSignal): Promise<void>;
}

const FIRST_WAIT_MS = 500;
const LONGEST_WAIT_MS = 8_000;

/** Delay before the n-th attempt in a row (from 0), in milliseconds. */
export function backOff(attempt: number): number {
  return Math.min(FIRST_WAIT_MS * 2 ** attempt, LONGEST_WAIT_MS);
}

/** Runs until aborted, or until the session has expired (only a new link from the terminal helps then). */
export async function follow(
  connection: Connection,
  events: FollowEvents,
  signal: AbortSignal,
  clock: Clock = browserClock,
): Promise<void> {
  let everReady = false;
  let attempt = 0;
  events.onState('connecting');
  while (!signal.aborted) {
    try {
      if (attempt > 0) await connection.reconnect();
      events.onInfo(await connection.client.app.info(undefined, { signal }));
      events.onRefused(null);
      const stream = await connection.client.app.progress(undefined, { signal });
      for await (const progress of stream) {
        if (signal.aborted) return;
        if (attempt > 0 || !everReady) events.onState('ready');
        everReady = true;
        attempt = 0;
        events.onProgress(progress);
      }
    } catch (error) {
      if (isSessionExpired(error)) {
        events.onState('expired');
        return;
      }
      const fault = toFault(error);
      if (!everReady && fault.message !== null) events.onRefused(fault);
    }
    if (signal.aborted) return;
    // A first start may still be loading the model: that is connecting, and not yet a loss.
    if (everReady || attempt >= 2) events.onState('lost');
    await clock.wait(backOff(attempt), signal);
    attempt += 1;
  }
}

const browserClock: Clock = {
  wait: (milliseconds, signal) =>
    new Promise((resolve) => {
      const done = () => {
        clearTimeout(timer);
        signal.removeEventListener('abort', done);
        window.removeEventListener('online', done);
        document.removeEventListener('visibilitychange', whenSeen);
        resolve();
      };
      const whenSeen = () => {
        if (document.visibilityState === 'visible') done();
      };
      const timer = setTimeout(done, milliseconds);
      signal.addEventListener('abort', done);
      window.addEventListener('online', done);
      document.addEventListener('visibilitychange', whenSeen);
    }),
};
