// The change of the model and the comparison of two, on the fake engine: every state readable, every step by keyboard.
import { expectAccessible } from '../axe.ts';
import { expect, test } from '../fake.ts';

const STATES = ['filling', 'paused', 'ready', 'same', 'failed', 'mixed', 'renewed', 'problem'];

for (const state of STATES) {
  test(`${state}: is accessible in both themes`, async ({ open }) => {
    const page = await open(`state=model-switch&switch=${state}`);
    await expect(page.getByTestId('model-switch')).toBeVisible();
    await expectAccessible(page, state);
  });
}

test('prepares, looks ahead, switches, and goes back in one click', async ({ open }) => {
  const page = await open('state=model-switch&switch=filling&preview=rough');
  const panel = page.getByTestId('model-switch');
  /** Buttons wait for each other; a key on one that waits would be lost. */
  const press = async (name: string) => {
    const button = panel.getByRole('button', { name });
    await expect(button).toBeEnabled();
    await button.press('Enter');
  };
  await expect(panel.getByRole('progressbar')).toHaveAttribute('aria-valuenow', '35');
  await press('Pause');
  await expect(panel.getByRole('status')).toContainText('Paused');
  await press('Resume');
  await press('What would change?');
  await expect(panel.getByText('it has seen 812 of 2,350 photos')).toBeVisible();
  await expect(panel.getByRole('listitem').first()).toContainText('31 new');
  await press('Switch now');
  await expect(panel.getByText('1,538 photos are still found through Starter')).toBeVisible();
  // While it still answers for photos it cannot be removed.
  await expect(panel.getByRole('button', { name: 'Remove what' })).toHaveCount(0);
  await press('Back to Starter');
  await expect(panel.getByRole('heading', { name: 'Starter is in use' })).toBeVisible();
});

test('when it is ready, the tags that would change are shown before anything is switched', async ({
  open,
}) => {
  const page = await open('state=model-switch&switch=ready');
  const panel = page.getByTestId('model-switch');
  await expect(panel.getByRole('heading', { name: 'Tags that would change' })).toBeVisible();
  await expect(panel.getByRole('listitem')).toHaveCount(2);
  await expect(panel.getByText('Unchanged: Receipts')).toBeVisible();
  await panel.getByRole('checkbox', { name: 'Give tags anew' }).uncheck();
  await panel.getByRole('button', { name: 'Switch to CLIP ViT-B/32' }).click();
  await expect(panel.getByText('Your labels and tags are as they were.')).toBeVisible();
});

test('two models side by side', async ({ open }) => {
  const page = await open('state=model-switch', 'tr');
  await page.getByRole('button', { name: 'Karşılaştır' }).click();
  const table = page.getByRole('table');
  await expect(table.getByRole('row', { name: /Etiketlerinizi bulması %41 %68 , daha iyi/ })).toBeVisible();
  await expectAccessible(page, 'comparison');
});

test('a comparison tells how far it is, can be stopped, and says why it failed', async ({ open }) => {
  const slow = await open('state=model-switch&compare=slow&switch=switched');
  await slow.getByRole('button', { name: 'Compare' }).click();
  await expect(slow.getByText('96 of 320 pictures')).toBeVisible();
  await slow.getByRole('button', { name: 'Stop' }).click();
  await expect(slow.getByRole('button', { name: 'Compare' })).toBeVisible();
  const failed = await open('state=model-switch&compare=failed');
  await failed.getByRole('button', { name: 'Compare' }).click();
  await expect(failed.getByRole('alert')).toContainText('damaged');
});
