// Overlapping square windows over a picture: where in it something is, an encoder of whole pictures can only be asked
// part by part.
import type { Region } from '@semblance/contract';

/** Sides of the windows as parts of the picture's shorter side, and how far apart they lie as parts of their own. */
export interface WindowSize {
  side: number;
  step: number;
}

/**
 * Windows of each size, row by row, spread evenly from edge to edge.
 *
 * @param ratio width by height of the upright picture
 * @param most windows along the longer side, per size: a panorama gets them further apart
 */
export function squareWindows(ratio: number, sizes: readonly WindowSize[], most = 12): Region[] {
  const shorter = Math.min(ratio, 1);
  return sizes.flatMap(({ side, step }) => {
    // In units of the picture's height; as a region, widths are parts of the width.
    const length = side * shorter;
    const columns = starts(ratio, length, step, most);
    const rows = starts(1, length, step, most);
    return rows.flatMap((top) =>
      columns.map((left) => ({ left: left / ratio, top, width: length / ratio, height: length })),
    );
  });
}

function starts(extent: number, length: number, step: number, most: number): number[] {
  const room = extent - length;
  if (room < 1e-9) return [0];
  const count = Math.min(most, Math.ceil(room / (length * step) - 1e-9) + 1);
  return Array.from({ length: count }, (_, i) => (room * i) / (count - 1));
}
