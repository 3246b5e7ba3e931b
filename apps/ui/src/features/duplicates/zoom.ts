// Zoom and pan that several pictures share. The view is kept in parts of the picture, so that two sizes of one
// photo show the same spot. Sizes are CSS pixels.

export interface Size {
  width: number;
  height: number;
}

export interface ZoomView {
  /** 1: the whole picture fits. */
  scale: number;
  /** Point of the picture in the middle of the pane, 0 to 1 on both axes. */
  x: number;
  y: number;
}

export const WHOLE: ZoomView = { scale: 1, x: 0.5, y: 0.5 };
const FURTHEST = 40;

/** Size of a picture that just fits the pane. Small ones grow: copies are compared at one size. */
export function fitted(pane: Size, ratio: number): Size {
  const width = Math.min(pane.width, pane.height * ratio);
  return { width, height: width / ratio };
}

/** Where to draw the picture in its pane. */
export function placed(view: ZoomView, pane: Size, ratio: number): Size & { left: number; top: number } {
  const { scale, x, y } = clamped(view, pane, ratio);
  const fit = fitted(pane, ratio);
  const width = fit.width * scale;
  const height = fit.height * scale;
  return { left: pane.width / 2 - x * width, top: pane.height / 2 - y * height, width, height };
}

/** No side of the picture comes further in than the pane's edge, or its middle when it is smaller than the pane. */
export function clamped(view: ZoomView, pane: Size, ratio: number): ZoomView {
  const scale = Math.min(FURTHEST, Math.max(1, view.scale));
  const fit = fitted(pane, ratio);
  const inside = (value: number, room: number, length: number) => {
    const half = length <= 0 ? 1 : room / (2 * length);
    return half >= 0.5 ? 0.5 : Math.min(1 - half, Math.max(half, value));
  };
  return {
    scale,
    x: inside(view.x, pane.width, fit.width * scale),
    y: inside(view.y, pane.height, fit.height * scale),
  };
}

/** Zooms by a factor; what lies under the point (from the pane's top left corner) stays under it. */
export function zoomed(
  view: ZoomView,
  factor: number,
  point: { left: number; top: number },
  pane: Size,
  ratio: number,
): ZoomView {
  const from = clamped(view, pane, ratio);
  const scale = Math.min(FURTHEST, Math.max(1, from.scale * factor));
  const fit = fitted(pane, ratio);
  const kept = (centre: number, offset: number, length: number) =>
    centre + offset / (length * from.scale) - offset / (length * scale);
  const next = {
    scale,
    x: kept(from.x, point.left - pane.width / 2, fit.width),
    y: kept(from.y, point.top - pane.height / 2, fit.height),
  };
  return clamped(next, pane, ratio);
}

export function panned(view: ZoomView, dx: number, dy: number, pane: Size, ratio: number): ZoomView {
  const from = clamped(view, pane, ratio);
  const fit = fitted(pane, ratio);
  const moved = {
    ...from,
    x: from.x - dx / (fit.width * from.scale),
    y: from.y - dy / (fit.height * from.scale),
  };
  return clamped(moved, pane, ratio);
}

/** Scale at which the picture's own pixels are one CSS pixel each; never less than the whole. */
export function actualScale(pixels: number, pane: Size, ratio: number): number {
  const { width } = fitted(pane, ratio);
  return width <= 0 ? 1 : Math.min(FURTHEST, Math.max(1, pixels / width));
}

/** A double click: in to the photo's own pixels (or twice as near where they are shown already), or back out. */
export function toggledScale(scale: number, actual: number): number {
  if (scale > 1.05) return 1;
  return actual > 1.05 ? actual : 2;
}
