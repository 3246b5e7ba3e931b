// The pace as the window keeps it: shown at once, the engine's word last, and back when it could not be set.
import type { PaceState, Progress } from '@semblance/contract';
import { expect, test, vi } from 'vitest';
import { IDLE } from '../dev/fake-data.ts';
import { createProgressStore } from '../src/features/progress/store.ts';

function store(setPace: () => Promise<PaceState>) {
  const client = { indexing: { setPace }, jobs: {}, library: {} };
  const made = createProgressStore(client as never);
  made.getState().receive(IDLE);
  return { pace: () => (made.getState().progress as Progress).pace, set: made.getState().setPace };
}

test('a chosen pace is shown at once, and what it comes to as soon as the engine says so', async () => {
  const said = vi.fn(async () => ({ choice: 'gentle', acting: 'gentle', because: 'chosen' }) as const);
  const { pace, set } = store(said);
  set('gentle');
  expect(pace().choice).toBe('gentle');
  await vi.waitFor(() => expect(pace().acting).toBe('gentle'));
  set('gentle');
  expect(said).toHaveBeenCalledTimes(1);
});

test('a pace that could not be set is taken back', async () => {
  const { pace, set } = store(() => Promise.reject(new Error('away')));
  set('full');
  await vi.waitFor(() => expect(pace()).toEqual(IDLE.pace));
});
