// Models through the protocol: what cannot be used is an answer, not a rejection.
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { tempDir, writeClipModel, writeModelFamily } from '@semblance/testkit';
import { expect, test } from 'vitest';
import { createProgram } from '../src/program.ts';

test('a folder is inspected, tried, and its precision kept', async () => {
  const directory = join(await tempDir(), 'tiny');
  await writeClipModel(directory);
  await writeClipModel(directory, { precision: 'int8' });
  const program = createProgram();
  const inspected = await program.inspectModel(directory);
  expect(inspected).toMatchObject({ ok: true, id: 'tiny', family: 'clip', precision: 'fp32' });
  const runtimeFile = join(directory, '..', 'models', '.runtime.json');
  const tested = await program.testModel(directory, runtimeFile);
  expect(tested).toMatchObject({ ok: true, memoryBytes: expect.any(Number) });
  expect(
    tested.ok && tested.tried.some(({ provider, problem }) => provider === 'cpu' && problem === null),
  ).toBe(true);
  // Indexing will begin with what was found.
  const { choices } = JSON.parse(await readFile(runtimeFile, 'utf8'));
  expect(Object.keys(choices)).toEqual([expect.stringContaining(tested.ok ? tested.key : '?')]);
  const note = join(directory, 'semblance.json');
  await writeFile(note, '{"format":1,"name":"Tiny"}');
  const kept = await program.keepPrecision(directory, 'int8');
  expect(kept).toMatchObject({ ok: true, precision: 'int8' });
  // What the folder says of where it came from is still there.
  expect(JSON.parse(await readFile(note, 'utf8'))).toEqual({ format: 1, name: 'Tiny', precision: 'int8' });
  // From here on a process that serves the model takes the same.
  const setup = await program.setup({
    ...{ modelDirectory: directory, warm: 'text', intraOpThreads: 1, thumbnailDirectory: await tempDir() },
  });
  expect(setup).toMatchObject({ ok: true, model: { key: kept.ok && kept.key } });
});

test('a folder that is no model', async () => {
  const directory = await tempDir();
  const program = createProgram();
  const failure = { ok: false, kind: 'MODEL_MISSING', message: expect.stringContaining(directory) };
  expect(await program.inspectModel(directory)).toEqual(failure);
  expect(await program.testModel(directory)).toEqual(failure);
  expect(await program.keepPrecision(directory, 'fp16')).toEqual(failure);
});

test('another family serves pictures and words', async () => {
  const directory = join(await tempDir(), 'siglip');
  await writeModelFamily(directory, 'siglip');
  const program = createProgram();
  const thumbnailDirectory = await tempDir();
  const runtimeFile = join(thumbnailDirectory, 'runtime.json');
  const setup = { modelDirectory: directory, intraOpThreads: 1, thumbnailDirectory, runtimeFile };
  expect(await program.setup({ ...setup, warm: 'image' })).toMatchObject({
    ok: true,
    model: { dimensions: 32, contextLength: 64 },
  });
  const picture = Buffer.from(
    'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==',
    'base64',
  );
  const photo = await program.embedPicture(picture);
  expect(photo.ok && photo.embedding).toHaveLength(32);
  expect((await program.embedText('two dogs')).embedding).toHaveLength(32);
});
