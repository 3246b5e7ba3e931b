// Copies for elsewhere: in a browser they are downloaded, one photo as it is, several as an archive; the desktop app asks
// for a folder and copies them there.
import { mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { expect, test } from '../test.ts';

test.describe('in a browser', () => {
  // Before anything is started for it. The desktop app asks for a folder, and copies pictures itself (desktop-native.spec.ts).
  test.skip(({ hostKind }) => hostKind !== 'browser', 'Not a browser.');

  test('chosen photos are downloaded, by mouse and by key', async ({ app, host }) => {
    await app.getByRole('button', { name: host.addFolder.en }).click();
    await expect(app.getByTestId('progress-strip')).toBeHidden({ timeout: 120_000 });
    await app.locator('[data-check-of]').nth(0).click();
    const archive = app.waitForEvent('download');
    await app.locator('[data-check-of]').nth(1).click();
    await app.getByRole('button', { name: 'Export copies' }).click();
    const zip = await archive;
    expect(zip.suggestedFilename()).toBe('photos.zip');
    const bytes = await readFile(await zip.path());
    expect(bytes.readUInt32LE(0)).toBe(0x04034b50);
    await expect(app.getByText('Downloading copies of 2 photos')).toBeVisible();

    await app.getByRole('button', { name: 'Clear the selection' }).click();
    await app.getByTestId('photo-tile').nth(0).focus();
    const one = app.waitForEvent('download');
    await app.keyboard.press('e');
    const file = await one;
    const original = host.photos.find(({ path }) => basename(path) === file.suggestedFilename());
    if (original === undefined) throw new Error(`no photo is called ${file.suggestedFilename()}`);
    expect((await readFile(await file.path())).equals(await readFile(original.path))).toBe(true);
  });

  test('a picture is copied for other programs, as a PNG', async ({ app, host }) => {
    await app.context().grantPermissions(['clipboard-read', 'clipboard-write']);
    const add = app.getByRole('button', { name: host.addFolder.en });
    await expect(add.or(app.getByTestId('photo-tile').first())).toBeVisible();
    if (await add.isVisible()) await add.click();
    await app.getByTestId('photo-tile').first().focus();
    await app.keyboard.press('Control+c');
    await expect(app.getByText('Picture copied')).toBeVisible();
    const width = await app.evaluate(async () => {
      const [item] = await navigator.clipboard.read();
      const picture = await item?.getType('image/png');
      return picture === undefined ? 0 : (await createImageBitmap(picture)).width;
    });
    expect(width).toBeGreaterThan(100);
  });
});

test.describe('in the desktop app', () => {
  test.skip(({ hostKind }) => hostKind === 'browser', 'A browser downloads them.');

  test('chosen photos are copied into a folder, by mouse and by key', async ({ desktop }) => {
    const app = await desktop.open();
    await app.getByRole('button', { name: desktop.addFolder.en }).click();
    await expect(app.getByTestId('photo-tile').first()).toBeVisible();
    await expect(app.getByTestId('progress-strip')).toBeHidden({ timeout: 120_000 });
    const target = join(dirname(desktop.libraryFolder), 'copies');
    mkdirSync(target);
    const main = await desktop.app();
    await main.evaluate(({ dialog }, path) => {
      dialog.showOpenDialog = async () => ({ canceled: false, filePaths: [path] });
    }, target);

    await app.locator('[data-check-of]').nth(0).click();
    await app.locator('[data-check-of]').nth(1).click();
    await app.getByRole('button', { name: 'Export copies' }).click();
    await expect(app.getByText('2 photos copied')).toBeVisible();
    expect(readdirSync(target)).toHaveLength(2);

    await app.getByRole('button', { name: 'Clear the selection' }).click();
    await app.getByTestId('photo-tile').nth(2).focus();
    await app.keyboard.press('e');
    await expect(app.getByText('1 photo copied')).toBeVisible();
    expect(readdirSync(target)).toHaveLength(3);
    for (const name of readdirSync(target)) {
      const original = desktop.photos.find(({ path }) => basename(path) === name);
      if (original === undefined) throw new Error(`no photo is called ${name}`);
      expect(readFileSync(join(target, name)).equals(readFileSync(original.path)), name).toBe(true);
    }
  });
});
