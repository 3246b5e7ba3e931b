// Playwright's test with a browser of ours and the server of the file under test.
import { type Browser, test as base, chromium, type Page } from '@playwright/test';
import { launchOptions } from './chromium.ts';
import { startServer, type TestServer } from './server.ts';

interface WorkerFixtures {
  chromiumBrowser: Browser;
  /** A worker runs one file after another; each file has a server of its own, and a library that begins empty. */
  serverOf: (file: string) => Promise<TestServer>;
}

interface Fixtures {
  server: TestServer;
  /** A fresh browser profile that has opened the one-time link. */
  app: Page;
}

export const test = base.extend<Fixtures, WorkerFixtures>({
  chromiumBrowser: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads fixture names from the pattern
    async ({}, use) => {
      const browser = await chromium.launch(launchOptions());
      await use(browser);
      await browser.close();
    },
    { scope: 'worker' },
  ],
  serverOf: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads fixture names from the pattern
    async ({}, use) => {
      let running: { file: string; server: TestServer } | null = null;
      await use(async (file) => {
        if (running?.file === file) return running.server;
        await running?.server.close();
        running = { file, server: await startServer() };
        return running.server;
      });
      await (running as { server: TestServer } | null)?.server.close();
    },
    { scope: 'worker' },
  ],
  server: [async ({ serverOf }, use, { file }) => use(await serverOf(file)), { timeout: 120_000 }],
  app: async ({ chromiumBrowser, server }, use) => {
    const context = await chromiumBrowser.newContext({
      viewport: { width: 1440, height: 900 },
      locale: 'en-GB',
    });
    const page = await context.newPage();
    await page.goto(await freshLink(server));
    await use(page);
    await context.close();
  },
});

/** Links work once; the server keeps the next one in a file that only its owner may read. */
export async function freshLink(server: TestServer): Promise<string> {
  const { readFile } = await import('node:fs/promises');
  return (await readFile(`${server.libraryFolder}/serve-link`, 'utf8')).trim();
}

export { expect } from '@playwright/test';
