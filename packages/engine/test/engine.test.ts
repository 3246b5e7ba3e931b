import { createRouterClient, ORPCError } from '@orpc/server';
import type { Catalog } from '@semblance/catalog';
import { SemblanceError } from '@semblance/contract';
import { describe, expect, it, vi } from 'vitest';
import { placeInBackground } from '../src/place-in-background.ts';
import type { SpawnPort } from '../src/ports.ts';
import { fakeCompute } from './fake-compute.ts';
import { bench } from './harness.ts';

describe('search', () => {
  it('ranks by cosine, calibrated, and leaves the asking photo out', async () => {
    const { engine, write, photos } = await bench();
    await write(Object.fromEntries(['dog', 'cat', 'sea', 'hill', 'car'].map((t) => [`${t}.jpg`, t])));
    const folder = await engine.services.folders.add(photos);
    await engine.services.indexer.update([folder.id]);

    const { results, notes, searched } = await engine.services.search.run({ text: 'sea', limit: 3 });
    expect(results).toHaveLength(3);
    expect(results[0]?.path).toMatch(/sea\.jpg$/);
    expect(results[0]?.cosine).toBeCloseTo(1, 5);
    const order = results.map((r) => r.cosine);
    expect(order).toEqual([...order].sort((a, b) => b - a));
    expect(searched).toBe(5);
    expect(notes).toEqual([]);

    const id = results[0]?.id ?? '';
    const alike = await engine.services.search.run({ likePhoto: id, limit: 10 });
    expect(alike.results).toHaveLength(4);
    expect(alike.results.map((r) => r.id)).not.toContain(id);
  });

  it('says why there is nothing', async () => {
    const { engine } = await bench();
    const { results, notes } = await engine.services.search.run({ text: 'sea', limit: 3 });
    expect(results).toEqual([]);
    expect(notes).toEqual([{ kind: 'library-empty' }]);
  });

  it.each([
    ['', 'EMPTY_QUERY'],
    [' \n\t\u200b\u202e ', 'EMPTY_QUERY'],
    ['x'.repeat(1001), 'QUERY_TOO_LONG'],
  ])('refuses %j', async (text, kind) => {
    const { engine } = await bench();
    await expect(engine.services.search.run({ text, limit: 1 })).rejects.toMatchObject({ kind });
  });

  it('says so when its process dies under it, and answers the next time', async () => {
    const fake = fakeCompute({
      embedText: (text) =>
        text === 'slow'
          ? new Promise(() => undefined)
          : Promise.resolve({
              embedding: Float32Array.of(1, 0, 0, 0),
              truncated: false,
              unknownWords: ['x'],
              tokens: 8,
            }),
    });
    const { engine } = await bench({ fake });
    const lost = engine.services.search.run({ text: 'slow', limit: 1 });
    await new Promise((done) => setTimeout(done, 50));
    fake.crash();
    await expect(lost).rejects.toMatchObject({ kind: 'COMPUTE_UNAVAILABLE' });
    const { notes } = await engine.services.search.run({ text: 'quick', limit: 1 });
    expect(notes).toContainEqual({ kind: 'unknown-words', words: ['x'] });
  });
});

describe('router', () => {
  it('turns expected failures into typed errors', async () => {
    const { engine } = await bench();
    const client = createRouterClient(engine.router, { context: {} });
    const failure = await client.search.run({ text: ' ' }).catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(ORPCError);
    expect(failure).toMatchObject({ code: 'EMPTY_QUERY', status: 400, defined: true });
    await expect(client.photos.get({ id: '0'.repeat(20) })).rejects.toMatchObject({
      code: 'PHOTO_NOT_FOUND',
    });
    await expect(client.folders.choose()).rejects.toMatchObject({ code: 'NOT_SUPPORTED_HERE' });
    await expect(client.folders.addOffered({ offerId: 9 })).rejects.toMatchObject({
      code: 'FOLDER_NOT_ALLOWED',
    });
  });

  it('refuses arguments that are not of the contract', async () => {
    const { engine } = await bench();
    const client = createRouterClient(engine.router, { context: {} });
    await expect(client.photos.get({ id: '../../etc/passwd' })).rejects.toMatchObject({
      code: 'BAD_REQUEST',
    });
    await expect(client.library.timeline({ offset: -1, limit: 5 })).rejects.toMatchObject({
      code: 'BAD_REQUEST',
    });
  });

  it('streams progress until the reader leaves', async () => {
    const { engine, write } = await bench();
    const client = createRouterClient(engine.router, { context: {} });
    await write({ 'a.jpg': 'one' });
    const abort = new AbortController();
    const seen: string[] = [];
    const stream = await client.app.progress(undefined, { signal: abort.signal });
    await client.folders.addOffered({ offerId: 0 });
    for await (const { state, done } of stream) {
      seen.push(state);
      if (state === 'idle' && done === 1) abort.abort();
    }
    expect(seen.at(-1)).toBe('idle');
    expect(seen.length).toBeGreaterThan(1);
  });

  it('adds what the native dialog gave, through the host', async () => {
    let chosen: string[] = [];
    const b = await bench({ host: { kind: 'desktop', chooseFolders: async () => chosen } });
    const client = createRouterClient(b.engine.router, { context: {} });
    expect(await client.folders.choose()).toEqual([]);
    chosen = [b.photos];
    expect(await client.folders.choose()).toMatchObject([{ path: b.photos }]);
    expect(await client.app.info()).toMatchObject({
      host: 'desktop',
      can: { chooseFolder: true, reveal: false },
    });
  });
});

describe('opening', () => {
  it('is refused to a second process, with the owner named', async () => {
    const { engine, library, fake } = await bench();
    const { openEngine } = await import('../src/engine.ts');
    const again = openEngine({
      libraryDirectory: library,
      modelDirectory: '/model',
      bundledModelsDirectory: '/models',
      modelsDirectory: '/models',
      host: { kind: 'cli', version: '0' },
      spawnCompute: fake.spawn,
    });
    await expect(again).rejects.toMatchObject({
      kind: 'LIBRARY_IN_USE',
      message: expect.stringContaining(String(process.pid)),
    });
    expect(engine.services.folders.list()).toEqual([]);
  });

  it('waits when it is closed twice, and a process that cannot be ended leaves no lock', async () => {
    const fake = fakeCompute();
    let stubborn = true;
    const spawn: SpawnPort = (role) => {
      const channel = fake.spawn(role);
      const kill = (): void => {
        if (stubborn) throw new Error('not permitted');
        channel.kill();
      };
      return { ...channel, kill };
    };
    const b = await bench({ fake: { ...fake, spawn } });
    await expect(b.engine.dispose()).rejects.toThrow('not permitted');
    stubborn = false;
    b.engine = await b.open();
    void b.engine.dispose();
    await b.reopen();
    expect(b.engine.services.folders.list()).toEqual([]);
  });

  it('goes on when places cannot be written now', async () => {
    let asked = 0;
    const full = {
      placeSome: () => {
        asked += 1;
        throw new SemblanceError('DISK_FULL', 'no room');
      },
    } as unknown as Catalog;
    placeInBackground(full, () => undefined);
    await vi.waitFor(() => expect(asked).toBe(1));
  });

  it('reports a damaged model and releases the library', async () => {
    const damaged = fakeCompute({
      setup: async () => ({ ok: false, kind: 'MODEL_DAMAGED', message: 'cut short' }),
    });
    await expect(bench({ fake: damaged })).rejects.toEqual(new SemblanceError('MODEL_DAMAGED', 'cut short'));
  });
});

describe('folders', () => {
  it('refuses what is not a folder, and the library itself', async () => {
    const { engine, photos, library, write } = await bench();
    await write({ 'a.jpg': 'one' });
    const { add } = engine.services.folders;
    await expect(add(`${photos}/nowhere`)).rejects.toMatchObject({ kind: 'FOLDER_NOT_FOUND' });
    await expect(add(`${photos}/a.jpg`)).rejects.toMatchObject({ kind: 'FOLDER_NOT_FOUND' });
    await expect(add(library)).rejects.toMatchObject({ kind: 'FOLDER_NOT_ALLOWED' });
  });
});
