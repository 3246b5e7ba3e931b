// Parts of a decoded picture.
import type { Region } from '@semblance/contract';
import { edgeCrops } from '@semblance/core';
import type { Picture, PictureFacts } from './picture.ts';

/** A region of fewer pixels on a side is widened to them. */
const LEAST_PIXELS = 8;

/** What an encoder does not see of a wide or tall picture; nothing of any other. */
export function edgesOf(picture: Picture, { width, height }: PictureFacts): Picture[] {
  return edgeCrops(width, height).map((region) => cut(picture, region));
}

/** Never empty, never outside: a region at the edge is moved inwards. */
export function cut({ data, width, height }: Picture, region: Region): Picture {
  const x = span(region.left, region.width, width);
  const y = span(region.top, region.height, height);
  const part = new Uint8Array(x.length * y.length * 3);
  for (let row = 0; row < y.length; row++) {
    const from = ((y.from + row) * width + x.from) * 3;
    part.set(data.subarray(from, from + x.length * 3), row * x.length * 3);
  }
  return { data: part, width: x.length, height: y.length };
}

function span(start: number, part: number, pixels: number): { from: number; length: number } {
  const length = Math.min(pixels, Math.max(LEAST_PIXELS, Math.round(part * pixels)));
  return { from: Math.max(0, Math.min(pixels - length, Math.round(start * pixels))), length };
}
