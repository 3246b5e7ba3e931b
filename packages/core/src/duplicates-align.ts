// Laying one picture over another: a coarse search over turns, scales and places, then a fine fit.
import { type ComparablePicture, correlation, type Plane, resize, sample } from './duplicates-raster.ts';

/**
 * From the inner picture to the outer one, both measured 0 to 1 across and down:
 * U = m[0] u + m[1] v + m[2], V = m[3] u + m[4] v + m[5].
 */
export type Mapping = readonly [number, number, number, number, number, number];

export const WHOLE: Mapping = [1, 0, 0, 0, 1, 0];

export interface Placement {
  mapping: Mapping;
  /** Correlation of the coarse pictures, -1 to 1. */
  score: number;
}

/** Shares of the outer picture's side that the inner one may cover. */
const SCALES = [0.97, 0.94, 0.91, 0.88, 0.85, 0.82, 0.79, 0.76, 0.73, 0.7];

/**
 * Where a picture may have been cut out of another one: pixels are as wide as high in both, so that one scale says both.
 * @param ratio width / height of inner over that of outer
 */
export function findInside(
  inner: Plane,
  outer: Plane,
  ratio: number,
  scales: readonly number[] = SCALES,
): Placement {
  const side = outer.width;
  let best: Placement = { mapping: WHOLE, score: -1 };
  for (const scale of scales) {
    const [shareX, shareY] = ratio >= 1 ? [scale, scale / ratio] : [scale * ratio, scale];
    const width = Math.round(shareX * side);
    const height = Math.round(shareY * side);
    if (Math.min(width, height) < side * 0.4 || Math.max(width, height) > side) continue;
    const small = resize(inner, width, height).data;
    const window = new Float32Array(small.length);
    for (let top = 0; top <= side - height; top++) {
      for (let left = 0; left <= side - width; left++) {
        for (let y = 0; y < height; y++) {
          const from = (top + y) * side + left;
          window.set(outer.data.subarray(from, from + width), y * width);
        }
        const score = correlation(small, window);
        if (score > best.score) {
          best = { mapping: [shareX, 0, left / side, 0, shareY, top / side], score };
        }
      }
    }
  }
  return best;
}

const PARAMETERS = 8;
const STEPS_PER_LEVEL = [4, 6, 8, 8];

/**
 * Fits an affine mapping with gain and offset by Gauss-Newton, coarse to fine, with Tukey's weights so that an overlay or
 * a moved thing does not pull (Baker and Matthews, "Lucas-Kanade 20 Years On", 2004). Null when it runs away.
 */
export function refine(inner: ComparablePicture, outer: ComparablePicture, start: Mapping): Mapping | null {
  let mapping: Mapping | null = start;
  const depth = Math.min(inner.levels.length, outer.levels.length);
  for (let level = depth - 1; level >= Math.min(1, depth - 1) && mapping !== null; level--) {
    const [a, b] = [inner.levels[level]?.grey, outer.levels[level]?.grey];
    if (a === undefined || b === undefined) return null;
    const gradients = gradientsOf(b);
    for (let step = 0; step < (STEPS_PER_LEVEL[level] ?? 6) && mapping !== null; step++) {
      const before: Mapping = mapping;
      mapping = improve(a, b, gradients, before);
      if (mapping !== null && moved(before, mapping) < 0.05 / b.width) break;
    }
  }
  return mapping;
}

function moved(a: Mapping, b: Mapping): number {
  return Math.max(...a.map((value, i) => Math.abs(value - (b[i] ?? 0))));
}

function gradientsOf({ data, width, height }: Plane): { x: Plane; y: Plane } {
  const [gx, gy] = [new Float32Array(data.length), new Float32Array(data.length)];
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const at = y * width + x;
      const left = x > 0 ? at - 1 : at;
      const right = x < width - 1 ? at + 1 : at;
      const up = y > 0 ? at - width : at;
      const down = y < height - 1 ? at + width : at;
      gx[at] = ((data[right] ?? 0) - (data[left] ?? 0)) / (right - left);
      gy[at] = ((data[down] ?? 0) - (data[up] ?? 0)) / ((down - up) / width);
    }
  }
  return { x: { width, height, data: gx }, y: { width, height, data: gy } };
}

function improve(
  inner: Plane,
  outer: Plane,
  gradients: { x: Plane; y: Plane },
  mapping: Mapping,
): Mapping | null {
  const { width, height } = inner;
  const count = width * height;
  const seen = new Float32Array(count);
  const inside = new Uint8Array(count);
  let [n, sumI, sumO, sumOO, sumIO] = [0, 0, 0, 0, 0];
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const at = y * width + x;
      const [X, Y] = place(mapping, (x + 0.5) / width, (y + 0.5) / height, outer);
      if (X < -1 || Y < -1 || X > outer.width || Y > outer.height) continue;
      const o = sample(outer, X, Y);
      const i = inner.data[at] ?? 0;
      seen[at] = o;
      inside[at] = 1;
      n += 1;
      sumI += i;
      sumO += o;
      sumOO += o * o;
      sumIO += i * o;
    }
  }
  if (n < count * 0.7) return null;
  const varO = sumOO - (sumO * sumO) / n;
  if (varO < n) return null;
  const gain = (sumIO - (sumI * sumO) / n) / varO;
  const offset = (sumI - gain * sumO) / n;
  if (gain < 0.05) return null;
  const cutoff = tukeyCutoff(inner.data, seen, inside, gain, offset);
  const normal = new Float64Array(PARAMETERS * (PARAMETERS + 1));
  const row = new Float64Array(PARAMETERS);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const at = y * width + x;
      if (inside[at] === 0) continue;
      const o = seen[at] ?? 0;
      const residual = (inner.data[at] ?? 0) - gain * o - offset;
      const share = residual / cutoff;
      if (share >= 1 || share <= -1) continue;
      const weight = (1 - share * share) ** 2;
      const [u, v] = [(x + 0.5) / width, (y + 0.5) / height];
      const [X, Y] = place(mapping, u, v, outer);
      const gx = gain * sample(gradients.x, X, Y) * outer.width;
      const gy = gain * sample(gradients.y, X, Y) * outer.height;
      row[0] = gx * u;
      row[1] = gx * v;
      row[2] = gx;
      row[3] = gy * u;
      row[4] = gy * v;
      row[5] = gy;
      row[6] = o;
      row[7] = 1;
      accumulate(normal, row, residual, weight);
    }
  }
  const change = solve(normal);
  if (change === null) return null;
  const next = mapping.map((value, i) => value + (change[i] ?? 0)) as unknown as Mapping;
  return moved(mapping, next) > 0.25 ? null : next;
}

export function place(
  mapping: Mapping,
  u: number,
  v: number,
  outer: { width: number; height: number },
): [number, number] {
  return [
    (mapping[0] * u + mapping[1] * v + mapping[2]) * outer.width - 0.5,
    (mapping[3] * u + mapping[4] * v + mapping[5]) * outer.height - 0.5,
  ];
}

/** 4.685 robust deviations, from the median of the absolute residuals; never so small that noise is thrown away. */
function tukeyCutoff(
  inner: Float32Array,
  seen: Float32Array,
  inside: Uint8Array,
  gain: number,
  offset: number,
): number {
  const bins = new Uint32Array(512);
  let n = 0;
  for (let i = 0; i < inner.length; i++) {
    if (inside[i] === 0) continue;
    const bin = Math.min(511, Math.floor(2 * Math.abs((inner[i] ?? 0) - gain * (seen[i] ?? 0) - offset)));
    bins[bin] = (bins[bin] ?? 0) + 1;
    n += 1;
  }
  let bin = 0;
  for (let passed = bins[0] ?? 0; passed < n / 2; passed += bins[bin] ?? 0) bin += 1;
  return Math.max(6, (4.685 * 1.4826 * (bin + 0.5)) / 2);
}

function accumulate(normal: Float64Array, row: Float64Array, residual: number, weight: number): void {
  for (let i = 0; i < PARAMETERS; i++) {
    const base = i * (PARAMETERS + 1);
    const factor = weight * (row[i] ?? 0);
    for (let j = 0; j < PARAMETERS; j++) normal[base + j] = (normal[base + j] ?? 0) + factor * (row[j] ?? 0);
    normal[base + PARAMETERS] = (normal[base + PARAMETERS] ?? 0) + factor * residual;
  }
}

/** Gauss-Jordan on an augmented matrix, with a little damping for directions that the picture says nothing of. */
function solve(m: Float64Array): Float64Array | null {
  const n = PARAMETERS;
  const at = (row: number, column: number): number => m[row * (n + 1) + column] ?? 0;
  for (let i = 0; i < n; i++) m[i * (n + 1) + i] = at(i, i) * 1.0001 + 1e-6;
  for (let i = 0; i < n; i++) {
    let pivot = i;
    for (let row = i + 1; row < n; row++) if (Math.abs(at(row, i)) > Math.abs(at(pivot, i))) pivot = row;
    const top = at(pivot, i);
    if (Math.abs(top) < 1e-12 || !Number.isFinite(top)) return null;
    for (let column = 0; column <= n; column++) {
      const value = at(pivot, column);
      m[pivot * (n + 1) + column] = at(i, column);
      m[i * (n + 1) + column] = value / top;
    }
    for (let row = 0; row < n; row++) {
      const factor = at(row, i);
      if (row === i || factor === 0) continue;
      for (let column = i; column <= n; column++)
        m[row * (n + 1) + column] = at(row, column) - factor * at(i, column);
    }
  }
  return Float64Array.from({ length: n }, (_, row) => at(row, n));
}

/** The same placement seen from the outer picture; null when it has no area. */
export function invert([a, b, c, d, e, f]: Mapping): Mapping | null {
  const area = a * e - b * d;
  if (Math.abs(area) < 1e-6) return null;
  return [e / area, -b / area, (b * f - c * e) / area, -d / area, a / area, (c * d - a * f) / area];
}
