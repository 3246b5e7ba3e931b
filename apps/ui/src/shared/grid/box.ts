// Which photos a rectangle drawn over the grid touches.
import type { GridLayout } from '../layout/layout.ts';
import { at, visibleRows } from '../layout/visible.ts';

/** Pixels from the grid's top left corner. */
export interface Box {
  left: number;
  top: number;
  right: number;
  bottom: number;
}

export function boxBetween(a: { x: number; y: number }, b: { x: number; y: number }): Box {
  return {
    left: Math.min(a.x, b.x),
    top: Math.min(a.y, b.y),
    right: Math.max(a.x, b.x),
    bottom: Math.max(a.y, b.y),
  };
}

/** Indices, ascending. */
export function photosInBox(layout: GridLayout, { left, top, right, bottom }: Box): number[] {
  const rows = visibleRows(layout, top, bottom);
  const found: number[] = [];
  for (let row = rows.first; row < rows.end; row++) {
    for (let index = at(layout.rowFirst, row); index < at(layout.rowFirst, row + 1); index++) {
      const begin = at(layout.left, index);
      if (begin < right && begin + at(layout.photoWidth, index) > left) found.push(index);
    }
  }
  return found;
}
