// Several dates or ratings in one query: any of them, but for two bounds that meet, which are one range.
import { EARLIEST, LATEST } from './calendar.ts';
import type { Condition } from './types.ts';

/** Which side it leaves open: `date:>=2019` all that comes after, `rating:<3` all that lies below. Null for any other filter. */
export function openSide(condition: Condition): 'above' | 'below' | null {
  if (condition.name === 'rating') {
    if (condition.least > 0) return condition.most === 5 ? 'above' : null;
    return condition.most > 0 && condition.most < 5 ? 'below' : null;
  }
  if (condition.name !== 'date') return null;
  if (condition.until >= LATEST) return 'above';
  return condition.from <= EARLIEST ? 'below' : null;
}

/** Whether a lower and an upper bound have something between them: then both are meant, and else either of them. */
export function boundsMeet(above: Condition, below: Condition): boolean {
  if (above.name === 'date' && below.name === 'date') return above.from < below.until;
  return above.name === 'rating' && below.name === 'rating' && above.least <= below.most;
}
