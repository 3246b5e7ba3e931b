// Models as a person gets them: nothing is asked of anybody until they say so; a download is paused, survives the engine
// being killed, is checked, repaired and removed. The hub is one of ours, and the model on it is the starter.
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { type FakeHub, startFakeHub } from '@semblance/testkit';
import { expectAccessible } from '../axe.ts';
import type { GroundsOptions } from '../host.ts';
import { test as base, expect } from '../test.ts';

interface Place {
  hub: FakeHub;
  /** Folder of added models. */
  models: string;
}

const STARTER = join(import.meta.dirname, '../../assets/models/starter');
const REPOSITORY = 'ada/starter-copy';
const ID = 'ada--starter-copy';

const test = base.extend<object, { place: Place; groundsOptions: GroundsOptions }>({
  place: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads fixture names from the pattern
    async ({}, use) => {
      const models = mkdtempSync(join(tmpdir(), 'semblance-e2e-models-'));
      const hub = await startFakeHub();
      hub.publish(REPOSITORY, starter());
      await use({ hub, models });
      await hub.close();
      rmSync(models, { recursive: true, force: true });
    },
    { scope: 'worker', timeout: 120_000 },
  ],
  groundsOptions: [
    async ({ place: { hub, models } }, use) =>
      use({ count: 2, env: { SEMBLANCE_HUB: hub.url, SEMBLANCE_MODELS: models } }),
    { scope: 'worker' },
  ],
});

test.describe.configure({ mode: 'serial', timeout: 240_000 });

function starter(): Record<string, Buffer> {
  const files: Record<string, Buffer> = {};
  for (const entry of readdirSync(STARTER, { recursive: true, withFileTypes: true })) {
    const path = join(entry.parentPath, entry.name);
    if (entry.isFile()) files[path.slice(STARTER.length + 1)] = readFileSync(path);
  }
  return files;
}

async function enter(page: Page): Promise<void> {
  await page.evaluate(() => {
    window.location.hash = '#room=models';
  });
  await expect(page.getByTestId('models-room')).toBeVisible();
}

const coming = (page: Page) => page.locator(`[data-download="${ID}"]`);
const here = (page: Page) => page.locator(`[data-model="${ID}"]`);

test('nothing is asked before a person asks, and what they ask for comes', async ({ app, host, place }) => {
  await app.getByRole('button', { name: host.addFolder.en }).click();
  await expect(app.getByTestId('photo-tile').first()).toBeVisible();
  await enter(app);
  await expect(app.getByRole('heading', { name: 'Models', exact: true })).toBeFocused();
  await expect(app.getByText('not one request was made')).toBeVisible();
  await expectAccessible(app, 'models');
  expect(place.hub.requests).toEqual([]);

  place.hub.pace(10_000, 20);
  const box = app.getByRole('textbox', { name: 'Repository' });
  await box.fill('no repository');
  await box.press('Enter');
  await expect(app.getByText('It should look like owner/name.')).toBeVisible();
  await box.fill(REPOSITORY);
  await box.press('Enter');
  // First what it would be: the true size, and from where; nothing comes before that is accepted.
  const offer = app.getByRole('dialog');
  await expect(offer.getByTestId('offer-size')).toContainText(/^1\d(\.\d)? MB in \d+ files/);
  await expect(offer).toContainText(REPOSITORY);
  await expectAccessible(app, 'an offer');
  expect(place.hub.requests.every(({ path }) => path.startsWith('/api/'))).toBe(true);
  await offer.getByRole('button', { name: 'Not now' }).click();
  await expect(offer).toBeHidden();
  await expect(coming(app)).toBeHidden();
  await box.press('Enter');
  await offer.getByRole('button', { name: 'Download' }).click();
  await expect(coming(app)).toHaveAttribute('data-state', 'downloading');
  await expect(coming(app)).toContainText(/of 1\d(\.\d)? MB/);
  await coming(app).getByRole('button', { name: 'Pause' }).click();
  await expect(coming(app)).toContainText('what has arrived is kept');
  await expectAccessible(app, 'a paused download');
});

test('a killed engine leaves a download that goes on when it is told to', async ({ host, place }) => {
  await host.kill();
  const before = place.hub.requests.length;
  const app = await host.open();
  await expect(app.getByTestId('photo-tile').first()).toBeVisible();
  await enter(app);
  await expect(coming(app)).toHaveAttribute('data-state', 'paused');
  expect(existsSync(join(place.models, ID))).toBe(false);
  expect(place.hub.requests).toHaveLength(before);

  place.hub.pace(0, 0);
  place.hub.spoil('vision_model', { kind: 'drop', after: 100_000 });
  await coming(app).getByRole('button', { name: 'Go on' }).click();
  await expect(here(app)).toBeVisible({ timeout: 120_000 });
  await expect(coming(app)).toBeHidden();
  // It is tried by itself, and says what it does here.
  await expect(here(app).locator('[data-trial="done"]')).toContainText(
    /On this computer: full precision, \d threads?, [\d.,]+ pictures a second/,
    { timeout: 60_000 },
  );
  expect(place.hub.requests.slice(before).some(({ status }) => status === 206)).toBe(true);
  await app.getByText(/^\d+ requests$/).click();
  await expect(app.getByRole('cell', { name: /vision_model\.onnx$/ }).first()).toBeVisible();
});

test('a changed file is found, and fetched again', async ({ app, place }) => {
  await enter(app);
  writeFileSync(join(place.models, ID, 'tokenizer.json'), '{}');
  await here(app).getByRole('button', { name: 'Check' }).click();
  await expect(here(app)).toContainText('tokenizer.json was changed');
  await expectAccessible(app, 'a changed model');
  await here(app).getByRole('button', { name: 'Download these again' }).click();
  await expect(coming(app)).toBeHidden({ timeout: 120_000 });
  await expect
    .poll(() => readFileSync(join(place.models, ID, 'tokenizer.json')).length, { timeout: 120_000 })
    .toBeGreaterThan(1000);
  await here(app).getByRole('button', { name: 'Check' }).click();
  await expect(here(app)).toContainText('all exactly as they should be');
});

test('what is not there says so before anything begins', async ({ app }) => {
  await enter(app);
  const entry = app.locator('[data-entry="ViT-B-32__openai"]');
  await expect(entry).toContainText('Taken on trust, not checked when this list was made: the licence.');
  await entry.getByRole('button', { name: 'Download' }).click();
  const offer = app.getByRole('dialog');
  await expect(offer.getByRole('alert')).toContainText('not there any more');
  await expect(offer.getByRole('button', { name: 'Download' })).toBeDisabled();
  await app.keyboard.press('Escape');
  await expect(offer).toBeHidden();
  await expect(app.locator('[data-download="ViT-B-32__openai"]')).toHaveCount(0);
  await expect(entry.getByRole('button', { name: 'Download' })).toBeEnabled();
});

test('another model takes over while searches go on, and gives back', async ({ app }) => {
  await enter(app);
  const starter = app.locator('[data-model="starter"]');
  const panel = app.getByTestId('model-switch');
  await here(app).getByRole('button', { name: /^Use/ }).click();
  const take = panel.getByRole('button', { name: /^Switch to/ });
  await expect(take).toBeVisible({ timeout: 120_000 });
  // The same files under another name: it sees pictures as the one in use does.
  await expect(panel).toContainText('no photo has to be looked at again');
  await expectAccessible(app, 'a model that is ready');
  await take.click();
  await expect(here(app)).toContainText('in use', { timeout: 120_000 });
  await expect(starter).not.toContainText('in use');
  await app.getByRole('searchbox').fill('sunset');
  await expect(app.getByTestId('photo-tile').first()).toBeVisible();
  await enter(app);
  await panel.getByRole('button', { name: /^Back to/ }).click();
  await expect(starter).toContainText('in use', { timeout: 120_000 });
  // What is kept for the way back keeps its model; then it may go.
  await panel.getByRole('button', { name: /^Remove what/ }).click();
  await expect(panel).toBeHidden();
});

test('a model is removed by keyboard, and the one that ships stays', async ({ app, place }) => {
  await enter(app);
  const remove = here(app).getByRole('button', { name: 'Remove' });
  await remove.focus();
  await app.keyboard.press('Enter');
  const dialog = app.getByRole('dialog');
  await expect(dialog.getByRole('button', { name: 'Keep it' })).toBeFocused();
  await expectAccessible(app, 'removing a model');
  await app.keyboard.press('Tab');
  await app.keyboard.press('Enter');
  await expect(here(app)).toBeHidden();
  expect(existsSync(join(place.models, ID))).toBe(false);
  await expect(app.locator('[data-model="starter"]').getByRole('button', { name: 'Remove' })).toHaveCount(0);
});
