import { describe, expect, it } from 'vitest';
import { createBatcher } from '../src/batcher.ts';

/** An encoder that doubles numbers and remembers its batches; each batch waits for `release`. */
function encoder() {
  const batches: number[][] = [];
  const releases: (() => void)[] = [];
  const run = async (items: number[]): Promise<number[]> => {
    batches.push(items);
    await new Promise<void>((done) => releases.push(done));
    return items.map((n) => n * 2);
  };
  return { batches, run, release: () => releases.shift()?.() };
}

const turn = (): Promise<void> => new Promise((done) => setImmediate(done));

describe('batcher', () => {
  it('starts at once when idle and gathers while busy, up to the limit', async () => {
    const { batches, run, release } = encoder();
    const { add: encode } = createBatcher(run, { maxBatch: () => 3 });
    const results = [encode(1)];
    await turn();
    results.push(...[2, 3, 4, 5].map(encode));
    await turn();
    expect(batches).toEqual([[1]]);
    release();
    await turn();
    release();
    await turn();
    release();
    expect(await Promise.all(results)).toEqual([2, 4, 6, 8, 10]);
    expect(batches).toEqual([[1], [2, 3, 4], [5]]);
  });

  it('rejects the batch that failed and goes on with the next', async () => {
    let calls = 0;
    const { add: encode } = createBatcher(
      async (items: number[]) => {
        calls += 1;
        if (calls === 1) throw new Error('broken');
        return items;
      },
      { maxBatch: () => 2 },
    );
    const [first, second, third] = [encode(1), encode(2), encode(3)];
    await expect(first).rejects.toThrow('broken');
    await expect(second).rejects.toThrow('broken');
    await expect(third).resolves.toBe(3);
  });

  it('rejects items that got no result', async () => {
    const { add: encode } = createBatcher(async () => [1], { maxBatch: () => 8 });
    const [first, second] = [encode(0), encode(0)];
    await expect(first).resolves.toBe(1);
    await expect(second).rejects.toThrow('too few');
  });

  it('waits for those on their way until as many wait, and for nobody who will not come soon', async () => {
    const { batches, run, release } = encoder();
    const { add, expect: announce } = createBatcher(run, { maxBatch: () => 8 });
    const arrivals = [announce(), announce(), announce(), announce()];
    const results = [1, 2].map((n) => {
      const result = add(n);
      arrivals.shift()?.();
      return result;
    });
    await turn();
    // Two wait, two are still on their way.
    expect(batches).toEqual([[1, 2]]);
    results.push(add(3));
    arrivals.shift()?.();
    release();
    await turn();
    expect(batches).toEqual([[1, 2], [3]]);
    release();
    const others = [announce(), announce()];
    results.push(add(4));
    arrivals.shift()?.();
    await turn();
    expect(batches).toHaveLength(2);
    others.shift()?.();
    await turn();
    expect(batches).toEqual([[1, 2], [3], [4]]);
    release();
    expect(await Promise.all(results)).toEqual([2, 4, 6, 8]);
  });

  it('has a full batch at hand when one ends, and only full ones', async () => {
    const { batches, run, release } = encoder();
    const { add } = createBatcher(run, { maxBatch: () => 2, ahead: 2 });
    const results = [1].map(add);
    await turn();
    results.push(...[2, 3, 4, 5].map(add));
    await turn();
    expect(batches).toEqual([[1], [2, 3]]);
    release();
    await turn();
    expect(batches).toEqual([[1], [2, 3], [4, 5]]);
    results.push(add(6));
    release();
    await turn();
    expect(batches).toHaveLength(3);
    release();
    await turn();
    expect(batches).toEqual([[1], [2, 3], [4, 5], [6]]);
    release();
    expect(await Promise.all(results)).toEqual([2, 4, 6, 8, 10, 12]);
  });
});
