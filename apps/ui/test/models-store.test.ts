// The models' room's store: what is asked of the engine, and what becomes of its answers.

import { ORPCError } from '@orpc/client';
import type { ModelCheck, ModelDownload, ModelInfo, ModelOffer, ModelTrial } from '@semblance/contract';
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

const FOUND: ModelOffer = {
  ...{ id: 'two', name: 'Two', repository: 'ada/two', revision: 'main', commit: 'abc' },
  ...{ files: 3, bytes: 1000, have: 0, free: 5000, fits: true },
};

const RESULT = {
  ...{ at: 1, precision: 'fp32', provider: 'cpu', threads: 1, batch: 1, imagesPerSecond: 1 },
  ...{ textMilliseconds: 1, loadMilliseconds: 1, textMemoryBytes: 1, memoryBytes: 1 },
} as const;

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

function bench(lists: ModelDownload[][] = [], trials: ModelTrial[][] = []) {
  const calls = {
    look: vi.fn(async () => FOUND),
    test: vi.fn(async () => undefined),
    trials: vi.fn(async () =>
      (async function* () {
        yield* trials;
        await new Promise(() => undefined);
      })(),
    ),
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
    await state().look({ id: 'one' });
    expect(await state().accept()).toBe(false);
    expect(state().fault).toEqual({ kind: 'MODEL_EXISTS', message: 'It is here.' });
    await state().look({ repository: 'ada/two' });
    expect(state().fault).toBeNull();
    expect(await state().accept()).toBe(true);
    expect(calls.download).toHaveBeenLastCalledWith({ repository: 'ada/two', revision: 'main' });
  });

  it('asks before it fetches, and fetches only what was accepted', async () => {
    const { calls, state } = bench();
    const looking = state().look({ id: 'two' });
    expect(state().offer).toEqual({ request: { id: 'two' }, found: null, fault: null });
    await looking;
    expect(state().offer?.found).toEqual(FOUND);
    state().decline();
    expect(state().offer).toBeNull();
    expect(await state().accept()).toBe(false);
    expect(calls.download).not.toHaveBeenCalled();
    calls.look.mockRejectedValueOnce(new ORPCError('HUB_NOT_FOUND', { defined: true, message: 'Gone.' }));
    await state().look({ id: 'two' });
    expect(state().offer).toMatchObject({ found: null, fault: { kind: 'HUB_NOT_FOUND' } });
    // The dialog says it; the room behind it does not repeat it.
    expect(state().fault).toBeNull();
  });

  it('an answer that comes late does not open what was closed', async () => {
    const { calls, state } = bench();
    let answer: (found: ModelOffer) => void = () => undefined;
    calls.look.mockReturnValueOnce(
      new Promise((resolve) => {
        answer = resolve;
      }),
    );
    const looking = state().look({ id: 'two' });
    state().decline();
    answer(FOUND);
    await looking;
    expect(state().offer).toBeNull();
  });

  it('looks again at what is installed when a model runs in another precision, and only then', async () => {
    const trial: ModelTrial = { id: 'one', state: 'running', result: null, problem: null };
    const result = { ...RESULT, precision: 'int8' as const };
    const { calls, state } = bench(
      [],
      [[trial], [{ ...trial, state: 'done', result }], [{ ...trial, result }]],
    );
    await state().load();
    const before = calls.list.mock.calls.length;
    void state().follow(new AbortController().signal);
    await vi.waitFor(() => expect(state().trials).toEqual([{ ...trial, result }]));
    // First there was nothing, then a model without a result, then one with.
    expect(calls.list).toHaveBeenCalledTimes(before + 2);
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
