// The local server against what a hostile page or a neighbour on the network would try.
import { stat } from 'node:fs/promises';
import { request as httpRequest } from 'node:http';
import { connect } from 'node:net';
import { networkInterfaces } from 'node:os';
import { expect, freshLink, test } from '../test.ts';

test.use({ photoCount: 3 });

interface Answer {
  status: number;
  headers: Record<string, string | string[] | undefined>;
}

/** Plain HTTP, so that every header is ours. */
function ask(
  url: string,
  options: { method?: string; headers?: Record<string, string>; body?: string } = {},
): Promise<Answer> {
  return new Promise((done, fail) => {
    const request = httpRequest(
      url,
      { method: options.method ?? 'GET', headers: options.headers ?? {} },
      (response) => {
        response.resume();
        response.on('end', () => done({ status: response.statusCode ?? 0, headers: response.headers }));
      },
    );
    request.on('error', fail);
    request.end(options.body);
  });
}

async function session(link: string): Promise<string> {
  const { headers } = await ask(link);
  const [cookie] = headers['set-cookie'] ?? [];
  return cookie?.split(';')[0] ?? '';
}

test('the link works once and leaves no token in the address', async ({ app, server, chromiumBrowser }) => {
  await expect(app).toHaveURL((url) => !url.search.includes('token'));
  const wrong = await ask(`${server.origin}/?token=${'A'.repeat(43)}`);
  expect(wrong.headers['set-cookie']).toBeUndefined();
  const link = await freshLink(server);
  const first = await ask(link);
  expect(first.status).toBe(302);
  expect(String(first.headers['set-cookie'])).toMatch(/HttpOnly; SameSite=Strict/);
  expect((await ask(link)).headers['set-cookie']).toBeUndefined();

  const context = await chromiumBrowser.newContext();
  const page = await context.newPage();
  await page.goto(link);
  await expect(page.getByText(/terminal/i).first()).toBeVisible();
  await context.close();
});

test('the file with the link is for its owner only', async ({ server }) => {
  const { mode } = await stat(`${server.libraryFolder}/serve-link`);
  expect(mode & 0o777).toBe(0o600);
});

test('nothing is told without a session', async ({ server }) => {
  const origin = server.origin;
  expect((await ask(`${origin}/media/thumb/${'0'.repeat(20)}`)).status).toBe(401);
  const post = (headers: object) =>
    ask(`${origin}/rpc/library/status`, { method: 'POST', headers: { origin, ...headers } });
  expect((await post({})).status).toBe(401);
  const [name = ''] = (await session(await freshLink(server))).split('=');
  expect((await post({ cookie: `${name}=${'A'.repeat(43)}` })).status, 'a made-up session').toBe(401);
});

test('other hosts and origins are refused, whatever cookie they carry', async ({ server }) => {
  const origin = server.origin;
  const cookie = await session(await freshLink(server));
  const rpc = `${origin}/rpc/library/status`;
  const post = (headers: Record<string, string>): Promise<Answer> =>
    ask(rpc, {
      method: 'POST',
      headers: { cookie, 'content-type': 'application/json', ...headers },
      body: '{}',
    });

  expect((await post({ origin })).status).toBe(200);
  expect((await post({})).status, 'no origin').toBe(403);
  expect((await post({ origin: 'http://evil.example' })).status, 'foreign origin').toBe(403);
  expect((await post({ origin, 'sec-fetch-site': 'cross-site' })).status, 'cross-site').toBe(403);
  expect((await post({ origin: 'null' })).status, 'opaque origin').toBe(403);
  const read = (headers: Record<string, string>) => ask(origin, { headers: { cookie, ...headers } });
  expect((await read({ origin })).status).toBe(200);
  expect((await read({ origin: 'http://evil.example' })).status, 'foreign origin reads').toBe(403);
  expect((await ask(origin, { headers: { cookie, host: 'evil.example' } })).status, 'rebound host').toBe(421);
  expect((await ask(origin, { headers: { cookie, host: 'localhost:1' } })).status, 'other port').toBe(421);
});

test('no header ever lets another site read an answer', async ({ server }) => {
  const { headers } = await ask(server.origin);
  expect(Object.keys(headers).filter((name) => name.startsWith('access-control'))).toEqual([]);
  expect(headers['content-security-policy']).toContain("default-src 'none'");
  expect(headers['x-content-type-options']).toBe('nosniff');
  expect(headers['cross-origin-resource-policy']).toBe('same-origin');
});

test('paths that leave the interface folder find nothing', async ({ server }) => {
  const cookie = await session(await freshLink(server));
  const tries = [
    '/..%2fpackage.json',
    '/..%2f..%2fdesktop%2fpackage.json',
    '/..%2f..%2f..%2fpackage.json',
    '/%2e%2e/%2e%2e/package.json',
    '/..%5c..%5cpackage.json',
    '/assets/%00.js',
  ];
  for (const path of [...tries, '/media/full/..%2f..%2fetc%2fpasswd', '/media/full/%2fetc%2fpasswd']) {
    expect((await ask(server.origin + path, { headers: { cookie } })).status, path).toBe(404);
  }
});

test('nothing listens for other machines', async ({ server }) => {
  const outside = Object.values(networkInterfaces())
    .flatMap((addresses) => addresses ?? [])
    .filter(({ internal, family }) => !internal && family === 'IPv4');
  test.skip(outside.length === 0, 'This machine has no address but its own.');
  const port = Number(new URL(server.origin).port);
  for (const { address } of outside) {
    const reached = await new Promise<boolean>((done) => {
      const socket = connect({ host: address, port, timeout: 2_000 });
      socket.once('connect', () => done(true));
      for (const event of ['error', 'timeout']) socket.once(event, () => done(false));
      socket.once('close', () => socket.destroy());
    });
    expect(reached, address).toBe(false);
  }
});

test('a request that is too large, or not what the contract says, is refused', async ({ server }) => {
  const { origin } = server;
  const cookie = await session(await freshLink(server));
  const run = async (json: unknown) => {
    const headers = { cookie, origin, 'content-type': 'application/json' };
    const options = { method: 'POST', headers, body: JSON.stringify({ json }) };
    return (await ask(`${origin}/rpc/search/run`, options)).status;
  };
  expect(await run({ text: 'dog', limit: 10 })).toBe(200);
  expect(await run({ text: { $ne: '' } })).toBe(400);
  // Nobody but the contract minds.
  expect(await run({ text: 'dog', limit: 1_000_000 })).toBe(400);
  expect(await run({ text: 'x'.repeat(1_000_000) })).toBe(400);
  expect(await run({ text: 'x'.repeat(13 * 1024 * 1024) })).toBe(413);
});

test('the page breaks none of its own rules', async ({ app }) => {
  const broken: string[] = [];
  app.on('console', (message) => {
    if (/content security policy|refused to/i.test(message.text())) broken.push(message.text());
  });
  app.on('pageerror', (error) => broken.push(error.message));
  await app.reload();
  await expect(app.getByRole('searchbox').or(app.getByRole('button')).first()).toBeVisible();
  expect(broken).toEqual([]);
});
