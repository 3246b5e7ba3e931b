import { mkdir, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { tempDir } from '@semblance/testkit';
import { describe, expect, it } from 'vitest';
import { readPage } from '../src/server/pages.ts';
import { type Claims, createSessions, refuseRequest, sameSecret } from '../src/server/security.ts';

const PORT = 4747;
const mine: Claims = { method: 'GET', host: '127.0.0.1:4747', origin: null, fetchSite: 'none' };

describe('which requests are let in', () => {
  it.each([
    ['a typed address', mine],
    ['localhost', { ...mine, host: 'localhost:4747' }],
    ['IPv6 loopback', { ...mine, host: '[::1]:4747' }],
    ['a script without fetch metadata', { ...mine, fetchSite: null }],
    [
      'our own call',
      { method: 'POST', host: '127.0.0.1:4747', origin: 'http://127.0.0.1:4747', fetchSite: 'same-origin' },
    ],
  ])('%s', (_, claims) => {
    expect(refuseRequest(claims, PORT)).toBeNull();
  });

  it.each([
    ['a rebound name', { ...mine, host: 'photos.evil.example:4747' }, 421],
    ['another port', { ...mine, host: '127.0.0.1:80' }, 421],
    ['no port', { ...mine, host: '127.0.0.1' }, 421],
    ['no host', { ...mine, host: null }, 421],
    ['a name that starts like ours', { ...mine, host: '127.0.0.1:47470' }, 421],
    ['another site', { ...mine, fetchSite: 'cross-site' }, 403],
    ['a neighbour on another port', { ...mine, fetchSite: 'same-site' }, 403],
    ['a mutation without origin', { ...mine, method: 'POST' }, 403],
    ['a mutation from elsewhere', { ...mine, method: 'POST', origin: 'http://evil.example' }, 403],
    [
      'a mutation from another name of ours',
      { ...mine, method: 'POST', origin: 'http://localhost:4747' },
      403,
    ],
    ['an opaque origin', { ...mine, method: 'POST', origin: 'null' }, 403],
    ['a read with a foreign origin', { ...mine, origin: 'http://evil.example' }, 403],
  ])('not %s', (_, claims, status) => {
    expect(refuseRequest(claims, PORT)?.status).toBe(status);
  });
});

describe('sessions', () => {
  it('each link opens one session and is replaced by another', () => {
    const links: string[] = [];
    const sessions = createSessions((link) => links.push(link));
    const session = sessions.exchange(links[0] ?? '');
    expect(session).not.toBeNull();
    expect(sessions.exchange(links[0] ?? '')).toBeNull();
    expect(links).toHaveLength(2);
    expect(links[1]).not.toBe(links[0]);
    expect(sessions.valid(session ?? '')).toBe(true);
    expect(sessions.valid(links[0])).toBe(false);
    expect(sessions.valid(undefined)).toBe(false);
    expect(sessions.exchange(links[1] ?? '')).not.toBe(session);
    expect(sessions.valid(session ?? ''), 'the first stays open').toBe(true);
  });

  it('links have 256 bits', () => {
    createSessions((link) => expect(Buffer.from(link, 'base64url')).toHaveLength(32));
  });

  it('secrets of any length compare', () => {
    expect(sameSecret('abc', 'abc')).toBe(true);
    expect(sameSecret('abc', 'abcd')).toBe(false);
    expect(sameSecret('', 'a')).toBe(false);
  });
});

describe('pages', () => {
  it('come from their folder only, and of known types only', async () => {
    const folder = await tempDir();
    const pages = join(folder, 'pages');
    await mkdir(join(pages, 'assets'), { recursive: true });
    await mkdir(join(folder, 'pages2'));
    await writeFile(join(pages, 'index.html'), '<p>hello</p>');
    await writeFile(join(pages, 'assets/a.js'), '1');
    await writeFile(join(pages, 'picture.svg'), '<svg/>');
    await writeFile(join(folder, 'secret.json'), '{}');
    await writeFile(join(folder, 'pages2/secret.js'), '1');
    await symlink(join(folder, 'secret.json'), join(pages, 'link.json'));

    expect((await readPage(pages, '/'))?.headers['content-type']).toContain('text/html');
    expect((await readPage(pages, '/assets/a.js'))?.headers['cache-control']).toContain('immutable');
    for (const path of [
      '/../secret.json',
      '/..%2fsecret.json',
      '/%2e%2e/secret.json',
      '/assets/../../secret.json',
      '/../pages2/secret.js',
      '/..%5csecret.json',
      '/link.json',
      '/picture.svg',
      '/assets/a.js%00.html',
      '/%',
      '/nothing.js',
      '//etc/passwd',
    ]) {
      expect(await readPage(pages, path), path).toBeNull();
    }
  });
});
