// What of the engine's work is shown outside the window: a bar on the taskbar or in the Dock, and a word when it is done.
import type { Work } from '../../shared/messages.ts';

export const NOTHING_UNDER_WAY: Work = { state: 'idle', found: 0, done: 0, pending: 0, unsearchable: 0 };

export interface Bar {
  /** As `BrowserWindow.setProgressBar` takes it: 0 to 1, below 0 for none, above 1 for "no end known". */
  value: number;
  mode: 'none' | 'normal' | 'indeterminate' | 'error' | 'paused';
}

export function barOf({ state, done, found, pending }: Work): Bar {
  const share = found > 0 ? Math.min(1, done / found) : 0;
  switch (state) {
    case 'scanning':
      // A look at known folders takes a moment and finds nothing new: no bar for that.
      return pending > 0 ? { value: 2, mode: 'indeterminate' } : { value: -1, mode: 'none' };
    case 'indexing':
      return { value: share, mode: 'normal' };
    case 'paused':
      return { value: share, mode: 'paused' };
    case 'stopped':
      return { value: 1, mode: 'error' };
    case 'idle':
      return { value: -1, mode: 'none' };
  }
}

/** Shorter work needs no word: the person is still there. Milliseconds. */
const LONG_MS = 30_000;

/**
 * @returns a function to call at each news: how many photos were looked at, when it is time to say so; else null. Time in
 *   milliseconds; nobody is told who looks at the window.
 */
export function createReadyNotice(): (work: Work, now: number, isFocused: boolean) => number | null {
  let since: number | null = null;
  let most = 0;
  return (work, now, isFocused) => {
    if (work.state !== 'idle') {
      if (work.pending > 0) since ??= now;
      most = Math.max(most, work.pending);
      return null;
    }
    const told =
      since !== null && now - since >= LONG_MS && !isFocused && work.unsearchable === 0 ? most : null;
    since = null;
    most = 0;
    return told;
  };
}
