// Files that other programs are still writing: waited for, never shown as damaged, and never for ever.
import { appendFileSync, statSync, utimesSync } from 'node:fs';
import { join } from 'node:path';
import type { Progress } from '@semblance/contract';
import { expect, test } from 'vitest';
import { fakeCompute } from './fake-compute.ts';
import { type Bench, bench } from './harness.ts';

async function add(b: Bench): Promise<void> {
  await b.engine.services.folders.add(b.photos);
}

/** Everything that the window is told while something goes on. */
async function told(b: Bench, work: () => Promise<unknown>): Promise<Progress[]> {
  const done = new AbortController();
  const all: Progress[] = [];
  const reading = (async () => {
    for await (const progress of b.engine.services.progress.follow(done.signal)) all.push(progress);
  })();
  await work();
  done.abort();
  await reading;
  return all;
}

/** A program that writes a file and is always one piece behind whoever reads it: the next one comes when it was looked at. */
async function slowWriter(pieces: string[], settles: number) {
  let path = '';
  const inner = fakeCompute();
  const spawn: typeof inner.spawn = (role) => {
    const channel = inner.spawn(role);
    return {
      ...channel,
      onMessage: (listener) =>
        channel.onMessage((message) => {
          const piece = inner.ingested.includes(path) ? pieces.shift() : undefined;
          if (piece !== undefined) appendFileSync(path, piece);
          listener(message);
        }),
    };
  };
  const b = await bench({ fake: { ...inner, spawn }, settles });
  path = join(b.photos, 'copied.jpg');
  await b.write({ 'copied.jpg': 'copy 1', 'other.jpg': 'other' });
  await add(b);
  return { b, path, looks: () => inner.ingested.filter((read) => read === path).length };
}

test('a file that is written piece by piece is read when it is whole, and never listed as damaged', async () => {
  const pieces = ['2', '3', '4', '5', 'whole'];
  const { b, path, looks } = await slowWriter(pieces, 0);
  const progress = await told(b, () => b.engine.services.indexer.update());
  expect(pieces).toEqual([]);
  expect((await b.engine.services.library.status()).counts).toMatchObject({
    photos: 2,
    pending: 0,
    copying: 0,
    failed: 0,
  });
  expect(progress.every(({ failed }) => failed === 0)).toBe(true);
  expect(looks()).toBeGreaterThan(1);
  const { library } = b.engine.services;
  const files = library.timeline({ offset: 0, limit: 9 }).photos.flatMap(({ id }) => library.photo(id).files);
  expect(files.find((file) => file.path === path)?.bytes).toBe(statSync(path).size);
});

test('half a file that was begun just now is waiting, and says so', async () => {
  const b = await bench({ settles: 3_600_000 });
  await b.write({ 'copied.jpg': 'copy 1', 'other.jpg': 'other' });
  await add(b);
  await b.engine.services.indexer.update();
  const { library, progress } = b.engine.services;
  expect((await library.status()).counts).toMatchObject({ photos: 1, pending: 1, copying: 1, failed: 0 });
  expect(library.failures({ offset: 0, limit: 9 }).total).toBe(0);
  expect(progress.get()).toMatchObject({ state: 'idle', pending: 1, copying: 1, failed: 0 });
  expect(library.filesIn([b.photos])).toMatchObject({ files: 2, pending: 1 });
});

test('half a file that stands still is damaged, whatever its date says', async () => {
  const b = await bench({ settles: 150 });
  await b.write({ 'a.jpg': 'copy 1', 'b.jpg': 'copy 2' });
  const future = new Date(Date.now() + 9e9);
  utimesSync(join(b.photos, 'b.jpg'), future, future);
  await add(b);
  await b.engine.services.indexer.update();
  const { library } = b.engine.services;
  expect((await library.status()).counts).toMatchObject({ photos: 0, pending: 0, copying: 0, failed: 2 });
  const { failures } = library.failures({ offset: 0, limit: 9 });
  expect(failures.map(({ reason }) => reason)).toEqual(['corrupt', 'corrupt']);
});

test('whoever pauses or closes does not wait for it', async () => {
  const { b } = await slowWriter(
    Array.from({ length: 1000 }, (_, n) => `${n}`),
    10_000,
  );
  const { indexer, progress } = b.engine.services;
  const run = indexer.update();
  await expect.poll(() => progress.get().copying).toBe(1);
  indexer.pause();
  await expect.poll(() => progress.get().state).toBe('paused');
  await b.engine.dispose();
  await run;
});

test('the next start goes on waiting', async () => {
  const b = await bench({ settles: 3_600_000 });
  await b.write({ 'copied.jpg': 'copy 1' });
  await add(b);
  await b.engine.services.indexer.update();
  const engine = await b.reopen();
  await engine.services.indexer.update();
  expect((await engine.services.library.status()).counts).toMatchObject({ copying: 1, failed: 0 });
});

test('a file whose process is ended from outside is tried again, and is no damaged picture', async () => {
  const b = await bench();
  b.fake.killings = 3;
  await b.write({ 'good.jpg': 'killed, not bad', 'other.jpg': 'other' });
  await add(b);
  await b.engine.services.indexer.update();
  expect((await b.engine.services.library.status()).counts).toMatchObject({ photos: 2, failed: 0 });
});

test('one that has it ended again and again is left alone, for this time', async () => {
  const b = await bench();
  b.fake.killings = 1000;
  await b.write({ 'huge.jpg': 'killed by the system, short of memory', 'other.jpg': 'other' });
  await add(b);
  await b.engine.services.indexer.update();
  const { library, indexer } = b.engine.services;
  expect((await library.status()).counts).toMatchObject({ photos: 1, failed: 1 });
  expect(library.failures({ offset: 0, limit: 1 }).failures).toMatchObject([{ reason: 'unreadable' }]);
  b.fake.killings = 0;
  expect(library.retryFailures('passing')).toBe(1);
  await indexer.update();
  expect((await library.status()).counts).toMatchObject({ photos: 2, failed: 0 });
});
