// Which part of a laid-out grid a viewport shows, and where a key press leads: binary searches over the columns.
import type { GridLayout } from './layout.ts';

export interface Range {
  first: number;
  /** One past the last. */
  end: number;
}

/** First index in [0, count) for which `holds` (false..false true..true), or `count`. */
export function firstWhere(count: number, holds: (index: number) => boolean): number {
  let low = 0;
  let high = count;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (holds(middle)) high = middle;
    else low = middle + 1;
  }
  return low;
}

export function visibleMonths({ months }: GridLayout, top: number, bottom: number): Range {
  return overlap(months, top, bottom);
}

/** Sections are ordered by top, and neighbours in a line share top and height. */
export function visibleSections({ sections }: GridLayout, top: number, bottom: number): Range {
  return overlap(sections, top, bottom);
}

export function visibleRows(layout: GridLayout, top: number, bottom: number): Range {
  const first = firstWhere(layout.rows, (row) => rowBottom(layout, row) > top);
  const end = firstWhere(layout.rows, (row) => at(layout.rowTop, row) >= bottom);
  return { first, end: Math.max(end, first) };
}

/** The photo nearest to the one at `index` in the next (1) or previous (-1) line of rows; itself at the edge. */
export function photoBeside(layout: GridLayout, index: number, direction: 1 | -1): number {
  const row = at(layout.row, index);
  const here = at(layout.rowTop, row);
  const middle = at(layout.left, index) + at(layout.photoWidth, index) / 2;
  let edge = row + direction;
  while (edge >= 0 && edge < layout.rows && at(layout.rowTop, edge) === here) edge += direction;
  if (edge < 0 || edge >= layout.rows) return index;
  const level = at(layout.rowTop, edge);
  let best = index;
  let distance = Number.POSITIVE_INFINITY;
  for (let r = edge; r >= 0 && r < layout.rows && at(layout.rowTop, r) === level; r += direction) {
    for (let i = at(layout.rowFirst, r); i < at(layout.rowFirst, r + 1); i++) {
      const away = Math.abs(at(layout.left, i) + at(layout.photoWidth, i) / 2 - middle);
      if (away < distance) {
        distance = away;
        best = i;
      }
    }
  }
  return best;
}

export function rowBottom(layout: GridLayout, row: number): number {
  return at(layout.rowTop, row) + at(layout.rowHeight, row);
}

/** Reads a typed array at an index that is known to be in range. */
export function at(column: Float32Array | Float64Array | Uint32Array, index: number): number {
  return column[index] ?? 0;
}

function overlap(blocks: readonly { top: number; height: number }[], top: number, bottom: number): Range {
  const first = firstWhere(blocks.length, (i) => {
    const block = blocks[i];
    return block !== undefined && block.top + block.height > top;
  });
  const end = firstWhere(blocks.length, (i) => (blocks[i]?.top ?? 0) >= bottom);
  return { first, end: Math.max(end, first) };
}
