// Between two runs, files that are still being copied: the run waits for them when that is not long, and else another one
// is begun in time.
import type { Catalog } from '@semblance/catalog';

export interface CopyWait {
  /** Waits until the next one is to be looked at, when that is soon. @returns whether there is something to do now */
  next(): Promise<boolean>;
  /** Ends the wait: there is something else to do. */
  goOn(): void;
  dispose(): void;
}

export interface CopyWaitDeps {
  catalog: Pick<Catalog, 'nextCopied'>;
  /** Called when the run is to wait. */
  onWait: () => void;
  /** Called when it was too long to wait for, and the time has come. */
  onTime: () => void;
}

/** A run waits no longer than this by itself: milliseconds. */
const PATIENCE_MS = 15_000;

export function createCopyWait({ catalog, onWait, onTime }: CopyWaitDeps): CopyWait {
  let timer: NodeJS.Timeout | undefined;
  let goOn: () => void = () => undefined;
  return {
    async next() {
      clearTimeout(timer);
      const at = catalog.nextCopied();
      if (at === null) return false;
      const wait = Math.max(0, at - Date.now());
      if (wait > PATIENCE_MS) {
        timer = setTimeout(onTime, wait).unref();
        return false;
      }
      onWait();
      await new Promise<void>((resolve) => {
        goOn = resolve;
        timer = setTimeout(resolve, wait);
      });
      return true;
    },
    goOn: () => goOn(),
    dispose() {
      clearTimeout(timer);
      goOn();
    },
  };
}
