// The window on its fake engine, for states that a real engine reaches only in an accident.
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { createServer, type ViteDevServer } from 'vite';
import { test as base } from './test.ts';

interface WorkerFixtures {
  vite: ViteDevServer;
}

interface Fixtures {
  /** Opens a state of the fake engine: the query and fragment of its address, as in `state=locked`. */
  open(address: string, language?: 'en' | 'tr'): Promise<Page>;
}

export const test = base.extend<Fixtures, WorkerFixtures>({
  vite: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads fixture names from the pattern
    async ({}, use) => {
      const root = join(import.meta.dirname, '../apps/ui');
      const vite = await createServer({
        root,
        configFile: join(root, 'vite.config.ts'),
        logLevel: 'error',
        server: { host: '127.0.0.1', port: 0, hmr: false, watch: null },
      });
      await vite.listen();
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
      const address0 = vite.httpServer?.address();
      const port = typeof address0 === 'object' ? address0?.port : undefined;
      await page.goto(`http://127.0.0.1:${port}/dev/?${address}`);
      return page;
    });
    await context.close();
  },
});

export { expect } from '@playwright/test';
