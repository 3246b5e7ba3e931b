// The pace as it acts on a run: asleep nothing moves, gentle means one at a time, and what is on screen comes first.
import { basename } from 'node:path';
import { expect, test, vi } from 'vitest';
import { createPacer } from '../src/indexing/pace.ts';
import { fakeCompute } from './fake-compute.ts';
import { bench } from './harness.ts';

function settings() {
  const kept = new Map<string, string>();
  return {
    setting: (key: string) => kept.get(key) ?? null,
    setSetting: (key: string, value: string | null) => void (value !== null && kept.set(key, value)),
  };
}

test('a choice is kept with the library; what a command insists on is not', () => {
  const kept = settings();
  const pacer = createPacer(kept, () => undefined);
  expect(pacer.state()).toEqual({ choice: 'automatic', acting: 'balanced', because: 'unknown' });
  pacer.choose('gentle');
  pacer.insist('full');
  expect(pacer.state().acting).toBe('full');
  expect(createPacer(kept, () => undefined).state().acting).toBe('gentle');
  kept.setSetting('pace', 'nonsense');
  expect(createPacer(kept, () => undefined).state().choice).toBe('automatic');
});

test('tells of a change once, and only of a change', () => {
  const told = vi.fn();
  const pacer = createPacer(settings(), told);
  pacer.setConditions({ battery: true });
  pacer.setConditions({ battery: true });
  pacer.setConditions({ idle: true });
  expect(told).toHaveBeenCalledTimes(1);
  pacer.setConditions({ battery: false });
  expect(pacer.state()).toMatchObject({ acting: 'full', because: 'idle' });
});

test('a rest ends when the pace changes', async () => {
  const pacer = createPacer(settings(), () => undefined);
  pacer.choose('gentle');
  const resting = pacer.rest(60_000, new AbortController().signal);
  pacer.choose('full');
  await resting;
});

test('asleep nothing is read; awake everything is', async () => {
  const b = await bench();
  await b.write({ 'a.jpg': 'one', 'b.jpg': 'two' });
  const folder = await b.engine.services.folders.add(b.photos);
  b.engine.setConditions({ suspended: true });
  const run = b.engine.services.indexer.update([folder.id]);
  await vi.waitFor(() => expect(b.engine.services.progress.get().state).toBe('paused'));
  expect(b.fake.ingested).toEqual([]);
  expect(b.engine.services.progress.get().pace).toMatchObject({ acting: 'stopped', because: 'suspended' });
  b.engine.setConditions({ suspended: false });
  await run;
  expect(b.fake.ingested).toHaveLength(2);
});

test('gentle gives the compute process one file at a time', async () => {
  let now = 0;
  let most = 0;
  const fake = fakeCompute({
    ingest: async () => {
      most = Math.max(most, ++now);
      await new Promise((resolve) => setTimeout(resolve, 2));
      now -= 1;
      return { ok: false, reason: 'corrupt', message: 'no' };
    },
  });
  const b = await bench({ fake });
  await b.write(Object.fromEntries(Array.from({ length: 6 }, (_, i) => [`${i}.jpg`, `photo ${i}`])));
  b.engine.services.pace.choose('gentle');
  const folder = await b.engine.services.folders.add(b.photos);
  await b.engine.services.indexer.update([folder.id]);
  expect(most).toBe(1);
});

test('what is on screen is read before what is newer', async () => {
  const b = await bench();
  const files = Object.fromEntries(Array.from({ length: 5 }, (_, i) => [`${i}.jpg`, `photo ${i}`]));
  await b.write(files);
  const folder = await b.engine.services.folders.add(b.photos);
  const { services } = b.engine;
  await services.indexer.update([folder.id]);
  const { photos } = services.library.timeline({ offset: 0, limit: 10 });
  const seen = photos.find(({ id }) => services.library.photo(id).fileName === '3.jpg');
  b.fake.ingested.length = 0;
  services.pace.choose('gentle');
  services.indexer.lookFirst([seen?.id ?? '']);
  await b.write(Object.fromEntries(Object.keys(files).map((name) => [name, `edited ${name}`])));
  await services.indexer.update([folder.id]);
  expect(basename(b.fake.ingested[0] ?? '')).toBe('3.jpg');
});
