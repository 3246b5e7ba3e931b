// What the desktop app does with the system around its window: clipboard, other programs, drags, the tray, files that are
// opened with it, and a library that does not open. In the app as it was built.
import { copyFileSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import type { Locator, Page } from '@playwright/test';
import type { DesktopApp, DesktopHost } from '../desktop.ts';
import { expect, test } from '../test.ts';

test.describe.configure({ mode: 'serial', timeout: 240_000 });
test.use({ photoCount: 3 });

const tiles = (page: Page) => page.getByTestId('photo-tile');
const first = (page: Page) => tiles(page).first();

/** One photo on screen, and its file: the pictures of an answer are named after theirs. */
async function found(page: Page, { photos }: DesktopHost): Promise<{ path: string; tile: Locator }> {
  const [photo] = photos;
  if (photo === undefined) throw new Error('There is no photo.');
  await page.getByRole('searchbox').fill(photo.query);
  const tile = tiles(page).filter({ has: page.getByAltText(new RegExp(`^${basename(photo.path)},`)) });
  await expect(tile).toBeVisible();
  return { path: photo.path, tile };
}

/** Clicks in the app's own menu, as a person does. */
function chooseInMenu(main: DesktopApp, label: string): Promise<boolean> {
  return main.evaluate(({ Menu }, wanted) => {
    const menus = Menu.getApplicationMenu()?.items ?? [];
    const item = menus.flatMap((menu) => menu.submenu?.items ?? []).find((one) => one.label === wanted);
    item?.click();
    return item !== undefined;
  }, label);
}

/** Dialogs are answered by their button of that number; what they said is kept for `saidIn`. */
function answerDialogs(main: DesktopApp, response: number): Promise<void> {
  return main.evaluate(({ dialog }, button) => {
    const said: string[] = [];
    Object.assign(globalThis, { said });
    dialog.showMessageBox = async (...given: unknown[]) => {
      const { message, detail, buttons } = given.at(-1) as Electron.MessageBoxOptions;
      said.push(`${message}|${detail}|${buttons?.join('|')}`);
      return { response: button, checkboxChecked: false };
    };
  }, response);
}

const saidIn = (main: DesktopApp) =>
  main.evaluate(() => (globalThis as unknown as { said: string[] }).said, null);

test('photos are there', async ({ app, desktop }) => {
  await app.getByRole('button', { name: desktop.addFolder.en }).click();
  await expect(tiles(app)).toHaveCount(3, { timeout: 120_000 });
  await expect(app.getByTestId('progress-strip')).toBeHidden({ timeout: 120_000 });
});

test('a picture is copied by key, by the menu, and by nothing while one types', async ({ app, desktop }) => {
  const main = await desktop.app();
  const clipped = () =>
    main.evaluate(async ({ clipboard }) => {
      const [item] = await clipboard.read();
      if (item === undefined) return null;
      const bytes = new Uint8Array(await (await item.getType('image/png')).arrayBuffer());
      // A PNG begins with its name, and with its width and height.
      const view = new DataView(bytes.buffer);
      return {
        types: item.types,
        name: String.fromCharCode(...bytes.slice(1, 4)),
        width: view.getUint32(16),
      };
    }, null);
  const emptied = () => main.evaluate(({ clipboard }) => clipboard.clear(), null);
  await emptied();
  await first(app).focus();
  await app.keyboard.press('Control+c');
  await expect(app.getByText('Picture copied')).toBeVisible();
  expect(await clipped()).toMatchObject({ types: ['image/png'], name: 'PNG' });
  expect((await clipped())?.width).toBeGreaterThan(100);

  await emptied();
  await first(app).click();
  await expect(app.getByTestId('lightbox')).toBeVisible();
  expect(await chooseInMenu(main, 'Copy Picture')).toBe(true);
  await expect.poll(async () => (await clipped())?.name).toBe('PNG');
  await app.keyboard.press('Escape');
  await expect(app.getByTestId('lightbox')).toBeHidden();

  await emptied();
  await app.getByRole('searchbox').fill('snow');
  await app.getByRole('searchbox').press('Control+c');
  await expect(first(app)).toBeVisible();
  expect(await clipped()).toBeNull();
});

test('a photo is opened in another program and shown in its folder, by its id alone', async ({
  app,
  desktop,
}) => {
  const main = await desktop.app();
  await main.evaluate(({ shell }) => {
    const opened: string[] = [];
    Object.assign(globalThis, { opened });
    shell.openPath = async (path) => {
      opened.push(`open ${path}`);
      return '';
    };
    shell.showItemInFolder = (path) => void opened.push(`show ${path}`);
  }, null);
  const opened = () => main.evaluate(() => (globalThis as unknown as { opened: string[] }).opened, null);
  const { path, tile } = await found(app, desktop);
  await tile.click({ button: 'right' });
  await app.getByRole('menuitem', { name: 'Open in another program' }).click();
  await expect.poll(opened).toEqual([`open ${path}`]);
  await tile.focus();
  await chooseInMenu(main, 'Show in Folder');
  await expect.poll(opened).toEqual([`open ${path}`, `show ${path}`]);
});

test('photos are carried to other programs with Shift', async ({ app, desktop }) => {
  test.skip(desktop.kind !== 'double', 'Electron does not tell what was dragged.');
  const { path, tile } = await found(app, desktop);
  await tile.evaluate((element) => {
    const facts = { bubbles: true, cancelable: true, shiftKey: true, dataTransfer: new DataTransfer() };
    element.dispatchEvent(new DragEvent('dragstart', facts));
  });
  const main = await desktop.app();
  await expect
    .poll(() =>
      main.evaluate(({ BrowserWindow, double }) => {
        const [window] = BrowserWindow.getAllWindows();
        return window && double.drags(window.webContents).map(({ file, files }) => ({ file, files }));
      }, null),
    )
    .toEqual([{ file: path, files: [path] }]);
});

test('battery and sleep reach the engine, and diagnostics say so without naming a file', async ({
  app,
  desktop,
}) => {
  await expect(first(app)).toBeVisible();
  const main = await desktop.app();
  await answerDialogs(main, 0);
  const diagnostics = async (): Promise<string> => {
    await main.evaluate(({ clipboard }) => clipboard.clear(), null);
    await chooseInMenu(main, 'Copy Diagnostics…');
    const copied = () => main.evaluate(({ clipboard }) => clipboard.readText(), null);
    await expect.poll(copied).not.toBe('');
    return copied();
  };
  for (const [event, because] of [
    ['on-battery', 'battery'],
    ['suspend', 'suspended'],
    ['resume', 'battery'],
  ] as const) {
    await main.evaluate(({ powerMonitor }, name) => void powerMonitor.emit(name), event);
    await expect.poll(diagnostics, event).toContain(`paceBecause: ${because}`);
  }
  await main.evaluate(({ powerMonitor }) => void powerMonitor.emit('on-ac'), null);
  const text = await diagnostics();
  expect(text).toContain('photos: 3');
  for (const { path } of desktop.photos) expect(text).not.toContain(basename(path));
  expect(text).not.toContain(desktop.folder);
});

test('a folder dropped on the window is added, once somebody said yes', async ({ app, desktop }) => {
  const folder = join(desktop.folder, 'dropped');
  mkdirSync(folder, { recursive: true });
  copyFileSync(desktop.photos[0]?.path ?? '', join(folder, 'same photo.jpg'));
  const main = await desktop.app();
  await answerDialogs(main, 0);
  const session = await app.context().newCDPSession(app);
  const data = { items: [], files: [folder], dragOperationsMask: 1 };
  for (const type of ['dragEnter', 'dragOver', 'drop'] as const)
    await session.send('Input.dispatchDragEvent', { type, x: 700, y: 450, data });
  await expect.poll(async () => (await saidIn(main)).join()).toContain(folder);
  await expect(app.getByRole('navigation').getByText('dropped')).toBeVisible();
});

test('a photo that is opened with the app is shown, by the instance that runs', async ({ app, desktop }) => {
  test.skip(desktop.kind !== 'double', 'Another instance of Electron has no window to wait for.');
  const { path, tile } = await found(app, desktop);
  const id = (await tile.getAttribute('data-photo-id')) ?? '';
  expect(await desktop.startAnother([path])).toBe(0);
  await expect(app.locator('.yarl__slide_current [data-photo-id]')).toHaveAttribute('data-photo-id', id);
});

test('one that lies elsewhere is shown when its folder was added', async ({ app, desktop }) => {
  test.skip(desktop.kind !== 'double', 'Another instance of Electron has no window to wait for.');
  await expect(first(app)).toBeVisible();
  const folder = join(desktop.folder, 'elsewhere');
  mkdirSync(folder, { recursive: true });
  const samples = join(desktop.project, 'assets/samples');
  const [picture = ''] = readdirSync(samples, { recursive: true, encoding: 'utf8' }).filter((name) =>
    name.endsWith('.jpg'),
  );
  const path = join(folder, 'opened.jpg');
  copyFileSync(join(samples, picture), path);
  const main = await desktop.app();
  await answerDialogs(main, 1);
  expect(await desktop.startAnother([path])).toBe(0);
  await expect.poll(async () => (await saidIn(main)).length).toBe(1);
  expect((await saidIn(main))[0]).toContain(folder);
  await expect(app.getByTestId('lightbox')).toHaveCount(0);

  await answerDialogs(main, 0);
  expect(await desktop.startAnother([path])).toBe(0);
  await expect(app.getByTestId('lightbox')).toBeVisible({ timeout: 120_000 });
  await app.keyboard.press('i');
  await expect(app.getByTestId('lightbox').getByText('opened.jpg').first()).toBeVisible();
  await app.keyboard.press('Escape');
  await expect(app.getByRole('navigation').getByText('elsewhere')).toBeVisible();
});

test('with an icon in the tray, Semblance goes on without its window', async ({ app, desktop }) => {
  test.skip(desktop.kind !== 'double', 'Electron does not tell of its trays.');
  const main = await desktop.app();
  const labels = () =>
    main.evaluate(
      ({ double }) => double.trays().map(({ menu }) => menu?.items.map(({ label }) => label)),
      null,
    );
  const windows = () => main.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().length, null);
  expect(await labels()).toEqual([]);
  await app.getByRole('button', { name: 'Settings' }).click();
  await app.getByRole('switch', { name: 'Icon in the tray' }).press('Space');
  await expect.poll(async () => (await labels()).flat()).toContain('Open Semblance');
  await app.getByText('Türkçe', { exact: true }).click();
  await expect.poll(async () => (await labels()).flat()).toContain('Semblance’ı Aç');

  const gone = app.waitForEvent('close');
  await main.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.close(), null);
  await gone;
  expect(await windows()).toBe(0);
  await main.evaluate(({ double }) => void double.trays()[0]?.tray.emit('click'), null);
  const page = await main.page();
  await expect(first(page)).toBeVisible({ timeout: 120_000 });
  expect(await windows()).toBe(1);

  await page.getByRole('button', { name: 'Ayarlar' }).click();
  await page.getByRole('switch', { name: 'Sistem tepsisinde simge' }).press('Space');
  await expect.poll(labels).toEqual([]);
});

test('a photo that the app is started with is the first thing one sees', async ({ desktop }) => {
  const running = await desktop.app();
  await running.quit();
  const path = desktop.photos[1]?.path ?? '';
  const main = await desktop.start({ args: [path] });
  const page = await main.page();
  await expect(page.getByTestId('lightbox')).toBeVisible({ timeout: 120_000 });
  await page.keyboard.press('i');
  await expect(page.getByTestId('lightbox').getByText(basename(path)).first()).toBeVisible();
});

test('a damaged catalog is replaced by its newest copy, and what was there is kept', async ({ desktop }) => {
  test.skip(desktop.kind !== 'double', 'Nobody could answer the dialog in time.');
  const running = await desktop.app();
  await running.quit();
  expect(readdirSync(join(desktop.libraryFolder, 'catalog-backups')).length).toBeGreaterThan(0);
  writeFileSync(join(desktop.libraryFolder, 'catalog.sqlite'), 'no database at all'.repeat(1000));
  const main = await desktop.start({
    before: ({ dialog, shell }) => {
      const said: string[] = [];
      Object.assign(globalThis, { said });
      shell.openPath = async (path) => {
        said.push(path);
        return '';
      };
      dialog.showMessageBox = async (...given: unknown[]) => {
        const { message, buttons } = given.at(-1) as Electron.MessageBoxOptions;
        said.push(`${message}|${buttons?.join('|')}`);
        // First the folder, then the copy.
        const asked = said.filter((line) => line.endsWith('|Çık')).length;
        return { response: asked === 1 ? 1 : 0, checkboxChecked: false };
      };
    },
  });
  const page = await main.page();
  await expect(first(page)).toBeVisible({ timeout: 120_000 });
  // In the language that was chosen above.
  const question = 'Arşiv okunamadı.|Yedeği Geri Yükle|Klasörü Aç|Çık';
  const done = 'Yedek geri yüklendi.|Tamam';
  expect(await saidIn(main)).toEqual([question, desktop.libraryFolder, question, done]);
  const kept = readdirSync(desktop.libraryFolder).filter((name) => name.startsWith('replaced-'));
  expect(kept).toHaveLength(1);
});
