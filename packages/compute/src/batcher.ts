// Collects single items into batches for an encoder that is fastest on several at once.

/**
 * While one batch is being encoded, the next one gathers; an idle encoder starts at once with what is there.
 * So latency stays low when little comes in, and batches fill by themselves under load.
 *
 * @param maxBatch asked before each batch
 * @param run encodes a batch; must return one result per item, in order. A rejection rejects the whole batch.
 */
export function createBatcher<Item, Result>(
  run: (items: Item[]) => Promise<Result[]>,
  maxBatch: () => number,
): (item: Item) => Promise<Result> {
  const waiting: { item: Item; resolve: (r: Result) => void; reject: (e: unknown) => void }[] = [];
  let running = false;

  async function drain(): Promise<void> {
    running = true;
    // Items that arrive in the same turn belong to the same batch.
    await Promise.resolve();
    while (waiting.length > 0) {
      const batch = waiting.splice(0, maxBatch());
      try {
        const results = await run(batch.map((b) => b.item));
        batch.forEach((b, i) => {
          const result = results[i];
          if (result === undefined) b.reject(new Error('The encoder returned too few results.'));
          else b.resolve(result);
        });
      } catch (error) {
        for (const b of batch) b.reject(error);
      }
    }
    running = false;
  }

  return (item) =>
    new Promise<Result>((resolve, reject) => {
      waiting.push({ item, resolve, reject });
      if (!running) void drain();
    });
}
