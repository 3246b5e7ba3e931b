// Which files are being moved by us. A scan that began before such a move has seen a disk that is no more; it asks here
// what to look at again, and what to leave alone because its move is not on record yet.

export interface Moves {
  begin(path: string): void;
  /** When the move is on record, or did not happen. */
  end(path: string): void;
  watch(): MovesWatch;
}

export interface MovesWatch {
  /** Paths whose moves began or ended since the last call. */
  take(): string[];
  /** Paths that are on their way now. */
  moving(): string[];
  close(): void;
}

export function createMoves(): Moves {
  const watches = new Set<Set<string>>();
  const moving = new Set<string>();
  const note = (path: string): void => {
    for (const paths of watches) paths.add(path);
  };
  return {
    begin(path) {
      moving.add(path);
      note(path);
    },
    end(path) {
      moving.delete(path);
      note(path);
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
        moving: () => [...moving],
        close: () => void watches.delete(paths),
      };
    },
  };
}
