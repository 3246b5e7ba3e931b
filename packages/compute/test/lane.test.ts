// The lane of slow decoders, with workers written here that hang, break and count.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, describe, expect, it } from 'vitest';
import { createLane } from '../src/lane/lane.ts';
import type { Raster } from '../src/picture.ts';

const folder = mkdtempSync(join(tmpdir(), 'semblance-lane-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Answers with its thread's number as width and how many pictures it was given as height; the data says what to do. */
const program = join(folder, 'worker.mjs');
writeFileSync(
  program,
  `import { parentPort, threadId } from 'node:worker_threads';
   let given = 0;
   let busy = 0;
   parentPort.on('message', async ({ data }) => {
     given += 1;
     busy += 1;
     const order = Buffer.from(data).toString();
     if (order === 'hang') for (;;);
     if (order === 'exit') process.exit(3);
     if (order === 'throw') throw new Error('out of hand');
     if (order === 'broken') return parentPort.postMessage({ ok: false, broken: 'RuntimeError' });
     if (order === 'corrupt') return parentPort.postMessage({ ok: false, reason: 'corrupt', message: 'Damaged.' });
     if (order === 'slow') await new Promise((done) => setTimeout(done, 50));
     const raster = { data: new Uint8Array(3), width: threadId, height: given, fullWidth: busy, profile: 'srgb' };
     busy -= 1;
     parentPort.postMessage({ ok: true, raster, memory: order === 'large' ? 500 : 10 });
   });`,
);

const wanted = { side: 10, of: 'shorter' } as const;

function testLane(): (order: string) => Promise<Raster> {
  const lane = createLane({ program: pathToFileURL(program), limitMs: 300, idleMs: 200, maxMemory: 100 });
  return (order) => lane.decode('heic', Buffer.from(order), wanted);
}

describe('the lane', () => {
  it('decodes one picture at a time, in one worker', async () => {
    const decode = testLane();
    const rasters = await Promise.all(['slow', 'slow', 'fine', 'fine'].map(decode));
    expect(rasters.map(({ height }) => height)).toEqual([1, 2, 3, 4]);
    expect(new Set(rasters.map(({ width }) => width)).size).toBe(1);
    expect(rasters.every(({ fullWidth }) => fullWidth === 1)).toBe(true);
  });

  it.each([
    ['hang', { reason: 'timeout' }],
    ['exit', { reason: 'corrupt', message: 'The picture makes the decoder crash.' }],
    ['throw', { reason: 'corrupt', message: 'The picture makes the decoder crash.' }],
    ['broken', { reason: 'corrupt', message: 'The picture makes the decoder crash.' }],
  ])('a worker that should %s is replaced, and only its picture fails', async (order, failure) => {
    const decode = testLane();
    const [before, bad, after] = await Promise.allSettled([decode('fine'), decode(order), decode('fine')]);
    expect(before.status).toBe('fulfilled');
    expect(bad).toMatchObject({ status: 'rejected', reason: failure });
    expect(after).toMatchObject({ status: 'fulfilled', value: { height: 1 } });
  });

  it('keeps its worker after a picture that is merely damaged', async () => {
    const decode = testLane();
    await expect(decode('corrupt')).rejects.toMatchObject({ reason: 'corrupt', message: 'Damaged.' });
    expect((await decode('fine')).height).toBe(2);
  });

  it('starts anew after a picture that took too much memory, and when it has had nothing to do', async () => {
    const decode = testLane();
    const first = await decode('large');
    const second = await decode('fine');
    expect(second.width).not.toBe(first.width);
    await new Promise((done) => setTimeout(done, 400));
    expect((await decode('fine')).height).toBe(1);
  });
});
