// Where a key leads from one photo to another. Pure, so that every edge can be tested without a window.
import type { GridLayout } from '../layout/layout.ts';
import { at, photoBeside } from '../layout/visible.ts';

/** Index to move to, or null when the key is not a movement. */
export function nextIndex(
  key: string,
  index: number,
  layout: GridLayout,
  viewHeight: number,
  total: number,
): number | null {
  switch (key) {
    case 'ArrowRight':
      return Math.min(index + 1, total - 1);
    case 'ArrowLeft':
      return Math.max(index - 1, 0);
    case 'ArrowDown':
      return photoBeside(layout, index, 1);
    case 'ArrowUp':
      return photoBeside(layout, index, -1);
    case 'PageDown':
      return byPage(layout, index, viewHeight, 1);
    case 'PageUp':
      return byPage(layout, index, viewHeight, -1);
    case 'Home':
      return 0;
    case 'End':
      return total - 1;
    default:
      return null;
  }
}

function byPage(layout: GridLayout, index: number, viewHeight: number, direction: 1 | -1): number {
  const start = at(layout.rowTop, at(layout.row, index));
  let here = index;
  for (;;) {
    const next = photoBeside(layout, here, direction);
    const moved = Math.abs(at(layout.rowTop, at(layout.row, next)) - start);
    if (next === here || (here !== index && moved > viewHeight)) return here;
    here = next;
  }
}
