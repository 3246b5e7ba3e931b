// Copies for elsewhere: in a browser they are downloaded, one photo as it is, several as an archive.
import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { expect, test } from '../test.ts';

test('chosen photos are downloaded, by mouse and by key', async ({ app, host, server }) => {
  await app.getByRole('button', { name: host.addFolder.en }).click();
  await expect(app.getByTestId('progress-strip')).toBeHidden({ timeout: 60_000 });
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
  const original = server.photos.find(({ path }) => basename(path) === file.suggestedFilename());
  if (original === undefined) throw new Error(`no photo is called ${file.suggestedFilename()}`);
  const path = original.path.startsWith('/') ? original.path : `${server.photoFolder}/${original.path}`;
  expect((await readFile(await file.path())).equals(await readFile(path))).toBe(true);
});
