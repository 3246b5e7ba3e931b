// How the system ranks a process. Linux ranks threads: what is said of a process concerns its first one only, and those
// that decode and encode are others (setpriority(2), "C library/kernel differences").
import { readdirSync } from 'node:fs';
import { getPriority, setPriority } from 'node:os';

/**
 * Every thread of a process; those that come later take after the one that makes them.
 *
 * @throws Error EACCES or EPERM where only an administrator may rank a process higher than it is
 */
export function rankProcess(pid: number, priority: number): void {
  forEachThread(pid, (thread) => setPriority(thread, priority));
}

/** The same, except that what is ranked as low already stays where it is: needs nobody's leave. */
export function lowerProcess(pid: number, priority: number): void {
  forEachThread(pid, (thread) => {
    if (getPriority(thread) < priority) setPriority(thread, priority);
  });
}

/** Again until there are no others: one may have made another before its turn came. */
function forEachThread(pid: number, act: (thread: number) => void): void {
  const seen = new Set<number>();
  for (;;) {
    const others = threadsOf(pid).filter((thread) => !seen.has(thread));
    if (others.length === 0) return;
    for (const thread of others) {
      seen.add(thread);
      try {
        act(thread);
      } catch (error) {
        if (!hasEnded(error)) throw error;
      }
    }
  }
}

function threadsOf(pid: number): number[] {
  if (process.platform !== 'linux') return [pid];
  try {
    return readdirSync(`/proc/${pid}/task`).map(Number);
  } catch {
    // It has ended, or this system shows nobody its threads.
    return [pid];
  }
}

/** Node gives the system's error as `info`. */
function hasEnded(error: unknown): boolean {
  const info = error instanceof Error && 'info' in error ? (error.info as { code?: string }) : {};
  return info.code === 'ESRCH';
}
