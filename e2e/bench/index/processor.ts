// Processor time and memory of processes, as Linux tells them. Elsewhere nothing is known, and the bench says so.
import { readFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';

/** Linux counts in hundredths of a second on every machine it runs on. */
const TICK_MS = 10;

function read(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}

/** Processor time of a process so far, its threads included: ms. 0 for one that has ended. */
export function processorMs(pid: number): number {
  // The name, in brackets, may hold anything.
  const fields = read(`/proc/${pid}/stat`).split(') ').at(-1)?.split(' ') ?? [];
  return (Number(fields[11] ?? 0) + Number(fields[12] ?? 0)) * TICK_MS;
}

/** The most memory that a process ever held, and what it holds now: megabytes. */
export function memoryMb(pid: number): { peak: number; now: number } {
  const status = read(`/proc/${pid}/status`);
  const value = (name: string): number =>
    Number(new RegExp(`${name}:\\s+(\\d+)`).exec(status)?.[1] ?? 0) / 1024;
  return { peak: value('VmHWM'), now: value('VmRSS') };
}

/** Time in which the machine's cores did something, the host's own share included: ms. Null where unknown. */
function machineBusyMs(): number | null {
  const [name, ...ticks] = (read('/proc/stat').split('\n')[0] ?? '').split(/\s+/);
  if (name !== 'cpu') return null;
  const [user = 0, nice = 0, system = 0, , , irq = 0, softirq = 0, steal = 0] = ticks.map(Number);
  return (user + nice + system + irq + softirq + steal) * TICK_MS;
}

export interface Spent {
  seconds: number;
  /** Processor time of our processes: ms. */
  processor: number;
  /** Seconds of all cores together that others left us, used or not. */
  coreSeconds: number;
}

/** Starts a stopwatch. `ours` gives the processor time of our processes so far, ms. */
export function stopwatch(ours: () => number): () => Spent {
  const [begun, processor, busy] = [performance.now(), ours(), machineBusyMs()];
  return () => {
    const seconds = (performance.now() - begun) / 1000;
    const spent = ours() - processor;
    const now = machineBusyMs();
    const others = busy === null || now === null ? 0 : Math.max(0, now - busy - spent) / 1000;
    return { seconds, processor: spent, coreSeconds: availableParallelism() * seconds - others };
  };
}
