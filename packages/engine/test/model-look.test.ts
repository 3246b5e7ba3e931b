// What a person is told before anything is fetched: the true size, the commit that is pinned from then on, the room there is.
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { filesIn, ID, MODEL, modelBench, noise, REPOSITORY, until } from './model-bench.ts';

const REQUEST = { repository: REPOSITORY, revision: 'main' };
const BYTES = Object.values(MODEL).reduce((sum, file) => sum + file.length, 0);
const NEWER = { ...MODEL, 'onnx/text_model.onnx': noise('newer', 300_000) };

describe('looking at a model', () => {
  it('says how large it is to the byte, and fetches nothing', async () => {
    const { hub, store, folder } = await modelBench();
    const commit = hub.publish(REPOSITORY, MODEL);
    expect(await store.look(REQUEST)).toEqual({
      ...{ id: ID, name: REPOSITORY, repository: REPOSITORY, revision: 'main', commit },
      ...{ files: 6, bytes: BYTES, have: 0, free: 1e12, fits: true },
    });
    expect(hub.requests.every(({ path }) => path.startsWith('/api/'))).toBe(true);
    expect(existsSync(join(folder, ID))).toBe(false);
    expect(store.downloads.get()).toEqual([]);
    // Every request is on record, as any other.
    expect((await store.calls(10)).calls.map(({ purpose }) => purpose)).toEqual(['facts', 'facts']);
  });

  it('pins the commit: what comes later under the same name is not taken', async () => {
    const { hub, store, again, folder, fetch } = await modelBench();
    const commit = hub.publish(REPOSITORY, MODEL);
    await store.look(REQUEST);
    hub.publish(REPOSITORY, NEWER);
    hub.requests.length = 0;
    expect(await again().look(REQUEST)).toMatchObject({ commit });
    await fetch();
    // Nobody asks again what the branch stands for.
    expect(hub.requests.some(({ path }) => path.includes('/revision/'))).toBe(false);
    const files = await filesIn(join(folder, ID));
    expect(files['onnx/text_model.onnx']?.equals(MODEL['onnx/text_model.onnx'] ?? noise('', 1))).toBe(true);
    expect(JSON.parse(String(files['semblance.json'])).source).toMatchObject({ revision: 'main', commit });
  });

  it('a commit that is gone and was never fetched from gives way to today’s; one that was, does not', async () => {
    const { hub, store, fetch } = await modelBench();
    const first = hub.publish(REPOSITORY, MODEL);
    await store.look(REQUEST);
    const second = hub.publish(REPOSITORY, NEWER);
    hub.spoil(`/tree/${first}`, { kind: 'status', status: 404 }, 100);
    expect(await store.look(REQUEST)).toMatchObject({ commit: second });
    await fetch();
    await store.remove(ID);
    hub.publish(REPOSITORY, MODEL);
    hub.spoil(`/tree/${second}`, { kind: 'status', status: 404 }, 100);
    await expect(store.look(REQUEST)).rejects.toMatchObject({ kind: 'HUB_NOT_FOUND' });
  });

  it('another revision is another question', async () => {
    const { hub, store } = await modelBench();
    hub.publish(REPOSITORY, MODEL);
    await store.look(REQUEST);
    const newer = hub.publish(REPOSITORY, NEWER);
    expect(await store.look({ repository: REPOSITORY, revision: newer })).toMatchObject({ commit: newer });
  });

  it('counts what is here already, and says when the disk is too small', async () => {
    const { hub, store, again } = await modelBench();
    hub.publish(REPOSITORY, MODEL);
    // Slow enough that the largest file is never whole before the download is paused.
    hub.pace(1000, 20);
    await store.download(REQUEST);
    await until(store, (one) => (one?.done ?? 0) > 0);
    await store.pause(ID);
    const { have, bytes } = await store.look(REQUEST);
    expect(have).toBeGreaterThan(0);
    expect(have).toBeLessThan(bytes);
    expect(await again({ space: async () => 1000 }).look(REQUEST)).toMatchObject({ free: 1000, fits: false });
    const unknown = again({ space: () => Promise.reject(new Error('no such call')) });
    expect(await unknown.look(REQUEST)).toMatchObject({ free: null, fits: true });
  });

  it('says what is the matter', async () => {
    const { hub, store, folder, fetch } = await modelBench();
    await expect(store.look(REQUEST)).rejects.toMatchObject({ kind: 'HUB_NOT_FOUND' });
    await expect(store.look({ id: 'nobody' })).rejects.toMatchObject({ kind: 'MODEL_NOT_FOUND' });
    hub.publish(REPOSITORY, { 'README.md': 'words only' });
    await expect(store.look(REQUEST)).rejects.toMatchObject({ kind: 'MODEL_UNSUITABLE' });
    hub.publish(REPOSITORY, MODEL);
    // What could not be used pinned nothing.
    await fetch();
    await expect(store.look(REQUEST)).rejects.toMatchObject({ kind: 'MODEL_EXISTS' });
    const pins = JSON.parse(await readFile(join(folder, '.pins.json'), 'utf8'));
    expect(Object.keys(pins[`${REPOSITORY}@main`].files)).toHaveLength(6);
  });

  it('stops when nobody waits any more', async () => {
    const { hub, store } = await modelBench();
    hub.publish(REPOSITORY, MODEL);
    hub.spoil('/revision/', { kind: 'status', status: 500 }, 100);
    const left = new AbortController();
    const looking = store.look(REQUEST, left.signal);
    left.abort(new Error('the window is closed'));
    await expect(looking).rejects.toThrow('the window is closed');
  });
});
