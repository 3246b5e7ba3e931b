// The progress stream as heartbeat: ready, lost, back again, and the expired session.
import { ORPCError } from '@orpc/client';
import type { AppInfo, Progress } from '@semblance/contract';
import { describe, expect, it } from 'vitest';
import type { Connection } from '../src/connection/connection.ts';
import { backOff, follow, type LinkState } from '../src/connection/follow.ts';

const INFO = {
  version: '1',
  host: 'server',
  can: { chooseFolder: false, reveal: false, addSamples: false },
} satisfies AppInfo;
const PROGRESS = { state: 'idle', revision: 1 } as Progress;

/** One entry per attempt: an error, or how many events the stream gives before it breaks. */
function script(attempts: (Error | number)[]) {
  const stop = new AbortController();
  const states: LinkState[] = [];
  const waits: number[] = [];
  const refusals: (string | null)[] = [];
  let events = 0;
  let reconnects = 0;
  const connection = {
    mediaBase: '/media',
    host: 'browser',
    reconnect: async () => {
      reconnects += 1;
    },
    client: {
      app: {
        info: async () => {
          const now = attempts[0];
          if (now instanceof Error) {
            attempts.shift();
            throw now;
          }
          return INFO;
        },
        progress: async () => {
          const count = Number(attempts.shift());
          return (async function* () {
            for (let i = 0; i < count; i++) yield PROGRESS;
            throw new TypeError('network error');
          })();
        },
      },
    },
  } as unknown as Connection;
  const clock = {
    wait: async (milliseconds: number) => {
      waits.push(milliseconds);
      if (attempts.length === 0) stop.abort();
    },
  };
  const done = follow(
    connection,
    {
      onState: (state) => states.push(state),
      onRefused: (fault) => refusals.push(fault?.kind ?? null),
      onInfo: () => undefined,
      onProgress: () => {
        events += 1;
      },
    },
    stop.signal,
    clock,
  );
  return done.then(() => ({ states, refusals, waits, events, reconnects }));
}

describe('follow', () => {
  it('reports ready, then lost, then ready again with a fresh channel', async () => {
    const run = await script([2, new TypeError('Failed to fetch'), 3]);
    expect(run.states).toEqual(['connecting', 'ready', 'lost', 'lost', 'ready', 'lost']);
    expect(run.events).toBe(5);
    expect(run.reconnects).toBe(2);
  });

  it('waits longer each time, and shortly again after a success', async () => {
    const fail = () => new TypeError('Failed to fetch');
    const run = await script([fail(), fail(), fail(), 1, fail()]);
    expect(run.waits).toEqual([500, 1000, 2000, 500, 1000]);
    expect(backOff(20)).toBe(8000);
  });

  it('calls a slow start connecting, and not lost, for a while', async () => {
    const fail = () => new TypeError('Failed to fetch');
    const run = await script([fail(), fail(), fail()]);
    expect(run.states).toEqual(['connecting', 'lost']);
  });

  it('stops at an expired session: only a new link helps', async () => {
    const run = await script([new ORPCError('UNAUTHORIZED', { status: 401 }), 5]);
    expect(run.states).toEqual(['connecting', 'expired']);
    expect(run.waits).toEqual([]);
  });

  it('says why the engine cannot open the library, until it can', async () => {
    const locked = () => new ORPCError('LIBRARY_IN_USE', { defined: true, message: 'Open elsewhere.' });
    const run = await script([locked(), new TypeError('Failed to fetch'), locked(), 2]);
    expect(run.refusals).toEqual(['LIBRARY_IN_USE', 'LIBRARY_IN_USE', null]);
    expect(run.states).toContain('ready');
  });
});
