// The place of what depends on the model: services read through it, so that another model takes over between two requests.
// What a request began with stays whole until that request is done.

export interface Seat<Held extends object> {
  now(): Held;
  /** Works with what is held now; it stays usable until the work is done, whatever takes its place meanwhile. */
  use<T>(work: (held: Held) => T): T;
  /** A part that is looked up anew for every call. Values of other kinds than functions are read as they are now. */
  through<Part extends object>(part: (held: Held) => Part): Part;
  /** From here on every new piece of work gets this one. */
  swap(next: Held): void;
  /** Resolves when nobody uses anything but what is held now. */
  settled(): Promise<void>;
}

/** @param retire called once for what was swapped out, when its last piece of work is done */
export function createSeat<Held extends object>(
  first: Held,
  retire: (old: Held) => void | Promise<void>,
): Seat<Held> {
  let current = first;
  const users = new Map<Held, number>();
  const leaving = new Map<Held, { done: Promise<void>; leave: () => void }>();

  function release(held: Held): void {
    const left = (users.get(held) ?? 1) - 1;
    if (left > 0) users.set(held, left);
    else {
      users.delete(held);
      if (held !== current) leaving.get(held)?.leave();
    }
  }

  function use<T>(work: (held: Held) => T): T {
    const held = current;
    users.set(held, (users.get(held) ?? 0) + 1);
    let answer: T;
    try {
      answer = work(held);
    } catch (error) {
      release(held);
      throw error;
    }
    if (!(answer instanceof Promise)) {
      release(held);
      return answer;
    }
    return answer.finally(() => release(held)) as T;
  }

  return {
    now: () => current,
    use,
    through<Part extends object>(part: (held: Held) => Part): Part {
      const read = (_: object, name: string | symbol): unknown => {
        const value: unknown = Reflect.get(part(current), name);
        if (typeof value !== 'function') return value;
        return (...given: unknown[]) =>
          use((held) => {
            const now: object = part(held);
            return Reflect.apply(Reflect.get(now, name), now, given);
          });
      };
      return new Proxy<Part>(Object.create(null), { get: read });
    },
    swap(next) {
      const old = current;
      if (old === next) return;
      current = next;
      let leave = (): void => undefined;
      const free = new Promise<void>((resolve) => {
        leave = resolve;
      });
      const done = free.then(() => retire(old)).finally(() => leaving.delete(old));
      done.catch(() => undefined);
      leaving.set(old, { done, leave });
      if (!users.has(old)) leave();
    },
    async settled() {
      await Promise.allSettled([...leaving.values()].map(({ done }) => done));
    },
  };
}
