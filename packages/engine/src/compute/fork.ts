// SpawnPort for hosts that are plain Node: the CLI, the local server, tests.
import { type ChildProcess, fork } from 'node:child_process';
import { availableParallelism } from 'node:os';
import type { ComputeChannel, SpawnPort } from '../ports.ts';

/** @param program absolute path of the compute program: `.ts` in development, the bundle in a packaged app. */
export function forkCompute(program: string): SpawnPort {
  // How the engine's memory is given back (DECISIONS 84) would cost decoders time.
  const { MALLOC_MMAP_THRESHOLD_: _, ...environment } = process.env;
  return (role) =>
    channelOf(
      fork(program, [`--${role}`], {
        serialization: 'advanced',
        stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
        env: {
          ...environment,
          // Nothing of what it does is told to anybody (DECISIONS 83).
          ORT_DISABLE_TELEMETRY: '1',
          // Decodes run on libuv's pool: one thread per core, and one so that hashing never waits for decoding.
          UV_THREADPOOL_SIZE: String(availableParallelism() + 1),
        },
      }),
    );
}

/** @param child started with an `ipc` channel and `serialization: 'advanced'` */
export function channelOf(child: ChildProcess): ComputeChannel {
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
}
