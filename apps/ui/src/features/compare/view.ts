// The view that compared photos share: how near, and on which point of the picture. In fractions of the picture, so
// that photos of different sizes show the same spot.

export interface LinkedView {
  /** 1: the whole picture fits. */
  zoom: number;
  /** The point in the middle of each pane, 0 to 1 from the picture's left and top. */
  x: number;
  y: number;
}

export const WHOLE: LinkedView = { zoom: 1, x: 0.5, y: 0.5 };
const NEAREST = 16;

/**
 * Nearer or farther, the point under the pointer staying where it is.
 * @param pointer pixels from the middle of the pane
 * @param fitted size of the whole picture in the pane, pixels
 */
export function zoomAt(
  view: LinkedView,
  factor: number,
  pointer: { x: number; y: number },
  fitted: { width: number; height: number },
): LinkedView {
  const zoom = Math.min(NEAREST, Math.max(1, view.zoom * factor));
  const shift = 1 / view.zoom - 1 / zoom;
  return within({
    zoom,
    x: view.x + (pointer.x / fitted.width) * shift,
    y: view.y + (pointer.y / fitted.height) * shift,
  });
}

/** Moves the picture by so many pixels. */
export function moveBy(
  view: LinkedView,
  by: { x: number; y: number },
  fitted: { width: number; height: number },
): LinkedView {
  return within({
    ...view,
    x: view.x - by.x / (fitted.width * view.zoom),
    y: view.y - by.y / (fitted.height * view.zoom),
  });
}

/** Never beyond the picture's edges. */
function within({ zoom, x, y }: LinkedView): LinkedView {
  const half = 1 / (2 * zoom);
  const clamp = (value: number) => Math.min(1 - half, Math.max(half, value));
  return { zoom, x: clamp(x), y: clamp(y) };
}

/** Columns of a grid of so many panes in a room of this shape. */
export function columns(panes: number, width: number, height: number): number {
  if (panes <= 1) return 1;
  if (panes === 2) return width >= height ? 2 : 1;
  if (panes === 3) return width >= height * 1.5 ? 3 : 2;
  return 2;
}
