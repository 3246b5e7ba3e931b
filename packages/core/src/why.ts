// From what parts of a picture have to do with a query to a map of where it was found.
import type { Region } from '@semblance/contract';
import type { WindowSize } from './windows.ts';

/** Large enough to know a thing by, small enough to say where it is. */
export const WHY_WINDOWS: readonly WindowSize[] = [
  { side: 0.66, step: 0.34 },
  { side: 0.4, step: 0.4 },
];

/** Cells along the longer side of a heat map. */
const CELLS = 24;
/** Windows of the usual score that are imagined over every cell: at the edges few real ones have a say. */
const DOUBT = 1;
/** A spread of scores below this is noise, and its map stays as pale. */
const CLEAR_SPREAD = 0.08;

export interface Heat {
  columns: number;
  rows: number;
  /** Row-major, 0 to 1. */
  values: number[];
}

/**
 * Each cell gets the mean score of the windows over it, those it is in the middle of counting most. The median cell is
 * 0, and so is whatever has less to do with the query than with any other; the best is 1, or less when none stands out.
 *
 * @param scores one per window: cosine with the query, less what any query has in common with it
 */
export function heatMap(ratio: number, windows: readonly Region[], scores: readonly number[]): Heat {
  const columns = ratio >= 1 ? CELLS : Math.max(1, Math.round(CELLS * ratio));
  const rows = ratio >= 1 ? Math.max(1, Math.round(CELLS / ratio)) : CELLS;
  const values = new Array<number>(columns * rows).fill(0);
  const weights = new Array<number>(columns * rows).fill(0);
  windows.forEach((window, at) => {
    for (let row = 0; row < rows; row++) {
      const down = nearness((row + 0.5) / rows, window.top, window.height);
      if (down === 0) continue;
      for (let column = 0; column < columns; column++) {
        const weight = down * nearness((column + 0.5) / columns, window.left, window.width);
        const cell = row * columns + column;
        values[cell] = (values[cell] ?? 0) + weight * (scores[at] ?? 0);
        weights[cell] = (weights[cell] ?? 0) + weight;
      }
    }
  });
  const usual = median(scores);
  const means = values.map((value, cell) => (value + DOUBT * usual) / ((weights[cell] ?? 0) + DOUBT));
  // Below zero a window has less to do with the query than with any other.
  const floor = Math.max(0, median(means));
  const spread = Math.max(CLEAR_SPREAD, ...means.map((mean) => mean - floor));
  return { columns, rows, values: means.map((mean) => Math.max(0, mean - floor) / spread) };
}

/** 1 in the middle of a stretch, 0 at its ends and outside: Hann's window. */
function nearness(at: number, start: number, length: number): number {
  const part = (at - start) / length;
  return part <= 0 || part >= 1 ? 0 : Math.sin(Math.PI * part) ** 2;
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? 0;
}
