// Collects single items into batches for an encoder that is fastest on several at once.

export interface BatcherOptions {
  /** Items of one batch at most; asked before each. */
  maxBatch: () => number;
  /** Batches given to the encoder at a time, so that the next one is at hand when one ends. Default 1. */
  ahead?: number;
}

export interface Batcher<Item, Result> {
  add(item: Item): Promise<Result>;
  /** An item is on its way. @returns to be called when it has come, or when it is known that it will not come soon */
  expect(): () => void;
}

/**
 * An idle encoder starts as soon as a batch is full, or as many wait as are still on their way: full batches while much
 * comes in, and nobody waits for neighbours when little does. A busy one is given full batches only.
 *
 * @param run encodes a batch; must return one result per item, in order. A rejection rejects the whole batch.
 */
export function createBatcher<Item, Result>(
  run: (items: Item[]) => Promise<Result[]>,
  { maxBatch, ahead = 1 }: BatcherOptions,
): Batcher<Item, Result> {
  const waiting: { item: Item; resolve: (r: Result) => void; reject: (e: unknown) => void }[] = [];
  let expected = 0;
  let running = 0;
  let looking = false;

  /** Items that arrive in the same turn belong to the same batch. */
  function look(): void {
    if (looking) return;
    looking = true;
    queueMicrotask(() => {
      looking = false;
      while (mayStart()) void start(waiting.splice(0, maxBatch()));
    });
  }

  function mayStart(): boolean {
    if (waiting.length === 0 || running >= ahead) return false;
    return waiting.length >= maxBatch() || (running === 0 && waiting.length >= expected);
  }

  async function start(batch: typeof waiting): Promise<void> {
    running += 1;
    try {
      const results = await run(batch.map(({ item }) => item));
      batch.forEach(({ resolve, reject }, i) => {
        const result = results[i];
        if (result === undefined) reject(new Error('The encoder returned too few results.'));
        else resolve(result);
      });
    } catch (error) {
      for (const { reject } of batch) reject(error);
    }
    running -= 1;
    look();
  }

  return {
    add: (item) =>
      new Promise<Result>((resolve, reject) => {
        waiting.push({ item, resolve, reject });
        look();
      }),
    expect() {
      let open = true;
      expected += 1;
      return () => {
        if (open) expected -= 1;
        open = false;
        look();
      };
    },
  };
}
