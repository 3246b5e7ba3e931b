// The review queue: answers show at once and go out in order, failures come back, undo undoes.
import type { LabelQuestion } from '@semblance/contract';
import { describe, expect, it, vi } from 'vitest';
import type { LabelCalls } from '../src/features/labels/calls.ts';
import { createQueueStore, queueKey } from '../src/features/labels/queue-store.ts';

function item(n: number, label = 1): LabelQuestion {
  const id = n.toString(16).padStart(20, '0');
  return {
    label: { id: label, name: 'dog', color: 'blue' },
    photo: { id, score: 0.5, verdict: null } as never,
  };
}

const settle = () => new Promise((resolve) => setTimeout(resolve, 0));

async function setUp(count: number) {
  let waiting = Array.from({ length: count }, (_, i) => item(i));
  const log: string[] = [];
  const fail = new Set<string>();
  let act = 0;
  const undone = new Map<number, LabelQuestion>();
  const onAnswer = vi.fn();
  const client = {
    labels: {
      queue: async ({ labelId, limit }: { labelId: number | null; limit: number }) => {
        const all = waiting.filter((other) => labelId === null || other.label.id === labelId);
        return { total: all.length, items: all.slice(0, limit) };
      },
      answer: async ({ decisions }: { decisions: { photoId: string; verdict: string }[] }) => {
        await settle();
        const [decision] = decisions;
        const id = Number.parseInt(decision?.photoId ?? '', 16);
        if (fail.has(String(id))) throw new TypeError('lost');
        log.push(`${decision?.verdict} ${id}`);
        const found = waiting.find((other) => other.photo.id === decision?.photoId);
        waiting = waiting.filter((other) => other !== found);
        act += 1;
        if (found !== undefined) undone.set(act, found);
        return { actId: act, photos: 1 };
      },
    },
    acts: {
      undo: async ({ id }: { id: number }) => {
        log.push(`undo ${id}`);
        const back = undone.get(id);
        if (back !== undefined) waiting = [back, ...waiting];
        return { photos: 1 };
      },
    },
  };
  const store = createQueueStore(client as unknown as LabelCalls, onAnswer);
  store.getState().open(null);
  await settle();
  const first = () => Number.parseInt(store.getState().items[0]?.photo.id ?? 'f', 16);
  return { store, log, fail, first, onAnswer, q: () => store.getState() };
}

const all = async () => {
  for (let i = 0; i < 12; i++) await settle();
};

describe('review queue', () => {
  it('shows the next photo at once, and sends the answers one after the other', async () => {
    const { q, log, first, onAnswer } = await setUp(5);
    q().answer('yes');
    q().answer('no');
    expect(first()).toBe(2);
    expect(q()).toMatchObject({ left: 3, yes: 1, no: 1 });
    expect(log).toEqual([]);
    await all();
    expect(log).toEqual(['yes 0', 'no 1']);
    expect(onAnswer).toHaveBeenCalledTimes(2);
  });

  it('never shows a photo twice, however often it is filled up', async () => {
    const { q } = await setUp(150);
    const seen: string[] = [];
    for (let i = 0; i < 200; i++) {
      const [now] = q().items;
      if (now === undefined) break;
      seen.push(queueKey(now));
      if (i % 10 === 3) q().skip();
      else q().answer(i % 2 === 0 ? 'yes' : 'no');
      if (q().items.length < 10) await all();
    }
    await all();
    expect(new Set(seen).size).toBe(seen.length);
    expect(seen).toHaveLength(150);
    expect(q()).toMatchObject({ left: 0, skipped: 15 });
  });

  it('takes back an answer, also one that is still on its way', async () => {
    const { q, log, first } = await setUp(4);
    q().answer('yes');
    q().undo();
    expect(first()).toBe(0);
    expect(q()).toMatchObject({ left: 4, yes: 0, canUndo: false });
    await all();
    expect(log).toEqual(['yes 0', 'undo 1']);
  });

  it('takes back a skip without telling anyone', async () => {
    const { q, log, first } = await setUp(4);
    q().skip();
    expect(first()).toBe(1);
    q().undo();
    await all();
    expect(first()).toBe(0);
    expect(log).toEqual([]);
  });

  it('brings back the photo whose answer could not be sent', async () => {
    const { q, fail, first, log } = await setUp(4);
    fail.add('0');
    q().answer('yes');
    q().answer('no');
    await all();
    expect(first()).toBe(0);
    expect(q()).toMatchObject({ left: 3, yes: 0, no: 1, fault: { kind: 'ENGINE_LOST' } });
    expect(log).toEqual(['no 1']);
    fail.clear();
    q().answer('yes');
    await all();
    expect(q()).toMatchObject({ yes: 1, fault: null });
  });

  it('shows the skipped ones again when asked to', async () => {
    const { q, first } = await setUp(2);
    q().skip();
    q().answer('yes');
    await all();
    expect(q()).toMatchObject({ items: [], left: 0, skipped: 1 });
    q().open(null);
    await all();
    expect(first()).toBe(0);
    expect(q()).toMatchObject({ left: 1, skipped: 0 });
  });
});
