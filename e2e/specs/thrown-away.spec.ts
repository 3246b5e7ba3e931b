// The trash from the open photo, the list of what earlier sessions threw away, and an undo that could not be done at once.
import { mkdtempSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { expect, startHost, test } from '../test.ts';

const tiles = (page: Page) => page.getByTestId('photo-tile');
const tile = (page: Page, id: string) => page.locator(`[data-photo-id="${id}"]`);
const openId = (page: Page) => page.locator('.yarl__slide_current [data-photo-id]');

async function idAt(page: Page, index: number): Promise<string> {
  return (await tiles(page).nth(index).getAttribute('data-photo-id')) ?? '';
}

test('thrown away from the open photo, put back in a later session; a failed undo is tried again', async ({
  hostKind,
  launchBrowser,
}) => {
  const data = mkdtempSync(join(tmpdir(), 'semblance-e2e-data-'));
  const before = process.env.XDG_DATA_HOME;
  process.env.XDG_DATA_HOME = data;
  const inTrash = () => readdirSync(join(data, 'Trash', 'files'));
  try {
    const host = await startHost(hostKind, launchBrowser);
    try {
      let page = await host.open('en');
      await page.getByRole('button', { name: host.addFolder.en }).click();
      await expect(tiles(page).first()).toBeVisible({ timeout: 120_000 });
      await expect(page.getByTestId('progress-strip')).toBeHidden({ timeout: 120_000 });
      await expect(page.getByRole('navigation').getByRole('button', { name: 'Thrown away' })).toBeHidden();

      const [first, second, third] = [await idAt(page, 0), await idAt(page, 1), await idAt(page, 2)];
      await tiles(page).first().click();
      await expect(openId(page)).toHaveAttribute('data-photo-id', first);
      await page.keyboard.press('Delete');
      await expect(page.getByRole('button', { name: 'Move to trash' })).toBeFocused();
      await page.keyboard.press('Enter');
      await expect(page.getByText('1 file moved to the trash')).toBeVisible();
      await expect(openId(page)).toHaveAttribute('data-photo-id', second);
      // The keys are the photo's again.
      await page.keyboard.press('Delete');
      await expect(page.getByRole('button', { name: 'Move to trash' })).toBeFocused();
      await page.keyboard.press('Escape');
      await expect(page.getByRole('button', { name: 'Move to trash' })).toBeHidden();
      await expect(openId(page)).toHaveAttribute('data-photo-id', second);
      await page.keyboard.press('ArrowRight');
      await expect(openId(page)).toHaveAttribute('data-photo-id', third);
      await page.keyboard.press('Escape');
      await expect(page.getByTestId('lightbox')).toBeHidden();
      await expect(page.getByRole('navigation').getByRole('button', { name: /Thrown away/ })).toBeVisible();

      await host.kill();
      page = await host.open('en');
      await page
        .getByRole('navigation')
        .getByRole('button', { name: /Thrown away/ })
        .click();
      const room = page.getByRole('region', { name: 'Thrown away' });
      await expect(room.getByRole('listitem')).toHaveCount(1);
      await room.getByRole('button', { name: /^Put back .+/ }).click();
      await expect(room.getByText('1 file is back where it was')).toBeVisible();
      await expect(room.getByRole('heading', { name: 'Nothing has been thrown away' })).toBeVisible();
      expect(inTrash()).toEqual([]);
      await page.getByRole('navigation').getByRole('button', { name: 'Photos' }).first().click();
      await expect(tile(page, first)).toBeVisible();

      await tile(page, first).focus();
      await page.keyboard.press('Delete');
      await page.getByRole('dialog').getByRole('button', { name: 'Move to trash' }).click();
      await expect(page.getByText('1 file moved to the trash')).toBeVisible();
      await expect(tile(page, first)).toBeHidden();
      const [name = ''] = inTrash();
      renameSync(join(data, 'Trash', 'files', name), join(data, name));
      await page.keyboard.press('Control+z');
      const said = page.getByRole('alert').filter({ hasText: 'Not every file could be put back' });
      await expect(said.getByRole('button', { name: 'Try again' })).toBeVisible();
      renameSync(join(data, name), join(data, 'Trash', 'files', name));
      await page.keyboard.press('Control+z');
      await expect(page.getByText('Undone')).toBeVisible();
      await expect(tile(page, first)).toBeVisible();
      expect(inTrash()).toEqual([]);
    } finally {
      await host.close();
    }
  } finally {
    if (before === undefined) delete process.env.XDG_DATA_HOME;
    else process.env.XDG_DATA_HOME = before;
    rmSync(data, { recursive: true, force: true });
  }
});
