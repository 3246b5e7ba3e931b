// The timeline in pages: first page at once, no photo twice, reloads when the library has changed and not too often.
import type { PhotoTile, PhotoView } from '@semblance/contract';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Client } from '../src/connection/connection.ts';
import { createLibraryStore, FIRST_PAGE, NEXT_PAGE } from '../src/features/library/store.ts';

function tile(n: number): PhotoTile {
  const id = n.toString(16).padStart(20, '0');
  return { id, ratio: 1.5, takenAt: -n, version: '1', placeholder: null, offline: false, favourite: false };
}

function setUp(count: number) {
  const engine = {
    count,
    revision: 1,
    broken: false,
    asked: [] as { offset: number; limit: number }[],
    views: [] as string[],
  };
  const timeline = async ({ view, ...page }: { offset: number; limit: number; view: PhotoView }) => {
    engine.asked.push(page);
    engine.views.push(view.kind);
    await new Promise((resolve) => setTimeout(resolve, 10));
    if (engine.broken) throw new TypeError('Failed to fetch');
    const end = Math.min(engine.count, page.offset + page.limit);
    const length = Math.max(0, end - page.offset);
    const photos = Array.from({ length }, (_, i) => tile(page.offset + i));
    return { total: engine.count, revision: engine.revision, photos };
  };
  const store = createLibraryStore({ library: { timeline } } as unknown as Pick<Client, 'library'>);
  return { engine, store };
}

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

describe('library store', () => {
  it('shows the first page at once and then the rest in larger pages', async () => {
    const { engine, store } = setUp(FIRST_PAGE + NEXT_PAGE + 5);
    store.getState().follow(1);
    await vi.advanceTimersByTimeAsync(11);
    expect(store.getState()).toMatchObject({ phase: 'ready', total: FIRST_PAGE + NEXT_PAGE + 5 });
    expect(store.getState().photos).toHaveLength(FIRST_PAGE);
    await vi.advanceTimersByTimeAsync(40);
    expect(store.getState().photos).toHaveLength(FIRST_PAGE + NEXT_PAGE + 5);
    expect(engine.asked.map((page) => page.limit)).toEqual([FIRST_PAGE, NEXT_PAGE, NEXT_PAGE]);
  });

  it('loads again when the revision moves, once for many moves', async () => {
    const { engine, store } = setUp(3);
    store.getState().follow(1);
    await vi.advanceTimersByTimeAsync(50);
    expect(engine.asked).toHaveLength(1);
    engine.count = 9;
    for (engine.revision = 2; engine.revision < 8; engine.revision++) {
      store.getState().follow(engine.revision);
      await vi.advanceTimersByTimeAsync(100);
    }
    await vi.advanceTimersByTimeAsync(3000);
    expect(store.getState().photos).toHaveLength(9);
    expect(engine.asked.length).toBeLessThanOrEqual(3);
  });

  it('does nothing when the revision stands still', async () => {
    const { engine, store } = setUp(3);
    for (let i = 0; i < 5; i++) {
      store.getState().follow(1);
      await vi.advanceTimersByTimeAsync(3000);
    }
    expect(engine.asked).toHaveLength(1);
  });

  it('says so when the first load fails, and recovers', async () => {
    const { engine, store } = setUp(3);
    engine.broken = true;
    store.getState().follow(1);
    await vi.advanceTimersByTimeAsync(50);
    expect(store.getState()).toMatchObject({ phase: 'error', fault: { kind: 'ENGINE_LOST' } });
    engine.broken = false;
    store.getState().reload();
    await vi.advanceTimersByTimeAsync(50);
    expect(store.getState()).toMatchObject({ phase: 'ready', fault: null });
  });

  it('keeps the photos on screen when a later load fails', async () => {
    const { engine, store } = setUp(3);
    store.getState().follow(1);
    await vi.advanceTimersByTimeAsync(50);
    engine.broken = true;
    store.getState().follow(2);
    await vi.advanceTimersByTimeAsync(3000);
    expect(store.getState()).toMatchObject({ phase: 'ready' });
    expect(store.getState().photos).toHaveLength(3);
  });

  it('loads again after another engine took over, whose revisions count from the start', async () => {
    const { engine, store } = setUp(3);
    store.getState().follow(40);
    await vi.advanceTimersByTimeAsync(50);
    engine.count = 5;
    store.getState().follow(1);
    await vi.advanceTimersByTimeAsync(3000);
    expect(store.getState().photos).toHaveLength(5);
  });

  it('drops what was asked for another view, and shows a view seen before at once', async () => {
    const { engine, store } = setUp(3);
    store.getState().follow(1);
    await vi.advanceTimersByTimeAsync(50);
    store.getState().show({ kind: 'favourites' });
    expect(store.getState()).toMatchObject({ phase: 'loading', photos: [] });
    await vi.advanceTimersByTimeAsync(5);
    engine.count = 7;
    store.getState().show({ kind: 'album', id: 3 });
    await vi.advanceTimersByTimeAsync(50);
    expect(engine.views).toEqual(['all', 'favourites', 'album']);
    expect(store.getState().photos).toHaveLength(7);
    store.getState().show({ kind: 'all' });
    expect(store.getState()).toMatchObject({ phase: 'ready', total: 3 });
    await vi.advanceTimersByTimeAsync(5000);
    expect(engine.views).toHaveLength(3);
  });

  it('asks again for a view that was kept from before a change', async () => {
    const { engine, store } = setUp(3);
    store.getState().follow(1);
    await vi.advanceTimersByTimeAsync(50);
    store.getState().show({ kind: 'recent' });
    engine.revision = 2;
    engine.count = 4;
    store.getState().follow(2);
    await vi.advanceTimersByTimeAsync(3000);
    store.getState().show({ kind: 'all' });
    await vi.advanceTimersByTimeAsync(3000);
    expect(store.getState().photos).toHaveLength(4);
  });

  it('shows an act before the engine is asked again', async () => {
    const { store } = setUp(3);
    store.getState().follow(1);
    await vi.advanceTimersByTimeAsync(50);
    store.getState().amend({ ids: new Set([tile(1).id]), favourite: true });
    expect(store.getState().photos.map((photo) => photo.favourite)).toEqual([false, true, false]);
    store.getState().amend({ ids: new Set([tile(0).id]), hidden: true });
    expect(store.getState()).toMatchObject({ total: 2 });
  });
});
