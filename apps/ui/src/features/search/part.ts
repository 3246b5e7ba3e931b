// A box on a picture, drawn or moved by key; in parts of the picture's width and height.
import type { Region } from '@semblance/contract';

export interface Point {
  x: number;
  y: number;
}

/** Smaller than this there is nothing for a model to see. */
export const SMALLEST = 0.04;
export const FIRST_BOX: Region = { left: 0.3, top: 0.3, width: 0.4, height: 0.4 };

const clamp = (value: number, least: number, most: number) => Math.min(most, Math.max(least, value));

/** The box between two corners, inside the picture and large enough. */
export function boxBetween(a: Point, b: Point): Region {
  const [left, right] = [clamp(Math.min(a.x, b.x), 0, 1), clamp(Math.max(a.x, b.x), 0, 1)];
  const [top, bottom] = [clamp(Math.min(a.y, b.y), 0, 1), clamp(Math.max(a.y, b.y), 0, 1)];
  const width = Math.max(SMALLEST, right - left);
  const height = Math.max(SMALLEST, bottom - top);
  return { left: Math.min(left, 1 - width), top: Math.min(top, 1 - height), width, height };
}

const STEP = 0.02;
const ARROWS: Readonly<Record<string, Point>> = {
  ArrowLeft: { x: -STEP, y: 0 },
  ArrowRight: { x: STEP, y: 0 },
  ArrowUp: { x: 0, y: -STEP },
  ArrowDown: { x: 0, y: STEP },
};

/** The box after an arrow key: moved, or with Shift resized; null for any other key. */
export function boxAfter(box: Region, key: string, shift: boolean): Region | null {
  const by = ARROWS[key];
  if (by === undefined) return null;
  const { left, top, width, height } = box;
  return shift
    ? {
        left,
        top,
        width: clamp(width + by.x, SMALLEST, 1 - left),
        height: clamp(height + by.y, SMALLEST, 1 - top),
      }
    : { left: clamp(left + by.x, 0, 1 - width), top: clamp(top + by.y, 0, 1 - height), width, height };
}
