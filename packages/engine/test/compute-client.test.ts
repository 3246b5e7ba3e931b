import { setImmediate } from 'node:timers/promises';
import { SemblanceError } from '@semblance/contract';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { ComputeGone, createComputeClient } from '../src/compute/client.ts';
import { type FakeCompute, fakeCompute } from './fake-compute.ts';

const setup = {
  modelDirectory: '/model',
  warm: 'image',
  intraOpThreads: 1,
  thumbnailDirectory: '/thumbs',
} as const;

function client(fake: FakeCompute) {
  return createComputeClient({ role: 'background', spawn: fake.spawn, setup });
}

describe('compute client', () => {
  it('starts the process when first needed, once', async () => {
    const fake = fakeCompute();
    const compute = client(fake);
    expect(fake.started).toBe(0);
    expect(await Promise.all([compute.call('memory', []), compute.call('memory', [])])).toEqual([1, 1]);
    expect((await compute.model())?.key).toBe('fake-1');
    expect(fake.started).toBe(1);
  });

  it('rejects what was under way when the process dies, and starts another for the next call', async () => {
    const fake: FakeCompute = fakeCompute({
      memory: () => (fake.started === 1 ? new Promise(() => undefined) : Promise.resolve(7)),
    });
    const compute = client(fake);
    const lost = compute.call('memory', []);
    await compute.model();
    compute.recycle();
    await expect(lost).rejects.toMatchObject({ name: 'ComputeGone', how: 'recycled' });
    expect(await compute.call('memory', [])).toBe(7);
    expect(fake.started).toBe(2);
  });

  it('kills a process that does not answer in time', async () => {
    const compute = client(fakeCompute({ memory: () => new Promise(() => undefined) }));
    await compute.model();
    await expect(compute.call('memory', [], 20)).rejects.toMatchObject({ how: 'hung' });
  });

  it('leaves a process alone that still answers others, and ends it when it falls silent', async () => {
    const compute = client(fakeCompute({ memory: () => new Promise(() => undefined) }));
    await compute.model();
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] });
    onTestFinished(() => void vi.useRealTimers());
    let ended = false;
    const lost = compute.call('memory', [], 100).catch((error: unknown) => {
      ended = true;
      return error;
    });
    await setImmediate();
    for (let i = 0; i < 5; i++) {
      expect(await compute.call('listModels', [[]])).toEqual([]);
      vi.advanceTimersByTime(60);
      await setImmediate();
      expect(ended).toBe(false);
    }
    vi.advanceTimersByTime(60);
    expect(await lost).toMatchObject({ name: 'ComputeGone', how: 'hung' });
  });

  it('reads what a process has said before it judges it: this one may have been busy itself', async () => {
    const answers: ((bytes: number) => void)[] = [];
    const fake = fakeCompute({ memory: () => new Promise<number>((done) => void answers.push(done)) });
    const compute = client(fake);
    await compute.model();
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] });
    onTestFinished(() => void vi.useRealTimers());
    const asked = compute.call('memory', [], 100);
    while (answers.length === 0) await setImmediate();
    // The answer is on its way, not yet read, when the clock is looked at, far ahead after a sleep.
    answers[0]?.(5);
    for (let i = 0; i < 20; i++) await null;
    vi.advanceTimersByTime(3_600_000);
    expect(await asked).toBe(5);
    await setImmediate();
    await setImmediate();
    expect(await compute.call('listModels', [[]])).toEqual([]);
    expect(fake.started).toBe(1);
  });

  it('starts again when the process dies while it loads the model, and not for ever', async () => {
    let dying = 1;
    const fake: FakeCompute = fakeCompute({
      setup: async () => {
        if (dying-- > 0) {
          fake.crash();
          return new Promise<never>(() => undefined);
        }
        return { ok: true, model: { key: 'fake-1', dimensions: 4, contextLength: 8 } };
      },
    });
    expect((await client(fake).model())?.key).toBe('fake-1');
    expect(fake.started).toBe(2);
    dying = 9;
    await expect(client(fake).model()).rejects.toMatchObject({ how: 'crashed' });
  });

  it('passes the model failure on with its kind', async () => {
    const compute = client(
      fakeCompute({
        setup: async () => ({ ok: false, kind: 'MODEL_DAMAGED', message: 'vision_model.onnx is cut short' }),
      }),
    );
    await expect(compute.model()).rejects.toEqual(
      new SemblanceError('MODEL_DAMAGED', 'vision_model.onnx is cut short'),
    );
  });

  it('gives up on a process that never starts', async () => {
    const fake = fakeCompute({ setup: () => Promise.reject(new Error('no such library')) });
    const compute = client(fake);
    for (let i = 0; i < 3; i++) await expect(compute.call('memory', [])).rejects.toThrow();
    await expect(compute.call('memory', [])).rejects.toMatchObject({ kind: 'COMPUTE_UNAVAILABLE' });
    expect(fake.started).toBe(3);
  });

  it('is not revived after dispose', async () => {
    const compute = client(fakeCompute());
    await compute.model();
    compute.dispose();
    await expect(compute.call('memory', [])).rejects.toBeInstanceOf(ComputeGone);
  });
});
