// How alike two aligned pictures are, window by window: tone and colour may differ, things in the picture may not.
import { type Mapping, place } from './duplicates-align.ts';
import { type ComparablePicture, type Level, type Plane, sample } from './duplicates-raster.ts';

export interface Measured {
  /** Median over the windows that show anything, of the structural similarity, -1 to 1. */
  median: number;
  /** The worst tenth begins here. */
  low: number;
  /** Share of those windows that do not show the same. */
  difference: number;
  /** Windows that show anything, of all. */
  informative: number;
  /** Mean distance of the pixels after fitting the colours, in levels: over all, and in the worst and the middle window. */
  residual: number;
  peak: number;
  usual: number;
  /** Mean distance of the colours as they are, in levels. */
  shift: number;
  /** Chroma of inner and outer: mean distance from grey, in levels. */
  chroma: [inner: number, outer: number];
}

/** Windows per the shorter side, about. */
const WINDOW_SHARE = 0.1;
/** A window whose levels deviate less shows nothing: levels. */
const FLAT = 5;
/** Structural similarity below this is not the same thing. */
const SAME = 0.55;
/** Keeps noise in nearly flat windows from looking like a difference: squared levels. */
const NOISE = 40;

export function measure(
  inner: ComparablePicture,
  outer: ComparablePicture,
  mapping: Mapping,
): Measured | null {
  const depth = Math.min(1, inner.levels.length - 1, outer.levels.length - 1);
  const [a, b] = [inner.levels[depth], outer.levels[depth]];
  if (a === undefined || b === undefined) return null;
  const seen = b.colours.map((plane) => warp(plane, a, mapping));
  const forward = fitColours(
    a.colours.map((plane) => plane.data),
    seen,
  );
  const backward = fitColours(
    seen,
    a.colours.map((plane) => plane.data),
  );
  // A grey copy follows from the coloured one, not the other way round.
  const fit = forward.unexplained <= backward.unexplained ? forward : backward;
  const windows = compareWindows(smooth(fit.target, a), smooth(fit.fitted, a), a);
  let shift = 0;
  for (const [c, plane] of a.colours.entries()) {
    for (let i = 0; i < plane.data.length; i++) shift += Math.abs((plane.data[i] ?? 0) - (seen[c]?.[i] ?? 0));
  }
  return {
    ...windows,
    residual: fit.residual,
    shift: shift / (3 * a.grey.data.length),
    chroma: [chromaOf(a.colours.map((plane) => plane.data)), chromaOf(seen)],
  };
}

function warp(plane: Plane, { width, height }: Level, mapping: Mapping): Float32Array {
  const out = new Float32Array(width * height);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const [X, Y] = place(mapping, (x + 0.5) / width, (y + 0.5) / height, plane);
      out[y * width + x] = sample(plane, X, Y);
    }
  }
  return out;
}

interface ColourFit {
  /** Grey of what was to be explained, and of the explanation. */
  target: Float32Array;
  fitted: Float32Array;
  /** Share of the target's variance left. */
  unexplained: number;
  /** Mean absolute residual in levels. */
  residual: number;
}

/** Every colour of the target as a linear mix of the source's colours and a constant; twice, the second time without outliers. */
function fitColours(target: readonly Float32Array[], source: readonly Float32Array[]): ColourFit {
  const n = target[0]?.length ?? 0;
  const fitted = target.map(() => new Float32Array(n));
  const used = new Uint8Array(n).fill(1);
  for (let round = 0; round < 2; round++) {
    for (const [c, plane] of target.entries()) {
      const mix = leastSquares(plane, source, used);
      const out = fitted[c] ?? new Float32Array(n);
      for (let i = 0; i < n; i++) {
        out[i] =
          (mix[0] ?? 0) * (source[0]?.[i] ?? 0) +
          (mix[1] ?? 0) * (source[1]?.[i] ?? 0) +
          (mix[2] ?? 0) * (source[2]?.[i] ?? 0) +
          (mix[3] ?? 0);
      }
    }
    if (round === 0) dropOutliers(used, target, fitted);
  }
  const grey = (planes: readonly Float32Array[]): Float32Array =>
    Float32Array.from({ length: n }, (_, i) => luma(planes, i));
  const [t, f] = [grey(target), grey(fitted)];
  let [residual, squares, sum, sumSquares] = [0, 0, 0, 0];
  for (let i = 0; i < n; i++) {
    const value = t[i] ?? 0;
    const error = value - (f[i] ?? 0);
    residual += Math.abs(error);
    squares += error * error;
    sum += value;
    sumSquares += value * value;
  }
  const variance = sumSquares - (sum * sum) / n;
  return { target: t, fitted: f, unexplained: variance < 1 ? 1 : squares / variance, residual: residual / n };
}

function luma(planes: readonly Float32Array[], i: number): number {
  return 0.299 * (planes[0]?.[i] ?? 0) + 0.587 * (planes[1]?.[i] ?? 0) + 0.114 * (planes[2]?.[i] ?? 0);
}

function dropOutliers(
  used: Uint8Array,
  target: readonly Float32Array[],
  fitted: readonly Float32Array[],
): void {
  const errors = Float32Array.from(used, (_, i) => Math.abs(luma(target, i) - luma(fitted, i)));
  const limit = Math.max(8, 4 * (errors.toSorted()[errors.length >> 1] ?? 0));
  for (let i = 0; i < used.length; i++) used[i] = (errors[i] ?? 0) <= limit ? 1 : 0;
}

/** Twelve numbers need no more than every third pixel. */
const FIT_STEP = 3;

function leastSquares(target: Float32Array, source: readonly Float32Array[], used: Uint8Array): Float64Array {
  const m = Array.from({ length: 4 }, () => new Float64Array(5));
  const row = [0, 0, 0, 1];
  for (let i = 0; i < target.length; i += FIT_STEP) {
    if (used[i] === 0) continue;
    for (let c = 0; c < 3; c++) row[c] = source[c]?.[i] ?? 0;
    for (let a = 0; a < 4; a++) {
      const line = m[a] ?? new Float64Array(5);
      for (let b = 0; b < 4; b++) line[b] = (line[b] ?? 0) + (row[a] ?? 0) * (row[b] ?? 0);
      line[4] = (line[4] ?? 0) + (row[a] ?? 0) * (target[i] ?? 0);
    }
  }
  // A little towards nothing: the three colours of a grey picture are one.
  const count = m[3]?.[3] ?? 0;
  for (let a = 0; a < 3; a++) {
    const line = m[a];
    if (line !== undefined) line[a] = (line[a] ?? 0) + 0.5 * count;
  }
  for (let i = 0; i < 4; i++) {
    const pivot = m[i];
    if (pivot === undefined) break;
    const top = pivot[i] ?? 0;
    if (Math.abs(top) < 1e-9) continue;
    for (let c = 0; c < 5; c++) pivot[c] = (pivot[c] ?? 0) / top;
    for (let r = 0; r < 4; r++) {
      const line = m[r];
      const factor = line?.[i] ?? 0;
      if (r === i || line === undefined || factor === 0) continue;
      for (let c = 0; c < 5; c++) line[c] = (line[c] ?? 0) - factor * (pivot[c] ?? 0);
    }
  }
  return Float64Array.from({ length: 4 }, (_, i) => m[i]?.[4] ?? 0);
}

/** 3 x 3 means: what resampling and compression do to single pixels does not count. */
function smooth(data: Float32Array, { width, height }: Level): Float32Array {
  const out = new Float32Array(data.length);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      let [sum, n] = [0, 0];
      for (let yy = Math.max(0, y - 1); yy <= Math.min(height - 1, y + 1); yy++) {
        for (let xx = Math.max(0, x - 1); xx <= Math.min(width - 1, x + 1); xx++) {
          sum += data[yy * width + xx] ?? 0;
          n += 1;
        }
      }
      out[y * width + x] = sum / n;
    }
  }
  return out;
}

/** The contrast and structure part of SSIM (Wang et al., 2004) on overlapping windows. */
function compareWindows(
  a: Float32Array,
  b: Float32Array,
  { width, height }: Level,
): Pick<Measured, 'median' | 'low' | 'difference' | 'informative' | 'peak' | 'usual'> {
  const side = Math.max(6, Math.round(Math.min(width, height) * WINDOW_SHARE));
  const step = Math.max(3, side >> 1);
  const scores: number[] = [];
  const errors: number[] = [];
  let all = 0;
  for (let top = 0; top + side <= height; top += step) {
    for (let left = 0; left + side <= width; left += step) {
      let [sumA, sumB, sumAA, sumBB, sumAB, error] = [0, 0, 0, 0, 0, 0];
      for (let y = top; y < top + side; y++) {
        for (let x = left; x < left + side; x++) {
          const [p, q] = [a[y * width + x] ?? 0, b[y * width + x] ?? 0];
          sumA += p;
          sumB += q;
          sumAA += p * p;
          sumBB += q * q;
          sumAB += p * q;
          error += Math.abs(p - q);
        }
      }
      const n = side * side;
      const varA = Math.max(0, sumAA / n - (sumA / n) ** 2);
      const varB = Math.max(0, sumBB / n - (sumB / n) ** 2);
      const apart = Math.abs(sumA - sumB) / n;
      all += 1;
      errors.push(error / n);
      if (Math.max(varA, varB) < FLAT * FLAT && apart < 3 * FLAT) continue;
      const structure = (2 * (sumAB / n - (sumA * sumB) / (n * n)) + NOISE) / (varA + varB + NOISE);
      // Flat, but another shade: something is there that was not.
      scores.push(Math.max(varA, varB) < FLAT * FLAT ? 0 : structure);
    }
  }
  scores.sort((x, y) => x - y);
  errors.sort((x, y) => x - y);
  const different = scores.filter((score) => score < SAME).length;
  return {
    median: scores[scores.length >> 1] ?? 0,
    low: scores[Math.floor(scores.length / 10)] ?? 0,
    difference: scores.length === 0 ? 1 : different / scores.length,
    informative: all === 0 ? 0 : scores.length / all,
    peak: errors.at(-1) ?? 0,
    usual: errors[errors.length >> 1] ?? 0,
  };
}

function chromaOf(planes: readonly Float32Array[]): number {
  const n = planes[0]?.length ?? 0;
  let sum = 0;
  for (let i = 0; i < n; i++) {
    const [r, g, b] = [planes[0]?.[i] ?? 0, planes[1]?.[i] ?? 0, planes[2]?.[i] ?? 0];
    sum += Math.max(r, g, b) - Math.min(r, g, b);
  }
  return sum / Math.max(1, n);
}

/** Deviation of an even border: levels. */
const EVEN = 8;

/** Whether all that the outer picture shows around the inner one is of one shade. */
export function isFrame(outer: ComparablePicture, m: Mapping): boolean {
  const grey = outer.levels[0]?.grey;
  if (grey === undefined) return false;
  const { data, width, height } = grey;
  const [left, right] = [m[2] * width, (m[0] + m[2]) * width];
  const [top, bottom] = [m[5] * height, (m[4] + m[5]) * height];
  // The pixels along the seam are of both.
  const margin = 1.5;
  let [n, sum, squares] = [0, 0, 0];
  for (let y = 0; y < height; y++) {
    const beside = y + 0.5 < top - margin || y + 0.5 > bottom + margin;
    for (let x = 0; x < width; x++) {
      if (!beside && x + 0.5 > left - margin && x + 0.5 < right + margin) continue;
      const value = data[y * width + x] ?? 0;
      n += 1;
      sum += value;
      squares += value * value;
    }
  }
  return n > 0 && squares / n - (sum / n) ** 2 < EVEN * EVEN;
}
