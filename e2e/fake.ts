// The window on its fake engine, for states that a real engine reaches only in an accident.
import type { Page } from '@playwright/test';
import { type DevServer, startDevServer } from './dev-server.ts';
import { test as base } from './test.ts';

interface WorkerFixtures {
  vite: DevServer;
}

interface Fixtures {
  /** Opens a state of the fake engine: the query and fragment of its address, as in `state=locked`. */
  open(address: string, language?: 'en' | 'tr'): Promise<Page>;
}

export const test = base.extend<Fixtures, WorkerFixtures>({
  vite: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads fixture names from the pattern
    async ({}, use) => {
      const vite = await startDevServer();
      await use(vite);
      await vite.close();
    },
    { scope: 'worker', timeout: 120_000 },
  ],
  open: async ({ chromiumBrowser, vite }, use) => {
    const context = await chromiumBrowser.newContext({
      viewport: { width: 1440, height: 900 },
      reducedMotion: 'reduce',
    });
    await use(async (address, language = 'en') => {
      const page = await context.newPage();
      const settings = JSON.stringify({ language });
      await page.addInitScript((value) => window.localStorage.setItem('semblance.settings', value), settings);
      await page.goto(`${vite.url}?${address}`);
      return page;
    });
    await context.close();
  },
});

export { expect } from '@playwright/test';
