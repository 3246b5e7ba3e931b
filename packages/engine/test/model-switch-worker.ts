// A process that fills another model's vectors and searches all the while, until it is killed. Started by
// model-switch-kill.test.ts. Prints a line per state: how many photos the new model has seen, and how many searches failed.

import { setTimeout as wait } from 'node:timers/promises';
import { fakeModels } from './fake-models.ts';
import { openSwitchLibrary, SUBJECTS } from './model-switch-bench.ts';

const [, , folder = ''] = process.argv;
const engine = await openSwitchLibrary(folder, fakeModels(2).spawn);
engine.start();
const { search, modelSwitch } = engine.services;
await modelSwitch.begin('new', false);
let asked = 0;
let failed = 0;
for (;;) {
  const subject = SUBJECTS[asked % SUBJECTS.length] ?? '';
  try {
    const { results, notes } = await search.run({ text: subject, limit: 20 });
    const right = results.every(({ path }) => path.includes(subject));
    if (results.length < 20 || !right || notes.some(({ kind }) => kind !== 'nothing-matches')) failed += 1;
  } catch {
    failed += 1;
  }
  asked += 1;
  // As between two requests: a search out of memory needs nothing of the event loop.
  await wait(5);
  const { next } = modelSwitch.status();
  process.stdout.write(`${JSON.stringify({ asked, failed, done: next?.done ?? 0, state: next?.state })}\n`);
}
