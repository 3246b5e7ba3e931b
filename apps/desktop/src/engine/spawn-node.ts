// SpawnPort for Linux: the bundled plain Node, started by the engine process itself.
// See [Note: Plain Node for compute on Linux].
import { spawn } from 'node:child_process';
import { availableParallelism } from 'node:os';
import { channelOf, type SpawnPort } from '@semblance/engine';
import { childEnvironment } from '../shared/child-environment.ts';

export function spawnPlainNode(executable: string, program: string): SpawnPort {
  return (role) =>
    channelOf(
      // Not `fork`: Electron's version of it adds its own switches to the child.
      spawn(executable, [program, `--${role}`], {
        stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
        serialization: 'advanced',
        env: childEnvironment(process.env, availableParallelism() + 1),
      }),
    );
}
