// Lets so many in at a time, and the others in the order in which they came.

export interface Gate {
  /** Runs the work when there is room for it. */
  through<T>(work: () => Promise<T>): Promise<T>;
  /** There may be room for more by now. */
  look(): void;
}

/** @param room how many may be inside; asked before each. At least one always is */
export function createGate(room: () => number): Gate {
  const waiting: (() => void)[] = [];
  let inside = 0;

  function look(): void {
    while (waiting.length > 0 && inside < Math.max(1, room())) {
      inside += 1;
      waiting.shift()?.();
    }
  }

  return {
    look,
    async through(work) {
      await new Promise<void>((enter) => {
        waiting.push(enter);
        look();
      });
      try {
        return await work();
      } finally {
        inside -= 1;
        look();
      }
    },
  };
}
