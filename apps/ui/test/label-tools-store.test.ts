// The pane beside the studio: each part loads and fails alone, and what changes labels says so.
import type { AdapterStatus } from '@semblance/contract';
import { describe, expect, it, vi } from 'vitest';
import type { LabelCalls } from '../src/features/labels/calls.ts';
import { createToolsStore } from '../src/features/labels/tools/store.ts';

const IDLE: AdapterStatus = {
  state: 'none',
  curve: [],
  before: null,
  after: null,
  examples: 0,
  problem: null,
};

function setUp(over: Record<string, unknown> = {}) {
  const onLabels = vi.fn();
  const added = new Set<string>();
  const labels = {
    packs: async () => [
      {
        id: 'things',
        title: 'Things',
        description: '',
        labels: ['Dog', 'Cat'].map((name) => ({ name, descriptions: [], added: added.has(name) })),
      },
    ],
    addPack: async ({ names }: { names?: string[] }) => {
      for (const name of names ?? ['Dog', 'Cat']) added.add(name);
      return { actId: 7, labels: [1] };
    },
    sidecars: async () => ({ automatic: false, into: 'sidecars', waiting: 3 }),
    setSidecars: async (change: object) => ({ automatic: false, into: 'sidecars', waiting: 3, ...change }),
    writeSidecars: async () => ({ written: 3, unchanged: 0, failed: [] }),
    adapter: { status: async () => IDLE, train: async () => IDLE, use: async () => IDLE },
    ...over,
  };
  const calls = { labels } as unknown as Pick<LabelCalls, 'labels'>;
  const store = createToolsStore(calls, onLabels);
  return { store, onLabels };
}

describe('label tools', () => {
  it('loads packs, sidecars and the network together', async () => {
    const { store } = setUp();
    await store.getState().load('en');
    const { packs, sidecars, adapter, fault } = store.getState();
    expect(packs).toHaveLength(1);
    expect(sidecars?.waiting).toBe(3);
    expect(adapter).toEqual(IDLE);
    expect(fault).toBeNull();
  });

  it('a label that was added is marked, and the list of labels hears of it', async () => {
    const { store, onLabels } = setUp();
    await store.getState().load('en');
    expect(await store.getState().addPack('things', 'en', ['Dog'])).toMatchObject({ actId: 7 });
    expect(store.getState().packs?.[0]?.labels.map((label) => label.added)).toEqual([true, false]);
    expect(onLabels).toHaveBeenCalledTimes(1);
  });

  it('a failure is shown and changes nothing', async () => {
    const { store } = setUp({
      writeSidecars: async () => {
        throw new TypeError('Failed to fetch');
      },
    });
    await store.getState().load('en');
    await store.getState().writeSidecars();
    const { writing, report, fault, packs } = store.getState();
    expect(writing).toBe(false);
    expect(report).toBeNull();
    expect(packs).toHaveLength(1);
    expect(fault).not.toBeNull();
  });

  it('follows the training until it ends', async () => {
    vi.useFakeTimers();
    const states = ['training', 'training', 'offered'].map((state) => ({ ...IDLE, state }));
    const status = vi.fn(async () => states.shift() ?? { ...IDLE, state: 'offered' });
    const { store } = setUp({ adapter: { status, train: async () => ({ ...IDLE, state: 'training' }) } });
    await store.getState().train();
    expect(store.getState().adapter?.state).toBe('training');
    await vi.advanceTimersByTimeAsync(2000);
    expect(store.getState().adapter?.state).toBe('offered');
    expect(status).toHaveBeenCalledTimes(3);
    vi.useRealTimers();
  });
});
