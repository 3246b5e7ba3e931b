import { join, sep } from 'node:path';
import { describe, expect, it } from 'vitest';
import { pagePath } from '../src/main/decisions/page-path.ts';
import { isBelow } from '../src/shared/is-below.ts';

const FOLDER = join(sep, 'opt', 'semblance', 'ui');

describe('an app:// address', () => {
  it.each([
    ['app://semblance/', 'index.html'],
    ['app://semblance', 'index.html'],
    ['app://semblance/index.html?x=1#y', 'index.html'],
    ['app://semblance/assets/a-1b2c.js', 'assets/a-1b2c.js'],
    ['app://semblance/assets/%C3%BC.png', 'assets/ü.png'],
    ['app://semblance/..hidden/a.js', '..hidden/a.js'],
  ])('%s is a file of the pages', (url, name) => {
    expect(pagePath(FOLDER, url)).toBe(join(FOLDER, name));
  });

  it.each([
    'app://semblance/..%2fsecret.txt',
    'app://semblance/..%2F..%2Fetc/passwd',
    'app://semblance/assets/..%2f..%2f..%2fsecret',
    'app://semblance/%2e%2e%2fsecret',
    'app://semblance/..%5csecret',
    'app://semblance/%5c%5cserver%5cshare%5cfile',
    'app://semblance/..%2fui2/index.html',
    'app://semblance/index.html%00.png',
    'app://semblance/%00',
    'app://semblance/C:/Windows/win.ini',
    'app://semblance/index.html:stream',
    'app://semblance/%c3%28',
    'app://semblance/%',
    'app://evil/index.html',
    'https://semblance/index.html',
    'file:///etc/passwd',
    '/etc/passwd',
  ])('%s is none', (url) => {
    expect(pagePath(FOLDER, url)).toBeNull();
  });

  it.each([
    'app://semblance/../../../etc/passwd',
    'app://semblance/%2e%2e/%2e%2e/etc/passwd',
    'app://semblance//server/share/file',
    'app://semblance/....//....//etc/passwd',
    'app://semblance/assets/%252e%252e%252fsecret',
  ])('%s stays inside', (url) => {
    const path = pagePath(FOLDER, url);
    expect(path === null || isBelow(FOLDER, path)).toBe(true);
  });
});

describe('a path is below a folder', () => {
  it('by its way there, not by its first letters', () => {
    expect(isBelow('/photos', '/photos/a')).toBe(true);
    expect(isBelow('/photos', '/photos2/a')).toBe(false);
    expect(isBelow('/photos', '/photos')).toBe(false);
    expect(isBelow('/photos', '/photos/../a')).toBe(false);
    expect(isBelow('/photos', '/photos/..a')).toBe(true);
  });
});
