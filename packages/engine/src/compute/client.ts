// A supervised compute process: started when first needed, replaced when it dies, killed when it hangs.
import { constants } from 'node:os';
import type { ComputeFunctions, ComputeRole, ComputeSetup, LoadedModel } from '@semblance/compute';
import { SemblanceError } from '@semblance/contract';
import { type BirpcReturn, createBirpc } from 'birpc';
import type { ComputeChannel, SpawnPort } from '../ports.ts';
import { lowerProcess } from './rank.ts';

/** The process ended (or was ended) while a call was under way. The call may be the cause, or a bystander. */
export class ComputeGone extends Error {
  /** `killed`: by a signal that no picture sends, from outside: the system out of memory, a person, a shutdown. */
  readonly how: 'crashed' | 'killed' | 'hung' | 'recycled';

  constructor(how: ComputeGone['how'], details: string) {
    super(`The compute process ${how} (${details}).`);
    this.name = 'ComputeGone';
    this.how = how;
  }
}

type Functions = Omit<ComputeFunctions, 'setup'>;
type Answer<Name extends keyof Functions> = Awaited<ReturnType<Functions[Name]>>;

export interface ComputeClient {
  /** Starts the process if need be, twice if it dies, and says which model it loaded. @throws SemblanceError MODEL_* */
  model(): Promise<LoadedModel | null>;
  /**
   * @throws ComputeGone when the process ends first, or says nothing at all for `hangMs` (it is then killed)
   * @throws SemblanceError COMPUTE_UNAVAILABLE when it keeps dying at start
   */
  call<Name extends keyof Functions>(
    name: Name,
    args: Parameters<Functions[Name]>,
    hangMs?: number,
  ): Promise<Answer<Name>>;
  /** Of the process that runs now; undefined without one. */
  pid(): number | undefined;
  /** Ends the process; the next call starts a fresh one. */
  recycle(): void;
  dispose(): void;
}

export interface ComputeClientOptions {
  role: ComputeRole;
  spawn: SpawnPort;
  setup: ComputeSetup;
}

interface Live {
  channel: ComputeChannel;
  rpc: BirpcReturn<ComputeFunctions, Record<string, never>>;
  ready: Promise<LoadedModel | null>;
  ending: ComputeGone['how'];
  /** When the process last said anything: `performance.now()`. */
  heardAt: number;
  /** Set when the process has ended. */
  gone: ComputeGone | null;
}

/** Signals that somebody else sends; what a decoder does wrong ends in SIGSEGV, SIGABRT, SIGBUS, SIGILL or SIGFPE. */
const OUTSIDE: ReadonlySet<string> = new Set(['SIGKILL', 'SIGTERM', 'SIGINT', 'SIGHUP', 'SIGQUIT']);
/** Longest silence that is still work and not a hang: milliseconds. */
const HANG_MS = 90_000;
/** Loading a large model from a cold disk takes its time. */
const SETUP_MS = 180_000;
/** So many failed starts in a row mean that starting again is no use, for a while. */
const MAX_FAILED_STARTS = 3;
const FAILED_START_REST_MS = 60_000;

export function createComputeClient({ role, spawn, setup }: ComputeClientOptions): ComputeClient {
  let live: Live | null = null;
  let failedStarts = 0;
  let lastFailedStart = 0;
  let disposed = false;

  function connect(): Live {
    if (disposed) throw new ComputeGone('recycled', 'the library is closed');
    if (live !== null) return live;
    if (failedStarts >= MAX_FAILED_STARTS && performance.now() - lastFailedStart < FAILED_START_REST_MS) {
      throw new SemblanceError(
        'COMPUTE_UNAVAILABLE',
        'The process that reads pictures does not start on this machine; its messages on standard error say why.',
      );
    }
    const channel = spawn(role);
    const rpc = createBirpc<ComputeFunctions, Record<string, never>>(
      {},
      { post: (m) => channel.post(m), on: (listener) => channel.onMessage(listener), timeout: -1 },
    );
    const started: Live = {
      channel,
      rpc,
      ready: Promise.resolve(null),
      ending: 'crashed',
      heardAt: performance.now(),
      gone: null,
    };
    channel.onMessage(() => {
      started.heardAt = performance.now();
    });
    channel.onExit(({ code, signal }) => {
      if (live === started) live = null;
      const outside = started.ending === 'crashed' && OUTSIDE.has(signal ?? '');
      started.gone = new ComputeGone(
        outside ? 'killed' : started.ending,
        `exit code ${code ?? 'none'}, signal ${signal ?? 'none'}`,
      );
      rpc.$close(started.gone);
    });
    started.ready = prepare(started);
    // Nobody may be waiting yet when the set-up fails; whoever calls next still gets the rejection.
    started.ready.catch(() => undefined);
    live = started;
    return started;
  }

  async function prepare(started: Live): Promise<LoadedModel | null> {
    try {
      const result = await guarded(started, started.rpc.setup(setup), SETUP_MS);
      if (!result.ok) throw new SemblanceError(result.kind, result.message);
      failedStarts = 0;
      if (role === 'background') stepBack(started.channel.pid);
      return result.model;
    } catch (error) {
      failedStarts += 1;
      lastFailedStart = performance.now();
      if (live === started) live = null;
      started.channel.kill();
      throw error;
    }
  }

  function recycle(): void {
    if (live === null) return;
    live.ending = 'recycled';
    live.channel.kill();
    live = null;
  }

  return {
    async model() {
      try {
        return await connect().ready;
      } catch (error) {
        // Ended from outside, or short of memory for a moment: nobody should have to open the library again for that.
        const again = error instanceof ComputeGone && (error.how === 'crashed' || error.how === 'killed');
        if (!again || disposed) throw error;
        return connect().ready;
      }
    },
    async call<Name extends keyof Functions>(
      name: Name,
      args: Parameters<Functions[Name]>,
      hangMs = HANG_MS,
    ): Promise<Answer<Name>> {
      const current = connect();
      await current.ready;
      const answer: Promise<unknown> = current.rpc.$call(name, ...args);
      return guarded(current, answer as Promise<Answer<Name>>, hangMs);
    },
    pid: () => live?.channel.pid,
    recycle,
    dispose() {
      disposed = true;
      recycle();
    },
  };
}

/** It ranks itself low when it starts, as far as it can: the threads that came before stay where they were. */
function stepBack(pid: number | undefined): void {
  if (pid === undefined) return;
  try {
    lowerProcess(pid, constants.priority.PRIORITY_BELOW_NORMAL);
  } catch {
    // Where the system does not allow it, it works as hard as others.
  }
}

/**
 * Kills the process when it has been silent for too long; the kill then rejects every call it had under way.
 * Silence of the process and not time of the call: a call may rightly wait behind many slow pictures.
 */
async function guarded<T>(live: Live, answer: Promise<T>, hangMs: number): Promise<T> {
  const asked = performance.now();
  const left = (): number => hangMs - (performance.now() - Math.max(asked, live.heardAt));
  let ended = false;
  const look = (): void => {
    if (left() > 0) timer = setTimeout(look, left());
    // What it said lies unread when this process was busy or asleep itself: that is read first.
    else setImmediate(judge);
  };
  const judge = (): void => {
    if (ended) return;
    if (left() > 0) look();
    else {
      live.ending = 'hung';
      live.channel.kill();
    }
  };
  let timer = setTimeout(look, hangMs);
  try {
    return await answer;
  } catch (error) {
    // A call made just after the end is refused by birpc in its own words.
    throw live.gone ?? error;
  } finally {
    ended = true;
    clearTimeout(timer);
  }
}
