import { expect, it } from 'vitest';
import { createSeat } from '../src/model/seat.ts';

interface Held {
  name: string;
  part: { say(): string; slow(until: Promise<void>): Promise<string> };
}

function held(name: string): Held {
  return {
    name,
    part: {
      say: () => name,
      async slow(until) {
        await until;
        return name;
      },
    },
  };
}

it('work that has begun keeps what it began with, and that is retired when the last of it is done', async () => {
  const retired: string[] = [];
  const seat = createSeat(held('one'), ({ name }) => void retired.push(name));
  const part = seat.through(({ part: own }) => own);
  let finish = (): void => undefined;
  const until = new Promise<void>((resolve) => {
    finish = resolve;
  });
  const slow = part.slow(until);
  seat.swap(held('two'));
  expect(part.say()).toBe('two');
  await Promise.resolve();
  expect(retired).toEqual([]);
  finish();
  expect(await slow).toBe('one');
  await seat.settled();
  expect(retired).toEqual(['one']);
});

it('what nobody uses is retired at once; work that fails counts as done', async () => {
  const retired: string[] = [];
  const seat = createSeat(held('one'), ({ name }) => void retired.push(name));
  seat.swap(held('two'));
  await seat.settled();
  expect(() =>
    seat.use(() => {
      throw new Error('no');
    }),
  ).toThrow('no');
  await expect(seat.use(() => Promise.reject(new Error('later')))).rejects.toThrow('later');
  seat.swap(held('three'));
  await seat.settled();
  expect(retired).toEqual(['one', 'two']);
});
