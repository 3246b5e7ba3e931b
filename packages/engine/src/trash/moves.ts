// Which files are being moved by us. A scan that began before such a move has seen a disk that is no more; it asks here
// what to look at again.

export interface Moves {
  /** Call before a move and after it is on record. */
  note(path: string): void;
  watch(): MovesWatch;
}

export interface MovesWatch {
  /** Paths since the last call. */
  take(): string[];
  end(): void;
}

export function createMoves(): Moves {
  const watches = new Set<Set<string>>();
  return {
    note(path) {
      for (const paths of watches) paths.add(path);
    },
    watch() {
      const paths = new Set<string>();
      watches.add(paths);
      return {
        take() {
          const taken = [...paths];
          paths.clear();
          return taken;
        },
        end: () => void watches.delete(paths),
      };
    },
  };
}
