// Which known name was meant by one that is not known: for "did you mean", never for searching.
import { fold } from './text.ts';

/** Letters that may be wrong, by how many there are. Shorter names are near too many others. */
const MOST_WRONG: readonly [length: number, wrong: number][] = [
  [9, 3],
  [5, 2],
  [3, 1],
];
/** Nobody means these by a slip of the hand, and they would take long to compare. */
const LONGEST = 60;

/**
 * The name with the fewest letters inserted, left out, exchanged or swapped (Damerau, optimal string alignment); where none is
 * near, one that holds the typed words: `boat` for "our boat".
 *
 * @param names the likelier ones first: of several as near, the first is taken
 * @returns as it is written in `names`; null when none is near
 */
export function nearestName(typed: string, names: Iterable<string>): string | null {
  const wanted = fold(typed);
  const wrong = MOST_WRONG.find(([length]) => wanted.length >= length)?.[1];
  if (wrong === undefined || wanted.length > LONGEST) return null;
  let nearest: { name: string; distance: number } | null = null;
  let holding: string | null = null;
  for (const name of names) {
    const known = fold(name);
    const distance = distanceWithin(wanted, known, Math.min(wrong, (nearest?.distance ?? wrong + 1) - 1));
    if (distance !== null) nearest = { name, distance };
    holding ??= ` ${known} `.includes(` ${wanted} `) ? name : null;
    if (distance === 0) break;
  }
  return nearest?.name ?? holding;
}

/** Null when it is more than `most`. */
function distanceWithin(a: string, b: string, most: number): number | null {
  if (Math.abs(a.length - b.length) > most) return null;
  let [before, last]: number[][] = [[], Array.from({ length: b.length + 1 }, (_, j) => j)];
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const same = a[i - 1] === b[j - 1];
      const swapped = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1];
      row[j] = Math.min(
        (last?.[j] ?? 0) + 1,
        (row[j - 1] ?? 0) + 1,
        (last?.[j - 1] ?? 0) + (same ? 0 : 1),
        swapped ? (before?.[j - 2] ?? 0) + 1 : Number.POSITIVE_INFINITY,
      );
    }
    if (Math.min(...row) > most) return null;
    [before, last] = [last, row];
  }
  const distance = last?.[b.length] ?? 0;
  return distance <= most ? distance : null;
}
