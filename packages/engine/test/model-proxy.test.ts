// The way out of a company's network: tunnels through a proxy to a hub that speaks TLS, names and passwords, exceptions, and
// a proxy that says no. Nothing goes round a proxy that was set.
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import {
  type ConnectProxy,
  type FakeHub,
  selfSigned,
  startConnectProxy,
  startFakeHub,
} from '@semblance/testkit';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { ModelStore, ModelStoreOptions } from '../src/models/model-store.ts';
import { proxyEnvironment } from '../src/models/proxy.ts';
import { filesIn, ID, MODEL, modelBench, REPOSITORY } from './model-bench.ts';

interface Network {
  hub: FakeHub;
  proxy: ConnectProxy;
  folder: string;
  /** A store that sees this environment. */
  store(environment: NodeJS.ProcessEnv, options?: Partial<ModelStoreOptions>): ModelStore;
}

async function network(): Promise<Network> {
  const own = selfSigned();
  const hub = await startFakeHub(own);
  const proxy = await startConnectProxy();
  onTestFinished(async () => {
    await hub.close();
    await proxy.close();
  });
  hub.publish(REPOSITORY, MODEL);
  const { again, folder } = await modelBench();
  const store: Network['store'] = (environment, options = {}) =>
    again({ hub: hub.url, ca: own.cert, environment, ...options });
  return { hub, proxy, folder, store };
}

async function fetchWith(store: ModelStore): Promise<void> {
  await store.download({ repository: REPOSITORY, revision: 'main' });
  await store.ended(ID);
}

const named = ({ url }: ConnectProxy, who: string): string => url.replace('//', `//${who}@`);
const hostOf = ({ url }: FakeHub): string => new URL(url).host;

describe('a proxy', () => {
  it('is asked for a tunnel to the hub, and sees nothing of what goes through it', async () => {
    const { hub, proxy, folder, store } = await network();
    await fetchWith(store({ HTTPS_PROXY: proxy.url }));
    const files = await filesIn(join(folder, ID));
    for (const [path, bytes] of Object.entries(MODEL)) expect(files[path]?.equals(bytes), path).toBe(true);
    expect(new Set(proxy.tunnels)).toEqual(new Set([hostOf(hub)]));
    expect(proxy.plain).toEqual([]);
    expect(hub.requests.length).toBeGreaterThan(6);
  });

  it('goes on after a tunnel that broke', async () => {
    const { hub, proxy, folder, store } = await network();
    hub.spoil('vision_model', { kind: 'drop', after: 150_000 });
    await fetchWith(store({ HTTPS_PROXY: proxy.url }));
    expect((await filesIn(join(folder, ID)))['onnx/vision_model.onnx']?.length).toBe(400_000);
  });

  it('is told the name and the password; nothing that is written down has them', async () => {
    const { proxy, folder, store } = await network();
    proxy.credentials = 'ada:s e:cret';
    const wrong = store({ HTTPS_PROXY: named(proxy, 'bob:hunter2') });
    await expect(fetchWith(wrong)).rejects.toMatchObject({ kind: 'PROXY_REFUSED' });
    // Asking again would not help.
    expect(proxy.tunnels).toHaveLength(1);
    expect(JSON.stringify([wrong.downloads.get(), await wrong.calls(10)])).not.toMatch(/hunter2|bob/u);
    await wrong.cancel(ID);
    await fetchWith(store({ HTTPS_PROXY: named(proxy, 'ada:s%20e%3Acret') }));
    const record = await readFile(join(folder, 'network.jsonl'), 'utf8');
    expect(record).not.toMatch(/cret|ada:|hunter2/u);
  });

  it('may be left out for some hosts', async () => {
    const { hub, proxy, store } = await network();
    await store({ HTTPS_PROXY: proxy.url, NO_PROXY: 'example.org,127.0.0.1' }).look({
      ...{ repository: REPOSITORY, revision: 'main' },
    });
    expect(proxy.tunnels).toEqual([]);
    expect(hub.requests).toHaveLength(2);
    await store({ HTTPS_PROXY: proxy.url, NO_PROXY: 'example.org' }).look({
      ...{ repository: REPOSITORY, revision: 'main' },
    });
    expect(proxy.tunnels.length).toBeGreaterThan(0);
  });

  it('that refuses is believed, one that is busy is asked again, and nobody goes round either', async () => {
    const { hub, proxy, store } = await network();
    proxy.refuse = 403;
    const refused = store({ https_proxy: proxy.url });
    await expect(fetchWith(refused)).rejects.toMatchObject({ kind: 'PROXY_REFUSED' });
    expect(proxy.tunnels).toHaveLength(1);
    await refused.cancel(ID);
    proxy.refuse = 502;
    const busy = store({ https_proxy: proxy.url });
    await expect(fetchWith(busy)).rejects.toMatchObject({ kind: 'HUB_UNREACHABLE' });
    expect(proxy.tunnels.length).toBeGreaterThan(2);
    await busy.cancel(ID);
    const gone = store({ https_proxy: 'http://127.0.0.1:9' });
    await expect(fetchWith(gone)).rejects.toMatchObject({ kind: 'HUB_UNREACHABLE' });
    expect(hub.requests).toEqual([]);
  });

  it('of a kind that is not known stops everything', async () => {
    const { hub, store } = await network();
    await expect(fetchWith(store({ HTTPS_PROXY: 'socks5://127.0.0.1:1080' }))).rejects.toMatchObject({
      kind: 'PROXY_REFUSED',
      message: expect.stringContaining('socks5'),
    });
    expect(hub.requests).toEqual([]);
  });

  it('passes plain requests on, to a hub without TLS', async () => {
    const { hub, again, folder } = await modelBench();
    hub.publish(REPOSITORY, MODEL);
    const proxy = await startConnectProxy();
    onTestFinished(() => proxy.close());
    // Without a scheme, as many write it.
    await fetchWith(again({ environment: { HTTP_PROXY: proxy.url.replace('http://', '') } }));
    expect(Object.keys(await filesIn(join(folder, ID)))).toContain('tokenizer.json');
    expect(proxy.plain.length + proxy.tunnels.length).toBe(hub.requests.length);
  });
});

it('a certificate that nobody knows ends it at once, through a proxy or not', async () => {
  const { hub, proxy, store } = await network();
  for (const environment of [{}, { HTTPS_PROXY: proxy.url }]) {
    const other = store(environment, { ca: selfSigned().cert });
    const before = proxy.tunnels.length;
    await expect(other.look({ repository: REPOSITORY, revision: 'main' })).rejects.toMatchObject({
      kind: 'HUB_UNREACHABLE',
      message: expect.stringMatching(/certificate/u),
    });
    expect(proxy.tunnels.length - before).toBeLessThanOrEqual(1);
  }
  expect(hub.requests).toEqual([]);
});

it('the environment is read as curl reads it', () => {
  expect(proxyEnvironment({})).toEqual({});
  expect(proxyEnvironment({ HTTPS_PROXY: 'proxy:8080', https_proxy: 'http://other:1' })).toEqual({
    https_proxy: 'http://other:1',
  });
  expect(proxyEnvironment({ ALL_PROXY: 'proxy:8080', HTTP_PROXY: 'http://plain:1', no_proxy: 'a' })).toEqual({
    ...{ http_proxy: 'http://plain:1', https_proxy: 'http://proxy:8080', no_proxy: 'a' },
  });
  for (const wrong of ['socks5h://a:1', 'ftp://a', 'http://', 'http://a:notaport']) {
    expect(() => proxyEnvironment({ HTTPS_PROXY: wrong }), wrong).toThrow(/HTTPS_PROXY names a proxy/u);
  }
});
