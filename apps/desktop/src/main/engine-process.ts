// The engine's process, kept alive: starts it, speaks with it, starts it again after a crash, drains it at the end.
import { app, MessageChannelMain, type MessagePortMain, type UtilityProcess, utilityProcess } from 'electron';
import { childEnvironment } from '../shared/child-environment.ts';
import type { FromEngine, OpenFailure, OpenOptions, ToEngine } from '../shared/messages.ts';
import { createRestartBudget, ENGINE_RESTARTS } from './decisions/restart-budget.ts';
import { type Trouble, troubleOf, type Way } from './decisions/ways-out.ts';
import type { Log } from './log-file.ts';
import { words } from './looks.ts';

/** How long quitting waits for the batch in hand: milliseconds. What is acknowledged is safe anyway. */
const DRAIN_MS = 10_000;
/** What people did, and will not do again because the engine was away; macOS opens files before the app is ready. */
const KEPT: ReadonlySet<ToEngine['type']> = new Set(['connect', 'add-folders', 'look-around']);

export interface EngineProcess {
  start(): void;
  /**
   * While the engine is not running, connections, folders to add and pictures that were opened are kept for its next start.
   * Everything else is lost, and `onGone` tells whoever waits for an answer.
   */
  post(message: ToEngine): void;
  /** @returns the window's end of a new connection; it works as soon as the engine does */
  connect(): MessagePortMain;
  isRunning(): boolean;
  /** Ends it after the batch in hand, at the latest after the time limit. */
  drain(): Promise<void>;
}

export interface EngineDeps {
  program: string;
  options: OpenOptions;
  log: Log;
  onMessage(message: FromEngine): void;
  onGone(): void;
  /** @returns what the person chose; a folder is shown by whoever asks */
  askWhatNow(trouble: Trouble, libraryDirectory: string | null): Promise<Exclude<Way, 'folder'>>;
}

export function createEngineProcess(deps: EngineDeps): EngineProcess {
  const mayRestart = createRestartBudget(ENGINE_RESTARTS);
  let kept: { message: ToEngine; ports: MessagePortMain[] }[] = [];
  let child: UtilityProcess | null = null;
  let draining = false;

  function start(restore = false): void {
    if (draining || child !== null) return;
    let failure: OpenFailure | null = null;
    const from = performance.now();
    const started = utilityProcess.fork(deps.program, [], {
      serviceName: 'Semblance engine',
      env: childEnvironment(process.env),
      stdio: ['ignore', 'inherit', 'pipe'],
    });
    child = started;
    // Warnings of libraries, and what a crash leaves behind.
    started.stderr?.on('data', (text: Buffer) =>
      deps.log.write({ from: 'engine', what: 'wrote', names: text.toString('utf8').trimEnd() }),
    );
    started.on('message', (message: FromEngine) => {
      if (message.type === 'ready')
        deps.log.write({
          from: 'engine',
          what: 'ready',
          facts: { ms: Math.round(performance.now() - from) },
        });
      if (message.type === 'failed') {
        deps.log.write({
          from: 'engine',
          what: 'not-opened',
          facts: { kind: message.kind },
          names: message.message,
        });
        failure = message;
        started.postMessage({ type: 'drain' } satisfies ToEngine);
      }
      deps.onMessage(message);
    });
    started.on('exit', (code) => {
      deps.log.write({ from: 'engine', what: 'exited', facts: { code, asked: draining } });
      child = null;
      deps.onGone();
      if (!draining) void recover(failure);
    });
    const options = { ...deps.options, restore };
    started.postMessage({ type: 'open', options } satisfies ToEngine);
    for (const { message, ports } of kept.splice(0)) started.postMessage(message, ports);
  }

  async function recover(failure: OpenFailure | null): Promise<void> {
    if (failure === null && mayRestart(Date.now())) return start();
    const way = await deps.askWhatNow(troubleOf(words(), failure), failure?.libraryDirectory ?? null);
    if (way === 'quit') app.quit();
    else start(way === 'restore');
  }

  function post(message: ToEngine, ports: MessagePortMain[] = []): void {
    if (child !== null) child.postMessage(message, ports);
    else if (KEPT.has(message.type)) kept.push({ message, ports });
  }

  return {
    start: () => start(),
    post,
    isRunning: () => child !== null,
    connect() {
      const { port1, port2 } = new MessageChannelMain();
      post({ type: 'connect' }, [port1]);
      return port2;
    },
    drain() {
      draining = true;
      kept = [];
      const ending = child;
      if (ending === null) return Promise.resolve();
      return new Promise((resolve) => {
        const limit = setTimeout(() => ending.kill(), DRAIN_MS);
        ending.once('exit', () => {
          clearTimeout(limit);
          resolve();
        });
        ending.postMessage({ type: 'drain' } satisfies ToEngine);
      });
    },
  };
}
