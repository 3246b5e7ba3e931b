// A new user's first hour on the real thing: first run, photos, search, open, label, album, favourite, trash, undo; once
// by mouse and once by keyboard alone, once in each language.
import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Page } from '@playwright/test';
import type { Host, HostKind } from '../host.ts';
import { expect, startHost, test } from '../test.ts';

test.describe.configure({ timeout: 240_000 });

interface Words {
  language: 'en' | 'tr';
  close: string;
  addToAlbum: string;
  newAlbum: string;
  name: string;
  create: string;
  favourite: RegExp;
  favourites: string;
  label: string;
  pickLabel: string;
  labelled: RegExp;
  trash: string;
  trashed: RegExp;
  samples: string;
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
    label: 'Label…',
    pickLabel: 'Find or make a label…',
    labelled: /“Holiday” given to 1 photo/,
    trash: 'Move to trash',
    trashed: /1 file moved to the trash/,
    samples: 'Try it with sample pictures',
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
    label: 'Etiketle…',
    pickLabel: 'Etiket bul ya da yap…',
    labelled: /“Holiday” 1 fotoğrafa verildi/,
    trash: 'Çöpe taşı',
    trashed: /1 dosya çöpe taşındı/,
    samples: 'Örnek resimlerle deneyin',
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

/** A program of its own, with a trash of its own. */
async function walk(
  kind: HostKind,
  launchBrowser: () => Promise<Browser>,
  steps: (host: Host, trash: () => string[]) => Promise<void>,
): Promise<void> {
  // On one disk with the photos, or the trash of that disk would be another one.
  const data = mkdtempSync(join(tmpdir(), 'semblance-e2e-data-'));
  const before = process.env.XDG_DATA_HOME;
  process.env.XDG_DATA_HOME = data;
  const files = join(data, 'Trash', 'files');
  try {
    const host = await startHost(kind, launchBrowser);
    await steps(host, () => (existsSync(files) ? readdirSync(files) : [])).finally(() => host.close());
  } finally {
    if (before === undefined) delete process.env.XDG_DATA_HOME;
    else process.env.XDG_DATA_HOME = before;
    rmSync(data, { recursive: true, force: true });
  }
}

for (const words of WORDS) {
  test(`by mouse (${words.language})`, async ({ hostKind, launchBrowser }) => {
    await walk(hostKind, launchBrowser, async (host, trash) => {
      const addFolder = host.addFolder[words.language];
      const page = await host.open(words.language);
      await expect(page.getByRole('button', { name: addFolder })).toBeVisible();
      await page.getByRole('button', { name: addFolder }).click();
      await expect(tiles(page).first()).toBeVisible({ timeout: 120_000 });
      await expect(page.getByTestId('progress-strip')).toBeHidden({ timeout: 120_000 });

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
      await page.getByRole('menuitem', { name: words.label }).click();
      await page.getByRole('combobox', { name: words.pickLabel }).fill('Holiday');
      await page.getByRole('option', { name: /Holiday/ }).click();
      await expect(page.getByText(words.labelled)).toBeVisible();
      await dialog.getByRole('button', { name: words.close, exact: true }).click();

      await tile(page, id).click({ button: 'right' });
      await page.getByRole('menuitem', { name: words.trash }).click();
      await dialog.getByRole('button', { name: words.trash }).click();
      await expect(tile(page, id)).toBeHidden();
      expect(trash()).toHaveLength(1);
      const said = page.getByRole('alert').filter({ hasText: words.trashed });
      await said.getByRole('button', { name: words.undo }).click();
      await expect(tile(page, id)).toBeVisible();
      expect(trash()).toHaveLength(0);
      await tile(page, id).click();
      await page.keyboard.press('i');
      await expect(page.getByTestId('lightbox').getByText('Holiday')).toBeVisible();
    });
  });

  test(`by keyboard alone (${words.language})`, async ({ hostKind, launchBrowser }) => {
    await walk(hostKind, launchBrowser, async (host, trash) => {
      const addFolder = host.addFolder[words.language];
      const page = await host.open(words.language);
      const { keyboard } = page;
      await expect(page.getByRole('button', { name: addFolder })).toBeVisible();
      await tabTo(page, addFolder);
      await keyboard.press('Enter');
      await expect(tiles(page).first()).toBeVisible({ timeout: 120_000 });
      await expect(page.getByTestId('progress-strip')).toBeHidden({ timeout: 120_000 });

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
      await keyboard.press('l');
      await expect(page.getByRole('combobox', { name: words.pickLabel })).toBeFocused();
      await keyboard.type('Holiday');
      await keyboard.press('Enter');
      await expect(page.getByText(words.labelled)).toBeVisible();
      await keyboard.press('Escape');
      await expect(page.getByRole('dialog')).toBeHidden();
      await tabTo(page, null);
      await keyboard.press('Delete');
      await expect(page.getByRole('dialog').getByRole('button', { name: words.trash })).toBeFocused();
      await keyboard.press('Enter');
      await expect(page.getByText(words.trashed)).toBeVisible();
      await expect(tiles(page)).toHaveCount(0);
      expect(trash()).toHaveLength(1);
      await keyboard.press('Control+z');
      await expect(tile(page, id ?? '')).toBeVisible();
      expect(trash()).toHaveLength(0);
    });
  });
}

test('sample pictures show what it does, without photos at hand', async ({ hostKind, launchBrowser }) => {
  const [words] = WORDS as [Words];
  await walk(hostKind, launchBrowser, async (host) => {
    const page = await host.open(words.language);
    await page.getByRole('button', { name: words.samples }).click();
    await expect(tiles(page).first()).toBeVisible({ timeout: 120_000 });
    await expect(page.getByTestId('progress-strip')).toBeHidden({ timeout: 120_000 });
    await expect(page.getByRole('button', { name: 'Sample pictures 32' })).toBeVisible();
    await page.getByRole('searchbox').fill('snow');
    await expect(page).toHaveURL(/q=/);
    await expect(tiles(page).first()).toBeVisible();
    expect(readdirSync(join(host.libraryFolder, '..', 'Sample pictures'))).toContain('2021');
  });
});

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
