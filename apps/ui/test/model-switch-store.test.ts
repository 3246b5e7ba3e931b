// The window follows the engine's word on a change of the model, and a comparison that was stopped says nothing.
import type { ModelSwitchStatus } from '@semblance/contract';
import { describe, expect, it, vi } from 'vitest';
import type { Client } from '../src/connection/connection.ts';
import { createModelSwitchStore } from '../src/features/models/switch/store.ts';

const STATUS: ModelSwitchStatus = {
  current: 'a',
  next: null,
  previous: null,
  problem: null,
  comparing: null,
};

function store(calls: Partial<Record<keyof Client['modelSwitch'], unknown>>, onSwitched?: () => void) {
  return createModelSwitchStore({ modelSwitch: calls } as unknown as Pick<Client, 'modelSwitch'>, onSwitched);
}

describe('changing the model', () => {
  it('tells when another model answers, and forgets a preview of another one', async () => {
    const onSwitched = vi.fn();
    const switching = store(
      {
        commit: async () => ({ ...STATUS, current: 'b' }),
        status: async () => [STATUS],
        preview: async () => ({ seen: 1, photos: 1, labels: [] }),
      },
      onSwitched,
    );
    const leaving = new AbortController();
    const following = switching.getState().follow(leaving.signal);
    await vi.waitFor(() => expect(switching.getState().status).toEqual(STATUS));
    leaving.abort();
    await switching.getState().lookAhead();
    expect(switching.getState().preview).not.toBeNull();
    await switching.getState().commit(true);
    expect(onSwitched).toHaveBeenCalledTimes(1);
    expect(switching.getState().status?.current).toBe('b');
    await following;
  });

  it('keeps the state beside a failure', async () => {
    const failing = store({
      back: async () => {
        throw new TypeError('Failed to fetch');
      },
    });
    await failing.getState().back();
    expect(failing.getState()).toMatchObject({ busy: false, fault: { kind: 'ENGINE_LOST' } });
  });

  it('a comparison that was stopped leaves nothing behind', async () => {
    let answer: (value: unknown) => void = () => undefined;
    const slow = store({
      compare: () =>
        new Promise((resolve) => {
          answer = resolve;
        }),
    });
    const comparing = slow.getState().compare('a', 'b');
    expect(slow.getState().comparing).toBe(true);
    slow.getState().stopComparing();
    answer({ photos: 1 });
    await comparing;
    expect(slow.getState()).toMatchObject({ comparing: false, comparison: null, compareFault: null });
  });
});
