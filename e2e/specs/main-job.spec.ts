// The main job as a new user does it: first run, photos appear, describe one, open it, close it, come back later.
import { expect, test } from '../test.ts';

test.describe.configure({ mode: 'serial' });

test('first run offers the folder, and its photos appear', async ({ app, host }) => {
  if (host.kind === 'browser')
    await expect(app.getByRole('checkbox', { name: host.photoFolder })).toBeChecked();
  await app.getByRole('button', { name: host.addFolder.en }).click();
  await expect(app.getByTestId('photo-grid')).toBeVisible();
  await expect(app.getByTestId('photo-tile').first()).toBeVisible();
  await expect(app.getByTestId('progress-strip')).toBeHidden({ timeout: 120_000 });
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

test('a photo is never larger than its own pixels, until one asks for it', async ({ app }) => {
  await app.setViewportSize({ width: 2400, height: 1800 });
  await app.getByTestId('photo-tile').first().click();
  const lightbox = app.getByTestId('lightbox');
  const shown = lightbox.locator('.yarl__slide_current .sem-slide');
  const width = () => shown.evaluate((slide) => slide.getBoundingClientRect().width);
  const picture = shown.locator('img[data-layer="full"]');
  await expect.poll(() => picture.evaluate((img: HTMLImageElement) => img.naturalWidth)).toBeGreaterThan(0);
  const own = await picture.evaluate((img: HTMLImageElement) => img.naturalWidth);
  await expect.poll(width).toBeCloseTo(own, 0);
  // In a window smaller than the photo it fits, and the key Z brings its own pixels back.
  await app.setViewportSize({ width: 900, height: 600 });
  await expect.poll(width).toBeLessThan(901);
  await app.keyboard.press('z');
  await expect.poll(width).toBeCloseTo(own, -1);
  await app.keyboard.press('z');
  await expect.poll(width).toBeLessThan(901);
  const before = await width();
  await shown.dblclick({ position: { x: 200, y: 200 } });
  await expect.poll(width).toBeGreaterThan(before * 1.05);
  await app.keyboard.press('Escape');
  await expect(lightbox).toBeHidden();
});

test('the keys are listed by one of them, also over an open photo', async ({ app }) => {
  const sheet = app.getByRole('dialog', { name: 'Keyboard shortcuts' });
  await app.getByTestId('photo-tile').first().click();
  await expect(app.getByTestId('lightbox')).toBeVisible();
  await app.keyboard.press('?');
  await expect(sheet).toBeVisible();
  await app.keyboard.press('Escape');
  await expect(sheet).toBeHidden();
  await expect(app.getByTestId('lightbox')).toBeVisible();
  await app.keyboard.press('Escape');
  await expect(app.getByTestId('lightbox')).toBeHidden();
});

test('the settings tell what there is', async ({ app, server }) => {
  await app.getByRole('button', { name: 'Settings' }).click();
  const drawer = app.getByRole('dialog', { name: 'Settings' });
  await expect(drawer.getByText(server.libraryFolder)).toBeVisible();
  await expect(drawer.getByText('all of them')).toBeVisible();
  await expect(drawer.getByRole('heading', { name: 'Search model' })).toBeVisible();
  const keys = drawer.getByRole('button', { name: 'Keyboard shortcuts' });
  await keys.click();
  await expect(app.getByRole('dialog', { name: 'Keyboard shortcuts' })).toBeVisible();
  await app.keyboard.press('Escape');
  await expect(app.getByRole('dialog', { name: 'Keyboard shortcuts' })).toBeHidden();
  await expect(keys).toBeFocused();
  await app.keyboard.press('Escape');
  await expect(drawer).toBeHidden();
});

test('what was killed comes back with everything it had', async ({ host }) => {
  await host.kill();
  const page = await host.open();
  await expect(page.getByTestId('photo-tile').first()).toBeVisible();
  await page.getByRole('searchbox').fill(host.photos[0]?.query ?? '');
  await expect(page.getByTestId('photo-tile').first()).toBeVisible();
});
