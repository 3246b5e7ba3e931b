// Downloads against a hub that breaks connections, lies, answers with errors and other bytes: what is installed is
// always the model as published, whole, or nothing.
import { existsSync } from 'node:fs';
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { HubFault } from '@semblance/testkit';
import { describe, expect, it } from 'vitest';
import { filesIn, ID, MODEL, modelBench, no, noise, REPOSITORY, until } from './model-bench.ts';

const LARGE = 'vision_model.onnx';

describe('a download', () => {
  it('brings the files as published, under the model’s name, with where they came from', async () => {
    const { hub, store, folder, fetch } = await modelBench();
    const commit = hub.publish(REPOSITORY, MODEL);
    await fetch();
    const files = await filesIn(join(folder, ID));
    for (const [path, bytes] of Object.entries(MODEL)) expect(files[path]?.equals(bytes), path).toBe(true);
    expect(JSON.parse(String(files['semblance.json'])).source).toEqual({
      repository: REPOSITORY,
      revision: 'main',
      commit,
    });
    expect(Object.keys(files).sort()).toEqual([...Object.keys(MODEL), 'SHA256SUMS', 'semblance.json'].sort());
    expect(store.downloads.get()).toEqual([]);
    expect(await readdir(join(folder, '.downloads'))).toEqual([`${ID}.lock`]);
  });

  it('asks for nothing before somebody asks for a model', async () => {
    const { hub, store } = await modelBench();
    hub.publish(REPOSITORY, MODEL);
    await store.catalog();
    await store.hub();
    await store.calls(10);
    expect(hub.requests).toEqual([]);
  });

  it('reads a tree of several pages', async () => {
    const { hub, folder, fetch } = await modelBench();
    hub.publish(REPOSITORY, MODEL);
    hub.pageSize = 2;
    await fetch();
    expect(Object.keys(await filesIn(join(folder, ID)))).toContain('README.md');
  });
});

describe('trouble on the way is survived', () => {
  const troubles: Record<string, HubFault> = {
    'a connection that breaks': { kind: 'drop', after: 150_000 },
    'a connection that falls asleep': { kind: 'stall', after: 90_000 },
    'a file that ends early': { kind: 'short', by: 1000 },
    'a file that is too long': { kind: 'long', by: 1000 },
    'wrong bytes': { kind: 'corrupt' },
    'status 500': { kind: 'status', status: 500 },
    'status 503': { kind: 'status', status: 503, retryAfter: '0' },
    'status 429': { kind: 'status', status: 429, retryAfter: '0' },
  };
  for (const [name, fault] of Object.entries(troubles)) {
    it(name, async () => {
      const { hub, folder, fetch } = await modelBench();
      hub.publish(REPOSITORY, MODEL);
      hub.spoil(LARGE, fault);
      await fetch();
      const files = await filesIn(join(folder, ID));
      expect(
        files['onnx/vision_model.onnx']?.equals(MODEL['onnx/vision_model.onnx'] ?? Buffer.alloc(0)),
      ).toBe(true);
    });
  }

  it('goes on from where a broken connection stopped', async () => {
    const { hub, fetch } = await modelBench();
    hub.publish(REPOSITORY, MODEL);
    hub.spoil(LARGE, { kind: 'drop', after: 150_000 });
    await fetch();
    const ranges = hub.requests.filter((one) => one.path.includes(LARGE) && one.status === 206);
    expect(ranges).toHaveLength(1);
    const from = Number(/^bytes=(\d+)-$/u.exec(ranges[0]?.range ?? '')?.[1]);
    // A busy machine may not have read all that was sent.
    expect(from).toBeGreaterThan(0);
    expect(from).toBeLessThanOrEqual(150_000);
  });

  // What is sent whole is taken as it comes; only a part that was not asked for has to be asked for again.
  for (const [kind, requests] of [
    ['ignore-range', 2],
    ['other-etag', 2],
    ['wrong-range', 3],
  ] as const) {
    it(`${kind}, when it goes on`, async () => {
      const { hub, folder, fetch } = await modelBench();
      hub.publish(REPOSITORY, MODEL);
      hub.spoil(LARGE, { kind: 'drop', after: 150_000 });
      hub.spoil(LARGE, { kind });
      await fetch();
      const files = await filesIn(join(folder, ID));
      expect(
        files['onnx/vision_model.onnx']?.equals(MODEL['onnx/vision_model.onnx'] ?? Buffer.alloc(0)),
      ).toBe(true);
      const asked = hub.requests.filter(({ path }) => path.startsWith('/cdn/') && path.includes(LARGE));
      expect(asked).toHaveLength(requests);
    });
  }
});

describe('trouble that stays ends it, with a reason and nothing installed', () => {
  const troubles: [string, string, HubFault, string][] = [
    ['a repository that is not there', '/revision/', { kind: 'status', status: 404 }, 'HUB_NOT_FOUND'],
    ['a gated one', '/revision/', { kind: 'status', status: 401 }, 'HUB_REFUSED'],
    ['a hub that is down', '/tree/', { kind: 'status', status: 500 }, 'HUB_FAILED'],
    ['a hub with too much to do', LARGE, { kind: 'status', status: 429 }, 'HUB_BUSY'],
    ['more patience than is right', LARGE, { kind: 'status', status: 429, retryAfter: '9999' }, 'HUB_BUSY'],
    ['a sign-in page', '/tree/', { kind: 'nonsense' }, 'HUB_FAILED'],
    ['bytes that are always wrong', LARGE, { kind: 'corrupt' }, 'DOWNLOAD_CORRUPT'],
    ['a redirect to another site', LARGE, { kind: 'redirect', to: 'http://example.org/x' }, 'HUB_FAILED'],
    ['a redirect to a file', LARGE, { kind: 'redirect', to: 'file:///etc/passwd' }, 'HUB_FAILED'],
  ];
  for (const [name, on, fault, kind] of troubles) {
    it(name, async () => {
      const { hub, store, folder, fetch } = await modelBench();
      hub.publish(REPOSITORY, MODEL);
      hub.spoil(on, fault, 100);
      await expect(fetch()).rejects.toMatchObject({ kind });
      expect(existsSync(join(folder, ID))).toBe(false);
      expect(store.downloads.get()).toMatchObject([{ id: ID, state: 'failed', problem: { kind } }]);
    });
  }

  it('a circle of redirects', async () => {
    const { hub, fetch } = await modelBench();
    hub.publish(REPOSITORY, MODEL);
    hub.spoil('/revision/', { kind: 'redirect', to: `/api/models/${REPOSITORY}/revision/main` }, 100);
    await expect(fetch()).rejects.toMatchObject({ kind: 'HUB_FAILED' });
  });

  it('a full disk, before the first byte', async () => {
    const { hub, fetch } = await modelBench({ space: async () => 1000 });
    hub.publish(REPOSITORY, MODEL);
    await expect(fetch()).rejects.toMatchObject({ kind: 'DISK_FULL' });
    expect(hub.requests.some(({ path }) => path.includes('/resolve/'))).toBe(false);
  });

  it('no hub at all', async () => {
    const { fetch, hub } = await modelBench({ waits: [1] });
    await hub.close();
    await expect(fetch()).rejects.toMatchObject({ kind: 'HUB_UNREACHABLE' });
  });

  it('a model that cannot be used stays out of sight, and says what is missing', async () => {
    const message = 'There is no text encoder.';
    const { hub, store, folder, fetch } = await modelBench({
      inspector: no(message),
    });
    hub.publish(REPOSITORY, MODEL);
    await expect(fetch()).rejects.toMatchObject({ kind: 'MODEL_UNSUITABLE', message });
    expect(existsSync(join(folder, ID))).toBe(false);
    await store.cancel(ID);
    expect(store.downloads.get()).toEqual([]);
  });

  const halves = { 'visual/model.onnx': noise('v', 5000), 'textual/model.onnx': noise('t', 5000) };

  for (const name of [
    'NUL.onnx',
    'a\\b.onnx',
    'C:evil.onnx',
    'evil.onnx ',
    'evil.',
    'line\nbreak.onnx',
    'MODEL.onnx',
  ]) {
    it(`a file called ${JSON.stringify(name)}`, async () => {
      const { hub, store, fetch } = await modelBench();
      hub.publish(REPOSITORY, { ...halves, [`visual/${name}`]: 'x' });
      await expect(fetch()).rejects.toMatchObject({ kind: 'HUB_FAILED' });
      expect(hub.requests.some(({ path }) => path.includes('/resolve/'))).toBe(false);
      expect(store.downloads.get()).toHaveLength(1);
    });
  }

  it('files outside the model are not among those it takes', async () => {
    const { hub, folder, fetch } = await modelBench();
    const outside = {
      '../evil.onnx': 'x',
      'visual/../../evil.onnx': 'x',
      '/evil.onnx': 'x',
      'visual/deep/evil.onnx': 'x',
    };
    hub.publish(REPOSITORY, { ...halves, ...outside, 'semblance.json': '{}', 'visual/.hidden': 'x' });
    await fetch();
    const files = Object.keys(await filesIn(join(folder, ID))).sort();
    expect(files).toEqual([...Object.keys(halves), 'SHA256SUMS', 'semblance.json'].sort());
    expect(existsSync(join(folder, 'evil.onnx')) || existsSync(join(folder, '../evil.onnx'))).toBe(false);
  });
});

describe('stopping and going on', () => {
  it('pauses, keeps what has come, and goes on from there', async () => {
    const { hub, store, folder } = await modelBench();
    hub.publish(REPOSITORY, MODEL);
    hub.pace(5000, 20);
    await store.download({ repository: REPOSITORY, revision: 'main' });
    await until(store, (one) => (one?.done ?? 0) > 100_000);
    await store.pause(ID);
    const [paused] = store.downloads.get();
    expect(paused).toMatchObject({ state: 'paused', bytesPerSecond: 0, secondsLeft: null });
    expect(paused?.done).toBeGreaterThan(100_000);
    hub.pace(0, 0);
    const before = hub.requests.length;
    await store.resume(ID);
    await store.ended(ID);
    expect(Object.keys(await filesIn(join(folder, ID)))).toContain('onnx/text_model.onnx');
    expect(hub.requests.slice(before).some(({ status }) => status === 206)).toBe(true);
    // It was told once what there is.
    expect(hub.requests.filter(({ path }) => path.includes('/tree/'))).toHaveLength(1);
  });

  it('is found again by the next process, which asks for nothing by itself', async () => {
    const { hub, store, folder, again } = await modelBench();
    hub.publish(REPOSITORY, MODEL);
    hub.pace(5000, 20);
    await store.download({ repository: REPOSITORY, revision: 'main' });
    await until(store, (one) => (one?.done ?? 0) > 60_000);
    await store.dispose();
    hub.pace(0, 0);
    const before = hub.requests.length;
    const next = again();
    const found = await until(next, (one) => one !== undefined);
    expect(found).toMatchObject({ id: ID, state: 'paused', repository: REPOSITORY });
    expect(found?.done).toBeGreaterThan(50_000);
    expect(hub.requests).toHaveLength(before);
    await next.resume(ID);
    await next.ended(ID);
    expect(existsSync(join(folder, ID, 'semblance.json'))).toBe(true);
  });

  it('fetches again what was spoiled on the disk meanwhile', async () => {
    const { hub, store, folder } = await modelBench();
    hub.publish(REPOSITORY, MODEL);
    hub.spoil('text_model', { kind: 'status', status: 404 }, 100);
    await expect(
      store.download({ repository: REPOSITORY, revision: 'main' }).then(() => store.ended(ID)),
    ).rejects.toMatchObject({ kind: 'HUB_NOT_FOUND' });
    const staged = join(folder, '.downloads', ID, 'files/tokenizer.json');
    await writeFile(staged, noise('other', 30_000));
    const next = await modelBench();
    next.hub.publish(REPOSITORY, MODEL);
    // The same download on another hub: the bytes decide, not the address.
    const mended = next.again({ directory: folder });
    await mended.resume(ID);
    await mended.ended(ID);
    expect(
      (await readFile(join(folder, ID, 'tokenizer.json'))).equals(MODEL['tokenizer.json'] ?? Buffer.alloc(0)),
    ).toBe(true);
  });

  it('is tidied up when the process ended right after the model got its name', async () => {
    const { hub, store, folder, fetch, again } = await modelBench();
    hub.publish(REPOSITORY, MODEL);
    hub.spoil('text_model', { kind: 'status', status: 404 }, 100);
    await expect(fetch()).rejects.toMatchObject({ kind: 'HUB_NOT_FOUND' });
    const job = JSON.parse(await readFile(join(folder, '.downloads', ID, 'job.json'), 'utf8'));
    await store.cancel(ID);
    const other = await modelBench();
    other.hub.publish(REPOSITORY, MODEL);
    await other.fetch();
    await mkdir(join(other.folder, '.downloads', ID));
    const left = JSON.stringify({ ...job, installing: true });
    await writeFile(join(other.folder, '.downloads', ID, 'job.json'), left);
    const next = again({ directory: other.folder });
    await expect.poll(() => readdir(join(other.folder, '.downloads'))).toEqual([`${ID}.lock`]);
    expect(next.downloads.get()).toEqual([]);
  });

  it('leaves nothing behind when it is cancelled', async () => {
    const { hub, store, folder } = await modelBench();
    hub.publish(REPOSITORY, MODEL);
    hub.pace(5000, 20);
    await store.download({ repository: REPOSITORY, revision: 'main' });
    await until(store, (one) => (one?.done ?? 0) > 60_000);
    await store.cancel(ID);
    expect(store.downloads.get()).toEqual([]);
    expect(await readdir(join(folder, '.downloads'))).toEqual([`${ID}.lock`]);
    expect(existsSync(join(folder, ID))).toBe(false);
  });

  it('is the work of one process at a time', async () => {
    const { hub, store, again } = await modelBench();
    hub.publish(REPOSITORY, MODEL);
    hub.pace(5000, 20);
    await store.download({ repository: REPOSITORY, revision: 'main' });
    await until(store, (one) => (one?.done ?? 0) > 0);
    const other = again();
    await expect(other.download({ repository: REPOSITORY, revision: 'main' })).rejects.toMatchObject({
      kind: 'DOWNLOAD_BUSY',
    });
    await expect(other.cancel(ID)).rejects.toMatchObject({ kind: 'DOWNLOAD_BUSY' });
    await store.cancel(ID);
  });
});
