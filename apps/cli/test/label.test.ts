// Labels on the command line: real engine, real starter model, generated photos.
import { spawnSync } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { tempDir, writeLibrary } from '@semblance/testkit';
import { beforeAll, expect, it } from 'vitest';
import { semblance, smallLibrary } from './run.ts';

interface Scores {
  photos: { path: string; score: number }[];
}

it('makes, teaches, runs, scores, takes back and removes a label', async () => {
  const folder = await tempDir();
  const pictures = join(folder, 'photos');
  const photos = await writeLibrary(pictures, { count: 36, seed: 5, side: 320 });
  const library = ['--library', join(folder, 'library'), '--json'];
  expect((await semblance('index', pictures, ...library)).code).toBe(0);

  const wanted = photos[0]?.query ?? '';
  const right = photos.filter((photo) => photo.query === wanted).map((photo) => photo.path);
  const wrong = photos.find((photo) => photo.query !== wanted)?.path ?? '';
  const made = await semblance(
    'label',
    'add',
    'mine',
    '--describe',
    wanted,
    '--precision',
    '0.5',
    ...library,
  );
  expect(made.code, made.stderr).toBe(0);
  expect(made.json()).toMatchObject({
    label: { name: 'mine', descriptions: [wanted], precision: 0.5, examples: { yes: 0, no: 0 } },
  });

  const scores = (await semblance('label', 'scores', 'mine', ...library)).json() as unknown as Scores;
  expect(scores.photos.map((photo) => photo.path).toSorted()).toEqual(photos.map((p) => p.path).toSorted());
  const values = scores.photos.map((photo) => photo.score);
  expect(values).toEqual(values.toSorted((a, b) => b - a));
  expect(Math.min(...values)).toBeGreaterThanOrEqual(0);
  expect(Math.max(...values)).toBeLessThanOrEqual(1);
  expect(right).toContain(scores.photos[0]?.path);

  const taught = await semblance(
    'label',
    'teach',
    'Mine',
    '--yes',
    right[0] ?? '',
    '--no',
    wrong,
    ...library,
  );
  expect(taught.json()).toMatchObject({ label: { examples: { yes: 1, no: 1 }, tagged: 1 } });

  const run = await semblance('label', 'run', 'mine', '--folder', pictures, ...library);
  expect(run.code, run.stderr).toBe(0);
  const answer = run.json() as unknown as {
    run: { id: number; tagged: number; suggested: number; total: number };
    photos: { path: string; labels: { name: string; score: number | null; source: string }[] }[];
  };
  expect(answer.run).toMatchObject({ state: 'done', total: 36 });
  expect(answer.photos).toHaveLength(answer.run.tagged + answer.run.suggested + 1);
  expect(answer.photos.find((photo) => photo.path === right[0])?.labels).toEqual([
    { name: 'mine', source: 'you', score: null },
  ]);
  expect(answer.photos.map((photo) => photo.path)).not.toContain(wrong);
  for (const { source, score } of answer.photos.flatMap((photo) => photo.labels)) {
    expect(source === 'you' || (score !== null && score >= 0 && score <= 1)).toBe(true);
  }

  const undone = await semblance('label', 'undo', String(answer.run.id), ...library);
  expect(undone.json()).toEqual({ run: answer.run.id, photos: answer.run.tagged + answer.run.suggested });
  const list = await semblance('label', 'list', ...library);
  expect(list.json()).toMatchObject({ labels: [{ name: 'mine', tagged: 1, suggested: 0 }] });
  expect((await semblance('label', 'list', '--library', join(folder, 'library'))).stdout).toMatch(
    /^mine {2}\(1 photos/,
  );

  const file = join(folder, 'labels.json');
  expect((await semblance('label', 'export', file, ...library)).json()).toEqual({ file, labels: ['mine'] });
  const again = await semblance('label', 'export', file, ...library);
  expect(again.code, 'a file that is there stays').toBe(2);
  expect((await semblance('label', 'remove', 'mine', ...library)).code).toBe(0);
  expect((await semblance('label', 'list', ...library)).json()).toEqual({ labels: [] });
  const brought = await semblance('label', 'import', file, ...library);
  expect(brought.json()).toMatchObject({ created: 1, joined: 0, examples: 2, unknown: 0 });
  expect((await semblance('label', 'list', ...library)).json()).toMatchObject({
    labels: [{ name: 'mine', descriptions: [wanted], examples: { yes: 1, no: 1 } }],
  });
}, 120_000);

it('takes labels along: from a pack, out to a file, into another library, into sidecars', async () => {
  const folder = await tempDir();
  const pictures = join(folder, 'photos');
  const photos = await writeLibrary(pictures, { count: 6, seed: 5, side: 320 });
  const library = ['--library', join(folder, 'library'), '--json'];
  const other = ['--library', join(folder, 'other'), '--json'];
  for (const where of [library, other]) expect((await semblance('index', pictures, ...where)).code).toBe(0);
  const packs = (await semblance('label', 'pack', '--language', 'tr', ...library)).json();
  expect(JSON.stringify(packs)).toContain('Gün batımı');
  expect((await semblance('label', 'pack', 'scenes', ...library)).json()).toMatchObject({
    labels: expect.arrayContaining([expect.any(Number)]),
  });
  const [path = ''] = photos.map((photo) => photo.path);
  await semblance('label', 'teach', 'Beach', '--yes', path, ...library);

  const file = join(folder, 'labels.json');
  expect((await semblance('label', 'export', file, 'Beach', ...library)).json()).toEqual({
    file,
    labels: ['Beach'],
  });
  const report = await semblance('label', 'import', file, ...other);
  expect(report.json()).toMatchObject({ created: 1, joined: 0, examples: 1, unknown: 0 });
  expect((await semblance('label', 'import', path, ...other)).json()).toMatchObject({
    error: { kind: 'LABEL_FILE_DAMAGED' },
  });

  if (spawnSync('perl', ['-v']).status !== 0) return;
  expect((await semblance('label', 'sidecars', ...other)).json()).toEqual({
    written: 1,
    unchanged: 0,
    failed: [],
  });
  expect(await readFile(`${path}.xmp`, 'utf8')).toContain('Beach');
}, 120_000);

let some = '';
beforeAll(async () => {
  some = await smallLibrary();
}, 60_000);

it.each([
  [['label', 'add', '', '--json'], 2, 'USAGE'],
  [['label', 'add', 'x', '--precision', '1.5', '--json'], 2, 'USAGE'],
  [['label', 'add', 'x', '--yes', '/no/such.jpg', '--json'], 1, 'PHOTO_NOT_FOUND'],
  [['label', 'run', '--json'], 2, 'USAGE'],
  [['label', 'run', '--all', '--album', 'x', '--json'], 2, 'USAGE'],
  [['label', 'scores', 'nothing', '--json'], 1, 'LABEL_NOT_FOUND'],
  [['label', 'undo', '7', '--json'], 1, 'NOTHING_TO_UNDO'],
])('refuses %j', async (args, code, kind) => {
  const run = await semblance(...args, '--library', some);
  expect(run.code).toBe(code);
  expect(run.json()).toMatchObject({ error: { kind, message: expect.any(String) } });
});
