// Changing the model on the command line: the real starter model and a random one, generated photos.
import { cp } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { tempDir, writeClipModel, writeLibrary } from '@semblance/testkit';
import { expect, it } from 'vitest';
import { semblance } from './run.ts';

const STARTER = resolve(import.meta.dirname, '../../../assets/models/starter');

it('compares, prepares, switches, goes back, and remembers', { timeout: 300_000 }, async () => {
  const folder = await tempDir();
  const photos = await writeLibrary(join(folder, 'photos'), { count: 12, seed: 3, side: 160 });
  const models = join(folder, 'models');
  await writeClipModel(join(models, 'random'));
  await cp(STARTER, join(models, 'twin'), { recursive: true });
  const library = ['--library', join(folder, 'library'), '--models', models, '--json'];
  const ask = async (...args: string[]) => {
    const run = await semblance(...args, ...library);
    expect(run.code, run.stderr + run.stdout).toBe(0);
    return run.json();
  };
  expect((await ask('index', join(folder, 'photos'))) !== null).toBe(true);
  const query = photos[0]?.query ?? '';
  const best = async () => ((await ask('search', query)) as { results: { path: string }[] }).results[0]?.path;
  const first = await best();

  const compared = await ask('models', 'compare', 'starter', 'random');
  expect(compared).toMatchObject({
    a: { id: 'starter', dimensions: 256 },
    b: { id: 'random' },
    samePictures: false,
    photos: 12,
  });
  expect(await ask('models', 'use', 'random', '--preview')).toMatchObject({
    status: { current: 'starter', next: { id: 'random', done: 12, total: 12 } },
    preview: { seen: 12, labels: [] },
  });
  expect(await ask('models', 'use', 'random')).toMatchObject({
    status: { current: 'random', next: null, previous: { id: 'starter', waiting: 0 } },
  });
  expect(await ask('models', 'use')).toMatchObject({ status: { current: 'random' } });
  expect(await ask('status')).toMatchObject({ counts: { indexed: 12 } });
  expect(await ask('models', 'use', '--back')).toMatchObject({ status: { current: 'starter' } });
  expect(await best()).toBe(first);
  // The same weights under another name: the pictures' vectors serve both.
  expect(await ask('models', 'compare', 'starter', 'twin')).toMatchObject({
    samePictures: true,
  });

  const unknown = await semblance('models', 'use', 'nowhere', ...library);
  expect(unknown.code).toBe(1);
  expect(unknown.json()).toMatchObject({ error: { kind: 'MODEL_NOT_FOUND' } });
});
