// The page's side of the desktop app: what it does with the menu's commands and with drags, on a bridge of the test's own.
import type { Page } from '@playwright/test';
import { expect, test } from '../fake.ts';

interface Said {
  looks: { theme: string; language: string }[];
  dropped: string[][];
  carried: string[][];
  opened: string[];
  copied: string[];
}

declare global {
  interface Window {
    said: Said;
    command(name: string): void;
  }
}

/** As the preload gives it to the page. */
function bridge(): void {
  window.said = { looks: [], dropped: [], carried: [], opened: [], copied: [] };
  Object.assign(window, {
    semblance: {
      mediaBase: 'media:/',
      connect: () => undefined,
      onCommand: (listener: (name: string) => void) => {
        window.command = listener;
      },
      tellLooks: (looks: Said['looks'][number]) => window.said.looks.push(looks),
      addDropped: (files: File[]) => window.said.dropped.push(files.map((file) => file.name)),
      openElsewhere: (id: string) => window.said.opened.push(id),
      carry: (ids: string[]) => window.said.carried.push(ids),
      copyPicture: async (id: string) => {
        window.said.copied.push(id);
        return true;
      },
      wantedPhoto: async () => window.sessionStorage.getItem('wanted'),
    },
  });
}

async function inTheApp(page: Page): Promise<Page> {
  await page.addInitScript(bridge);
  await page.reload();
  await expect(page.getByTestId('photo-tile').first()).toBeVisible();
  return page;
}

const command = (page: Page, name: string) => page.evaluate((value) => window.command(value), name);
const said = (page: Page) => page.evaluate(() => window.said);

test('the menu leads everywhere, and its other items do what their keys do', async ({ open }) => {
  const page = await inTheApp(await open('photos=200'));
  await command(page, 'go-labels');
  await expect(page).toHaveURL(/room=labels/);
  await command(page, 'go-duplicates');
  await expect(page).toHaveURL(/room=duplicates/);
  await command(page, 'go-photos');
  await expect(page.getByTestId('photo-tile').first()).toBeVisible();
  await command(page, 'find');
  await expect(page.getByRole('searchbox')).toBeFocused();
  await command(page, 'settings');
  await expect(page.getByRole('dialog', { name: 'Settings' })).toBeVisible();
  await page.keyboard.press('Escape');
  await command(page, 'shortcuts');
  await expect(page.getByRole('dialog', { name: 'Keyboard shortcuts' })).toContainText(
    'Drag to other programs',
  );
  await page.keyboard.press('Escape');
  await expect(page.getByRole('dialog')).toHaveCount(0);
  await command(page, 'format-disk');
  await expect(page.getByTestId('photo-tile').first()).toBeVisible();
});

test('the menu takes back the last act, and in a text field the last edit', async ({ open }) => {
  const page = await inTheApp(await open('photos=200'));
  await page.getByTestId('photo-tile').first().hover();
  await page.keyboard.press('Escape');
  await page.locator('[data-photo-id]').first().focus();
  await page.keyboard.press('f');
  await expect(page.getByRole('button', { name: 'Undo' })).toBeVisible();
  await command(page, 'undo');
  await expect(page.getByText('Undone')).toBeVisible();
  await page.getByRole('searchbox').focus();
  await page.keyboard.type('dog');
  await command(page, 'undo');
  await expect(page.getByRole('searchbox')).not.toHaveValue('dog');
});

test('the app knows how the window looks', async ({ open }) => {
  const page = await inTheApp(await open('photos=200', 'tr'));
  expect((await said(page)).looks.at(-1)).toEqual({ theme: 'auto', language: 'tr', tray: false });
  await command(page, 'settings');
  await page.getByText('Koyu', { exact: true }).click();
  await expect
    .poll(async () => (await said(page)).looks.at(-1))
    .toEqual({ theme: 'dark', language: 'tr', tray: false });
});

test('photos are carried out with Shift, and only then, or opened elsewhere', async ({ open }) => {
  const page = await inTheApp(await open('photos=200'));
  const tile = page.locator('[data-photo-id]').first();
  const id = await tile.getAttribute('data-photo-id');
  const drag = (shiftKey: boolean) =>
    tile.evaluate((element, held) => {
      const event = new DragEvent('dragstart', {
        bubbles: true,
        cancelable: true,
        shiftKey: held,
        dataTransfer: new DataTransfer(),
      });
      return element.dispatchEvent(event);
    }, shiftKey);
  expect(await drag(false)).toBe(true);
  expect((await said(page)).carried).toEqual([]);
  expect(await drag(true)).toBe(false);
  expect((await said(page)).carried).toEqual([[id]]);
  await tile.click({ button: 'right' });
  await page.getByRole('menuitem', { name: 'Open in another program' }).click();
  expect((await said(page)).opened).toEqual([id]);
});

test('the menu acts on the photo that is focused or open, and says when there is none', async ({ open }) => {
  const page = await inTheApp(await open('photos=200'));
  await command(page, 'photo-copy');
  await expect(page.getByText('Choose a photo first')).toBeVisible();
  const tile = page.locator('[data-photo-id]').nth(1);
  const id = await tile.getAttribute('data-photo-id');
  await tile.focus();
  await command(page, 'photo-copy');
  await expect(page.getByText('Picture copied')).toBeVisible();
  expect((await said(page)).copied).toEqual([id]);
  await tile.focus();
  await command(page, 'photo-favourite');
  await expect(page.getByText('1 photo is a favourite now')).toBeVisible();
  await tile.click();
  await expect(page.getByTestId('lightbox')).toBeVisible();
  await command(page, 'photo-open-elsewhere');
  expect((await said(page)).opened).toEqual([id]);
});

test('a photo that was opened with the app is there when the page is, or comes later', async ({ open }) => {
  const page = await inTheApp(await open('photos=200'));
  const [first, second] = await page
    .locator('[data-photo-id]')
    .evaluateAll((all) => all.map((tile) => tile.getAttribute('data-photo-id') ?? ''));
  const shown = page.locator('.yarl__slide_current [data-photo-id]');
  const want = (id = '') => page.evaluate((wanted) => window.sessionStorage.setItem('wanted', wanted), id);
  await want(first);
  await page.reload();
  await expect(shown).toHaveAttribute('data-photo-id', first ?? '');
  await want(second);
  await command(page, 'show-wanted');
  await expect(shown).toHaveAttribute('data-photo-id', second ?? '');
});

test('a folder that is dropped goes to the app, a picture to the search', async ({ open }) => {
  const page = await inTheApp(await open('photos=200'));
  const drop = (isDirectory: boolean) =>
    page.evaluate((folder) => {
      const file = new File(['x'], folder ? 'Holidays' : 'a.txt', { type: folder ? '' : 'text/plain' });
      const item = { kind: 'file', getAsFile: () => file, webkitGetAsEntry: () => ({ isDirectory: folder }) };
      const event = new DragEvent('drop', { bubbles: true, cancelable: true });
      // A page cannot make a transfer with a folder in it.
      Object.defineProperty(event, 'dataTransfer', {
        value: { types: ['Files'], items: [item], files: [file] },
      });
      window.dispatchEvent(event);
    }, isDirectory);
  await drop(true);
  expect((await said(page)).dropped).toEqual([['Holidays']]);
  await drop(false);
  await expect(page.getByText('This file is not a picture.')).toBeVisible();
  expect((await said(page)).dropped).toHaveLength(1);
});
