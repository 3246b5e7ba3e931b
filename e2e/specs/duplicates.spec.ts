// Duplicates as a person clears them out: found, reviewed by mouse and by keyboard, moved to the trash, brought back.
// The pictures are made here: some of the library's own, copied, saved smaller, and mirrored.
import { copyFileSync, existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, extname, join } from 'node:path';
import type { Page } from '@playwright/test';
import sharp from 'sharp';
import type { Grounds, GroundsOptions } from '../host.ts';
import { test as base, expect } from '../test.ts';

interface Folders {
  /** The data folder of the person, where their trash is. */
  data: string;
  exact: string[];
  resaved: string;
  mirrored: string;
}

const made: Folders = { data: '', exact: [], resaved: '', mirrored: '' };

const test = base.extend<object, { groundsOptions: GroundsOptions }>({
  groundsOptions: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads fixture names from the pattern
    async ({}, use) => {
      // On one disk with the photos, or the trash of that disk would be another one.
      made.data = mkdtempSync(join(tmpdir(), 'semblance-e2e-data-'));
      await use({ count: 12, env: { XDG_DATA_HOME: made.data }, prepare: makeCopies });
      rmSync(made.data, { recursive: true, force: true });
    },
    { scope: 'worker' },
  ],
});

test.describe.configure({ mode: 'serial' });

async function makeCopies({ photoFolder, photos }: Grounds): Promise<void> {
  const folder = join(photoFolder, 'copies');
  mkdirSync(folder);
  const jpegs = photos.map((photo) => photo.path).filter((path) => extname(path) === '.jpg');
  const [a = '', b = '', c = '', d = '', e = ''] = jpegs;
  made.exact = [a, b, c].map((path) => join(folder, `copy of ${basename(path)}`));
  for (const [i, path] of [a, b, c].entries()) copyFileSync(path, made.exact[i] ?? '');
  made.resaved = join(folder, 'small.jpg');
  await sharp(d).autoOrient().resize(640).jpeg({ quality: 60 }).toFile(made.resaved);
  made.mirrored = join(folder, 'mirrored.jpg');
  await sharp(e).autoOrient().flop().jpeg({ quality: 90 }).toFile(made.mirrored);
}

function trashed(): string[] {
  const files = join(made.data, 'Trash', 'files');
  return existsSync(files) ? readdirSync(files).sort() : [];
}

async function enter(page: Page): Promise<void> {
  await page.evaluate(() => {
    window.location.hash = '#room=duplicates';
  });
  await page.reload();
  await expect(page.getByTestId('duplicates-room')).toBeVisible();
}

async function openKind(page: Page, kind: string): Promise<void> {
  await page.getByTestId(`kind-${kind}`).click();
  await expect(page.getByTestId('stage')).toBeVisible();
}

test('copies are found, each as what it is', async ({ app, host }) => {
  await app.getByRole('button', { name: host.addFolder.en }).click();
  await expect(app.getByTestId('photo-tile').first()).toBeVisible();
  await expect(app.getByTestId('progress-strip')).toBeHidden({ timeout: 120_000 });
  await enter(app);
  const find = app.getByRole('button', { name: /Find duplicates|Look again/ });
  await find.click();
  await expect(app.getByTestId('kind-exact')).toContainText('3 groups');
  await expect(app.getByTestId('kind-resaved')).toContainText('1 group');
  await expect(app.getByTestId('kind-edited')).toContainText('1 group');
  await expect(app.getByText(/can be freed/)).toBeVisible();
});

test('a group is reviewed by mouse, and never emptied', async ({ app }) => {
  await enter(app);
  await openKind(app, 'resaved');
  const marks = app.getByTestId('mark');
  await expect(marks).toHaveCount(2);
  await expect(marks.nth(0)).toHaveAttribute('aria-pressed', 'true');
  await expect(marks.nth(1)).toHaveAttribute('aria-pressed', 'false');
  // The small one is the one that goes, and the window says why.
  await expect(app.getByTestId('stage')).toContainText('larger');
  await expect(app.getByTestId('stage')).toContainText('small.jpg');
  await marks.nth(0).click();
  await expect(app.getByRole('alert')).toContainText('At least one photo of a group always stays');
  await expect(marks.nth(0)).toHaveAttribute('aria-pressed', 'true');
  await marks.nth(1).click();
  await expect(marks.nth(1)).toHaveAttribute('aria-pressed', 'true');
  await app.getByRole('button', { name: 'Undo' }).click();
  await expect(marks.nth(1)).toHaveAttribute('aria-pressed', 'false');
});

test('in a narrow window no verb is cut off', async ({ app }) => {
  await app.setViewportSize({ width: 900, height: 640 });
  await enter(app);
  await openKind(app, 'exact');
  const labels = app.getByTestId('duplicates-room').locator('.mantine-Button-label');
  await expect(labels.filter({ hasText: 'Keep as marked' })).toBeVisible();
  const cut = await labels.evaluateAll((all) =>
    all.filter((one) => one.scrollWidth > one.clientWidth + 1).map((one) => one.textContent),
  );
  expect(cut).toEqual([]);
});

test('zoom is linked, and the two can be laid over each other', async ({ app }) => {
  await enter(app);
  await openKind(app, 'resaved');
  const panes = app.getByTestId('pane');
  const widths = () =>
    panes.evaluateAll((all) => all.map((pane) => pane.firstElementChild?.getBoundingClientRect().width ?? 0));
  await expect.poll(async () => (await widths()).length).toBe(2);
  const [before = 0] = await widths();
  await panes.first().hover();
  await app.mouse.wheel(0, -400);
  await expect.poll(async () => Math.min(...(await widths()))).toBeGreaterThan(before * 1.5);
  const [left = 0, right = 1] = await widths();
  expect(left).toBeCloseTo(right, 0);
  await app.keyboard.press('0');
  await expect.poll(async () => Math.max(...(await widths()))).toBeCloseTo(before, 0);
  await app.keyboard.press('d');
  await expect(app.getByTestId('difference')).toBeVisible();
  await app.keyboard.press('Escape');
  await expect(app.getByTestId('difference')).toBeHidden();
});

test('groups are reviewed by keyboard alone, and decisions are remembered', async ({ app }) => {
  await enter(app);
  await app.getByRole('button', { name: 'Review', exact: true }).focus();
  await app.keyboard.press('Enter');
  const stage = app.getByTestId('stage');
  await expect(stage).toBeVisible();
  await expect(app.getByTestId('review')).toBeFocused();
  const position = stage.getByText(/\d+ of \d+/);
  await expect(position).toContainText('1 of 5');
  await app.keyboard.press(' ');
  await expect(position).toContainText('2 of 5');
  await app.keyboard.press('k');
  await expect(position).toContainText('1 of 5');
  await expect(app.getByTestId('group-row').first().getByLabel('Marked')).toBeVisible();
  await app.keyboard.press('2');
  await expect(app.getByTestId('mark').nth(1)).toHaveAttribute('aria-pressed', 'true');
  await app.keyboard.press('u');
  await expect(app.getByTestId('mark').nth(1)).toHaveAttribute('aria-pressed', 'false');
  await app.keyboard.press('?');
  await expect(app.getByRole('dialog', { name: 'Keys of the review' })).toBeVisible();
  await app.keyboard.press('Escape');
  await expect(app.getByRole('dialog')).toBeHidden();
  await app.keyboard.press('Escape');
  await openKind(app, 'edited');
  await app.keyboard.press('n');
  await expect(app.getByText('Nothing left to review')).toBeVisible();
  // Remembered by the engine, across a new search.
  await enter(app);
  await app.getByRole('button', { name: 'Look again' }).click();
  await expect(app.getByRole('button', { name: /1 group you have decided on/ })).toBeVisible();
  await expect(app.getByTestId('kind-edited')).toContainText('none');
});

test('a group opens large, and Escape leads back to the review', async ({ app }) => {
  await enter(app);
  await openKind(app, 'exact');
  await app.keyboard.press('Enter');
  await expect(app.getByTestId('lightbox')).toBeVisible();
  await app.keyboard.press('Escape');
  await expect(app.getByTestId('lightbox')).toBeHidden();
  await expect(app.getByTestId('stage')).toBeVisible();
});

test('all exact copies go to the trash after a dry run, and come back by Undo', async ({ app, host }) => {
  await enter(app);
  const before = readdirSync(host.photoFolder, { recursive: true }).length;
  await app.getByRole('button', { name: 'Apply to all exact copies…' }).click();
  await expect(app.getByTestId('plan')).toContainText('3 files');
  expect(trashed()).toEqual([]);
  await app.getByTestId('apply').click();
  await expect(app.getByTestId('apply-result')).toContainText('3 files moved to the trash');
  expect(readdirSync(host.photoFolder, { recursive: true }).length).toBe(before - 3);
  expect(trashed()).toHaveLength(3);
  await app.getByRole('button', { name: 'Done' }).click();
  await expect(app.getByTestId('kind-exact')).toContainText('none');

  // Undo outlives the dialog, and the window.
  await enter(app);
  await app.getByRole('button', { name: 'Undo' }).click();
  await expect(app.getByText('3 files are back where they were')).toBeVisible();
  expect(readdirSync(host.photoFolder, { recursive: true }).length).toBe(before);
  for (const path of made.exact) expect(existsSync(path), path).toBe(true);
  expect(trashed()).toEqual([]);
  await expect(app.getByTestId('kind-exact')).toContainText('3 groups');
});

test('only what was marked goes when marked groups are applied', async ({ app }) => {
  await enter(app);
  await openKind(app, 'resaved');
  await app.keyboard.press(' ');
  await app.getByRole('button', { name: 'Move 1 file to the trash…' }).click();
  await expect(app.getByTestId('plan')).toContainText('1 file');
  await app.getByTestId('apply').click();
  await expect(app.getByTestId('apply-result')).toContainText('1 file moved to the trash');
  expect(existsSync(made.resaved)).toBe(false);
  for (const path of made.exact) expect(existsSync(path), path).toBe(true);
  await app.getByRole('button', { name: 'Undo' }).last().click();
  await expect(app.getByTestId('apply-result')).toContainText('is back where it was');
  expect(existsSync(made.resaved)).toBe(true);
});
