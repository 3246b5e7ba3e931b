// Picture resizing that gives the same bytes as Pillow, because CLIP models were trained on Pillow's.
// Port of the 8-bit path of Pillow 9.4 `src/libImaging/Resample.c`: antialiased convolution in two passes
// (rows, then columns) with 22-bit fixed-point weights and rounding to 8 bits between the passes.

/** 8-bit RGB, rows top to bottom, three bytes a pixel. */
export interface RgbPicture {
  data: Uint8Array;
  width: number;
  height: number;
}

/** Part of the resized picture that is wanted, in pixels of the resized picture. */
export interface Window {
  left: number;
  top: number;
  width: number;
  height: number;
}

export type Filter = 'nearest' | 'box' | 'bilinear' | 'hamming' | 'bicubic' | 'lanczos';

const sinc = (x: number): number => (x === 0 ? 1 : Math.sin(x * Math.PI) / (x * Math.PI));

/** Half width in source pixels (at no reduction) and weight by distance. `nearest` is not a convolution. */
const KERNELS: Record<Exclude<Filter, 'nearest'>, { support: number; weight: (x: number) => number }> = {
  box: { support: 0.5, weight: (x) => (x > -0.5 && x <= 0.5 ? 1 : 0) },
  bilinear: { support: 1, weight: (x) => Math.max(0, 1 - Math.abs(x)) },
  hamming: {
    support: 1,
    weight: (x) => (Math.abs(x) >= 1 ? 0 : sinc(x) * (0.54 + 0.46 * Math.cos(x * Math.PI))),
  },
  bicubic: { support: 2, weight: (x) => cubic(Math.abs(x), -0.5) },
  lanczos: { support: 3, weight: (x) => (x >= -3 && x < 3 ? sinc(x) * sinc(x / 3) : 0) },
};

/** Keys' cubic convolution; Pillow uses a = -0.5. */
function cubic(x: number, a: number): number {
  if (x < 1) return ((a + 2) * x - (a + 3)) * x * x + 1;
  if (x < 2) return (((x - 5) * x + 8) * x - 4) * a;
  return 0;
}

const PRECISION_BITS = 22;
const HALF = 1 << (PRECISION_BITS - 1);

/** For each output position: the first source position, and `taps` fixed-point weights (unused ones are 0). */
interface Weights {
  taps: number;
  first: Int32Array;
  count: Int32Array;
  weights: Int32Array;
}

/** Photos of one camera share their sizes; a few hundred kilobytes at most. */
const cache = new Map<string, Weights>();
const CACHE_ENTRIES = 32;

function weightsFor(filter: Exclude<Filter, 'nearest'>, from: number, to: number): Weights {
  const key = `${filter} ${from} ${to}`;
  const known = cache.get(key);
  if (known !== undefined) return known;
  const made = computeWeights(filter, from, to);
  if (cache.size >= CACHE_ENTRIES) cache.delete(cache.keys().next().value ?? '');
  cache.set(key, made);
  return made;
}

/** `precompute_coeffs` and `normalize_coeffs_8bpc` of Resample.c. */
function computeWeights(filter: Exclude<Filter, 'nearest'>, from: number, to: number): Weights {
  const { support: unscaled, weight } = KERNELS[filter];
  const scale = from / to;
  const stretch = Math.max(scale, 1);
  const support = unscaled * stretch;
  const taps = Math.ceil(support) * 2 + 1;
  const first = new Int32Array(to);
  const count = new Int32Array(to);
  const weights = new Int32Array(to * taps);
  const row = new Float64Array(taps);
  for (let x = 0; x < to; x++) {
    const center = (x + 0.5) * scale;
    const begin = Math.max(0, Math.trunc(center - support + 0.5));
    const end = Math.min(from, Math.trunc(center + support + 0.5));
    let sum = 0;
    for (let i = begin; i < end; i++) {
      const w = weight((i - center + 0.5) * (1 / stretch));
      row[i - begin] = w;
      sum += w;
    }
    first[x] = begin;
    count[x] = end - begin;
    for (let i = 0; i < end - begin; i++) {
      const share = (row[i] ?? 0) / (sum === 0 ? 1 : sum);
      weights[x * taps + i] = Math.trunc((share < 0 ? -0.5 : 0.5) + share * (1 << PRECISION_BITS));
    }
  }
  return { taps, first, count, weights };
}

/** Memory between the two passes, for the next picture: fresh pages cost as much as what is computed into them. */
let spare = new Uint8Array(0);
const LARGEST_SPARE = 4 * 1024 * 1024;

function between(bytes: number): Uint8Array {
  if (bytes > LARGEST_SPARE) return new Uint8Array(bytes);
  if (bytes > spare.length) spare = new Uint8Array(bytes);
  return spare;
}

/**
 * Resizes to `width` x `height` and returns the pixels inside `window` (only those are computed).
 *
 * @param window must lie inside the resized picture
 * @returns RGB bytes, `window.width * window.height * 3`
 */
export function resize(
  picture: RgbPicture,
  width: number,
  height: number,
  filter: Filter,
  window: Window,
): Uint8Array {
  if (filter === 'nearest') return nearest(picture, width, height, window);
  const columns = weightsFor(filter, picture.width, width);
  const rows = weightsFor(filter, picture.height, height);
  // Only the source rows that the second pass reads go through the first.
  const lastRow = window.top + window.height - 1;
  const top = rows.first[window.top] ?? 0;
  const bottom = (rows.first[lastRow] ?? 0) + (rows.count[lastRow] ?? 0);
  const bytes = (bottom - top) * window.width * 3;
  const narrowed = height === picture.height ? new Uint8Array(bytes) : between(bytes);
  if (width === picture.width) copyColumns(picture, window, top, bottom, narrowed);
  else convolveRows(picture, columns, window, top, bottom, narrowed);
  if (height === picture.height) return narrowed;
  return convolveColumns(narrowed, rows, window, top);
}

// The inner loops are functions of one row: called often, they are compiled after a few pictures and stay so, which
// loops within one long call do not.

function convolveRows(
  picture: RgbPicture,
  k: Weights,
  window: Window,
  top: number,
  bottom: number,
  out: Uint8Array,
): void {
  const stride = window.width * 3;
  for (let y = top; y < bottom; y++) {
    convolveRow(picture.data, y * picture.width * 3, k, window.left, window.width, out, (y - top) * stride);
  }
}

/** `columns` pixels from column `left` on, of the row that begins at `line`, to where `o` points. */
function convolveRow(
  data: Uint8Array,
  line: number,
  { first, count, weights, taps }: Weights,
  left: number,
  columns: number,
  out: Uint8Array,
  o: number,
): void {
  for (let x = left; x < left + columns; x++) {
    let i = line + (first[x] as number) * 3;
    let w = x * taps;
    const end = w + (count[x] as number);
    let r = HALF;
    let g = HALF;
    let b = HALF;
    // Math.imul and |0 keep the sums in 32-bit integers: twice as fast as plain arithmetic.
    for (; w < end; w++, i += 3) {
      const share = weights[w] as number;
      r = (r + Math.imul(data[i] as number, share)) | 0;
      g = (g + Math.imul(data[i + 1] as number, share)) | 0;
      b = (b + Math.imul(data[i + 2] as number, share)) | 0;
    }
    out[o] = clip8(r);
    out[o + 1] = clip8(g);
    out[o + 2] = clip8(b);
    o += 3;
  }
}

/** From a fixed-point sum to a level, 0 to 255. */
function clip8(sum: number): number {
  const level = sum >> PRECISION_BITS;
  return level < 0 ? 0 : Math.min(level, 255);
}

/** @param data rows from source row `top` on, already `window.width` wide */
function convolveColumns(data: Uint8Array, k: Weights, window: Window, top: number): Uint8Array {
  const { first, count, weights, taps } = k;
  const stride = window.width * 3;
  const out = new Uint8Array(window.height * stride);
  const sums = new Int32Array(stride);
  for (let y = 0; y < window.height; y++) {
    const row = window.top + y;
    const begin = row * taps;
    const from = (first[row] as number) - top;
    sums.fill(HALF);
    for (let i = 0; i < (count[row] as number); i++) {
      addWeighted(sums, data, (from + i) * stride, weights[begin + i] as number);
    }
    writeLevels(sums, out, y * stride);
  }
  return out;
}

function addWeighted(sums: Int32Array, data: Uint8Array, from: number, share: number): void {
  for (let x = 0; x < sums.length; x++) {
    sums[x] = ((sums[x] as number) + Math.imul(data[from + x] as number, share)) | 0;
  }
}

function writeLevels(sums: Int32Array, out: Uint8Array, o: number): void {
  for (let x = 0; x < sums.length; x++) out[o + x] = clip8(sums[x] as number);
}

function copyColumns(
  picture: RgbPicture,
  window: Window,
  top: number,
  bottom: number,
  out: Uint8Array,
): void {
  const stride = window.width * 3;
  for (let y = top; y < bottom; y++) {
    const from = (y * picture.width + window.left) * 3;
    out.set(picture.data.subarray(from, from + stride), (y - top) * stride);
  }
}

/** `ImagingScaleAffine` of Pillow's Geometry.c: the source pixel under each output pixel's centre. */
function nearest(picture: RgbPicture, width: number, height: number, window: Window): Uint8Array {
  const xs = centres(picture.width, width);
  const ys = centres(picture.height, height);
  const out = new Uint8Array(window.width * window.height * 3);
  let o = 0;
  for (let y = window.top; y < window.top + window.height; y++) {
    for (let x = window.left; x < window.left + window.width; x++) {
      const i = ((ys[y] as number) * picture.width + (xs[x] as number)) * 3;
      out[o++] = picture.data[i] as number;
      out[o++] = picture.data[i + 1] as number;
      out[o++] = picture.data[i + 2] as number;
    }
  }
  return out;
}

/** Adds the step up as Pillow does, so that rounding falls the same way. */
function centres(from: number, to: number): Int32Array {
  const step = from / to;
  const out = new Int32Array(to);
  let at = step * 0.5;
  for (let i = 0; i < to; i++, at += step) out[i] = Math.min(from - 1, Math.trunc(at));
  return out;
}
