// The desktop app's guards, each with what tries to get past it, while the other guards are out of the way.
// Everything runs in the app as it was built; what only the double can ask is left out in Electron.
import { writeFileSync } from 'node:fs';
import { mkdir, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import type { DesktopHost } from '../desktop.ts';
import { type Neighbour, startNeighbour } from '../security/neighbour.ts';
import { test as base, expect } from '../test.ts';

const OURS = 'app://semblance/';

const test = base.extend<object, { neighbour: Neighbour }>({
  neighbour: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads fixture names from the pattern
    async ({}, use) => {
      const neighbour = await startNeighbour();
      await use(neighbour);
      await neighbour.close();
    },
    { scope: 'worker' },
  ],
});

test.describe.configure({ mode: 'serial' });
test.use({ photoCount: 3 });

/** Lets a page do what its own rules forbid, to see what stands behind them. */
async function withoutCsp(page: Page): Promise<void> {
  const session = await page.context().newCDPSession(page);
  // Not before the page is there: it would be told to another one.
  await page.waitForLoadState('load');
  await expect(page.locator('main')).toBeVisible();
  await session.send('Page.enable');
  await session.send('Page.setBypassCSP', { enabled: true });
  await page.reload();
}

/** Takes the app's network filter away, to see what stands behind it. */
async function withoutFilter(desktop: DesktopHost): Promise<void> {
  const app = await desktop.app();
  await app.evaluate(({ session }) => session.defaultSession.webRequest.onBeforeRequest(null), null);
}

async function addressOf(desktop: DesktopHost): Promise<string[]> {
  const app = await desktop.app();
  return app.evaluate(
    ({ BrowserWindow }) => BrowserWindow.getAllWindows().map(({ webContents }) => webContents.getURL()),
    null,
  );
}

/** Tries something in the page, gives it time, and sees that the page and its window are what they were. */
async function expectToStay(
  page: Page,
  desktop: DesktopHost,
  attempt: () => Promise<unknown>,
): Promise<void> {
  await page.evaluate(() => Object.assign(window, { marker: 'still here' }));
  await attempt().catch(() => undefined);
  await page.waitForTimeout(400);
  expect(await page.evaluate(() => (window as unknown as { marker?: string }).marker)).toBe('still here');
  expect(await addressOf(desktop)).toEqual([OURS]);
}

test('the page has no Node and no Electron, and what the preload gives it cannot be changed', async ({
  app,
}) => {
  const seen = await app.evaluate(() => {
    const names = [
      'require',
      'module',
      'process',
      'Buffer',
      'global',
      'ipcRenderer',
      'electron',
      '__dirname',
    ];
    const bridge = (window as unknown as { semblance: Record<string, unknown> }).semblance;
    const before = bridge.connect;
    try {
      Object.assign(window, { semblance: {} });
    } catch {}
    try {
      bridge.connect = () => undefined;
    } catch {}
    const after = (window as unknown as { semblance: Record<string, unknown> }).semblance.connect;
    return {
      found: names.filter((name) => name in window),
      same: before === after,
      kinds: [...new Set(Object.values(bridge).map((value) => typeof value))].sort(),
    };
  });
  expect(seen).toEqual({ found: [], same: true, kinds: ['function', 'string'] });
});

test('the window is opened isolated, sandboxed, and without Node', async ({ desktop }) => {
  test.skip(desktop.kind !== 'double', 'Electron does not tell what a window was opened with.');
  const app = await desktop.app();
  const preferences = await app.evaluate(({ BrowserWindow, double }) => {
    const [window] = BrowserWindow.getAllWindows();
    return window && { ...double.preferences(window.webContents), preload: '' };
  }, null);
  expect(preferences).toMatchObject({
    contextIsolation: true,
    sandbox: true,
    nodeIntegration: false,
    nodeIntegrationInSubFrames: false,
    nodeIntegrationInWorker: false,
    webviewTag: false,
    webSecurity: true,
    spellcheck: false,
  });
  const sandboxed = await app.evaluate(({ double }) => double.everyPageSandboxed(), null);
  expect(sandboxed, 'also a window that somebody opens without saying so').toBe(true);
});

test('the page goes nowhere: by script, link, form, refresh or another scheme', async ({
  app,
  desktop,
  neighbour,
}) => {
  await withoutCsp(app);
  await withoutFilter(desktop);
  const there = `${neighbour.origin}/taken`;
  for (const address of [
    there,
    'app://evil/',
    'app://semblance.evil.com/',
    'file:///etc/passwd',
    'mailto:a@b.c',
  ])
    await expectToStay(app, desktop, () =>
      app.evaluate((to) => {
        window.location.href = to;
      }, address),
    );
  for (const target of ['_self', '_top'])
    await expectToStay(app, desktop, () =>
      app.evaluate(
        ([to, where]) => {
          const link = Object.assign(document.createElement('a'), { href: to, target: where });
          document.body.append(link);
          link.click();
          link.remove();
        },
        [there, target] as const,
      ),
    );
  await expectToStay(app, desktop, () =>
    app.evaluate((to) => {
      const form = Object.assign(document.createElement('form'), { action: to, method: 'post' });
      document.body.append(form);
      form.submit();
      form.remove();
    }, there),
  );
  await expectToStay(app, desktop, () =>
    app.evaluate((to) => {
      const meta = document.createElement('meta');
      meta.httpEquiv = 'refresh';
      meta.content = `0;url=${to}`;
      document.head.append(meta);
    }, there),
  );
  expect(neighbour.visits).toEqual([]);
  await desktop.kill();
});

test('a redirect leads nowhere', async ({ app, desktop, neighbour }) => {
  await withoutFilter(desktop);
  await expect(app.getByRole('button').first()).toBeVisible();
  const main = await desktop.app();
  await main
    .evaluate(
      ({ BrowserWindow }, url) => BrowserWindow.getAllWindows()[0]?.loadURL(url),
      `${neighbour.origin}/redirect`,
    )
    .catch(() => undefined);
  expect(neighbour.visits.splice(0)).toEqual(['/redirect']);
  await desktop.kill();
});

test('a frame inside the page loads nothing', async ({ app, desktop, neighbour }) => {
  await withoutCsp(app);
  await withoutFilter(desktop);
  const main = await desktop.app();
  await main.evaluate(({ BrowserWindow }) => {
    const seen: boolean[] = [];
    Object.assign(globalThis, { seen });
    BrowserWindow.getAllWindows()[0]?.webContents.on('will-frame-navigate', (event) => {
      if (!event.isMainFrame) seen.push(event.defaultPrevented);
    });
  }, null);
  await expectToStay(app, desktop, () =>
    app.evaluate((src) => {
      document.body.append(Object.assign(document.createElement('iframe'), { src }));
    }, `${neighbour.origin}/framed`),
  );
  await expectToStay(app, desktop, () =>
    app.evaluate(() => {
      document.body.append(Object.assign(document.createElement('iframe'), { src: '/index.html' }));
    }),
  );
  const prevented = () => main.evaluate(() => (globalThis as unknown as { seen: boolean[] }).seen, null);
  await expect.poll(prevented).toEqual([true, true]);
  expect(neighbour.visits).toEqual([]);
  await desktop.kill();
});

test('no window opens, and only web and mail addresses leave for the system', async ({ app, desktop }) => {
  const main = await desktop.app();
  await main.evaluate(({ shell }) => {
    Object.assign(globalThis, { opened: [] });
    shell.openExternal = async (url) => {
      (globalThis as unknown as { opened: string[] }).opened.push(url);
    };
  }, null);
  const tries = [
    'https://example.com/a',
    'mailto:someone@example.com',
    'http://example.com/',
    'file:///etc/passwd',
    'smb://server/share',
    'ms-msdt:/id',
    'vscode://file/x',
    'https://user:secret@example.com/',
    OURS,
    'about:blank',
  ];
  for (const url of tries) {
    const got = await app.evaluate((to) => window.open(to) === null, url);
    expect(got, url).toBe(true);
  }
  await app.evaluate(() => {
    const link = { href: 'https://example.com/b', target: '_blank' };
    Object.assign(document.createElement('a'), link).click();
  });
  await app.waitForTimeout(300);
  expect(await addressOf(desktop)).toEqual([OURS]);
  const opened = await main.evaluate(() => (globalThis as unknown as { opened: string[] }).opened, null);
  expect(opened).toEqual(['https://example.com/a', 'mailto:someone@example.com', 'https://example.com/b']);
});

test('no webview is attached', async ({ desktop }) => {
  const app = await desktop.app();
  const prevented = await app.evaluate(({ BrowserWindow }) => {
    let denied = false;
    const event = {
      preventDefault: () => {
        denied = true;
      },
    };
    BrowserWindow.getAllWindows()[0]?.webContents.emit('will-attach-webview', event, {}, {});
    return denied;
  }, null);
  expect(prevented).toBe(true);
});

test('a page that asks for a permission does not get it', async ({ app }) => {
  const answers = await app.evaluate(async () => {
    const state = async (name: string) =>
      (await navigator.permissions.query({ name: name as PermissionName })).state;
    const denied = (work: Promise<unknown>) =>
      work.then(
        () => 'granted',
        () => 'denied',
      );
    return {
      geolocation: await denied(
        new Promise((done, fail) => navigator.geolocation.getCurrentPosition(done, fail)),
      ),
      camera: await denied(navigator.mediaDevices.getUserMedia({ video: true })),
      microphone: await denied(navigator.mediaDevices.getUserMedia({ audio: true })),
      notifications: await Notification.requestPermission(),
      clipboard: await state('clipboard-read'),
      midi: await state('midi'),
    };
  });
  expect(new Set(Object.values(answers)), JSON.stringify(answers)).toEqual(new Set(['denied']));
});

/** All that electron.d.ts knows, and one of next year. */
const PERMISSIONS = [
  ...[
    'clipboard-read',
    'display-capture',
    'fileSystem',
    'geolocation',
    'hid',
    'idle-detection',
    'keyboardLock',
  ],
  ...[
    'local-fonts',
    'media',
    'mediaKeySystem',
    'midi',
    'midiSysex',
    'notifications',
    'openExternal',
    'pointerLock',
  ],
  ...[
    'serial',
    'speaker-selection',
    'storage-access',
    'top-level-storage-access',
    'usb',
    'window-management',
  ],
  ...[
    'background-sync',
    'payment-handler',
    'persistent-storage',
    'screen-wake-lock',
    'sensors',
    'vr',
    'ar',
    'nfc',
  ],
  ...['local-network', 'loopback-network', 'unknown', 'something-of-next-year'],
];

for (const which of ['asked for', 'looked up'] as const) {
  test(`every permission is denied when it is ${which}`, async ({ desktop }) => {
    test.skip(desktop.kind !== 'double', 'Only the double can ask for each of them.');
    const app = await desktop.app();
    const granted = await app.evaluate(
      async ({ BrowserWindow, double }, [names, way]) => {
        const contents = BrowserWindow.getAllWindows()[0]?.webContents;
        if (contents === undefined) return ['no window'];
        const results: string[] = [];
        for (const origin of ['app://semblance', 'https://example.com', 'app://evil'])
          for (const name of [...names, 'fullscreen', 'clipboard-sanitized-write']) {
            const yes =
              way === 'asked for'
                ? await double.permissionRequested(contents, name, `${origin}/`)
                : double.permissionChecked(contents, name, origin);
            if (yes) results.push(`${name} ${origin}`);
          }
        return results;
      },
      [PERMISSIONS, which] as const,
    );
    expect(granted).toEqual(['fullscreen app://semblance', 'clipboard-sanitized-write app://semblance']);
  });
}

test('no device and no screen is given to a page', async ({ desktop }) => {
  test.skip(desktop.kind !== 'double', 'Only the double can offer one.');
  const app = await desktop.app();
  const given = await app.evaluate(async ({ BrowserWindow, double }) => {
    const frame = BrowserWindow.getAllWindows()[0]?.webContents.mainFrame ?? null;
    const request = { frame, securityOrigin: 'app://semblance', videoRequested: true, audioRequested: true };
    return {
      devices: (['hid', 'serial', 'usb'] as const).map((kind) =>
        double.deviceAllowed(kind, 'app://semblance'),
      ),
      screen: await double.displayShared({ ...request, userGesture: true }),
    };
  }, null);
  expect(given).toEqual({ devices: [false, false, false], screen: false });
});

test('nothing of the window reaches a network', async ({ app, desktop, neighbour }) => {
  await withoutCsp(app);
  const reached = await app.evaluate(
    (url) =>
      fetch(url, { mode: 'no-cors' }).then(
        () => true,
        () => false,
      ),
    `${neighbour.origin}/beacon`,
  );
  expect(reached).toBe(false);
  expect(neighbour.visits).toEqual([]);
  if (desktop.kind !== 'double') return;
  const main = await desktop.app();
  const out = await main.evaluate(
    async ({ double }, urls) => {
      const results: string[] = [];
      for (const url of urls) if (await double.mayGoOut(url)) results.push(url);
      return results;
    },
    [
      'https://example.com/',
      'ws://127.0.0.1:1/',
      'http://localhost/',
      'ftp://a/',
      'file:///etc/passwd',
      'app://evil/',
    ],
  );
  expect(out).toEqual([]);
  await desktop.kill();
});

test('the engine is reached from our own main frame only', async ({ app, desktop }) => {
  test.skip(desktop.kind !== 'double', 'Only the double can send as somebody else.');
  await expect(app.getByRole('button').first()).toBeVisible();
  const main = await desktop.app();
  const answered = await main.evaluate(({ BrowserWindow, double }) => {
    const window = BrowserWindow.getAllWindows()[0];
    const other = new BrowserWindow({ show: false });
    if (window === undefined) return [];
    const { webContents } = window;
    const tries: [string, Electron.WebContents, string, boolean][] = [
      ['our page', webContents, 'app://semblance/', true],
      ['a frame inside it', webContents, 'app://semblance/', false],
      ['another site', webContents, 'https://example.com/', true],
      ['a site with a like name', webContents, 'app://semblance.evil.com/', true],
      ['an empty page', webContents, 'about:blank', true],
      ['another window', other.webContents, 'app://semblance/', true],
    ];
    const got: string[] = [];
    for (const [name, contents, url, isMainFrame] of tries)
      double.forge(
        { contents, url, isMainFrame, answered: (_channel, ports) => got.push(`${name}: ${ports}`) },
        'semblance:connect',
      );
    other.destroy();
    return got;
  }, null);
  expect(answered).toEqual(['our page: 1']);
});

test('what a page says and asks is heard from our own main frame only', async ({ app, desktop }) => {
  test.skip(desktop.kind !== 'double', 'Only the double can send as somebody else.');
  await expect(app.getByRole('button').first()).toBeVisible();
  const main = await desktop.app();
  const heard = await main.evaluate(async ({ BrowserWindow, nativeTheme, double }) => {
    const window = BrowserWindow.getAllWindows()[0];
    const other = new BrowserWindow({ show: false });
    if (window === undefined) return [];
    const tries: [string, Electron.WebContents, string, boolean][] = [
      ['our page', window.webContents, 'app://semblance/', true],
      ['a frame inside it', window.webContents, 'app://semblance/', false],
      ['another site', window.webContents, 'https://example.com/', true],
      ['another window', other.webContents, 'app://semblance/', true],
    ];
    const got: string[] = [];
    for (const [name, contents, url, isMainFrame] of tries) {
      const before = nativeTheme.themeSource;
      const sender = { contents, url, isMainFrame, answered: () => undefined };
      const theme = before === 'dark' ? 'light' : 'dark';
      double.forge(sender, 'semblance:looks', { theme, language: 'en', tray: false });
      // There is no such photo: whoever may ask is told so.
      const { value } = await double.forgeQuestion(sender, 'semblance:copy', '0'.repeat(20));
      got.push(`${name}: ${nativeTheme.themeSource !== before}, ${value}`);
    }
    other.destroy();
    return got;
  }, null);
  expect(heard).toEqual([
    'our page: true, false',
    'a frame inside it: false, null',
    'another site: false, null',
    'another window: false, null',
  ]);
});

test('arguments that are not what the contract says are refused', async ({ app }) => {
  const statuses = await app.evaluate(async () => {
    const bridge = (window as unknown as { semblance: { connect(): void } }).semblance;
    const port = await new Promise<MessagePort>((done) => {
      window.addEventListener('message', (event) => {
        if (event.ports[0] !== undefined) done(event.ports[0]);
      });
      bridge.connect();
    });
    port.start();
    const ask = (i: string, u: string, json: unknown) =>
      new Promise<number>((done) => {
        port.addEventListener('message', ({ data }) => {
          const { i: id, p } = JSON.parse(data);
          if (id === i) done(p.s ?? 200);
        });
        port.postMessage(JSON.stringify({ i, p: { u, b: { json } } }));
      });
    return [
      await ask('1', '/search/run', { text: 'dog', limit: 10 }),
      await ask('2', '/search/run', { text: { $ne: '' } }),
      await ask('3', '/search/run', { text: 'x'.repeat(1_000_000) }),
      await ask('4', '/photos/get', { photoId: '../../etc/passwd' }),
      await ask('5', '/folders/add', { path: '/etc' }),
      // Nobody but the contract minds.
      await ask('6', '/search/run', { text: 'dog', limit: 1_000_000 }),
    ];
  });
  const [good, ...bad] = statuses;
  expect(good).toBe(200);
  for (const status of bad) expect([400, 404]).toContain(status);
});

test('the page runs and loads only what is its own', async ({ app, neighbour }) => {
  await expect(app.getByRole('button').first()).toBeVisible();
  const done = await app.evaluate(async (there) => {
    const broken = new Set<string>();
    document.addEventListener('securitypolicyviolation', (event) => broken.add(event.effectiveDirective));
    const add = (tag: string, facts: object) =>
      document.body.append(Object.assign(document.createElement(tag), facts));
    add('script', { textContent: 'window.ran = true' });
    add('script', { src: `${there}/a.js` });
    add('script', { src: 'data:text/javascript,window.ran=true' });
    add('img', { src: `${there}/a.png` });
    add('link', { rel: 'stylesheet', href: `${there}/a.css` });
    add('iframe', { src: `${there}/` });
    add('object', { data: `${there}/a.pdf` });
    add('video', { src: `${there}/a.mp4` });
    add('base', { href: `${there}/` });
    add('form', { action: `${there}/`, method: 'post' });
    document.querySelector('form')?.submit();
    await fetch(`${there}/fetch`, { mode: 'no-cors' }).catch(() => undefined);
    new FontFace('elsewhere', `url(${there}/a.woff2)`).load().catch(() => undefined);
    try {
      new Worker(URL.createObjectURL(new Blob(['0'])));
    } catch {}
    // A timer, because the protocol lets what it evaluates itself use eval.
    const evaluated = await new Promise<boolean>((done) =>
      setTimeout(() => {
        try {
          // biome-ignore lint/security/noGlobalEval: what the policy is asked about
          window.eval('0');
          done(true);
        } catch {
          done(false);
        }
      }),
    );
    await new Promise((later) => setTimeout(later, 300));
    return { broken: [...broken].sort(), evaluated, ran: 'ran' in window };
  }, neighbour.origin);
  expect(done).toEqual({
    broken: [
      ...[
        'base-uri',
        'connect-src',
        'font-src',
        'form-action',
        'frame-src',
        'img-src',
        'media-src',
        'object-src',
      ],
      ...['script-src', 'script-src-elem', 'style-src-elem', 'worker-src'],
    ],
    evaluated: false,
    ran: false,
  });
  expect(neighbour.visits).toEqual([]);
});

test('addresses of pages lead to the built pages only', async ({ desktop }) => {
  test.skip(
    desktop.kind !== 'double',
    'Chromium tidies an address before it asks; the double asks letter by letter.',
  );
  const pages = join(desktop.project, 'apps/ui/dist');
  writeFileSync(join(desktop.project, 'secret.json'), '"secret"');
  await mkdir(join(desktop.project, 'apps/ui/dist2'), { recursive: true });
  await writeFile(join(desktop.project, 'apps/ui/dist2/index.html'), 'secret');
  await symlink(join(desktop.project, 'secret.json'), join(pages, 'link.json')).catch(() => undefined);
  await writeFile(join(pages, 'picture.svg'), '<svg>secret</svg>');
  const app = await desktop.app();
  const answers = await app.evaluate(
    async ({ double }, urls) => {
      const results: [string, number, boolean][] = [];
      for (const url of urls) {
        const answer = await double.ask(url);
        results.push([url, answer?.status ?? 0, /secret|root:|\[fonts\]/.test(answer?.body ?? '')]);
      }
      return results;
    },
    [
      ...['..%2fsecret.json', '..%2f..%2f..%2fsecret.json', '%2e%2e%2f%2e%2e%2f%2e%2e%2fsecret.json'],
      ...['..%5c..%5c..%5csecret.json', '..%2fdist2%2findex.html', 'assets/..%2f..%2fdist2/index.html'],
      ...[
        '..%2F..%2F..%2F..%2F..%2F..%2F..%2Fetc%2Fpasswd',
        '%2fetc%2fpasswd',
        '/etc/passwd',
        '%5c%5cserver%5cshare',
      ],
      ...[
        'index.html%00.png',
        'C:/Windows/win.ini',
        'index.html:stream',
        '%c3%28',
        'link.json',
        'picture.svg',
      ],
      ...['%252e%252e%252fsecret.json', '....//....//secret.json', 'no-such-file.js'],
    ].map((path) => `app://semblance/${path}`),
  );
  for (const [url, status, leaks] of answers) expect([status, leaks], url).toEqual([404, false]);

  const others = await app.evaluate(
    async ({ double }) => [
      (await double.ask('app://evil/index.html'))?.status,
      (await double.ask('app://semblance/index.html', undefined, 'POST'))?.status,
      (await double.ask('app://semblance/index.html'))?.headers['content-security-policy'],
      (await double.ask('app://semblance/index.html'))?.headers['x-content-type-options'],
    ],
    null,
  );
  expect(others).toEqual([404, 405, expect.stringMatching(/^default-src 'none'; /), 'nosniff']);
});

test('pictures go to our own page only, and never run as a page', async ({ app, desktop }) => {
  test.skip(desktop.kind !== 'double', 'Only the double can ask as somebody else.');
  await app.getByRole('button', { name: desktop.addFolder.en }).click();
  const id = await app.getByTestId('photo-tile').first().getAttribute('data-photo-id', { timeout: 120_000 });
  const main = await desktop.app();
  const answers = await main.evaluate(async ({ double }, url) => {
    const ours = await double.ask(url, 'app://semblance');
    const status = async (origin: string | null) => (await double.ask(url, origin))?.status;
    return {
      ours: ours?.status,
      type: ours?.headers['content-type'],
      policy: ours?.headers['content-security-policy'],
      sniff: ours?.headers['x-content-type-options'],
      others: [await status('https://example.com'), await status('app://evil'), await status(null)],
      written: (await double.ask(url, 'app://semblance', 'POST'))?.status,
      paths: [
        (await double.ask('media://full/..%2f..%2fetc%2fpasswd', 'app://semblance'))?.status,
        (await double.ask('media://full//etc/passwd', 'app://semblance'))?.status,
      ],
    };
  }, `media://thumb/${id}`);
  expect(answers).toEqual({
    ours: 200,
    type: expect.stringMatching(/^image\//),
    policy: "default-src 'none'; sandbox",
    sniff: 'nosniff',
    others: [403, 403, 403],
    written: 405,
    paths: [404, 404],
  });
});
