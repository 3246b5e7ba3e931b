// Playwright's test with a browser of ours and the program of the file under test: the server, or the desktop app.
import { type Browser, type BrowserContext, test as base, chromium, type Page } from '@playwright/test';
import { launchOptions } from './chromium.ts';
import { type DesktopHost, startDesktop } from './desktop.ts';
import { type GroundsOptions, type Host, type HostKind, LOCALE, speak, VIEWPORT } from './host.ts';
import { startServer, type TestServer } from './server.ts';

interface WorkerOptions {
  /** Which program a project runs the specs on. */
  hostKind: HostKind;
  /** How many photos a file's host has on the disk. */
  photoCount: number;
}

interface WorkerFixtures {
  /** Started when it is first asked for: a desktop app brings its own. */
  launchBrowser: () => Promise<Browser>;
  chromiumBrowser: Browser;
  /** A worker runs one file after another; each file has a host of its own, and a library that begins empty. */
  hostOf: (file: string) => Promise<Running>;
  /** What a file's host needs beyond its photos, for a spec to say. */
  groundsOptions: GroundsOptions;
}

interface Fixtures {
  /** Whatever runs the window. */
  host: Host;
  /** The server, for what only a server has; under the desktop app its photos and folders alone. */
  server: TestServer;
  /** The desktop app, in the projects that have it. */
  desktop: DesktopHost;
  /** A window that remembers nothing. */
  app: Page;
}

type Running = { file: string; host: Host } & (
  | { server: TestServer; desktop: null }
  | { server: null; desktop: DesktopHost }
);

export const test = base.extend<Fixtures, WorkerFixtures & WorkerOptions>({
  hostKind: ['browser', { option: true, scope: 'worker' }],
  photoCount: [24, { option: true, scope: 'worker' }],
  launchBrowser: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads fixture names from the pattern
    async ({}, use) => {
      let launched: Promise<Browser> | null = null;
      await use(() => {
        launched ??= chromium.launch(launchOptions());
        return launched;
      });
      await (await (launched as Promise<Browser> | null))?.close();
    },
    { scope: 'worker' },
  ],
  chromiumBrowser: [async ({ launchBrowser }, use) => use(await launchBrowser()), { scope: 'worker' }],
  groundsOptions: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads fixture names from the pattern
    async ({}, use) => use({}),
    { scope: 'worker' },
  ],
  hostOf: [
    async ({ hostKind, photoCount, launchBrowser, groundsOptions }, use) => {
      let running = null as Running | null;
      await use(async (file) => {
        if (running?.file === file) return running;
        await running?.host.close();
        running = await start(file, hostKind, { count: photoCount, ...groundsOptions }, launchBrowser);
        return running;
      });
      await running?.host.close();
    },
    { scope: 'worker' },
  ],
  host: [async ({ hostOf }, use, { file }) => use((await hostOf(file)).host), { timeout: 300_000 }],
  server: [async ({ hostOf }, use, { file }) => use(serverOf(await hostOf(file))), { timeout: 300_000 }],
  desktop: [
    async ({ hostOf }, use, { file }) => {
      const { desktop } = await hostOf(file);
      if (desktop === null) throw new Error('This test is about the desktop app.');
      await use(desktop);
    },
    { timeout: 300_000 },
  ],
  app: async ({ host }, use) => use(await host.open()),
});

async function start(
  file: string,
  kind: HostKind,
  options: GroundsOptions,
  launchBrowser: () => Promise<Browser>,
): Promise<Running> {
  if (kind === 'browser') {
    const server = await startServer(options);
    return { file, server, desktop: null, host: hostOn(server, launchBrowser) };
  }
  const desktop = await startDesktop(kind, options);
  return { file, server: null, desktop, host: desktop };
}

/** A server seen through windows of the browser. */
function hostOn(server: TestServer, launchBrowser: () => Promise<Browser>): Host {
  let context: BrowserContext | null = null;
  let killed = false;
  return {
    photos: server.photos,
    photoFolder: server.photoFolder,
    libraryFolder: server.libraryFolder,
    kind: 'browser',
    addFolder: { en: 'Add this folder', tr: 'Bu klasörü ekle' },
    async open(language) {
      await context?.close();
      if (killed) await server.restart();
      killed = false;
      const browser = await launchBrowser();
      context = await browser.newContext({ viewport: VIEWPORT, locale: LOCALE });
      const page = await context.newPage();
      if (language !== undefined) await speak(page, language);
      await page.goto(await freshLink(server));
      return page;
    },
    async kill() {
      killed = true;
      await server.kill();
    },
    async close() {
      await context?.close();
      await server.close();
    },
  };
}

function serverOf({ server, host }: Running): TestServer {
  if (server !== null) return server;
  const { photos, photoFolder, libraryFolder } = host;
  return new Proxy({ photos, photoFolder, libraryFolder } as TestServer, {
    get(facts, name) {
      if (name in facts || typeof name === 'symbol') return Reflect.get(facts, name);
      throw new Error(`The desktop app has no server, so no ${name}.`);
    },
  });
}

/** Links work once; the server keeps the next one in a file that only its owner may read. */
export async function freshLink(server: TestServer): Promise<string> {
  const { readFile } = await import('node:fs/promises');
  return (await readFile(`${server.libraryFolder}/serve-link`, 'utf8')).trim();
}

/** A program of a test's own, for tests that need a library of their own. */
export async function startHost(kind: HostKind, launchBrowser: () => Promise<Browser>): Promise<Host> {
  return (await start('', kind, {}, launchBrowser)).host;
}

export { expect } from '@playwright/test';
