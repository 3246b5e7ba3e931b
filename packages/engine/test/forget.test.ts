import { existsSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { openCatalog } from '@semblance/catalog';
import { tempDir } from '@semblance/testkit';
import { openVectors } from '@semblance/vectors';
import { expect, it } from 'vitest';
import { forget } from '../src/forget.ts';
import { thumbnailFile } from '../src/media.ts';

it('drops vector, mark and thumbnail of the named photos, and of no other', async () => {
  const folder = await tempDir();
  const catalog = openCatalog(folder);
  const store = await openVectors(join(folder, 'vectors'));
  const vectors = await store.table('m', 2);
  const photos = ['a', 'b'].map((c) => ({ photoId: c.repeat(20), contentHash: c.repeat(64) }));
  await vectors.append(photos.map(({ photoId }) => ({ photoId, vector: Float32Array.of(1, 0) })));
  for (const { contentHash } of photos) {
    const file = thumbnailFile(folder, contentHash);
    await mkdir(dirname(file), { recursive: true });
    await writeFile(file, 'x');
  }
  await forget({ catalog, tables: () => [vectors], thumbnailDirectory: folder }, photos.slice(0, 1));
  expect([...vectors.ids()]).toEqual(['b'.repeat(20)]);
  expect(photos.map(({ contentHash }) => existsSync(thumbnailFile(folder, contentHash)))).toEqual([
    false,
    true,
  ]);
  await store.close();
  catalog.close();
});
