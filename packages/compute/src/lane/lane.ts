// The lane of the slow decoders: one worker thread, one picture at a time, so that pictures which libvips decodes in
// milliseconds never wait behind one that takes a second. A worker that hangs, breaks or grows is replaced.
import { Worker } from 'node:worker_threads';
import { PictureError } from '../failures.ts';
import { LANE_IDLE_MS, LANE_MEMORY, LANE_SECONDS } from '../limits.ts';
import type { Wanted } from '../picture.ts';
import type { LaneAnswer, LaneFormat, LaneJob, LanePictures } from './messages.ts';

export interface Lane {
  /** @throws PictureError */
  decode<Format extends LaneFormat>(
    format: Format,
    data: Buffer,
    wanted: Wanted,
  ): Promise<LanePictures[Format]>;
}

export interface LaneOptions {
  /** The worker's program. */
  program: URL;
  /** From the start of one picture's decode: milliseconds. */
  limitMs: number;
  idleMs: number;
  maxMemory: number;
}

/** `worker.ts` as it lies here; bundled, it is a file of its own beside the program. */
const PROGRAM = import.meta.url.endsWith('.ts')
  ? new URL('./worker.ts', import.meta.url)
  : new URL('./decode-worker.mjs', import.meta.url);

export function createLane(options: Partial<LaneOptions> = {}): Lane {
  const { program, limitMs, idleMs, maxMemory } = {
    program: PROGRAM,
    limitMs: LANE_SECONDS * 1000,
    idleMs: LANE_IDLE_MS,
    maxMemory: LANE_MEMORY,
    ...options,
  };
  let worker: Worker | null = null;
  let idle: NodeJS.Timeout | undefined;
  let last: Promise<unknown> = Promise.resolve();

  function start(): Worker {
    // The decoder's own chatter belongs nowhere.
    const started = new Worker(program, { stdout: true, stderr: true });
    started.stdout.resume();
    started.stderr.resume();
    // An idle lane must not keep its process alive; nobody waits for one that dies idle.
    started.unref();
    started.on('error', () => undefined);
    started.on('exit', () => {
      if (worker === started) worker = null;
    });
    return started;
  }

  function end(): void {
    void worker?.terminate();
    worker = null;
  }

  async function run(job: LaneJob): Promise<LanePictures[LaneFormat]> {
    clearTimeout(idle);
    worker ??= start();
    const answer = await ask(worker, job, limitMs);
    const spent = answer.ok ? answer.memory > maxMemory : 'broken' in answer;
    if (spent) end();
    else idle = setTimeout(end, idleMs).unref();
    if (answer.ok) return answer.raster;
    throw failure(answer);
  }

  return {
    decode<Format extends LaneFormat>(format: Format, data: Buffer, wanted: Wanted) {
      const job = { format, data: alone(data), wanted };
      // A worker answers with what belongs to the format.
      const result = last.then(() => run(job)) as Promise<LanePictures[Format]>;
      last = result.catch(() => undefined);
      return result;
    },
  };
}

const TIMED_OUT = { ok: false, broken: 'timeout' } as const;
const ENDED = { ok: false, broken: 'ended' } as const;

/** A worker that does not answer in time, or ends first, is broken. */
function ask(worker: Worker, job: LaneJob, limitMs: number): Promise<LaneAnswer> {
  return new Promise((resolve) => {
    const ended = (): void => settle(ENDED);
    const timer = setTimeout(() => settle(TIMED_OUT), limitMs);
    function settle(answer: LaneAnswer): void {
      clearTimeout(timer);
      worker.off('message', settle).off('error', ended).off('exit', ended);
      worker.unref();
      resolve(answer);
    }
    worker.on('message', settle).on('error', ended).on('exit', ended);
    worker.ref();
    worker.postMessage(job);
  });
}

function failure(answer: Exclude<LaneAnswer, { ok: true }>): PictureError {
  if ('reason' in answer) return new PictureError(answer.reason, answer.message);
  return answer === TIMED_OUT
    ? new PictureError('timeout', 'Decoding took too long.')
    : new PictureError('corrupt', 'The picture makes the decoder crash.');
}

/** A clone takes the whole memory behind a view; small files are views into Node's shared pool. */
function alone(data: Buffer): Uint8Array {
  return data.byteLength === data.buffer.byteLength ? data : new Uint8Array(data);
}
