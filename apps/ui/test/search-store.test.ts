// Search as you type: one request per pause, late answers dropped, errors and repeats.
import { ORPCError } from '@orpc/client';
import type { SearchAnswer, SearchRequest } from '@semblance/contract';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Client } from '../src/connection/connection.ts';
import { createSearchStore, DEBOUNCE_MS, NEAREST } from '../src/features/search/store.ts';

interface Call {
  request: SearchRequest;
  signal: AbortSignal | undefined;
  answer(text: string | SearchAnswer): Promise<void>;
  fail(error: unknown): Promise<void>;
}

const PHOTO = '0123456789abcdef0123';

function answerFor(text: string): SearchAnswer {
  const hit = {
    id: PHOTO,
    ratio: 1.5,
    takenAt: 0,
    version: '1',
    placeholder: null,
    offline: false,
    favourite: false,
    cosine: 0.3,
    relevance: 90,
    group: 'best' as const,
  };
  return {
    parsed: { chips: [], problems: [] },
    results: [{ ...hit, path: `/${text}.jpg` }],
    notes: [],
    cutoff: { relevance: 90, expectedUnrelated: null },
    searched: 10,
    milliseconds: 5,
  };
}

function setUp() {
  const calls: Call[] = [];
  const run = (request: SearchRequest, options?: { signal?: AbortSignal }) =>
    new Promise<SearchAnswer>((resolve, reject) => {
      calls.push({
        request,
        signal: options?.signal,
        answer: async (text) => {
          resolve(typeof text === 'string' ? answerFor(text) : text);
          await vi.advanceTimersByTimeAsync(0);
        },
        fail: async (error) => {
          reject(error);
          await vi.advanceTimersByTimeAsync(0);
        },
      });
    });
  const store = createSearchStore({ search: { run } } as unknown as Pick<Client, 'search'>);
  const call = (index: number): Call => {
    const found = calls[index];
    if (found === undefined) throw new Error(`There was no call ${index}.`);
    return found;
  };
  return { store, calls, call, shown: () => store.getState().results.map((hit) => hit.path) };
}

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

describe('search store', () => {
  it('asks once after a pause in typing, with the trimmed text', async () => {
    const { store, calls, call } = setUp();
    for (const text of ['d', 'do', 'dog ']) {
      store.getState().setText(text);
      await vi.advanceTimersByTimeAsync(DEBOUNCE_MS - 20);
    }
    expect(calls).toHaveLength(0);
    await vi.advanceTimersByTimeAsync(20);
    expect(calls).toHaveLength(1);
    expect(call(0).request.text).toBe('dog');
    expect(store.getState().text).toBe('dog ');
  });

  it('drops a late answer, and aborts its request', async () => {
    const { store, call, shown } = setUp();
    store.getState().search('cat');
    store.getState().search('dog');
    expect(call(0).signal?.aborted).toBe(true);
    await call(1).answer('dog');
    await call(0).answer('cat');
    expect(shown()).toEqual(['/dog.jpg']);
    expect(store.getState().phase).toBe('done');
  });

  it('drops an answer that comes while the next question is still being typed', async () => {
    const { store, call, shown } = setUp();
    store.getState().search('cat');
    store.getState().setText('cats');
    await call(0).answer('cat');
    expect(shown()).toEqual([]);
    expect(store.getState().phase).toBe('searching');
  });

  it('keeps the last answer on screen until the next one is there', async () => {
    const { store, call, shown } = setUp();
    store.getState().search('cat');
    await call(0).answer('cat');
    store.getState().search('dog');
    expect(shown()).toEqual(['/cat.jpg']);
    await call(1).answer('dog');
    expect(shown()).toEqual(['/dog.jpg']);
  });

  it('ends when the box is emptied, whatever is under way', async () => {
    const { store, call, shown } = setUp();
    store.getState().search('cat');
    store.getState().setText('');
    await call(0).answer('cat');
    expect(store.getState().phase).toBe('off');
    expect(shown()).toEqual([]);
  });

  it('shows an error by kind, and the same question can be asked again', async () => {
    const { store, calls, call } = setUp();
    store.getState().search('cat');
    await call(0).fail(new ORPCError('COMPUTE_UNAVAILABLE', { defined: true, message: 'restarting' }));
    expect(store.getState()).toMatchObject({
      phase: 'error',
      fault: { kind: 'COMPUTE_UNAVAILABLE', message: 'restarting' },
    });
    store.getState().again();
    await call(1).answer('cat');
    expect(store.getState()).toMatchObject({ phase: 'done', fault: null });
    expect(calls.map((one) => one.request.text)).toEqual(['cat', 'cat']);
  });

  it('keeps its place when the same question is asked again, and not for another one', async () => {
    const { store, call } = setUp();
    store.getState().search('cat');
    await call(0).answer('cat');
    const first = store.getState().answered;
    store.getState().again();
    await call(1).answer('cat');
    expect(store.getState().answered).toBe(first);
    store.getState().searchLike(PHOTO);
    await call(2).answer('like');
    expect(store.getState().answered).not.toBe(first);
    expect(call(2).request).toMatchObject({ likePhoto: PHOTO });
    expect(store.getState().text).toBe('');
  });

  it('does not ask again for a space typed after the words', async () => {
    const { store, calls, call } = setUp();
    store.getState().search('cat');
    await call(0).answer('cat');
    store.getState().setText('cat ');
    await vi.advanceTimersByTimeAsync(DEBOUNCE_MS * 2);
    expect(calls).toHaveLength(1);
    expect(store.getState().phase).toBe('done');
  });

  const grouped = (
    groups: readonly ('best' | 'maybe')[],
    notes: SearchAnswer['notes'] = [],
  ): SearchAnswer => {
    const [hit] = answerFor('dog').results;
    if (hit === undefined) throw new Error('no hit');
    return {
      ...answerFor('dog'),
      results: groups.map((group) => ({ ...hit, group })),
      notes,
      cutoff: { relevance: 50, expectedUnrelated: 0.1 },
    };
  };

  it('counts the good matches up to the line the engine drew', async () => {
    const { store, call } = setUp();
    store.getState().search('dog');
    await call(0).answer(grouped(['best', 'best', 'maybe', 'maybe', 'maybe']));
    expect(store.getState()).toMatchObject({ best: 2, expectedUnrelated: 0.1 });
    expect(store.getState().results).toHaveLength(5);
    store.getState().search('cat');
    await call(1).answer(grouped(['best', 'best']));
    expect(store.getState().best).toBe(2);
  });

  it('claims no good matches where the engine drew no line', async () => {
    const { store, call } = setUp();
    store.getState().search('dog');
    await call(0).answer('dog');
    expect(store.getState()).toMatchObject({ best: null, expectedUnrelated: null });
  });

  it('keeps only the nearest few when nothing really matches', async () => {
    const { store, call } = setUp();
    store.getState().search('dog');
    await call(0).answer(grouped(Array(40).fill('maybe'), [{ kind: 'nothing-matches' }]));
    expect(store.getState().best).toBe(0);
    expect(store.getState().results).toHaveLength(NEAREST);
  });

  it('asks by a picture and by words together, and by words alone when the picture goes', async () => {
    const { store, calls, call } = setUp();
    store.getState().searchLike(PHOTO);
    store.getState().setText('at night');
    await vi.advanceTimersByTimeAsync(DEBOUNCE_MS);
    expect(call(1).request).toMatchObject({ text: 'at night', likePhoto: PHOTO });
    store.getState().setPicture(null);
    expect(call(2).request).toEqual({ text: 'at night', limit: 400 });
    store.getState().setText('');
    expect(store.getState().phase).toBe('off');
    expect(calls).toHaveLength(3);
  });

  it('asks by several photos as one', () => {
    const { store, call } = setUp();
    store.getState().searchLike(PHOTO, 'f'.repeat(20));
    expect(call(0).request).toEqual({ like: [PHOTO, 'f'.repeat(20)], limit: 400 });
  });

  it('keeps a text among the recent searches only when it was meant', () => {
    const { store, call } = setUp();
    store.getState().search('cat');
    store.getState().edit('cat', true);
    expect(call(0).request.remember).toBeUndefined();
    expect(call(1).request.remember).toBe(true);
  });

  it('asks again in another order, and folds look-alikes', () => {
    const { store, calls, call } = setUp();
    store.getState().setSort('date');
    expect(calls).toHaveLength(0);
    store.getState().search('cat');
    store.getState().setGroup(true);
    expect(call(1).request).toMatchObject({ text: 'cat', sort: 'date', group: true });
  });
});
