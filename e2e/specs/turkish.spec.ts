// A Turkish window says nothing in English: what the engine tells of folders, files and the trash comes as kinds.
import { expect, test } from '../fake.ts';

test('folders that are away, files that failed, a disk that is full', async ({ open }) => {
  const page = await open('state=offline', 'tr');
  await page.getByRole('button', { name: 'Klasörleri yönet' }).click();
  const folders = page.getByRole('dialog');
  await expect(folders).toContainText('Klasör yerinde değil. Bağlı olmayan bir sürücüde olabilir.');
  await expect(folders).not.toContainText('The folder');
  await page.close();

  const stranger = await open('state=stranger', 'tr');
  await stranger.getByRole('button', { name: 'Klasörleri yönet' }).click();
  await expect(stranger.getByRole('dialog')).toContainText('buradan bilinen 1.120 fotoğrafı taşımayan');
  await stranger.close();

  const failed = await open('state=library', 'tr');
  await failed.getByRole('button', { name: 'Okunamayan dosyalar' }).click();
  const files = failed.getByRole('dialog');
  await expect(files.getByText('Resim yarıda kesilmiş.')).toBeVisible();
  await expect(files).not.toContainText(/The |Pictures of/);
  await failed.close();

  const stopped = await open('state=stopped', 'tr');
  await expect(stopped.getByTestId('progress-strip')).toContainText('Disk dolu');
  await expect(stopped.getByTestId('progress-strip')).not.toContainText('The disk');
});

test('what has no words yet is left out', async ({ open }) => {
  for (const [address, english] of [
    ['state=library&switch=failed#room=models', 'The disk that holds the library'],
    ['state=library&duplicates=failed#room=duplicates', 'went away while photos were compared'],
  ] as const) {
    const page = await open(address, 'tr');
    await expect(page.locator('main').getByRole('alert').first()).toContainText('Beklenmeyen');
    await expect(page.locator('main')).not.toContainText(english);
    await page.close();
  }
});

test('what the trash refuses', async ({ open }) => {
  const page = await open('state=library&thrown=9#room=trash', 'tr');
  const room = page.getByRole('region', { name: 'Çöpe atılanlar' });
  await room.getByRole('checkbox', { name: 'Tümünü seç' }).click();
  await room.getByRole('button', { name: '6 dosyayı yerine koy' }).click();
  await expect(room.getByText('Klasörü değiştirilemiyor.')).toBeVisible();
  await expect(room).not.toContainText(/Its folder|Put back/);
});
