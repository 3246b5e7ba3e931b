// What the window says of models before and after they come, on the fake engine; and the way to them from a search.
import { expectAccessible } from '../axe.ts';
import { expect, test } from '../fake.ts';

const NOTE = {
  en: { button: 'See other models', room: 'Models' },
  tr: { button: 'Başka modellere bak', room: 'Modeller' },
} as const;

for (const language of ['en', 'tr'] as const) {
  test(`a language that the model does not know leads to the models (${language})`, async ({ open }) => {
    const page = await open('state=noted', language);
    await page.getByRole('searchbox').fill('karda köpek');
    const note = page.locator('[data-note="unknown-language"]');
    const button = note.getByRole('button', { name: NOTE[language].button });
    await button.focus();
    await page.keyboard.press('Enter');
    const title = page.getByRole('heading', { name: NOTE[language].room, exact: true });
    await expect(title).toBeFocused();
    await expect(page.getByRole('searchbox')).toHaveValue('');
    await expect(page).toHaveURL(/#room=models/);
  });
}

test('an offer says size, room and licence, by keyboard, and what does not fit cannot be taken', async ({
  open,
}) => {
  const page = await open('models=few#room=models');
  const dialog = page.getByRole('dialog');
  const download = (id: string) =>
    page.locator(`[data-entry="${id}"]`).getByRole('button', { name: 'Download' });
  await download('siglip2-base').press('Enter');
  await expect(dialog.getByTestId('offer-size')).toHaveText(/^1\.4 GB in 9 files$/);
  await expect(dialog).toContainText('Apache-2.0');
  await expect(dialog.getByRole('button', { name: 'Not now' })).toBeFocused();
  await expectAccessible(page, 'an offer');
  await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  await expect(page.locator('[data-download="siglip2-base"]')).toHaveAttribute('data-state', 'downloading');

  await download('nllb-base').click();
  await expect(dialog).toContainText('not for commercial use');
  await expect(dialog).toContainText('That is too little');
  await expect(dialog.getByRole('button', { name: 'Download' })).toBeDisabled();
  await page.keyboard.press('Escape');

  await download('xlm-base').click();
  await expect(dialog.getByRole('alert')).toContainText('not there any more');
});

test('what was measured is shown, and measured when asked', async ({ open }) => {
  const page = await open('#room=models', 'tr');
  const own = page.locator('[data-model="my-clip"]');
  await expect(own).toContainText('8 bit, 2 iş parçacığı, saniyede 41 resim');
  const shipped = page.locator('[data-model]').first();
  await expect(shipped.locator('[data-trial]')).toHaveCount(0);
  await shipped.getByRole('button', { name: /^Ölç/ }).click();
  await expect(shipped.locator('[data-trial="done"]')).toContainText('8 bit');
});
