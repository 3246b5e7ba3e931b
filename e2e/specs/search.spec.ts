// Search on the real thing: what was understood, ways out of a filter too many, suggestions by keyboard, a saved
// search, pictures as questions, and why a photo was found.
import { readFileSync } from 'node:fs';
import type { Page } from '@playwright/test';
import { expectAccessible } from '../axe.ts';
import { expect, test } from '../test.ts';

test.describe.configure({ mode: 'serial' });

const box = (page: Page) => page.getByRole('searchbox');
const chips = (page: Page) => page.getByTestId('query-chip');
const tiles = (page: Page) => page.getByTestId('photo-tile');

test('photos come first', async ({ app, host }) => {
  // Other specs may have left the server with its photos.
  const add = app.getByRole('button', { name: host.addFolder.en });
  await expect(add.or(tiles(app).first())).toBeVisible();
  if (await add.isVisible()) await add.click();
  await expect(tiles(app).first()).toBeVisible();
  await expect(app.getByTestId('progress-strip')).toBeHidden({ timeout: 120_000 });
});

test('what was understood is shown piece by piece, and each piece can go', async ({ app, server }) => {
  const query = server.photos[0]?.query ?? '';
  await box(app).fill(query);
  await expect(tiles(app).first()).toBeVisible();
  await expect(chips(app)).toHaveCount(0);
  await box(app).fill(`${query} -snow orientation:landscape date:blah`);
  await expect(chips(app)).toHaveCount(4);
  await expect(chips(app).last()).toHaveText(/date:blah is no date/);
  await expect(tiles(app).first()).toBeVisible();
  await expectAccessible(app, 'chips');
  await app.getByRole('button', { name: 'Remove not snow' }).click();
  await expect(box(app)).toHaveValue(`${query} orientation:landscape date:blah`);
  await chips(app).last().focus();
  await app.keyboard.press('Backspace');
  await expect(chips(app)).toHaveCount(2);
  await expect(chips(app).last()).toBeFocused();
  await expect(box(app)).toHaveValue(`${query} orientation:landscape`);
});

test('a filter that leaves nothing can be left out by one click', async ({ app, server }) => {
  const query = server.photos[0]?.query ?? '';
  await box(app).fill(`${query} orientation:portrait rating:5`);
  await expect(app.getByRole('heading', { name: 'No photo passes every filter' })).toBeVisible();
  await expectAccessible(app, 'filters leave nothing');
  await app.getByRole('button', { name: /^Without “rating ★★★★★”: \d+ photo/ }).click();
  await expect(box(app)).toHaveValue(`${query} orientation:portrait`);
  await expect(tiles(app).first()).toBeVisible();
});

test('what cannot be read or names nothing is pointed at, with a way out', async ({ app, server }) => {
  const query = server.photos[0]?.query ?? '';
  await box(app).fill('date:blah');
  await expect(app.getByRole('heading', { name: 'Nothing to look for yet' })).toBeVisible();
  await expect(chips(app)).toHaveText(/date:blah is no date/);
  await expectAccessible(app, 'nothing asked');
  await box(app).fill(`${query} orientation:landscpae`);
  await app.getByRole('button', { name: 'orientation:landscape?' }).click();
  await expect(box(app)).toHaveValue(`${query} orientation:landscape`);
  await box(app).fill(`${query} label:nosuch`);
  await expect(app.getByRole('heading', { name: 'No photo passes every filter' })).toBeVisible();
  await expect(chips(app)).toHaveCount(2);
  await expect(chips(app).last()).toHaveText(/label:nosuch is not known here/);
  await box(app).fill(`${query} label:nosuch rating:5`);
  await app.getByRole('button', { name: /^Without all filters: \d+ photo/ }).click();
  await expect(box(app)).toHaveValue(query);
  await expect(tiles(app).first()).toBeVisible();
});

test('suggestions are taken, dismissed and forgotten by keyboard', async ({ app, server }) => {
  const query = server.photos[0]?.query ?? '';
  await expect(tiles(app).first()).toBeVisible();
  await app.keyboard.press('Control+k');
  await app.keyboard.type(`${query} orient`);
  const options = app.getByRole('option');
  await expect(options.filter({ hasText: 'orientation:' })).toBeVisible();
  await app.keyboard.press('ArrowDown');
  await expect(box(app)).toHaveAttribute('aria-activedescendant', /.+/);
  await app.keyboard.press('Enter');
  await expect(box(app)).toHaveValue(`${query} orientation:`);
  await expect(options.first()).toBeVisible();
  await expectAccessible(app, 'suggestions');
  await app.keyboard.type('sq');
  await expect(options).toHaveCount(1);
  await app.keyboard.press('Tab');
  await expect(box(app)).toHaveValue(`${query} orientation:square `);
  await expect(box(app)).toBeFocused();
  // What was taken is a recent search now; it can be forgotten.
  await app.keyboard.press('Control+a');
  await app.keyboard.press('Backspace');
  const recent = options.filter({ hasText: 'orientation:square' });
  await expect(recent).toBeVisible();
  await app.keyboard.press('ArrowDown');
  await expect(recent).toHaveAttribute('aria-selected', 'true');
  await app.keyboard.press('Shift+Delete');
  await expect(recent).toHaveCount(0);
  await app.keyboard.press('Escape');
  await expect(options).toHaveCount(0);
});

test('a saved search stands in the sidebar, and asks again', async ({ app, server }) => {
  const query = server.photos[0]?.query ?? '';
  await box(app).fill(query);
  await expect(tiles(app).first()).toBeVisible();
  await app.getByRole('button', { name: 'Save this search' }).click();
  const dialog = app.getByRole('dialog', { name: 'Save this search' });
  await dialog.getByLabel('Name').fill('Kept');
  await dialog.getByRole('button', { name: 'Create' }).click();
  const kept = app.getByRole('navigation').getByRole('button', { name: /Kept/ });
  await expect(kept).toBeVisible();
  await app.getByRole('button', { name: 'Clear search' }).click();
  await expect(box(app)).toHaveValue('');
  await kept.click();
  await expect(box(app)).toHaveValue(query);
  await expect(tiles(app).first()).toBeVisible();
});

test('the order and the folding of an answer can be chosen', async ({ app, server }) => {
  await box(app).fill(server.photos[0]?.query ?? '');
  await expect(tiles(app).first()).toBeVisible();
  const newest = app.getByRole('button', { name: 'Newest first' });
  await newest.click();
  await expect(newest).toHaveAttribute('aria-pressed', 'true');
  const fold = app.getByRole('button', { name: 'Fold look-alikes' });
  await fold.click();
  await expect(fold).toHaveAttribute('aria-pressed', 'true');
  await expect(tiles(app).first()).toBeVisible();
});

test('a picture file is a question, alone and with words', async ({ app, server }) => {
  const [photo] = server.photos;
  const path = photo?.path ?? '';
  const name = path.split('/').at(-1) ?? '';
  const first = tiles(app).first().getByRole('img');
  await expect(tiles(app).first()).toBeVisible();
  await app.getByTestId('search-file').setInputFiles(path);
  await expect(app.getByRole('heading', { name: 'Photos like this picture' })).toBeVisible();
  await expect(first).toHaveAttribute('alt', new RegExp(name));
  await box(app).fill(photo?.query ?? '');
  await expect(app.getByRole('heading', { name: /Photos like this picture, and/ })).toBeVisible();
  await app.getByRole('button', { name: 'Search without the picture' }).click();
  await expect(app.getByRole('heading', { name: /^Results for/ })).toBeVisible();

  // The same by dropping it anywhere.
  await app.getByRole('button', { name: 'Clear search' }).click();
  const bytes = [...readFileSync(path)];
  const data = await app.evaluateHandle((content) => {
    const transfer = new DataTransfer();
    transfer.items.add(new File([new Uint8Array(content)], 'dropped.jpg', { type: 'image/jpeg' }));
    return transfer;
  }, bytes);
  await app.dispatchEvent('main', 'dragenter', { dataTransfer: data });
  await expect(app.getByText('Drop a picture to search by it')).toBeVisible();
  await app.dispatchEvent('main', 'drop', { dataTransfer: data });
  await expect(app.getByText('Drop a picture to search by it')).toBeHidden();
  await expect(first).toHaveAttribute('alt', new RegExp(name));
});

test('several chosen photos are one question', async ({ app }) => {
  await expect(tiles(app).first()).toBeVisible();
  await app.locator('[data-check-of]').nth(0).click({ force: true });
  await app.locator('[data-check-of]').nth(1).click({ force: true });
  await app.getByRole('button', { name: 'Like these' }).click();
  await expect(app.getByRole('heading', { name: 'Photos like these 2' })).toBeVisible();
  await expect(app).toHaveURL(/like=[0-9a-f]{20},[0-9a-f]{20}/);
  await app.reload();
  await expect(app.getByRole('heading', { name: 'Photos like these 2' })).toBeVisible();
});

test('why a photo was found, and a part of it to search for', async ({ app, server }) => {
  await box(app).fill(server.photos[0]?.query ?? '');
  await expect(tiles(app).first()).toBeVisible();
  await tiles(app).first().click();
  const lightbox = app.getByTestId('lightbox');
  await expect(lightbox).toBeVisible();
  await app.keyboard.press('w');
  await expect(app.getByTestId('heat-map')).toBeVisible();
  const panel = app.getByRole('region', { name: 'Why here' });
  await expect(panel.getByText(/of 100/).first()).toBeVisible();
  await expectAccessible(app, 'why here');
  await app.keyboard.press('w');
  await expect(app.getByTestId('heat-map')).toBeHidden();

  await app.getByRole('button', { name: 'Search for a part (P)' }).click();
  const surface = app.getByTestId('part-surface');
  const at = await surface.boundingBox();
  if (at === null) throw new Error('The photo has no place.');
  await app.mouse.move(at.x + at.width * 0.2, at.y + at.height * 0.2);
  await app.mouse.down();
  await app.mouse.move(at.x + at.width * 0.6, at.y + at.height * 0.7, { steps: 4 });
  await app.mouse.up();
  const drawn = app.getByRole('button', { name: 'Box around what to look for' });
  await expect.poll(async () => (await drawn.boundingBox())?.width ?? 0).toBeCloseTo(at.width * 0.4, -1);
  await expectAccessible(app, 'a part of a photo');
  await app.keyboard.press('Escape');
  await expect(surface).toBeHidden();
  await expect(lightbox).toBeVisible();
  await app.keyboard.press('p');
  await expect(drawn).toBeFocused();
  await app.keyboard.press('Shift+ArrowRight');
  await app.keyboard.press('Enter');
  await expect(lightbox).toBeHidden();
  await expect(app.getByRole('heading', { name: 'Photos like this part' })).toBeVisible();
  await expect(tiles(app).first()).toBeVisible();
});

test('the box is one key away, also from an open photo', async ({ app }) => {
  await tiles(app).first().click();
  await expect(app.getByTestId('lightbox')).toBeVisible();
  await app.keyboard.press('Control+k');
  await expect(app.getByTestId('lightbox')).toBeHidden();
  await expect(box(app)).toBeFocused();
});

test('photos by chance', async ({ app }) => {
  await expect(tiles(app).first()).toBeVisible();
  await app.keyboard.press('Control+k');
  await app.getByRole('button', { name: 'Surprise me' }).click();
  await expect(app.getByRole('heading', { name: 'Photos by chance' })).toBeVisible();
  await expect(tiles(app).first()).toBeVisible();
});
