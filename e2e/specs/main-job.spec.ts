// The main job as a new user does it: first run, photos appear, describe one, open it, close it, come back later.
import { expect, test } from '../test.ts';

test.describe.configure({ mode: 'serial' });

test('first run offers the folder, and its photos appear', async ({ app, server }) => {
  await expect(app.getByRole('checkbox', { name: server.photoFolder })).toBeChecked();
  await app.getByRole('button', { name: 'Add this folder' }).click();
  await expect(app.getByTestId('photo-grid')).toBeVisible();
  await expect(app.getByTestId('photo-tile').first()).toBeVisible();
  await expect(app.getByTestId('progress-strip')).toBeHidden({ timeout: 60_000 });
});

test('each description finds its pictures first', async ({ app, server }) => {
  const queries = [...new Set(server.photos.map((photo) => photo.query))];
  expect(queries.length).toBeGreaterThanOrEqual(5);
  for (const query of queries) {
    const right = server.photos.filter((photo) => photo.query === query).map((photo) => photo.path);
    await app.getByRole('searchbox').fill(query);
    const names = right.map((path) => path.split('/').at(-1)).join('|');
    await expect(
      app.getByTestId('photo-tile').first().getByRole('img'),
      `first result for "${query}"`,
    ).toHaveAttribute('alt', new RegExp(names));
  }
});

test('a photo opens, shows its facts, and closes again', async ({ app }) => {
  const tile = app.getByTestId('photo-tile').first();
  await tile.click();
  const lightbox = app.getByTestId('lightbox');
  await expect(lightbox).toBeVisible();
  const picture = lightbox.locator('img').first();
  await expect.poll(() => picture.evaluate((img: HTMLImageElement) => img.naturalWidth)).toBeGreaterThan(0);
  await app.keyboard.press('Escape');
  await expect(lightbox).toBeHidden();
});

test('search and open photo survive a reload', async ({ app, server }) => {
  const query = server.photos[0]?.query ?? '';
  await app.getByRole('searchbox').fill(query);
  await expect(app.getByTestId('photo-tile').first()).toBeVisible();
  await app.reload();
  await expect(app.getByRole('searchbox')).toHaveValue(query);
  await app.getByTestId('photo-tile').first().click();
  await expect(app.getByTestId('lightbox')).toBeVisible();
  await app.reload();
  await expect(app.getByTestId('lightbox')).toBeVisible();
  await app.keyboard.press('Escape');
  await expect(app.getByRole('searchbox')).toHaveValue(query);
});

test('everything works by keyboard alone', async ({ app, server }) => {
  await expect(app.getByTestId('photo-tile').first()).toBeVisible();
  await app.keyboard.press('Control+k');
  await app.keyboard.type(server.photos[0]?.query ?? '');
  await expect(app).toHaveURL(/q=/);
  await expect(app.getByTestId('photo-tile').first()).toBeVisible();
  await app.keyboard.press('ArrowDown');
  await app.keyboard.press('Enter');
  await expect(app.getByTestId('lightbox')).toBeVisible();
  await app.keyboard.press('Escape');
  await expect(app.getByTestId('lightbox')).toBeHidden();
});

test('a killed server comes back with everything it had', async ({ chromiumBrowser, server }) => {
  await server.kill();
  const context = await chromiumBrowser.newContext({ viewport: { width: 1440, height: 900 } });
  const page = await context.newPage();
  await page.goto(await server.restart());
  await expect(page.getByTestId('photo-tile').first()).toBeVisible();
  await page.getByRole('searchbox').fill(server.photos[0]?.query ?? '');
  await expect(page.getByTestId('photo-tile').first()).toBeVisible();
  await context.close();
});
