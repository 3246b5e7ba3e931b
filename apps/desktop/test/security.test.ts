import { describe, expect, it } from 'vitest';
import { externalUrl, mayLoadMedia, mayNavigate, mayRequest } from '../src/main/decisions/navigation.ts';
import { mayUse } from '../src/main/decisions/permissions.ts';
import {
  CONTENT_SECURITY_POLICY,
  contentType,
  PAGE_HEADERS,
} from '../src/main/decisions/response-headers.ts';
import { isTrustedSender } from '../src/main/decisions/trusted-sender.ts';

const NOT_OURS = [
  'https://semblance/',
  'https://example.com/',
  'http://localhost:5173/',
  'app://semblance.evil.com/',
  'app://evil/',
  'app://semblance:8080/',
  'app://user@semblance/',
  'app://user:secret@semblance/',
  'media://semblance/',
  'file:///etc/passwd',
  'javascript:alert(1)',
  'data:text/html,<script>alert(1)</script>',
  'about:blank',
  'blob:app://semblance/1',
  '',
  'not an address',
];

describe('a message is trusted', () => {
  const main = { url: 'app://semblance/', parent: null };

  it('from the main frame of our window on our own page', () => {
    expect(isTrustedSender({ sender: { id: 7 }, senderFrame: main }, 7)).toBe(true);
  });

  it.each(NOT_OURS)('never from a page at %j', (url) => {
    expect(isTrustedSender({ sender: { id: 7 }, senderFrame: { url, parent: null } }, 7)).toBe(false);
  });

  it('never from another window, a frame inside the page, a frame that is gone, or without a window', () => {
    expect(isTrustedSender({ sender: { id: 8 }, senderFrame: main }, 7)).toBe(false);
    expect(isTrustedSender({ sender: { id: 7 }, senderFrame: { ...main, parent: main } }, 7)).toBe(false);
    expect(isTrustedSender({ sender: { id: 7 }, senderFrame: null }, 7)).toBe(false);
    expect(isTrustedSender({ sender: { id: 7 }, senderFrame: main }, null)).toBe(false);
  });
});

describe('a window goes', () => {
  it('to its own page in the main frame', () => {
    expect(mayNavigate('app://semblance/', true)).toBe(true);
    expect(mayNavigate('app://semblance/index.html?q=dog#photo', true)).toBe(true);
    expect(mayNavigate('app://semblance/', false)).toBe(false);
  });

  it.each(NOT_OURS)('never to %j', (url) => {
    expect(mayNavigate(url, true)).toBe(false);
  });
});

describe('the system opens', () => {
  it.each([
    ['https://example.com/a?b=c#d', 'https://example.com/a?b=c#d'],
    [' https://example.com ', 'https://example.com/'],
    ['HTTPS://EXAMPLE.com/', 'https://example.com/'],
    ['mailto:someone@example.com?subject=Hi', 'mailto:someone@example.com?subject=Hi'],
  ])('%j', (given, opened) => {
    expect(externalUrl(given)).toBe(opened);
  });

  it.each([
    'http://example.com/',
    'file:///etc/passwd',
    'file://server/share/run.exe',
    '\\\\server\\share\\run.exe',
    'smb://server/share',
    'javascript:alert(1)',
    'java\nscript:alert(1)',
    'data:text/html,x',
    'vbscript:x',
    'ms-msdt:/id',
    'search-ms:query=x',
    'vscode://file/x',
    'app://semblance/',
    'media://thumb/1',
    'https://user:secret@example.com/',
    'https://bank.example@evil.example/',
    'https://',
    'mailto:',
    '//example.com',
    '',
  ])('never %j', (url) => {
    expect(externalUrl(url)).toBeNull();
  });
});

describe('the network carries', () => {
  it('our pages and pictures, and nothing else', () => {
    for (const url of [
      'app://semblance/assets/a.js',
      'media://thumb/1',
      'data:image/png;base64,',
      'blob:app://semblance/1',
    ])
      expect(mayRequest(url, true)).toBe(true);
    for (const url of [
      'https://example.com/',
      'http://127.0.0.1/',
      'ws://localhost/',
      'file:///etc/passwd',
      'app://evil/',
      'x',
    ])
      expect(mayRequest(url, true)).toBe(false);
    expect(mayRequest('devtools://devtools/bundled/a.js', true)).toBe(false);
    expect(mayRequest('devtools://devtools/bundled/a.js', false)).toBe(true);
  });

  it('pictures to our own page only', () => {
    expect(mayLoadMedia('app://semblance')).toBe(true);
    expect(mayLoadMedia(undefined)).toBe(true);
    for (const origin of [null, 'https://example.com', 'app://evil', ''])
      expect(mayLoadMedia(origin)).toBe(false);
  });
});

describe('permissions', () => {
  it('grant two harmless ones to our page', () => {
    for (const permission of ['fullscreen', 'clipboard-sanitized-write']) {
      expect(mayUse(permission, 'app://semblance')).toBe(true);
      expect(mayUse(permission, 'https://example.com')).toBe(false);
      expect(mayUse(permission, '')).toBe(false);
    }
  });

  it.each([
    'clipboard-read',
    'display-capture',
    'fileSystem',
    'geolocation',
    'hid',
    'media',
    'midi',
    'notifications',
    'openExternal',
    'pointerLock',
    'serial',
    'usb',
    'unknown',
    'something-of-next-year',
  ])('deny %s', (permission) => {
    expect(mayUse(permission, 'app://semblance')).toBe(false);
  });
});

describe('the headers of our pages', () => {
  const directives = new Map(
    CONTENT_SECURITY_POLICY.split('; ').map((d) => [d.split(' ')[0], d.split(' ').slice(1)]),
  );

  it('refuse by default and name what is used', () => {
    expect(directives.get('default-src')).toEqual(["'none'"]);
    expect(directives.get('script-src')).toEqual(["'self'"]);
    for (const name of ['base-uri', 'form-action', 'frame-ancestors'])
      expect(directives.get(name)).toEqual(["'none'"]);
    expect(CONTENT_SECURITY_POLICY).not.toMatch(/unsafe-eval|\*|https?:/);
    expect(PAGE_HEADERS['x-content-type-options']).toBe('nosniff');
  });

  it('know a type for every kind of file that we serve, and SVG is none of them', () => {
    expect(contentType('.JS')).toBe('text/javascript; charset=utf-8');
    for (const extension of ['.svg', '.exe', '.map', '']) expect(contentType(extension)).toBeNull();
  });
});
