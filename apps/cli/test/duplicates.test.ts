// `semblance duplicates` on real pictures: what was made of a photo is found, another photo is not.
import { copyFileSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { tempDir, writePhoto } from '@semblance/testkit';
import { expect, it } from 'vitest';
import { semblance } from './run.ts';

interface Answer {
  groups: { id: string; kind: string; photos: { path: string; keep: boolean; reasons: string[] }[] }[];
}

it('lists copies with what to keep and why, and forgets what is ignored', async () => {
  const folder = await tempDir();
  const photos = join(folder, 'photos');
  mkdirSync(join(photos, 'copies'), { recursive: true });
  const exif = { date: '2024:06:01 18:30:00', make: 'Maker', model: 'M' };
  const boat = { scene: 'sunset', seed: 5, width: 900, height: 600 } as const;
  await writePhoto(join(photos, 'original.jpg'), { ...boat, exif, quality: 92 });
  await writePhoto(join(photos, 'copies/small.jpg'), { ...boat, width: 450, height: 300, quality: 40 });
  await writePhoto(join(photos, 'copies/other.webp'), { ...boat, format: 'webp' });
  copyFileSync(join(photos, 'original.jpg'), join(photos, 'copies/original (1).jpg'));
  // The same scene as another day would show it, a minute later.
  await writePhoto(join(photos, 'another.jpg'), {
    ...boat,
    seed: 6,
    exif: { ...exif, date: '2024:06:01 18:31:00' },
  });
  const library = ['--library', join(folder, 'library'), '--json'];
  expect((await semblance('index', photos, ...library)).code).toBe(0);

  const listed = await semblance('duplicates', ...library);
  expect(listed.code, listed.stderr).toBe(0);
  const { groups } = listed.json() as unknown as Answer;
  expect(groups).toHaveLength(1);
  expect(groups[0]?.kind).toBe('resaved');
  const kept = groups[0]?.photos.filter((photo) => photo.keep);
  expect(kept?.map((photo) => photo.path)).toEqual([join(photos, 'original.jpg')]);
  expect(kept?.[0]?.reasons.length).toBeGreaterThan(0);
  expect(groups[0]?.photos.map((photo) => photo.path).sort()).toEqual(
    ['copies/original (1).jpg', 'copies/other.webp', 'copies/small.jpg', 'original.jpg'].map((name) =>
      join(photos, name),
    ),
  );

  const exact = await semblance('duplicates', '--kind', 'exact', ...library);
  expect((exact.json() as unknown as Answer).groups).toEqual([]);

  const ignored = await semblance('duplicates', 'ignore', groups[0]?.id ?? '', ...library);
  expect(ignored.code, ignored.stderr).toBe(0);
  expect(((await semblance('duplicates', ...library)).json() as unknown as Answer).groups).toEqual([]);
  const unknown = await semblance('duplicates', 'ignore', '0'.repeat(20), ...library);
  expect(unknown.code).toBe(1);
  expect(unknown.json()).toMatchObject({ error: { kind: 'GROUP_NOT_FOUND' } });
}, 300_000);
