// `npm run screenshots [-- <folder>]`: pictures of the app on generated photos, for the README and for looking at.
// Without a folder the README's pictures are made again; with one, every screen in both themes and two sizes.
import { mkdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { type Browser, chromium, type Page, expect as playwrightExpect } from '@playwright/test';
import { buildUiWhenStale } from '../build/ui.ts';
import { launchOptions, provideChromium } from './chromium.ts';
import { startDevServer } from './dev-server.ts';
import { startServer, type TestServer } from './server.ts';
import { freshLink } from './test.ts';

interface Look {
  name: string;
  width: number;
  height: number;
  theme: 'dark' | 'light';
}

/** A machine may be busy with something else. */
const expect = playwrightExpect.configure({ timeout: 30_000 });

const README_FOLDER = join(import.meta.dirname, '../assets/screenshots');
const README: Look[] = [{ name: '', width: 1280, height: 760, theme: 'dark' }];
const ALL: Look[] = (['dark', 'light'] as const).flatMap((theme) => [
  { name: `-${theme}-1440`, width: 1440, height: 900, theme },
  { name: `-${theme}-1000`, width: 1000, height: 700, theme },
]);

/** What a real engine shows only by accident or after long work: states of the fake one, by the picture's name. */
const STATES: Record<string, string> = {
  gallery: 'state=gallery',
  labels: 'state=library#room=labels',
  'labels-none': 'state=labels-none#room=labels',
  duplicates: 'state=library#room=duplicates',
  'thrown-away': 'state=library&thrown=9#room=trash',
  models: 'state=library#room=models',
  'model-switch': 'state=library&switch=ready#room=models',
  'search-none': 'state=no-match#q=dog',
  'search-noted': 'state=noted#q=dog',
  paused: 'state=paused',
  stopped: 'state=stopped',
  offline: 'state=offline',
  'all-offline': 'state=all-offline',
  empty: 'state=empty',
  lost: 'state=lost',
  locked: 'state=locked',
  damaged: 'state=damaged',
  'model-missing': 'state=model-missing#q=dog',
};

const folder = process.argv[2];
if (!buildUiWhenStale()) process.exit(1);
const takeAway = await provideChromium();
const server = await startServer({ count: 44 });
const browser = await chromium.launch(launchOptions());
try {
  const target = folder === undefined ? README_FOLDER : resolve(folder);
  mkdirSync(target, { recursive: true });
  await prepare(browser, server, folder === undefined ? null : target);
  for (const look of folder === undefined ? README : ALL)
    await walk(browser, server, look, target, folder === undefined);
  if (folder !== undefined) await showStates(browser, target);
} finally {
  await browser.close();
  await server.close();
  takeAway();
}

/** Adds the folder, and waits until all is indexed. */
async function prepare(from: Browser, on: TestServer, target: string | null): Promise<void> {
  for (const look of target === null ? [] : ALL) {
    const page = await open(from, on, look);
    await page.getByRole('button', { name: 'Add this folder' }).waitFor();
    await page.screenshot({ path: join(target ?? '', `first-run${look.name}.png`) });
    await page.context().close();
  }
  const page = await open(from, on, README[0] as Look);
  await page.getByRole('button', { name: 'Add this folder' }).click();
  await expect(page.getByTestId('photo-tile').first()).toBeVisible();
  if (target !== null) await page.screenshot({ path: join(target, 'indexing.png') });
  await expect(page.getByTestId('progress-strip')).toBeHidden({ timeout: 120_000 });
  if (target !== null) await makeAlbum(page);
  await page.context().close();
}

/** So that there is something in every view but the hidden one. */
async function makeAlbum(page: Page): Promise<void> {
  const checks = page.locator('[data-check-of]');
  for (const index of [0, 1, 2, 3, 4]) await checks.nth(index).click();
  await page.getByRole('button', { name: 'Favourite', exact: true }).first().click();
  await page.getByRole('button', { name: 'Add to album' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'New album' }).click();
  await page.getByLabel('Name').fill('Summer by the sea');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('dialog')).toBeHidden();
}

async function walk(
  from: Browser,
  on: TestServer,
  look: Look,
  target: string,
  readme: boolean,
): Promise<void> {
  const page = await open(from, on, look);
  const shot = async (name: string): Promise<void> => {
    // Thumbnails fade in.
    await page.waitForTimeout(700);
    await page.screenshot({ path: join(target, `${name}${look.name}.png`) });
  };
  await expect(page.getByTestId('photo-tile').first()).toBeVisible();
  if (!readme) await shot('library');
  await page.getByRole('searchbox').fill('flower');
  await expect(page).toHaveURL(/flower/);
  await shot('search');
  if (!readme) {
    await page.getByTestId('photo-tile').first().click();
    await expect(page.getByTestId('lightbox')).toBeVisible();
    await page.keyboard.press('i');
    await shot('lightbox');
    await page.keyboard.press('Escape');
    await rest(page, shot);
  }
  await page.context().close();
}

/** Every other screen, each from the one before. */
async function rest(page: Page, shot: (name: string) => Promise<void>): Promise<void> {
  const sidebar = page.getByRole('navigation');
  await sidebar.getByRole('button', { name: 'Photos' }).first().click();
  const checks = page.locator('[data-check-of]');
  for (const index of [0, 1, 2]) await checks.nth(index).click();
  await shot('selection');
  await page.getByTestId('photo-tile').nth(1).click({ button: 'right' });
  await shot('menu');
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: 'Compare' }).click();
  await shot('compare');
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: 'Add to album' }).click();
  await shot('album-picker');
  await page.keyboard.press('Escape');
  await page.keyboard.press('Escape');
  for (const [name, hash] of [
    ['albums', '#room=albums'],
    ['album', '#album=1'],
    ['favourites', '#view=favourites'],
    ['hidden', '#view=hidden'],
    ['folder', '#folder=1:'],
  ] as const) {
    await page.evaluate((to) => {
      window.location.hash = to;
    }, hash);
    await shot(name);
  }
  await page.getByRole('button', { name: 'Show icons only' }).click();
  await shot('narrow');
  await page.getByRole('button', { name: 'Show the whole sidebar' }).click();
  await page.getByRole('button', { name: 'Manage folders' }).click();
  await shot('folders');
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: 'Settings' }).click();
  await shot('settings');
  await page.keyboard.press('Escape');
  await page.keyboard.press('?');
  await shot('shortcuts');
}

async function showStates(from: Browser, target: string): Promise<void> {
  const dev = await startDevServer();
  try {
    for (const { name, width, height, theme } of ALL) {
      const context = await from.newContext({
        viewport: { width, height },
        colorScheme: theme,
        locale: 'en-GB',
      });
      for (const [state, address] of Object.entries(STATES)) {
        const page = await context.newPage();
        if (state === 'gallery') await page.setViewportSize({ width, height: 2600 });
        await page.goto(`${dev.url}?${address}`);
        await page.locator('main').waitFor();
        await page.waitForTimeout(1500);
        await page.screenshot({ path: join(target, `${state}${name}.png`) });
        await page.close();
      }
      await context.close();
    }
  } finally {
    await dev.close();
  }
}

async function open(from: Browser, on: TestServer, { width, height, theme }: Look): Promise<Page> {
  const context = await from.newContext({ viewport: { width, height }, colorScheme: theme, locale: 'en-GB' });
  const page = await context.newPage();
  await page.goto(await freshLink(on));
  return page;
}
