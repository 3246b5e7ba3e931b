// What is measured once and kept, and what happens when hardware that was chosen fails or ends the process.
import { spawnSync } from 'node:child_process';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type ModelFolder, onnxRuntime, type Provider, type Runtime, readModelFolder } from '@semblance/clip';
import { tempDir, writeClipModel } from '@semblance/testkit';
import { expect, onTestFinished, test } from 'vitest';
import { ENCODER_BATCH } from '../src/limits.ts';
import { loadTunedEncoder } from '../src/tuning.ts';

/** A graphics processor that is this CPU; `broken` after it was measured. */
function machine(): { runtime: Runtime; opened: Provider[]; broken: boolean } {
  const state: ReturnType<typeof machine> = {
    opened: [],
    broken: false,
    runtime: {
      providers: () => ['cuda', 'cpu'],
      async open(path, options) {
        state.opened.push(options.provider);
        if (state.broken && options.provider === 'cuda') throw new Error('device lost');
        return onnxRuntime.open(path, { ...options, provider: 'cpu' });
      },
    },
  };
  return state;
}

async function setUp(): Promise<{ folder: ModelFolder; runtimeFile: string }> {
  const directory = await tempDir();
  await writeClipModel(join(directory, 'tiny'));
  return {
    folder: await readModelFolder(join(directory, 'tiny')),
    runtimeFile: join(directory, 'runtime.json'),
  };
}

/** Starts a process, embeds so many photos, and says what was opened before and after. */
async function start(
  { folder, runtimeFile }: Awaited<ReturnType<typeof setUp>>,
  { runtime, opened }: ReturnType<typeof machine>,
  photos = 0,
): Promise<{ opened: Provider[]; batch: number }> {
  opened.length = 0;
  // The graphics processor is the faster one, and likes batches of 16.
  const measure = async (_: unknown, batch: number): Promise<number> =>
    opened.at(-1) === 'cuda' ? 100 + (batch === 16 ? 50 : 0) : 20;
  const clock = (): number => 0;
  const encoder = await loadTunedEncoder(
    folder,
    { runtimeFile, intraOpThreads: 1 },
    { runtime, measure, clock },
  );
  onTestFinished(() => encoder.dispose());
  const picture = new Float32Array(3 * 32 * 32).fill(0.2);
  for (let left = photos; left > 0; left -= 64) {
    expect(await encoder.encode(new Array<Float32Array>(Math.min(left, 64)).fill(picture))).not.toHaveLength(
      0,
    );
  }
  return { opened: [...opened], batch: encoder.batch() };
}

test('a handful of photos is embedded without ado, a library is worth measuring, and the next start knows', async () => {
  const files = await setUp();
  const gpu = machine();
  expect(await start(files, gpu, 256)).toEqual({ opened: ['cpu'], batch: ENCODER_BATCH });
  expect(await start(files, gpu, 400)).toEqual({ opened: ['cpu', 'cpu', 'cuda', 'cuda'], batch: 16 });
  expect(await start(files, gpu, 400)).toEqual({ opened: ['cuda'], batch: 16 });
  expect(JSON.parse(await readFile(files.runtimeFile, 'utf8'))).toMatchObject({ trying: null, ended: [] });
});

test('hardware that is gone: the CPU', async () => {
  const files = await setUp();
  const gpu = machine();
  await start(files, gpu, 400);
  gpu.broken = true;
  expect((await start(files, gpu)).opened).toEqual(['cuda', 'cpu']);
});

test('hardware that ended the process is left alone from then on', async () => {
  const files = await setUp();
  const gpu = machine();
  await start(files, gpu, 400);
  const kept = JSON.parse(await readFile(files.runtimeFile, 'utf8'));
  const { pid } = spawnSync(process.execPath, ['--version']);
  await writeFile(files.runtimeFile, JSON.stringify({ ...kept, trying: { provider: 'cuda', pid } }));
  expect(await start(files, gpu, 400)).toEqual({ opened: ['cpu', 'cpu', 'cpu'], batch: 1 });
  expect((await start(files, gpu)).opened).toEqual(['cpu']);
});

test('a process that is trying it right now has not been ended by it', async () => {
  const files = await setUp();
  const gpu = machine();
  await start(files, gpu, 400);
  const kept = JSON.parse(await readFile(files.runtimeFile, 'utf8'));
  const trying = { provider: 'cuda', pid: process.ppid };
  await writeFile(files.runtimeFile, JSON.stringify({ ...kept, trying }));
  expect((await start(files, gpu)).opened).toEqual(['cuda']);
});

test('another machine, a damaged file, a folder that is not there: the CPU, and measured anew', async () => {
  const files = await setUp();
  const gpu = machine();
  await start(files, gpu, 400);
  const kept = JSON.parse(await readFile(files.runtimeFile, 'utf8'));
  await writeFile(files.runtimeFile, JSON.stringify({ ...kept, machine: 'other' }));
  expect((await start(files, gpu, 400)).opened).toEqual(['cpu', 'cpu', 'cuda', 'cuda']);
  await writeFile(files.runtimeFile, '{"choices":');
  expect((await start(files, gpu)).opened).toEqual(['cpu']);
  const nowhere = { ...files, runtimeFile: join(files.folder.directory, 'config.json', 'runtime.json') };
  expect((await start(nowhere, gpu, 400)).opened).toEqual(['cpu', 'cpu', 'cuda', 'cuda']);
  const absent = { ...files, runtimeFile: join(files.folder.directory, 'absent', 'runtime.json') };
  await start(absent, gpu, 400);
  expect((await start(absent, gpu)).opened).toEqual(['cuda']);
});

test('a slow model is measured before the 257th photo, and threads that gain are taken', async () => {
  const { folder, runtimeFile } = await setUp();
  let now = 0;
  const threads: number[] = [];
  const runtime: Runtime = {
    providers: () => ['cpu'],
    open(path, options) {
      threads.push(options.threads);
      return onnxRuntime.open(path, options);
    },
  };
  const measure = async (): Promise<number> => 10 * (threads.at(-1) ?? 1);
  // Each call takes five seconds.
  const clock = (): number => {
    now += 5000;
    return now;
  };
  const options = { runtime, measure, clock };
  const encoder = await loadTunedEncoder(folder, { runtimeFile, intraOpThreads: 4 }, options);
  onTestFinished(() => encoder.dispose());
  const picture = [new Float32Array(3 * 32 * 32).fill(0.2)];
  for (let i = 0; i < 3; i++) await encoder.encode(picture);
  expect(threads).toEqual([1]);
  await encoder.encode(picture);
  // As it began, with one to measure, with two, with four; then the best.
  expect(threads).toEqual([1, 1, 2, 4, 4]);
  const again = await loadTunedEncoder(folder, { runtimeFile, intraOpThreads: 4 }, options);
  onTestFinished(() => again.dispose());
  expect(threads.at(-1)).toBe(4);
  // Another number of cores is another question.
  const fewer = await loadTunedEncoder(folder, { runtimeFile, intraOpThreads: 2 }, options);
  onTestFinished(() => fewer.dispose());
  expect(threads.at(-1)).toBe(1);
});

test('measuring that fails costs nothing but itself', async () => {
  const { folder, runtimeFile } = await setUp();
  const measure = (): Promise<number> => Promise.reject(new Error('out of memory'));
  const clock = (): number => 0;
  const encoder = await loadTunedEncoder(folder, { runtimeFile, intraOpThreads: 1 }, { measure, clock });
  onTestFinished(() => encoder.dispose());
  const pictures = new Array<Float32Array>(64).fill(new Float32Array(3 * 32 * 32).fill(0.2));
  for (let i = 0; i < 6; i++) expect(await encoder.encode(pictures)).toHaveLength(64);
  expect(encoder.batch()).toBe(ENCODER_BATCH);
});
