import { describe, expect, it } from 'vitest';
import { createLatest } from '../src/latest.ts';

async function take<T>(stream: AsyncGenerator<T, void, void>): Promise<T | 'end'> {
  const { value, done } = await stream.next();
  return done ? 'end' : (value as T);
}

describe('latest value', () => {
  it('gives the value now, then the newest, skipping what came between', async () => {
    const latest = createLatest(1, 5);
    const stream = latest.follow(undefined);
    expect(await take(stream)).toBe(1);
    for (const n of [2, 3, 4]) latest.set(n);
    expect(await take(stream)).toBe(4);
    const next = take(stream);
    latest.set(5);
    expect(await next).toBe(5);
  });

  it('serves several readers', async () => {
    const latest = createLatest('a', 0);
    const [one, two] = [latest.follow(undefined), latest.follow(undefined)];
    expect([await take(one), await take(two)]).toEqual(['a', 'a']);
    latest.set('b');
    expect([await take(one), await take(two)]).toEqual(['b', 'b']);
  });

  it('ends with the signal and with close, also while waiting', async () => {
    const latest = createLatest(0, 0);
    const abort = new AbortController();
    const [aborted, closed] = [latest.follow(abort.signal), latest.follow(undefined)];
    await Promise.all([take(aborted), take(closed)]);
    const ends = [take(aborted), take(closed)];
    abort.abort();
    latest.close();
    expect(await Promise.all(ends)).toEqual(['end', 'end']);
  });
});
