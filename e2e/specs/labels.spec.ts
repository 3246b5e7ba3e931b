// Labels as a person makes them: describe, look, say yes and no, save, run, review, and take it all back; once by
// mouse and once by keyboard alone.
import type { Locator, Page } from '@playwright/test';
import type { TestServer } from '../server.ts';
import { expect, test } from '../test.ts';

test.describe.configure({ mode: 'serial' });

/** Pictures of the test library that a description is about, as the search shows them. */
async function idsOf(app: Page, server: TestServer, query: string): Promise<string[]> {
  const names = server.photos.filter((photo) => photo.query === query).map((photo) => photo.path);
  await app.getByRole('searchbox').fill(query);
  await expect(app).toHaveURL(new RegExp(encodeURIComponent(query)));
  const ids: string[] = [];
  for (const path of names) {
    const tile = app.getByTestId('photo-tile').filter({
      has: app.getByAltText(new RegExp(`^${path.split('/').at(-1)},`)),
    });
    ids.push((await tile.getAttribute('data-photo-id')) ?? '');
  }
  await app.getByRole('searchbox').press('Escape');
  // An empty box with the focus offers examples, which lie over the room.
  await app.getByRole('searchbox').blur();
  return ids;
}

async function enterRoom(app: Page): Promise<void> {
  await app.evaluate(() => {
    window.location.hash = '#room=labels';
  });
  await expect(app.getByTestId('labels-room')).toBeVisible();
}

const cells = (app: Page) => app.getByTestId('label-matches').locator('[data-cell]');

/** Walks by Tab until the focus is there, as a person without a mouse would. */
async function tabTo(app: Page, target: Locator): Promise<void> {
  for (let i = 0; i < 60; i++) {
    if (await target.evaluate((element) => element.contains(document.activeElement))) return;
    await app.keyboard.press('Tab');
  }
  throw new Error('Tab does not lead there.');
}

test('photos are indexed', async ({ app, host }) => {
  await app.getByRole('button', { name: host.addFolder.en }).click();
  await expect(app.getByTestId('photo-tile').first()).toBeVisible();
  await expect(app.getByTestId('progress-strip')).toBeHidden({ timeout: 120_000 });
});

test('a label is described, seen, answered and saved by mouse', async ({ app, server }) => {
  const flowers = await idsOf(app, server, 'flower');
  expect(flowers.length).toBeGreaterThan(0);
  await enterRoom(app);
  await expect(app.getByRole('heading', { name: 'No labels yet' })).toBeVisible();
  await app.getByRole('button', { name: 'New label' }).first().click();
  const name = app.getByRole('textbox', { name: 'Name of the label' });
  await expect(name).toBeFocused();
  await name.fill('Blossoms');
  await app.getByRole('textbox', { name: 'What its photos show, line 1' }).fill('flower');
  await expect
    .poll(async () => flowers.includes((await cells(app).first().getAttribute('data-cell')) ?? ''))
    .toBe(true);
  await expect(app.getByText(`of ${server.photos.length} photos`)).toBeVisible();

  // The first is one, the last is none: both say so, and can be taken back.
  const first = cells(app).first();
  const last = cells(app).last();
  const lastId = await last.getAttribute('data-cell');
  await first.hover();
  await first.getByRole('button', { name: 'Yes' }).click();
  await last.hover();
  await last.getByRole('button', { name: 'No' }).click();
  await expect(cells(app).and(app.locator(`[data-cell="${lastId}"]`))).toHaveAttribute('data-verdict', 'no');
  await expect(app.getByText('2 answers not saved yet')).toBeVisible();
  await app.getByRole('button', { name: 'Undo answer' }).click();
  await expect(app.getByText('1 answer not saved yet')).toBeVisible();

  await app.getByRole('button', { name: 'Save', exact: true }).click();
  await expect(app.getByText('Everything is saved')).toBeVisible();
  await expect(app.getByRole('treeitem', { name: /^Blossoms/ })).toHaveAttribute('aria-selected', 'true');
});

test('a run tags what fits, and is taken back whole', async ({ app }) => {
  await enterRoom(app);
  const item = app.getByRole('treeitem', { name: /^Blossoms/ });
  await item.click();
  await app.getByRole('button', { name: 'Run…', exact: true }).click();
  const dialog = app.getByRole('dialog');
  await expect(dialog.getByRole('checkbox', { name: 'Blossoms' })).toBeChecked();
  await dialog.getByRole('button', { name: 'Run 1 label' }).click();
  await expect(dialog.getByText(/\d+ tagged/)).toBeVisible();
  await expect(item).toHaveAccessibleName(/[1-9]\d* photos?/);
  await dialog.getByRole('button', { name: 'Undo this run' }).click();
  await expect(app.getByRole('dialog', { name: 'Undone' })).toContainText('Undone:');
  await dialog.getByRole('button', { name: 'Done' }).click();
  await app.getByRole('button', { name: 'Runs', exact: true }).click();
  await expect(app.getByRole('listitem').filter({ hasText: 'Blossoms' })).toContainText('Undone');
});

test('everything works by keyboard alone', async ({ app }) => {
  await enterRoom(app);
  await tabTo(
    app,
    app.getByRole('complementary', { name: 'Labels' }).getByRole('button', { name: 'New label' }),
  );
  await app.keyboard.press('Enter');
  await app.keyboard.type('Wide skies');
  await tabTo(app, app.getByRole('textbox', { name: 'What its photos show, line 1' }));
  // None of the pictures is only that: it is sure of few.
  await app.keyboard.type('sky');
  await expect(cells(app).first()).toBeVisible();
  // Very sure before tagging: what is less sure is left to a person.
  await tabTo(app, app.getByRole('slider', { name: 'Wanted precision' }));
  await app.keyboard.press('End');
  await expect(app.getByRole('slider', { name: 'Wanted precision' })).toHaveAttribute('aria-valuenow', '99');
  await tabTo(app, app.getByTestId('label-matches'));
  await app.keyboard.press('y');
  await expect(app.getByText('1 answer not saved yet')).toBeVisible();
  // The focus has gone on to a photo without an answer.
  await expect(app.locator('[data-cell]:focus-within')).not.toHaveAttribute('data-verdict', /./);
  await app.keyboard.press('End');
  await app.keyboard.press('n');
  await expect(app.getByText('2 answers not saved yet')).toBeVisible();
  await app.keyboard.press('u');
  await expect(app.getByText('1 answer not saved yet')).toBeVisible();
  await app.keyboard.press('u');
  await expect(app.getByText('Not saved yet', { exact: true })).toBeVisible();
  await app.keyboard.press('Control+s');
  await expect(app.getByText('Everything is saved')).toBeVisible();

  // A photo opens large, and gives the focus back.
  await tabTo(app, app.getByTestId('label-matches'));
  await app.keyboard.press('ArrowRight');
  await app.keyboard.press('Enter');
  await expect(app.getByTestId('lightbox')).toBeVisible();
  await app.keyboard.press('Escape');
  await expect(app.getByTestId('lightbox')).toBeHidden();
  await expect(app.locator('[data-cell]:focus-within')).toHaveCount(1);

  // The tree: one stop, arrows walk, Enter opens.
  const tree = app.getByRole('tree');
  await tabTo(app, tree);
  await app.keyboard.press('Home');
  await app.keyboard.press('Enter');
  await expect(app.getByRole('textbox', { name: 'Name of the label' })).toHaveValue('Blossoms');

  await tabTo(app, app.getByRole('button', { name: 'Run labels…' }));
  await app.keyboard.press('Enter');
  const dialog = app.getByRole('dialog');
  const run = dialog.getByRole('button', { name: 'Run 2 labels' });
  await tabTo(app, run);
  await app.keyboard.press('Enter');
  await expect(dialog.getByText(/\d+ tagged/)).toBeVisible();
  await expect(dialog.getByRole('button', { name: 'Done' })).toBeFocused();
  await app.keyboard.press('Enter');
  await expect(dialog).toBeHidden();
});

test('the review is answered by key, to its end and back', async ({ app }) => {
  await enterRoom(app);
  await tabTo(app, app.getByRole('button', { name: 'Review' }).first());
  await app.keyboard.press('Enter');
  const judge = app.getByTestId('judge');
  await expect(judge).toBeVisible();
  const left = async () =>
    Number(/(\d+) left/.exec((await app.getByText(/\d+ left/).textContent()) ?? '')?.[1]);
  const before = await left();
  expect(before).toBeGreaterThan(0);
  const shown = () => judge.locator('[data-photo-id]').getAttribute('data-photo-id');
  const first = await shown();
  await app.keyboard.press('y');
  await expect.poll(left).toBe(before - 1);
  await app.keyboard.press('u');
  await expect.poll(left).toBe(before);
  expect(await shown()).toBe(first);
  for (let i = 0; i < before; i++) await app.keyboard.press(['y', 'n', 'Space'][i % 3] ?? 'y');
  await expect(app.getByRole('heading', { name: 'All looked at' })).toBeVisible();
});

test('a run is taken back from the history', async ({ app }) => {
  await enterRoom(app);
  await app.getByRole('button', { name: 'Runs', exact: true }).click();
  const run = app.getByRole('listitem').filter({ hasText: 'Wide' });
  await expect(run).toContainText('tagged');
  await tabTo(app, run.getByRole('button', { name: 'Undo this run' }));
  await app.keyboard.press('Enter');
  await expect(run).toContainText('Undone');
});

test('unsaved work is not lost by looking at another label, and a removed label comes back', async ({
  app,
}) => {
  await enterRoom(app);
  await app.getByRole('treeitem', { name: /^Wide/ }).click();
  const line = app.getByRole('textbox', { name: 'What its photos show, line 1' });
  await line.fill('flowers in winter');
  await app.getByRole('treeitem', { name: /^Blossoms/ }).click();
  await expect(line).not.toHaveValue('flowers in winter');
  await app.getByRole('treeitem', { name: /^Wide/ }).click();
  await expect(line).toHaveValue('flowers in winter');
  await app.getByRole('button', { name: 'Cancel' }).click();
  await expect(line).toHaveValue('sky');

  await app.getByRole('button', { name: 'Actions for “Wide skies”' }).click();
  await app.getByRole('menuitem', { name: 'Remove label' }).click();
  await expect(app.getByRole('treeitem', { name: /^Wide/ })).toBeHidden();
  await app.getByRole('alert').getByRole('button', { name: 'Undo' }).click();
  await expect(app.getByRole('treeitem', { name: /^Wide/ })).toBeVisible();
});

test('“Ask me” asks one photo at a time and says what it brought', async ({ app }) => {
  await enterRoom(app);
  await app.getByRole('treeitem', { name: /^Blossoms/ }).click();
  await expect(cells(app).first()).toBeVisible();
  await app.getByRole('button', { name: 'Ask me' }).click();
  const judge = app.getByTestId('judge');
  await expect(judge).toBeFocused();
  const total = Number(/of (\d+)/.exec((await app.getByText(/^Photo 1 of \d+$/).textContent()) ?? '')?.[1]);
  expect(total).toBeGreaterThan(0);
  await app.keyboard.press('y');
  for (let i = 1; i < total; i++) await app.keyboard.press('n');
  await expect(app.getByRole('heading', { name: /^Thank you/ })).toBeVisible();
  await app.getByRole('button', { name: 'See the photos' }).click();
  await expect(cells(app).first()).toBeVisible();
});
