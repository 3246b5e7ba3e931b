// Two lanes to the compute process. Pictures of formats that one slow decoder takes one after the other (HEIC, JPEG XL, BMP) have
// a lane of their own, so that pictures which are decoded in milliseconds never wait behind them.
import { extname } from 'node:path';
import type { WaitingFile } from '@semblance/catalog';

const SLOW = new Set(['.heic', '.heif', '.hif', '.jxl', '.bmp']);
/** Slow pictures under way: one being decoded, and the next ones at hand. */
const SLOW_WIDTH = 3;
/** Slow pictures that may wait before others have to wait for them. */
const SLOW_QUEUE = 256;

export interface Lanes {
  /** Resolves when all files are under way, or wait in the slow lane. `run` must not reject. */
  give(
    files: readonly WaitingFile[],
    width: number,
    run: (file: WaitingFile) => Promise<void>,
  ): Promise<void>;
  /** Resolves when nothing is under way. */
  idle(): Promise<void>;
}

export function createLanes(): Lanes {
  const queue: (() => Promise<void>)[] = [];
  const running = { fast: 0, slow: 0 };
  let waiting: (() => void)[] = [];

  function start(lane: 'fast' | 'slow', work: () => Promise<void>): void {
    running[lane] += 1;
    void work().finally(() => {
      running[lane] -= 1;
      if (lane === 'slow') startSlow();
      for (const wake of waiting.splice(0)) wake();
    });
  }

  function startSlow(): void {
    while (running.slow < SLOW_WIDTH) {
      const work = queue.shift();
      if (work === undefined) return;
      start('slow', work);
    }
  }

  async function until(ready: () => boolean): Promise<void> {
    while (!ready()) {
      await new Promise<void>((resolve) => {
        waiting.push(resolve);
      });
    }
  }

  return {
    async give(files, width, run) {
      for (const file of files) {
        if (SLOW.has(extname(file.path).toLowerCase())) {
          await until(() => queue.length < SLOW_QUEUE);
          queue.push(() => run(file));
          startSlow();
        } else {
          await until(() => running.fast < width);
          start('fast', () => run(file));
        }
      }
    },
    async idle() {
      await until(() => running.fast + running.slow + queue.length === 0);
      waiting = [];
    },
  };
}
