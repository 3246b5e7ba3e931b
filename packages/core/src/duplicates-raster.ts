// Small pictures for comparing: levels of a pyramid as planes of numbers, turned, squeezed, sampled.
import { type Turn, turnedFrom } from './duplicates-signature.ts';

/** 8-bit sRGB, rows top to bottom, three bytes a pixel. */
export interface Rgb {
  data: Uint8Array;
  width: number;
  height: number;
}

export interface Plane {
  width: number;
  height: number;
  data: Float32Array;
}

export interface Level {
  width: number;
  height: number;
  grey: Plane;
  /** Red, green, blue. */
  colours: readonly [Plane, Plane, Plane];
}

export interface ComparablePicture {
  width: number;
  height: number;
  /** Finest first; every next one has half the side. */
  levels: readonly Level[];
  /** Grey, squeezed into a square. */
  square: Plane;
}

/** Longer side of the pictures that are compared, in pixels. */
export const COMPARE_SIDE = 240;
export const SQUARE_SIDE = 32;
/** Levels smaller than this say nothing. */
const MIN_SIDE = 20;

export function comparable(picture: Rgb): ComparablePicture {
  const levels: Level[] = [levelOf(picture)];
  for (let last = levels[0]; last !== undefined && levels.length < 4; last = levels.at(-1)) {
    if (Math.min(last.width, last.height) < 2 * MIN_SIDE) break;
    const halved = (plane: Plane): Plane => resize(plane, plane.width >> 1, plane.height >> 1);
    const [r, g, b] = last.colours;
    const grey = halved(last.grey);
    levels.push({
      width: grey.width,
      height: grey.height,
      grey,
      colours: [halved(r), halved(g), halved(b)],
    });
  }
  const finest = levels[0] ?? levelOf(picture);
  return {
    width: picture.width,
    height: picture.height,
    levels,
    square: resize(finest.grey, SQUARE_SIDE, SQUARE_SIDE),
  };
}

export function turnPicture({ data, width, height }: Rgb, turn: Turn): Rgb {
  const swapped = (turn >> 1) % 2 === 1;
  const [outWidth, outHeight] = swapped ? [height, width] : [width, height];
  const out = new Uint8Array(data.length);
  for (let y = 0; y < outHeight; y++) {
    for (let x = 0; x < outWidth; x++) {
      const [fromX, fromY] = turnedFrom(turn, x, y, width, height);
      const from = 3 * (fromY * width + fromX);
      const to = 3 * (y * outWidth + x);
      for (let c = 0; c < 3; c++) out[to + c] = data[from + c] ?? 0;
    }
  }
  return { data: out, width: outWidth, height: outHeight };
}

export function turnSquare({ data, width }: Plane, turn: Turn): Plane {
  const out = new Float32Array(data.length);
  for (let y = 0; y < width; y++) {
    for (let x = 0; x < width; x++) {
      const [fromX, fromY] = turnedFrom(turn, x, y, width, width);
      out[y * width + x] = data[fromY * width + fromX] ?? 0;
    }
  }
  return { width, height: width, data: out };
}

/** Means over the areas that the new pixels cover. */
export function resize(plane: Plane, width: number, height: number): Plane {
  return resizeRows(transpose(resizeRows(transpose(plane), height)), width);
}

function resizeRows({ data, width, height }: Plane, newWidth: number): Plane {
  const out = new Float32Array(newWidth * height);
  const ratio = width / newWidth;
  for (let x = 0; x < newWidth; x++) {
    const from = x * ratio;
    const to = Math.min(width, (x + 1) * ratio);
    const last = Math.min(width - 1, Math.ceil(to) - 1);
    for (let y = 0; y < height; y++) {
      let sum = 0;
      for (let i = Math.floor(from); i <= last; i++) {
        sum += (data[y * width + i] ?? 0) * (Math.min(i + 1, to) - Math.max(i, from));
      }
      out[y * newWidth + x] = sum / (to - from);
    }
  }
  return { width: newWidth, height, data: out };
}

function transpose({ data, width, height }: Plane): Plane {
  const out = new Float32Array(data.length);
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++) out[x * height + y] = data[y * width + x] ?? 0;
  return { width: height, height: width, data: out };
}

function levelOf({ data, width, height }: Rgb): Level {
  const colour = (c: number): Plane => ({
    width,
    height,
    data: Float32Array.from({ length: width * height }, (_, i) => data[3 * i + c] ?? 0),
  });
  const [r, g, b] = [colour(0), colour(1), colour(2)];
  // BT.601 luma, as JPEG has it.
  const grey = r.data.map((red, i) => 0.299 * red + 0.587 * (g.data[i] ?? 0) + 0.114 * (b.data[i] ?? 0));
  return { width, height, grey: { width, height, data: grey }, colours: [r, g, b] };
}

/** Bilinear at pixel coordinates (0, 0 is the middle of the first pixel); the edge goes on outside. */
export function sample({ data, width, height }: Plane, x: number, y: number): number {
  const cx = Math.min(width - 1, Math.max(0, x));
  const cy = Math.min(height - 1, Math.max(0, y));
  const left = Math.min(width - 2, Math.floor(cx));
  const top = Math.min(height - 2, Math.floor(cy));
  const [fx, fy] = [cx - left, cy - top];
  const at = top * width + left;
  const above = (data[at] ?? 0) * (1 - fx) + (data[at + 1] ?? 0) * fx;
  const below = (data[at + width] ?? 0) * (1 - fx) + (data[at + width + 1] ?? 0) * fx;
  return above * (1 - fy) + below * fy;
}

/** Pearson correlation, -1 to 1; 0 when one of them is flat. */
export function correlation(a: Float32Array, b: Float32Array): number {
  let [sumA, sumB, sumAA, sumBB, sumAB] = [0, 0, 0, 0, 0];
  for (let i = 0; i < a.length; i++) {
    const x = a[i] ?? 0;
    const y = b[i] ?? 0;
    sumA += x;
    sumB += y;
    sumAA += x * x;
    sumBB += y * y;
    sumAB += x * y;
  }
  const n = a.length;
  const varA = sumAA - (sumA * sumA) / n;
  const varB = sumBB - (sumB * sumB) / n;
  return varA <= n * 0.01 || varB <= n * 0.01 ? 0 : (sumAB - (sumA * sumB) / n) / Math.sqrt(varA * varB);
}
