// A library of 2,000 photos changes its model: every search is answered all the while, the process is killed in the middle,
// the next one goes on from there, and no label is lost.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as wait } from 'node:timers/promises';
import { tempDir } from '@semblance/testkit';
import { expect, test } from 'vitest';
import { fakeModels } from './fake-models.ts';
import { openSwitchLibrary, SUBJECTS, writeSwitchLibrary } from './model-switch-bench.ts';

const PHOTOS = 2000;
const WORKER = join(import.meta.dirname, 'model-switch-worker.ts');

interface Line {
  asked: number;
  failed: number;
  done: number;
  state: string;
}

/** Kills the worker when the new model has seen `enough` photos. @returns its last line */
async function runUntilKilled(folder: string, enough: number): Promise<Line> {
  const worker = spawn(process.execPath, [WORKER, folder], { stdio: ['ignore', 'pipe', 'inherit'] });
  const ended = once(worker, 'close');
  let last: Line = { asked: 0, failed: 0, done: 0, state: '' };
  for await (const line of createInterface({ input: worker.stdout })) {
    last = JSON.parse(line) as Line;
    if (last.done >= enough) {
      worker.kill('SIGKILL');
      break;
    }
  }
  expect((await ended)[1]).toBe('SIGKILL');
  return last;
}

test('2,000 photos, continuous search, kill -9 in the middle', { timeout: 300_000 }, async () => {
  const folder = await tempDir();
  const photos = await writeSwitchLibrary(folder, PHOTOS);
  const first = await openSwitchLibrary(folder, fakeModels().spawn);
  const { services } = first;
  const { id } = await services.folders.add(photos);
  await services.indexer.update([id]);
  const boats = (await services.search.run({ text: 'boat', limit: 30 })).results.map((hit) => hit.id);
  const dogs = (await services.search.run({ text: 'dog', limit: 10 })).results.map((hit) => hit.id);
  const { label } = services.labels.create({
    name: 'boat',
    descriptions: ['boat'],
    exclusions: [],
    precision: 0.8,
    parentId: null,
    color: 'blue',
    automatic: true,
    sensitive: false,
  });
  services.labelAnswers.answer([
    ...boats.slice(0, 10).map((photoId) => ({ labelId: label.id, photoId, verdict: 'yes' as const })),
    ...dogs.map((photoId) => ({ labelId: label.id, photoId, verdict: 'no' as const })),
  ]);
  const run = services.labelRuns.start([label.id], { kind: 'all' });
  await services.labelRuns.finished(run.id);
  const before = services.labels.list().find((one) => one.id === label.id);
  expect(before).toMatchObject({ examples: { yes: 10, no: 10 } });
  await first.dispose();

  const killed = await runUntilKilled(folder, 700);
  expect(killed).toMatchObject({ failed: 0, state: 'filling' });
  expect(killed.asked).toBeGreaterThan(5);

  const fake = fakeModels();
  const engine = await openSwitchLibrary(folder, fake.spawn);
  try {
    const { search, modelSwitch, labels, acts } = engine.services;
    engine.start();
    let asked = 0;
    const searchWell = async (): Promise<void> => {
      const subject = SUBJECTS[asked % SUBJECTS.length] ?? '';
      const { results } = await search.run({ text: subject, limit: 20 });
      expect(results).toHaveLength(20);
      expect(results.filter(({ path }) => !path.includes(subject))).toEqual([]);
      asked += 1;
      await wait(5);
    };
    while (modelSwitch.status().next?.state !== 'ready') {
      await searchWell();
      expect(modelSwitch.status().next?.state).not.toBe('failed');
    }
    // At most the batch in hand was lost.
    const again = fake.embedded.filter((model) => model === 'new').length;
    expect(again).toBeLessThanOrEqual(PHOTOS - killed.done + 128);
    expect(again).toBeLessThan(PHOTOS - 400);
    expect(modelSwitch.status()).toMatchObject({ current: 'old', next: { done: PHOTOS, failed: 0 } });

    const preview = await modelSwitch.preview();
    expect(preview).toMatchObject({ seen: PHOTOS, photos: PHOTOS, labels: [{ name: 'boat' }] });

    let switching = true;
    const switched = modelSwitch.commit(true).finally(() => {
      switching = false;
    });
    while (switching) await searchWell();
    await switched;
    await modelSwitch.settled();
    await searchWell();
    expect(modelSwitch.status()).toMatchObject({
      current: 'new',
      next: null,
      previous: { id: 'old', waiting: 0, labels: 'renewed' },
    });
    const after = labels.list().find((one) => one.id === label.id);
    expect(after).toMatchObject({ name: 'boat', examples: { yes: 10, no: 10 } });
    const change = preview.labels[0];
    const renewed = (after?.tagged ?? 0) - (before?.tagged ?? 0);
    expect(renewed).toBe((change?.gained ?? 0) - (change?.lost ?? 0));

    switching = true;
    const returned = modelSwitch.back().finally(() => {
      switching = false;
    });
    while (switching) await searchWell();
    await returned;
    await searchWell();
    expect(modelSwitch.status()).toMatchObject({ current: 'old', previous: { id: 'new' } });
    expect(labels.list().find((one) => one.id === label.id)).toEqual(before);
    expect(fake.embedded.filter((model) => model === 'old')).toEqual([]);
    expect(acts.list(1)[0]?.undone).toBe(true);
  } finally {
    await engine.dispose();
  }
});
