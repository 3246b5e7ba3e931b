// Which hardware, threads, batch and precision are chosen, on machines that are made up.
import { appendFile, copyFile } from 'node:fs/promises';
import { join } from 'node:path';
import { tempDir, writeClipModel } from '@semblance/testkit';
import { describe, expect, test } from 'vitest';
import {
  type ChooseOptions,
  chooseRuntime,
  inspectModel,
  keepPrecision,
  type ModelFolder,
  readModelFolder,
  testModel,
} from '../src/index.ts';
import { type FakeHardware, type FakeRuntime, fakeRuntime } from './fake-runtime.ts';

async function tiny(precisions: readonly ('fp32' | 'int8' | 'fp16')[] = ['fp32']): Promise<string> {
  const directory = join(await tempDir(), 'tiny');
  for (const precision of precisions) await writeClipModel(directory, { precision });
  return directory;
}

type Speeds = (last: FakeRuntime['opened'][number], batch: number) => number;

/** Chooses on a machine whose speed is a formula of what was opened last. */
async function choose(
  hardware: Record<string, FakeHardware>,
  speeds: Speeds,
  more: Partial<ChooseOptions> = {},
): Promise<Awaited<ReturnType<typeof chooseRuntime>> & { runtime: FakeRuntime; folder: ModelFolder }> {
  const folder = await readModelFolder(await tiny());
  const runtime = fakeRuntime(hardware);
  const result = await chooseRuntime(folder, {
    ...{ runtime, maxThreads: 1, measure: measured(runtime, speeds) },
    ...more,
  });
  // Whatever was tried is closed again.
  expect(runtime.alive).toBe(0);
  return { ...result, runtime, folder };
}

function measured(runtime: FakeRuntime, speeds: Speeds): NonNullable<ChooseOptions['measure']> {
  return async (_, batch) => {
    const last = runtime.opened.at(-1);
    if (last === undefined) throw new Error('Nothing is open.');
    return speeds(last, batch);
  };
}

describe('hardware', () => {
  test('the fastest that gives the right embeddings', async () => {
    const { choice, tried } = await choose({ cuda: {}, webgpu: {} }, ({ provider }) =>
      provider === 'cuda' ? 90 : provider === 'webgpu' ? 200 : 20,
    );
    expect(choice).toMatchObject({ provider: 'webgpu', imagesPerSecond: 200 });
    expect(tried.map(({ provider, problem }) => [provider, problem])).toEqual([
      ['cpu', null],
      ['cuda', null],
      ['webgpu', null],
    ]);
  });

  test('one that computes something else is not used, however fast', async () => {
    const { choice, tried } = await choose({ coreml: { drift: 0.5 } }, ({ provider }) =>
      provider === 'coreml' ? 1000 : 20,
    );
    expect(choice.provider).toBe('cpu');
    expect(tried[1]?.difference).toBeGreaterThan(0.01);
    expect(tried[1]).toMatchObject({
      provider: 'coreml',
      imagesPerSecond: null,
      problem: expect.stringMatching(
        /^Its embeddings differ by 0\.\d+ from those of the CPU; 0\.01 is the limit\.$/,
      ),
    });
  });

  test('a little off is near enough', async () => {
    const { choice, tried } = await choose({ dml: { drift: 0.001 } }, ({ provider }) =>
      provider === 'dml' ? 40 : 20,
    );
    expect(choice.provider).toBe('dml');
    expect(tried[1]?.difference).toBeGreaterThan(1e-7);
  });

  test('embeddings that are no numbers are not near', async () => {
    const { choice, tried } = await choose({ dml: { drift: Number.NaN } }, () => 20);
    expect(choice.provider).toBe('cpu');
    expect(tried[1]?.problem).toMatch(/without a direction/);
  });

  test('one that is not there, and one that is slower, leave the CPU', async () => {
    const { choice, tried } = await choose(
      { cuda: { fails: 'no such library' }, webgpu: {} },
      ({ provider }) => (provider === 'webgpu' ? 5 : 20),
    );
    expect(choice.provider).toBe('cpu');
    expect(tried[1]?.problem).toBe('It cannot be used here: no such library');
    expect(tried[2]).toMatchObject({ provider: 'webgpu', imagesPerSecond: 5, problem: null });
  });

  test('one that ended the process before is not tried again; others are announced', async () => {
    const announced: (string | null)[] = [];
    const { runtime, tried } = await choose({ cuda: {}, webgpu: {} }, () => 20, {
      skip: ['cuda'],
      trying: async (provider) => void announced.push(provider),
    });
    expect(announced).toEqual(['webgpu', null]);
    expect(runtime.opened.map(({ provider }) => provider)).not.toContain('cuda');
    expect(tried[1]?.problem).toMatch(/ended the process/);
  });
});

describe('threads and batch', () => {
  test('as many threads as pay, up to the limit', async () => {
    const speeds: Speeds = ({ threads }) => [0, 20, 38, 0, 39][threads] ?? 0;
    expect((await choose({}, speeds, { maxThreads: 4 })).choice.threads).toBe(2);
    expect((await choose({}, ({ threads }) => threads * 10, { maxThreads: 6 })).choice.threads).toBe(6);
    const { runtime } = await choose({}, ({ threads }) => threads * 10, { maxThreads: 1 });
    expect(runtime.opened.every(({ threads }) => threads === 1)).toBe(true);
  });

  test('the smallest batch that is nearly as fast as any', async () => {
    const speeds: Speeds = (_, batch) => ({ 1: 50, 4: 80, 8: 81, 16: 82 })[batch] ?? 0;
    expect((await choose({}, speeds)).choice.batch).toBe(4);
  });

  test('a large batch of a slow model is not even measured', async () => {
    const batches: number[] = [];
    await choose({}, (_, batch) => {
      batches.push(batch);
      return 3;
    });
    expect(batches).toEqual([1, 4]);
  });
});

describe('testModel', () => {
  test('fewer bits are taken when they are much faster and point the same way', async () => {
    const directory = await tiny(['fp32', 'int8']);
    const runtime = fakeRuntime({});
    const speeds =
      (faster: number): Speeds =>
      (last) =>
        last.path.includes('_quantized') ? faster : 20;
    const run = (faster: number): ReturnType<typeof testModel> =>
      testModel(directory, { runtime, maxThreads: 1, measure: measured(runtime, speeds(faster)) });
    const fast = await run(50);
    expect(fast).toMatchObject({ precision: 'int8', provider: 'cpu', imagesPerSecond: 50 });
    expect(fast.textMilliseconds).toBeGreaterThan(0);
    expect(fast.tried.map(({ precision }) => precision)).toEqual(['fp32', 'int8']);
    expect((await run(25)).precision).toBe('fp32');
    expect(runtime.alive).toBe(0);
  });

  test('fewer bits that point elsewhere are refused, whatever their speed', async () => {
    const directory = await tiny(['fp32']);
    // Other weights under the name of the small ones.
    const other = await tiny();
    await writeClipModel(other, { seed: 9, precision: 'int8' });
    for (const tower of ['vision', 'text']) {
      const name = `onnx/${tower}_model_quantized.onnx`;
      await copyFile(join(other, name), join(directory, name));
    }
    const runtime = fakeRuntime({});
    const measure = measured(runtime, (last) => (last.path.includes('_quantized') ? 99 : 20));
    const { precision, tried } = await testModel(directory, { runtime, maxThreads: 1, measure });
    expect(precision).toBe('fp32');
    expect(tried[1]?.problem).toMatch(/differ by \d\.\d+ from the most exact ones; 0\.05 is the limit/);
  });
});

describe('a precision that was kept', () => {
  test('is what is read from then on, and can be changed', async () => {
    const directory = await tiny(['fp32', 'fp16', 'int8']);
    const before = await inspectModel(directory);
    expect(before).toMatchObject({ precision: 'fp32' });
    expect(before.precisions.map(({ precision }) => precision)).toEqual(['fp32', 'fp16', 'int8']);
    const [full, , small] = before.precisions;
    expect(small?.bytes).toBeLessThan((full?.bytes ?? 0) * 0.6);
    const kept = await keepPrecision(directory, 'int8');
    expect(kept.precision).toBe('int8');
    expect(kept.key).not.toBe(before.key);
    expect((await readModelFolder(directory)).key).toBe(kept.key);
    expect((await keepPrecision(directory, 'fp32')).key).toBe(before.key);
    await expect(keepPrecision(directory, 'q4')).rejects.toThrow(/no weights in precision q4/);
  });

  test('and is gone, or is nonsense: the most exact is read', async () => {
    const directory = await tiny(['fp32']);
    await appendFile(join(directory, 'semblance.json'), '{"precision":"int8"}');
    expect((await inspectModel(directory)).precision).toBe('fp32');
    await appendFile(join(directory, 'semblance.json'), 'x');
    expect((await inspectModel(directory)).precision).toBe('fp32');
  });
});
