// "Try it with sample pictures": a folder beside the library, made once, whole or not at all.
import { once } from 'node:events';
import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { tempDir } from '@semblance/testkit';
import { expect, it, onTestFinished } from 'vitest';
import { placeSamples } from '../src/services/samples.ts';
import { bench } from './harness.ts';

async function places() {
  const folder = await tempDir();
  const source = join(folder, 'app', 'samples');
  const library = join(folder, 'data', 'library');
  await mkdir(join(source, '2021'), { recursive: true });
  await mkdir(library, { recursive: true });
  await writeFile(join(source, '2021', 'a.jpg'), 'a');
  await writeFile(join(source, 'b.jpg'), 'b');
  return { source, library, data: join(folder, 'data') };
}

it('copies the pictures beside the library, and only once', async () => {
  const { source, library, data } = await places();
  const target = await placeSamples(source, library);
  expect(target).toBe(join(data, 'Sample pictures'));
  expect(await readFile(join(target, '2021', 'a.jpg'), 'utf8')).toBe('a');
  await rm(join(target, 'b.jpg'));
  await writeFile(join(target, '2021', 'a.jpg'), 'edited');
  expect(await placeSamples(source, library)).toBe(target);
  expect(await readFile(join(target, '2021', 'a.jpg'), 'utf8')).toBe('edited');
  expect(await readdir(target)).toEqual(['2021']);
});

it.skipIf(process.platform === 'win32')('leaves nothing behind when the copy fails half-way', async () => {
  const { source, library, data } = await places();
  // `cp` refuses a socket, after it has copied what comes before.
  const server = createServer().listen(join(source, 'z.sock'));
  onTestFinished(() => void server.close());
  await once(server, 'listening');
  await expect(placeSamples(source, library)).rejects.toMatchObject({ kind: 'LIBRARY_NOT_WRITABLE' });
  expect(await readdir(data)).toEqual(['library']);
});

it('is offered only where pictures came with the app', async () => {
  const { engine } = await bench();
  expect(engine.services.folders.canAddSamples).toBe(false);
  await expect(engine.services.folders.addSamples()).rejects.toMatchObject({ kind: 'NOT_SUPPORTED_HERE' });
});

it('adds them as a folder, twice the same', async () => {
  const { source } = await places();
  const b = await bench({ samples: source });
  const folder = await b.engine.services.folders.addSamples();
  expect(folder.path).toMatch(/Sample pictures$/);
  expect((await b.engine.services.folders.addSamples()).id).toBe(folder.id);
  await b.engine.services.indexer.update([folder.id]);
  expect((await b.engine.services.library.status()).counts.photos).toBe(2);
});
