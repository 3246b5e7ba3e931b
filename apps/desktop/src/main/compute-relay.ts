// Compute processes on macOS and Windows: only main can fork utility processes, so it forks them when the engine
// asks and passes messages between the two without looking at them.
import { availableParallelism } from 'node:os';
import { type UtilityProcess, utilityProcess } from 'electron';
import { childEnvironment } from '../shared/child-environment.ts';
import type { FromEngine, ToEngine } from '../shared/messages.ts';
import type { Log } from './log-file.ts';

type ComputeAsk = Extract<FromEngine, { type: 'compute-spawn' | 'compute-post' | 'compute-kill' }>;

export interface ComputeRelay {
  receive(ask: ComputeAsk): void;
  /** The engine is gone, and its compute processes with it. */
  killAll(): void;
}

export function createComputeRelay(
  program: string,
  log: Log,
  post: (message: ToEngine) => void,
): ComputeRelay {
  const children = new Map<number, UtilityProcess>();

  function spawn(id: number, role: string): void {
    const child = utilityProcess.fork(program, [`--${role}`], {
      serviceName: `Semblance pictures (${role})`,
      env: childEnvironment(process.env, availableParallelism() + 1),
    });
    children.set(id, child);
    child.on('spawn', () => post({ type: 'compute-started', id, pid: child.pid }));
    child.on('message', (message: unknown) => post({ type: 'compute-message', id, message }));
    child.on('exit', (code) => {
      children.delete(id);
      log.write({ from: 'compute', what: 'exited', facts: { code, role } });
      post({ type: 'compute-exit', id, code });
    });
  }

  return {
    receive(ask) {
      const child = children.get(ask.id);
      if (ask.type === 'compute-spawn') spawn(ask.id, ask.role);
      else if (ask.type === 'compute-post') child?.postMessage(ask.message);
      else if (child !== undefined) end(child);
    },
    killAll() {
      for (const child of children.values()) end(child);
    },
  };
}

/** `UtilityProcess.kill` is SIGTERM, which a hung decoder does not hear. */
function end(child: UtilityProcess): void {
  try {
    if (child.pid === undefined) child.kill();
    else process.kill(child.pid, 'SIGKILL');
  } catch {
    // It ended by itself a moment ago.
  }
}
