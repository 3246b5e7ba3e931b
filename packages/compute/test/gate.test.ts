// How many may decode at a time.
import { expect, test } from 'vitest';
import { createGate } from '../src/gate.ts';

const turn = (): Promise<void> => new Promise((done) => setImmediate(done));

/** Begins five pieces of work; each ends when it is told to. */
function crowd(room: () => number) {
  const gate = createGate(room);
  const begun: number[] = [];
  const ends: (() => void)[] = [];
  const all = [0, 1, 2, 3, 4].map((i) =>
    gate.through(async () => {
      begun.push(i);
      await new Promise<void>((end) => {
        ends.push(end);
      });
      if (i === 1) throw new Error('broken');
      return i;
    }),
  );
  const settled = Promise.allSettled(all);
  return { gate, begun, settled, end: () => ends.shift()?.() };
}

test('so many at a time, in order, whether the one before failed or not', async () => {
  const { begun, end, settled } = crowd(() => 2);
  await turn();
  expect(begun).toEqual([0, 1]);
  end();
  await turn();
  expect(begun).toEqual([0, 1, 2]);
  end();
  await turn();
  expect(begun).toEqual([0, 1, 2, 3]);
  for (let i = 0; i < 3; i++) {
    end();
    await turn();
  }
  expect((await settled).map(({ status }) => status)).toEqual([
    'fulfilled',
    'rejected',
    'fulfilled',
    'fulfilled',
    'fulfilled',
  ]);
});

test('room that is made is taken when it is looked at again; one always has room', async () => {
  let room = 0;
  const { gate, begun, end, settled } = crowd(() => room);
  await turn();
  expect(begun).toEqual([0]);
  room = 3;
  gate.look();
  await turn();
  expect(begun).toEqual([0, 1, 2]);
  for (let i = 0; i < 5; i++) {
    end();
    await turn();
  }
  await settled;
});
