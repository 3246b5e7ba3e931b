// Starts an app under the double, for tests: the counterpart of Playwright's `_electron.launch`.
import { fork } from 'node:child_process';
import { join } from 'node:path';
import type { DoubleControls } from './controls.ts';
import type { FromDouble, ToDouble } from './run.ts';

export type { DoubleControls } from './controls.ts';

export interface LaunchOptions {
  /** Folder of the app's package.json; its `main` is run as built. */
  app: string;
  /** After the app's folder, as on a command line. `--user-data-dir=` must be one of them. */
  args: readonly string[];
  /** Chromium's executable. */
  chromium: string;
  env?: NodeJS.ProcessEnv;
  /** Runs in main before the app does, for what the app does at once: dialogs, for instance. Uses nothing from outside itself. */
  before?: ((electron: Main) => void) | undefined;
}

export type Main = typeof Electron.CrossProcessExports & { double: DoubleControls };

export interface RunningDouble {
  /** Address of the Chromium that shows the app's windows; rejects when the app ends before it has one. */
  readonly endpoint: Promise<string>;
  readonly pid: number;
  /** Runs a function in main; it may use its arguments and globals only. The answer must be structured data. */
  evaluate<Argument, Answer>(
    work: (electron: Main, argument: Argument) => Answer | Promise<Answer>,
    argument: Argument,
  ): Promise<Answer>;
  /** Exit code; null when it was killed. */
  readonly ended: Promise<number | null>;
  kill(): Promise<void>;
}

export function launchDouble({
  app,
  args,
  chromium,
  env = process.env,
  before,
}: LaunchOptions): RunningDouble {
  const child = fork(join(import.meta.dirname, 'run.ts'), [app, ...args], {
    execArgv: ['--disable-warning=ExperimentalWarning'],
    env: { ...env, DOUBLE_CHROMIUM: chromium, ...(before && { DOUBLE_BEFORE: String(before) }) },
    serialization: 'advanced',
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  });
  const asked = new Map<number, { resolve(value: never): void; reject(error: Error): void }>();
  let lastId = 0;
  const ended = new Promise<number | null>((done) => child.once('exit', done));
  const endpoint = new Promise<string>((done, fail) => {
    child.on('message', (message: FromDouble) => {
      if ('endpoint' in message) return done(message.endpoint);
      const waits = asked.get(message.id);
      asked.delete(message.id);
      if (message.ok) waits?.resolve(message.value as never);
      else waits?.reject(new Error(message.message));
    });
    void ended.then((code) => fail(new Error(`The app ended with ${code}.`)));
  });
  // Who waits for it is told; nobody has to.
  endpoint.catch(() => undefined);
  void ended.then(() => {
    for (const waits of asked.values()) waits.reject(new Error('The app has ended.'));
  });

  return {
    endpoint,
    ended,
    pid: child.pid ?? 0,
    evaluate(work, argument) {
      lastId += 1;
      const id = lastId;
      return new Promise((resolve, reject) => {
        asked.set(id, { resolve, reject });
        child.send({ evaluate: String(work), argument, id } satisfies ToDouble);
      });
    },
    async kill() {
      child.kill('SIGKILL');
      await ended;
    },
  };
}
