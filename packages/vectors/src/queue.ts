// One thing at a time. Two writers on one LanceDB table make duplicate rows (lancedb/lancedb#3377).

export interface Queue {
  /** Runs `work` after everything queued before it, whether that went well or not. */
  run<T>(work: () => Promise<T>): Promise<T>;
  /** Resolves when everything queued so far is done. */
  idle(): Promise<void>;
}

export function makeQueue(): Queue {
  let last: Promise<unknown> = Promise.resolve();
  return {
    run: (work) => {
      const result = last.then(work);
      last = result.catch(() => {});
      return result;
    },
    idle: async () => {
      await last;
    },
  };
}
