// A value that changes, and readers that want the newest one: missed ones in between do not matter to them.

export interface Latest<T> {
  get(): T;
  set(value: T): void;
  /** The value now, then every later one; a slow reader skips to the newest. Ends with the signal or `close`. */
  follow(signal: AbortSignal | undefined): AsyncGenerator<T, void, void>;
  close(): void;
}

/** @param minIntervalMs readers are not told more often than this */
export function createLatest<T>(initial: T, minIntervalMs: number): Latest<T> {
  let value = initial;
  let version = 0;
  let closed = false;
  const wakers = new Set<() => void>();

  function wakeAll(): void {
    for (const wake of [...wakers]) wake();
  }

  return {
    get: () => value,
    set(next) {
      value = next;
      version += 1;
      wakeAll();
    },
    async *follow(signal) {
      let seen = -1;
      while (!closed && !signal?.aborted) {
        if (version !== seen) {
          seen = version;
          yield value;
          await sleepOrWake(minIntervalMs, signal);
        } else {
          await new Promise<void>((resolve) => {
            const wake = (): void => {
              wakers.delete(wake);
              signal?.removeEventListener('abort', wake);
              resolve();
            };
            wakers.add(wake);
            signal?.addEventListener('abort', wake);
          });
        }
      }
    },
    close() {
      closed = true;
      wakeAll();
    },
  };
}

async function sleepOrWake(ms: number, signal: AbortSignal | undefined): Promise<void> {
  await new Promise<void>((resolve) => {
    const done = (): void => {
      clearTimeout(timer);
      signal?.removeEventListener('abort', done);
      resolve();
    };
    const timer = setTimeout(done, ms);
    signal?.addEventListener('abort', done);
  });
}
