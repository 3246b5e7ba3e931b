// axe on every screen, in both themes; the window at 900 pixels and at 200 % zoom.
import { expectAccessible } from '../axe.ts';
import { expect, test } from '../fake.ts';

test.describe.configure({ timeout: 240_000 });

test('before there are photos', async ({ open }) => {
  for (const state of [
    'first-run',
    'first-run-desktop',
    'none-offered',
    'fresh',
    'connecting',
    'expired',
    'locked',
  ]) {
    const page = await open(`state=${state}`);
    await expect(page.locator('main')).toBeVisible();
    await expectAccessible(page, state);
    await page.close();
  }
});

test('every component in its states', async ({ open }) => {
  const page = await open('state=gallery');
  await expect(page.getByRole('heading', { name: 'Components' })).toBeVisible();
  await expect(page.getByTestId('photo-tile')).toHaveCount(7);
  await expectAccessible(page, 'gallery');
});

test('photos, choosing, menus and dialogs', async ({ open }) => {
  const page = await open('state=indexing&desktop');
  await expect(page.getByTestId('photo-tile').first()).toBeVisible();
  await expectAccessible(page, 'library');
  await page.getByRole('button', { name: 'Indexing pace' }).click();
  await page.getByRole('menuitem', { name: 'Gentle' }).waitFor();
  await expectAccessible(page, 'pace');
  await page.getByRole('menuitem', { name: 'Gentle' }).click();
  await expect(page.getByRole('button', { name: 'Indexing pace: Gentle' })).toBeVisible();
  await page.locator('[data-check-of]').nth(1).click();
  await page.locator('[data-check-of]').nth(2).click();
  await expectAccessible(page, 'selection');
  await page.getByTestId('photo-tile').nth(1).click({ button: 'right' });
  await expect(page.getByRole('menu')).toBeVisible();
  await expectAccessible(page, 'menu');
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: 'Add to album' }).click();
  await expectAccessible(page, 'album picker');
  await page.getByRole('dialog').getByRole('button', { name: 'New album' }).click();
  await expectAccessible(page, 'album name');
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: 'Compare' }).click();
  await expect(page.getByTestId('compare')).toBeVisible();
  await expectAccessible(page, 'compare');
});

test('views, rooms and drawers', async ({ open }) => {
  const places = [
    '#view=favourites',
    '#view=recent',
    '#view=hidden',
    '#album=2',
    '#folder=1:2021',
    '#room=albums',
    '#room=models',
  ];
  for (const place of places) {
    const page = await open(`state=library${place}`);
    await expect(page.locator('main').locator('h1, h2').first()).toBeVisible();
    await expectAccessible(page, place);
    await page.close();
  }
  const page = await open('state=offline');
  await page.getByRole('button', { name: 'Failed files' }).click();
  await expectAccessible(page, 'failures');
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: 'Manage folders' }).click();
  await expectAccessible(page, 'folders');
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: 'Settings' }).click();
  await expectAccessible(page, 'settings');
  await page.getByRole('button', { name: 'Keyboard shortcuts' }).click();
  await expectAccessible(page, 'shortcuts');
});

test('what was thrown away', async ({ open }) => {
  const page = await open('state=library&thrown=9#room=trash');
  const room = page.getByRole('region', { name: 'Thrown away' });
  await expect(room.getByRole('listitem')).toHaveCount(9);
  await room.getByRole('checkbox', { name: 'Select all' }).click();
  await expectAccessible(page, 'thrown away');
  await room.getByRole('button', { name: 'Put 6 back' }).click();
  await expect(room.getByRole('listitem')).toHaveCount(4);
  await expect(room.getByRole('status')).toContainText('1 file could not be put back');
  await expect(room.getByText('Its folder may not be changed.')).toBeVisible();
  await expectAccessible(page, 'put back');
  await page.close();
  const empty = await open('state=library#room=trash', 'tr');
  await expect(empty.getByRole('heading', { name: 'Çöpe atılan bir şey yok' })).toBeVisible();
  await expectAccessible(empty, 'nothing thrown away');
});

test('a folder that another one has taken the place of', async ({ open }) => {
  const page = await open('state=stranger');
  await page.getByRole('button', { name: 'Manage folders' }).click();
  await expectAccessible(page, 'a folder found elsewhere');
});

test('labels: the studio, review, runs, packs, and labels on photos', async ({ open }) => {
  const page = await open('state=library#room=labels');
  const room = page.getByTestId('labels-room');
  await expect(room.getByRole('treeitem').first()).toBeVisible();
  await room.getByRole('treeitem').first().click();
  await expectAccessible(page, 'label studio');
  for (const way of ['Review', 'Runs', 'Packs and more']) {
    await room.getByRole('button', { name: way }).first().click();
    await expectAccessible(page, `labels: ${way}`);
  }
  await page.getByRole('button', { name: 'Look for groups' }).click();
  await page.getByRole('button', { name: 'Start learning' }).click();
  await expect(page.getByRole('img', { name: 'Error by round' })).toBeVisible();
  await expectAccessible(page, 'label tools');
  await page.close();

  const photos = await open('state=library');
  await photos.locator('[data-check-of]').nth(1).click();
  await photos.keyboard.press('l');
  await expect(photos.getByRole('dialog')).toBeVisible();
  await expectAccessible(photos, 'label picker');
  await photos.keyboard.press('Escape');
  await expect(photos.getByRole('dialog')).toBeHidden();
  await photos.keyboard.press('Delete');
  await expect(photos.getByRole('dialog')).toContainText('trash');
  await expectAccessible(photos, 'trash question');
});

test('duplicates: overview and review', async ({ open }) => {
  const page = await open('state=library#room=duplicates');
  await expect(page.locator('main').locator('h1, h2').first()).toBeVisible();
  await expectAccessible(page, 'duplicates');
  await page
    .locator('main')
    .getByRole('button', { name: /review/i })
    .first()
    .click();
  await page.waitForTimeout(500);
  await expectAccessible(page, 'duplicates review');
});

test('search and the open photo', async ({ open }) => {
  for (const state of ['library', 'no-match', 'no-results', 'search-error']) {
    const page = await open(`state=${state}#q=dog`);
    await expect(page.locator('main').locator('h1, h2').first()).toBeVisible();
    await expectAccessible(page, `search: ${state}`);
    await page.close();
  }
  const page = await open('state=library');
  await page.getByTestId('photo-tile').first().click();
  await expect(page.getByTestId('lightbox')).toBeVisible();
  await page.keyboard.press('i');
  await expect(page.getByRole('complementary', { name: 'Information' })).toBeVisible();
  await expectAccessible(page, 'open photo');
});

test('trouble', async ({ open }) => {
  for (const state of ['lost', 'stopped', 'paused', 'all-offline', 'library-error']) {
    const page = await open(`state=${state}`);
    await expect(page.locator('main')).toBeVisible();
    await expectAccessible(page, state);
    await page.close();
  }
});

for (const [name, viewport] of [
  ['900 pixels', { width: 900, height: 700 }],
  ['200 % zoom', { width: 720, height: 450 }],
] as const) {
  test(`nothing is cut off at ${name}`, async ({ open }) => {
    const page = await open('state=library');
    await page.setViewportSize(viewport);
    await expect(page.getByTestId('photo-tile').first()).toBeVisible();
    const wide = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
    expect(wide).toBeLessThanOrEqual(0);
    const box = await page.getByRole('searchbox').boundingBox();
    expect((box?.x ?? -1) >= 0 && (box?.x ?? 0) + (box?.width ?? 0) <= viewport.width).toBe(true);
    await page.locator('[data-check-of]').first().click({ force: true });
    const bar = page.getByRole('region', { name: 'Selected photos' });
    for (const button of await bar.getByRole('button').all()) {
      if (!(await button.isVisible())) continue;
      const at = await button.boundingBox();
      expect(
        (at?.x ?? 0) + (at?.width ?? 0),
        (await button.getAttribute('aria-label')) ?? '',
      ).toBeLessThanOrEqual(viewport.width);
    }
    await page.keyboard.press('Escape');
    const menu = page.getByRole('button', { name: 'Open the sidebar' });
    if (viewport.width < 900) await menu.click();
    await page.getByRole('button', { name: 'Favourites' }).click();
    await expect(page).toHaveURL(/view=favourites/);
    await expectAccessible(page, name);
  });
}
