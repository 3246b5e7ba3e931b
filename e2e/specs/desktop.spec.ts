// What the desktop shell does around the window: one instance, its menu, an orderly end, and getting up again after a
// crash of the page or of the engine. In the app as it was built.
import { existsSync } from 'node:fs';
import { basename, join } from 'node:path';
import { expect, test } from '../test.ts';

test.describe.configure({ mode: 'serial', timeout: 240_000 });
test.use({ photoCount: 3 });

const tiles = (page: import('@playwright/test').Page) => page.getByTestId('photo-tile');

test('main loads nothing native', async ({ desktop }) => {
  const app = await desktop.app();
  const native = await app.evaluate(() => {
    const { sharedObjects } = process.report.getReport() as unknown as { sharedObjects: string[] };
    return sharedObjects.filter((path) => /lancedb|onnxruntime|sharp|libvips/.test(path));
  }, null);
  expect(native).toEqual([]);
});

test('a folder from the menu is added', async ({ app, desktop }) => {
  await expect(app.getByRole('button', { name: desktop.addFolder.en })).toBeVisible();
  const main = await desktop.app();
  await main.evaluate(({ Menu }) => {
    const items = Menu.getApplicationMenu()?.items ?? [];
    const file = items.flatMap((item) => (item.type === 'submenu' ? (item.submenu?.items ?? []) : []));
    file.find((item) => item.accelerator === 'CmdOrCtrl+O')?.click();
  }, null);
  await expect(tiles(app)).toHaveCount(3, { timeout: 120_000 });
});

test('another instance brings the first one to the front and ends', async ({ app, desktop }) => {
  await expect(tiles(app).first()).toBeVisible();
  const main = await desktop.app();
  await main.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.minimize(), null);
  expect(await desktop.startAnother([join(desktop.folder, 'no such folder')])).toBe(0);
  await expect
    .poll(() =>
      main.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().map((one) => one.isVisible()), null),
    )
    .toEqual([true]);
});

test('an engine that dies is started again, and the window goes on', async ({ app, desktop }) => {
  await expect(tiles(app).first()).toBeVisible();
  const main = await desktop.app();
  const killed = await main.evaluate(({ app }) => {
    const engine = app.getAppMetrics().find(({ name }) => name === 'Semblance engine');
    return engine !== undefined && process.kill(engine.pid, 'SIGKILL');
  }, null);
  expect(killed).toBe(true);
  // Asked at once, it is asked of an engine that is dying or of none; the answer comes all the same.
  const [photo] = desktop.photos;
  await app.getByRole('searchbox').fill(photo?.query ?? '');
  const answer = app.getByAltText(new RegExp(`^${basename(photo?.path ?? '')},`));
  await expect(answer).toBeVisible({ timeout: 120_000 });
});

test('a page that dies is loaded again', async ({ app, desktop }) => {
  await expect(tiles(app).first()).toBeVisible();
  const main = await desktop.app();
  await main.evaluate(({ BrowserWindow }) => {
    BrowserWindow.getAllWindows()[0]?.webContents.forcefullyCrashRenderer();
  }, null);
  await expect
    .poll(
      () =>
        main.evaluate(({ BrowserWindow }) => {
          const contents = BrowserWindow.getAllWindows()[0]?.webContents;
          const count = 'document.querySelectorAll("[data-testid=photo-tile]").length';
          return contents?.isCrashed() === false ? contents.executeJavaScript(count).catch(() => 0) : 0;
        }, null),
      { timeout: 120_000 },
    )
    .toBe(3);
});

test('quitting closes the library and ends with 0', async ({ desktop }) => {
  const app = await desktop.app();
  await app.page();
  expect(await app.quit()).toBe(0);
  expect(existsSync(join(desktop.libraryFolder, 'catalog.sqlite'))).toBe(true);
  expect(existsSync(join(desktop.libraryFolder, 'catalog.sqlite-wal'))).toBe(false);
});
