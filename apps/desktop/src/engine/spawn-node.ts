// SpawnPort for Linux: the bundled plain Node, started by the engine process itself.
// See [Note: Plain Node for compute on Linux].
import { spawn } from 'node:child_process';
import { availableParallelism } from 'node:os';
import type { ComputeChannel, SpawnPort } from '@semblance/engine';
import { childEnvironment } from '../shared/child-environment.ts';

export function spawnPlainNode(executable: string, program: string): SpawnPort {
  return (role): ComputeChannel => {
    // Not `fork`: Electron's version of it adds its own switches to the child.
    const child = spawn(executable, [program, `--${role}`], {
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
      serialization: 'advanced',
      env: childEnvironment(process.env, availableParallelism() + 1),
    });
    return {
      pid: child.pid,
      // A message to a process that just died is lost; its exit rejects the call.
      post: (message) => void (child.connected && child.send(message as object, () => undefined)),
      onMessage: (listener) => void child.on('message', listener),
      onExit(listener) {
        let told = false;
        const tell = (code: number | null, signal: string | null): void => {
          if (!told) listener({ code, signal });
          told = true;
        };
        child.on('exit', tell);
        child.on('error', () => tell(null, null));
      },
      kill: () => void child.kill('SIGKILL'),
    };
  };
}
