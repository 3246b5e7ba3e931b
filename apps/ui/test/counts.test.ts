// The numbers in the sidebar: what they count, and that the last change of a series reaches them.
import type { AppInfo, Progress } from '@semblance/contract';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import type { Stores } from '../src/app/stores.ts';
import { wire } from '../src/app/wire.ts';
import type { Client, Connection } from '../src/connection/connection.ts';
import { createFoldersStore } from '../src/features/folders/store.ts';

const INFO = {
  version: '1',
  host: 'server',
  can: { chooseFolder: false, reveal: false, addSamples: false },
} satisfies AppInfo;

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

it('photos are counted as their own view counts them, without hidden ones and the raw half of a pair', async () => {
  const folders = [
    { id: 1, photos: 100 },
    { id: 2, photos: 40 },
  ];
  const client = {
    folders: { list: async () => folders, offered: async () => [], tree: async () => [] },
    library: {
      failures: async () => ({ total: 3, reasons: [], failures: [] }),
      timeline: async () => ({ total: 120, revision: 1, photos: [] }),
    },
  } as unknown as Pick<Client, 'folders' | 'library'>;
  const store = createFoldersStore(client);
  await store.getState().load();
  expect(store.getState()).toMatchObject({ photos: 120, failed: 3, phase: 'ready' });
});

it('a change right after a refresh is shown a little later, though nothing else happens', async () => {
  let say: (revision: number) => void = () => undefined;
  const connection = {
    client: {
      app: {
        info: async () => INFO,
        progress: async () =>
          (async function* () {
            for (;;) {
              const revision = await new Promise<number>((resolve) => {
                say = resolve;
              });
              yield { state: 'idle', revision } as Progress;
            }
          })(),
      },
    },
    reconnect: async () => undefined,
  } as unknown as Connection;
  let loads = 0;
  const state = <T>(value: T) => ({ getState: () => value });
  const stores = {
    folders: state({
      load: async () => {
        loads += 1;
      },
    }),
    labels: { refresh: () => undefined },
    search: state({ phase: 'off' }),
    progress: state({ receive: () => undefined }),
    library: state({ follow: () => undefined }),
    trash: { ...state({ refresh: async () => undefined }), subscribe: () => () => undefined },
  } as unknown as Stores;
  const tell = async (revision: number) => {
    await vi.advanceTimersByTimeAsync(0);
    say(revision);
    await vi.advanceTimersByTimeAsync(0);
  };

  const stop = wire(connection, stores).start();
  await tell(1);
  await tell(2);
  const first = loads;
  await tell(3);
  await tell(4);
  expect(loads).toBe(first);
  await vi.advanceTimersByTimeAsync(60_000);
  expect(loads).toBe(first + 1);
  await tell(5);
  await tell(6);
  const before = loads;
  stop();
  await vi.advanceTimersByTimeAsync(60_000);
  expect(loads).toBe(before);
});
