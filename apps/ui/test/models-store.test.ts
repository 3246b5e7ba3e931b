// The models' room's store: what is asked of the engine, and what becomes of its answers.

import { ORPCError } from '@orpc/client';
import type { ModelCheck, ModelDownload, ModelInfo } from '@semblance/contract';
import { describe, expect, it, vi } from 'vitest';
import type { Client } from '../src/connection/connection.ts';
import { createModelsStore } from '../src/features/models/store.ts';

const MODEL: ModelInfo = {
  id: 'one',
  name: 'One',
  key: 'one-1',
  dimensions: 4,
  imageSize: 32,
  languages: ['en'],
  bytes: 10,
  active: false,
  bundled: false,
};

const DOWNLOAD: ModelDownload = {
  id: 'two',
  name: 'Two',
  repository: 'ada/two',
  state: 'downloading',
  done: 1,
  bytes: 2,
  files: { done: 0, all: 1 },
  bytesPerSecond: 1,
  secondsLeft: 1,
  problem: null,
};

const CHECK: ModelCheck = {
  id: 'one',
  fine: false,
  known: true,
  files: 1,
  bytes: 10,
  missing: ['model.onnx'],
  changed: [],
  repairable: true,
};

function bench(lists: ModelDownload[][] = []) {
  const calls = {
    list: vi.fn(async () => [MODEL]),
    catalog: vi.fn(async () => []),
    calls: vi.fn(async () => ({ total: 0, calls: [] })),
    hub: vi.fn(async () => ({ url: 'https://a.example', usual: 'https://a.example', fixed: false })),
    setHub: vi.fn(async ({ url }: { url: string | null }) => ({ url: url ?? '', usual: '', fixed: false })),
    downloads: vi.fn(async () =>
      (async function* () {
        yield* lists;
        await new Promise(() => undefined);
      })(),
    ),
    download: vi.fn(async () => DOWNLOAD),
    verify: vi.fn(async () => CHECK),
    repair: vi.fn(async () => DOWNLOAD),
    remove: vi.fn(async () => undefined),
  };
  const app = { info: async () => ({ can: { chooseFolder: true, reveal: false } }) };
  const store = createModelsStore({ models: calls, app } as unknown as Pick<Client, 'models' | 'app'>);
  return { calls, store, state: store.getState };
}

describe('the models’ store', () => {
  it('reads everything once, and starts no download', async () => {
    const { calls, state } = bench();
    await state().load();
    expect(state()).toMatchObject({ phase: 'ready', installed: [MODEL], canChoose: true, fault: null });
    expect(calls.download).not.toHaveBeenCalled();
  });

  it('looks again at what is installed when a download has left the list, and only then', async () => {
    const { calls, state } = bench([[DOWNLOAD], [{ ...DOWNLOAD, done: 2 }], []]);
    void state().follow(new AbortController().signal);
    await vi.waitFor(() => expect(calls.list).toHaveBeenCalledTimes(1));
    expect(state().downloads).toEqual([]);
    expect(calls.calls).toHaveBeenCalledTimes(1);
  });

  it('keeps why something did not work until the next thing is asked for', async () => {
    const { calls, state } = bench();
    calls.download.mockRejectedValueOnce(
      new ORPCError('MODEL_EXISTS', { defined: true, message: 'It is here.' }),
    );
    expect(await state().download({ id: 'one' })).toBe(false);
    expect(state().fault).toEqual({ kind: 'MODEL_EXISTS', message: 'It is here.' });
    expect(await state().download({ repository: 'ada/two' })).toBe(true);
    expect(state().fault).toBeNull();
    expect(calls.download).toHaveBeenLastCalledWith({ repository: 'ada/two', revision: 'main' });
  });

  it('shows what a check found until it is repaired or removed', async () => {
    const { calls, state } = bench();
    const checking = state().check('one');
    expect(state().checks).toEqual({ one: 'checking' });
    await checking;
    expect(state().checks).toEqual({ one: CHECK });
    await state().repair('one');
    expect(state().checks).toEqual({});
    calls.verify.mockRejectedValueOnce(new Error('lost'));
    expect(await state().check('one')).toBe(false);
    expect(state().checks).toEqual({});
  });

  it('takes the hub as the engine has it', async () => {
    const { state } = bench();
    await state().setHub('https://b.example');
    expect(state().hub?.url).toBe('https://b.example');
  });
});
