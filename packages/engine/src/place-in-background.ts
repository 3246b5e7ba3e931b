// Names the places of photos that came in before there was a table of cities, a few at a time.
import type { Catalog } from '@semblance/catalog';

/** So many take some milliseconds; then others have the process. */
const AT_A_TIME = 50;

/** Starts at once. @returns stops it */
export function placeInBackground(catalog: Catalog, onDone: () => void): () => void {
  let some = false;
  let next: NodeJS.Immediate | undefined;
  const step = (): void => {
    let placed = 0;
    try {
      placed = catalog.placeSome(AT_A_TIME);
    } catch {
      // A disk that is full: the rest has its turn when the library is opened again.
    }
    if (placed > 0) {
      some = true;
      next = setImmediate(step);
    } else if (some) onDone();
  };
  next = setImmediate(step);
  return () => clearImmediate(next);
}
