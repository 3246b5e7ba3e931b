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
 * The name with the fewest letters inserted, left out, exchanged or swapped (Damerau, optimal string alignment). A name that
 * holds the typed words goes before: `boat` means "our boat", not "bolt".
 *
 * @param names the likelier ones first: of several as near, the first is taken
 * @returns as it is written in `names`; null when none is near
 */
export function nearestName(typed: string, names: Iterable<string>): string | null {
  const wanted = fold(typed);
  const wrong = MOST_WRONG.find(([length]) => wanted.length >= length)?.[1];
  if (wrong === undefined || wanted.length > LONGEST) return null;
  const rows: Rows = [0, 1, 2].map(() => new Uint8Array(LONGEST + MOST_WRONG.length + 1)) as Rows;
  let nearest: { name: string; distance: number } | null = null;
  let holding: string | null = null;
  for (const name of names) {
    const known = fold(name);
    const most: number = Math.min(wrong, (nearest?.distance ?? wrong + 1) - 1);
    const distance = distanceWithin(wanted, known, most, rows);
    if (distance !== null) nearest = { name, distance };
    holding ??= known.length > wanted.length && ` ${known} `.includes(` ${wanted} `) ? name : null;
    if (distance === 0) break;
  }
  return holding ?? nearest?.name ?? null;
}

type Rows = [Uint8Array, Uint8Array, Uint8Array];

/** Null when it is more than `most`. @param rows to write in, longer than either name */
function distanceWithin(a: string, b: string, most: number, rows: Rows): number | null {
  if (most < 0 || Math.abs(a.length - b.length) > most) return null;
  let [before, last, row] = rows;
  for (let j = 0; j <= b.length; j++) last[j] = j;
  for (let i = 1; i <= a.length; i++) {
    let least = i;
    row[0] = i;
    for (let j = 1; j <= b.length; j++) {
      const same = a[i - 1] === b[j - 1];
      const swapped = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1];
      const distance = Math.min(
        (last[j] ?? 0) + 1,
        (row[j - 1] ?? 0) + 1,
        (last[j - 1] ?? 0) + (same ? 0 : 1),
        swapped ? (before[j - 2] ?? 0) + 1 : most + 1,
      );
      row[j] = distance;
      least = Math.min(least, distance);
    }
    if (least > most) return null;
    [before, last, row] = [last, row, before];
  }
  const distance = last[b.length] ?? 0;
  return distance <= most ? distance : null;
}
