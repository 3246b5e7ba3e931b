// The pass that compares what is new with everything.
import type { LikenessEdge } from '@semblance/core';

export interface FinderState {
  state: 'idle' | 'running' | 'failed';
  done: number;
  total: number;
  problem: string | null;
}

export interface Finder {
  state(): FinderState;
  /** @param open pairs that the groups so far need verified */
  run(open: () => readonly LikenessEdge[]): Promise<void>;
}

export function createFinder(): Finder {
  return {
    state: () => ({ state: 'idle', done: 0, total: 0, problem: null }),
    run: async (open) => void open(),
  };
}
