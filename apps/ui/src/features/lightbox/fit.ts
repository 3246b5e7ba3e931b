// How large an open photo is shown, and where a double click or the key 1 leads. Sizes are CSS pixels.

export interface Size {
  width: number;
  height: number;
}

/** The largest size within the room that shows all of the photo and does not enlarge it. */
export function fitPicture(room: Size, ratio: number, original: Size | null): Size {
  const shape = original === null ? ratio : original.width / original.height;
  const limit = original?.width ?? Number.POSITIVE_INFINITY;
  const width = Math.min(room.width, room.height * shape, limit);
  return { width: Math.round(width), height: Math.round(width / shape) };
}

/** Quarter turns, clockwise, 0 to 3. */
export function turnedSize(size: Size | null, turns: number): Size | null {
  return size === null || turns % 2 === 0 ? size : { width: size.height, height: size.width };
}

/** Zoom at which one pixel of the photo is one CSS pixel; 1 is the size on opening. */
export function actualZoom(original: Size | null, shownWidth: number): number {
  if (original === null || shownWidth <= 0) return 1;
  return Math.max(1, original.width / shownWidth);
}

/** Closer to the opening size than this there is nothing to see in 1:1. */
const SAME = 1.05;

/** A double click: in to the photo's own pixels (twice the size where they are shown already), or back out. */
export function toggledZoom(zoom: number, actual: number): number {
  if (zoom > SAME) return 1;
  return actual > SAME ? actual : 2;
}

/** Far enough to count pixels, for small photos and for large ones in any window. */
export function furthestZoom(original: Size | null, room: Size): number {
  if (original === null) return 8;
  return Math.max(8, 3 * Math.max(original.width / room.width, original.height / room.height));
}
