// What the window says when something is not as it should be; every such screen in words of both languages.
import { expect, test } from '../fake.ts';

const STATES: { state: string; en: string; tr: string }[] = [
  { state: 'connecting', en: 'Starting the engine…', tr: 'Motor başlatılıyor…' },
  { state: 'expired', en: 'This window needs a fresh link', tr: 'Bu pencereye yeni bir bağlantı gerekiyor' },
  { state: 'locked', en: 'Another Semblance has this library open', tr: 'başka bir Semblance’ta açık' },
  { state: 'too-new', en: 'made by a newer Semblance', tr: 'daha yeni bir Semblance' },
  { state: 'damaged', en: 'The library is damaged', tr: 'Arşiv hasarlı' },
  { state: 'disk-full', en: 'The disk is full', tr: 'Disk dolu' },
  { state: 'stopped', en: 'Indexing has stopped', tr: 'İşleme durdu' },
  { state: 'all-offline', en: 'Your photos are out of reach', tr: 'Fotoğraflarınıza ulaşılamıyor' },
  { state: 'library-error', en: 'The photos could not be loaded', tr: 'Fotoğraflar yüklenemedi' },
  { state: 'empty', en: 'No photos found yet', tr: 'Henüz fotoğraf bulunamadı' },
];

test('each trouble is told', async ({ open }) => {
  test.setTimeout(240_000);
  for (const { state, ...words } of STATES) {
    for (const language of ['en', 'tr'] as const) {
      const page = await open(`state=${state}`, language);
      await expect(page.getByText(words[language]).first(), state).toBeVisible();
      await page.close();
    }
  }
});

test('a lost engine is told over the photos, which stay', async ({ open }) => {
  const page = await open('state=lost');
  await expect(page.getByText('The engine is not answering')).toBeVisible();
  await expect(page.getByTestId('photo-tile').first()).toBeVisible();
});

test('a missing model is told where it is missed', async ({ open }) => {
  const page = await open('state=model-missing');
  await page.getByRole('searchbox').fill('dog');
  await expect(page.getByText('The search model is missing')).toBeVisible();
});

test('an unplugged drive is grey in the sidebar and on its photos', async ({ open }) => {
  const page = await open('state=offline');
  await expect(page.getByTitle('Scans 1998-2004: not connected now')).toBeVisible();
  await expect(page.locator('[data-testid="photo-tile"][data-offline]').first()).toBeVisible();
});

test('a folder whose disk is connected elsewhere is used there with one click', async ({ open }) => {
  const page = await open('state=stranger');
  await page.getByRole('button', { name: 'Manage folders' }).click();
  const folders = page.getByRole('dialog', { name: 'Folders' });
  await expect(folders.getByText('Another drive or folder is in this place')).toBeVisible();
  await folders.getByRole('button', { name: 'Actions for Scans 1998-2004' }).click();
  await expect(page.getByRole('menuitem', { name: 'Take what lies here now in their place' })).toBeVisible();
  await page.keyboard.press('Escape');
  await folders.getByRole('button', { name: 'Use it there' }).click();
  await expect(folders.getByText('/media/ada/Archive1/Scans 1998-2004', { exact: true })).toBeVisible();
  await expect(folders.getByText('Another drive or folder is in this place')).toBeHidden();
});

test('a file that is still being copied is said to be, also when nothing else goes on', async ({ open }) => {
  const page = await open('state=copying');
  await expect(page.getByRole('status').filter({ hasText: '2 still being copied' })).toBeVisible();
});
