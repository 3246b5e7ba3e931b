// A new user's first hour on the real thing: first run, photos, search, open, album, favourite, hide, undo; once by
// mouse and once by keyboard alone, once in each language.
import type { Page } from '@playwright/test';
import { expect, startHost, test } from '../test.ts';

test.describe.configure({ timeout: 180_000 });

interface Words {
  language: 'en' | 'tr';
  close: string;
  addToAlbum: string;
  newAlbum: string;
  name: string;
  create: string;
  favourite: RegExp;
  favourites: string;
  hide: string;
  hidden: RegExp;
  undo: string;
}

const WORDS: Words[] = [
  {
    language: 'en',
    close: 'Close',
    addToAlbum: 'Add to album',
    newAlbum: 'New album',
    name: 'Name',
    create: 'Create',
    favourite: /1 photo is a favourite now/,
    favourites: 'Favourites',
    hide: 'Hide',
    hidden: /1 photo hidden/,
    undo: 'Undo',
  },
  {
    language: 'tr',
    close: 'Kapat',
    addToAlbum: 'Albüme ekle',
    newAlbum: 'Yeni albüm',
    name: 'Ad',
    create: 'Oluştur',
    favourite: /1 fotoğraf favorilere eklendi/,
    favourites: 'Favoriler',
    hide: 'Gizle',
    hidden: /1 fotoğraf gizlendi/,
    undo: 'Geri al',
  },
];

const tiles = (page: Page) => page.getByTestId('photo-tile');
const photoId = (page: Page, index: number) =>
  tiles(page)
    .nth(index)
    .getAttribute('data-photo-id')
    .then((id) => id ?? '');
const tile = (page: Page, id: string) => page.locator(`[data-photo-id="${id}"]`);

for (const words of WORDS) {
  test(`by mouse (${words.language})`, async ({ hostKind, launchBrowser }) => {
    const host = await startHost(hostKind, launchBrowser);
    const addFolder = host.addFolder[words.language];
    try {
      const page = await host.open(words.language);
      await expect(page.getByRole('button', { name: addFolder })).toBeVisible();
      await page.getByRole('button', { name: addFolder }).click();
      await expect(tiles(page).first()).toBeVisible({ timeout: 60_000 });
      await expect(page.getByTestId('progress-strip')).toBeHidden({ timeout: 60_000 });

      await page.getByRole('searchbox').fill(host.photos[0]?.query ?? '');
      await expect(page).toHaveURL(/q=/);
      await tiles(page).first().click();
      await expect(page.getByTestId('lightbox')).toBeVisible();
      await page.getByTestId('lightbox').getByRole('button', { name: words.close, exact: true }).click();
      await expect(page.getByTestId('lightbox')).toBeHidden();

      await page.locator('[data-check-of]').nth(0).click();
      await page.locator('[data-check-of]').nth(1).click();
      await page.getByRole('button', { name: words.addToAlbum }).click();
      const dialog = page.getByRole('dialog');
      await dialog.getByRole('button', { name: words.newAlbum }).click();
      await dialog.getByLabel(words.name).fill('Bodrum');
      await dialog.getByRole('button', { name: words.create }).click();
      await page
        .getByRole('navigation')
        .getByRole('button', { name: /Bodrum/ })
        .click();
      await expect(page).toHaveURL(/album=1/);
      await expect(tiles(page)).toHaveCount(2);

      const id = await photoId(page, 0);
      await tile(page, id).hover();
      await page.locator(`[data-heart-of="${id}"]`).click();
      await expect(page.getByText(words.favourite)).toBeVisible();
      await page.getByRole('navigation').getByRole('button', { name: words.favourites }).click();
      await expect(tile(page, id)).toBeVisible();

      await tile(page, id).click({ button: 'right' });
      await page.getByRole('menuitem', { name: words.hide }).click();
      await expect(tile(page, id)).toBeHidden();
      const said = page.getByRole('alert').filter({ hasText: words.hidden });
      await said.getByRole('button', { name: words.undo }).click();
      await expect(tile(page, id)).toBeVisible();
    } finally {
      await host.close();
    }
  });

  test(`by keyboard alone (${words.language})`, async ({ hostKind, launchBrowser }) => {
    const host = await startHost(hostKind, launchBrowser);
    const addFolder = host.addFolder[words.language];
    try {
      const page = await host.open(words.language);
      const { keyboard } = page;
      await expect(page.getByRole('button', { name: addFolder })).toBeVisible();
      await tabTo(page, addFolder);
      await keyboard.press('Enter');
      await expect(tiles(page).first()).toBeVisible({ timeout: 60_000 });
      await expect(page.getByTestId('progress-strip')).toBeHidden({ timeout: 60_000 });

      await keyboard.press('Control+k');
      await keyboard.type(host.photos[0]?.query ?? '');
      await expect(page).toHaveURL(/q=/);
      await expect(tiles(page).first()).toBeVisible();
      await keyboard.press('ArrowDown');
      await keyboard.press('Enter');
      await expect(page.getByTestId('lightbox')).toBeVisible();
      const id = await page.locator('.yarl__slide_current [data-photo-id]').getAttribute('data-photo-id');
      await keyboard.press('f');
      await expect(page.getByText(words.favourite)).toBeVisible();
      await keyboard.press('4');
      await keyboard.press('Escape');
      await expect(page.getByTestId('lightbox')).toBeHidden();

      await keyboard.press('x');
      await keyboard.press('Shift+ArrowRight');
      await keyboard.press('a');
      await tabTo(page, words.newAlbum);
      await keyboard.press('Enter');
      await expect(page.getByRole('textbox', { name: words.name })).toBeFocused();
      await keyboard.type('Bodrum');
      await keyboard.press('Enter');
      await expect(page.getByRole('navigation').getByRole('button', { name: /Bodrum/ })).toBeVisible();
      await keyboard.press('Escape');
      await keyboard.press('Escape');
      await expect(page).not.toHaveURL(/q=/);

      await tabTo(page, words.favourites);
      await keyboard.press('Enter');
      await expect(tiles(page)).toHaveCount(1);
      await expect(tile(page, id ?? '')).toBeVisible();
      await tabTo(page, null);
      await keyboard.press('h');
      await expect(page.getByText(words.hidden)).toBeVisible();
      await expect(tiles(page)).toHaveCount(0);
      await keyboard.press('Control+z');
      await expect(tile(page, id ?? '')).toBeVisible();
    } finally {
      await host.close();
    }
  });
}

/** Tabs until the focus is on a button of this name, or (null) on a photo. */
async function tabTo(page: Page, name: string | null): Promise<void> {
  for (let presses = 0; presses < 60; presses++) {
    const here = await page.evaluate(() => {
      const focused = document.activeElement;
      const text = focused?.tagName === 'BUTTON' ? focused.textContent : '';
      return { text, photo: focused?.hasAttribute('data-photo-id') ?? false };
    });
    if (name === null ? here.photo : here.text.includes(name)) return;
    await page.keyboard.press('Tab');
  }
  throw new Error(`The key Tab does not lead to ${name ?? 'a photo'}.`);
}
