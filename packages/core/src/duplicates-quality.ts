// Quality that can be measured on a file: real detail, sharpness, exposure, strength of JPEG compression.
import { type Plane, resize } from './duplicates-raster.ts';

/** Variance of the Laplacian (Pech-Pacheco et al., 2000) at half size, where sensor noise counts less. */
export function sharpnessOf(plane: Plane): number {
  const { data, width, height } = resize(
    plane,
    Math.max(3, plane.width >> 1),
    Math.max(3, plane.height >> 1),
  );
  let [sum, squares, n] = [0, 0, 0];
  for (let y = 1; y < height - 1; y++) {
    for (let x = 1; x < width - 1; x++) {
      const at = y * width + x;
      const value =
        4 * (data[at] ?? 0) -
        (data[at - 1] ?? 0) -
        (data[at + 1] ?? 0) -
        (data[at - width] ?? 0) -
        (data[at + width] ?? 0);
      sum += value;
      squares += value * value;
      n += 1;
    }
  }
  return n === 0 ? 0 : squares / n - (sum / n) ** 2;
}

const WELL_EXPOSED_SPREAD = 0.2;

/**
 * How well a picture is exposed, 0 to 1: the mean nearness of its levels to the middle (Mertens, Kautz & Van Reeth,
 * "Exposure Fusion", Pacific Graphics 2007). Comparable among shots of one scene only.
 */
export function exposureOf({ data }: Plane): number {
  let sum = 0;
  for (const level of data) sum += Math.exp(-((level / 255 - 0.5) ** 2) / (2 * WELL_EXPOSED_SPREAD ** 2));
  return data.length === 0 ? 0 : sum / data.length;
}

/** Sides tried, as shares of the full side. */
const SHRINKS = [0.25, 0.35, 0.5, 0.7];
/** A picture that comes back from a smaller one with so little error (levels) held no more than that. */
const LOSSLESS_ERROR = 0.6;

/**
 * Share of the pixels that hold detail, 0 to 1: the smallest size from which the picture can be brought back. An enlarged
 * photo comes back from the size it was enlarged from; a blurred one counts as small, too.
 */
export function detailOf(plane: Plane): number {
  const contrast = deviation(plane.data);
  if (contrast < 2) return 1;
  const allowed = Math.max(LOSSLESS_ERROR, contrast * 0.02);
  for (const share of SHRINKS) {
    const width = Math.max(4, Math.round(plane.width * share));
    const height = Math.max(4, Math.round(plane.height * share));
    if (roundTripError(plane, width, height) <= allowed) return share * share;
  }
  return 1;
}

function roundTripError(plane: Plane, width: number, height: number): number {
  const small = resize(plane, width, height);
  let sum = 0;
  for (let y = 0; y < plane.height; y++) {
    for (let x = 0; x < plane.width; x++) {
      const u = ((x + 0.5) * width) / plane.width - 0.5;
      const v = ((y + 0.5) * height) / plane.height - 0.5;
      const error = (plane.data[y * plane.width + x] ?? 0) - cubic(small, u, v);
      sum += error * error;
    }
  }
  return Math.sqrt(sum / plane.data.length);
}

/** Catmull-Rom: enlarging programs use it or something near it. */
function cubic({ data, width, height }: Plane, x: number, y: number): number {
  const [left, top] = [Math.floor(x), Math.floor(y)];
  const [wx, wy] = [weights(x - left), weights(y - top)];
  let sum = 0;
  for (let j = 0; j < 4; j++) {
    const row = Math.min(height - 1, Math.max(0, top - 1 + j)) * width;
    let line = 0;
    for (let i = 0; i < 4; i++) {
      line += (wx[i] ?? 0) * (data[row + Math.min(width - 1, Math.max(0, left - 1 + i))] ?? 0);
    }
    sum += (wy[j] ?? 0) * line;
  }
  return sum;
}

function weights(t: number): [number, number, number, number] {
  return [
    0.5 * (-t + 2 * t * t - t * t * t),
    0.5 * (2 - 5 * t * t + 3 * t * t * t),
    0.5 * (t + 4 * t * t - 3 * t * t * t),
    0.5 * (-t * t + t * t * t),
  ];
}

function deviation(data: Float32Array): number {
  let [sum, squares] = [0, 0];
  for (const value of data) {
    sum += value;
    squares += value * value;
  }
  return Math.sqrt(Math.max(0, squares / data.length - (sum / data.length) ** 2));
}

/** Luminance table of ITU-T T.81, annex K.1, in zigzag order: what libjpeg scales by its quality. */
const STANDARD_LUMINANCE = [
  ...[
    16, 11, 12, 14, 12, 10, 16, 14, 13, 14, 18, 17, 16, 19, 24, 40, 26, 24, 22, 22, 24, 49, 35, 37, 29, 40,
    58, 51,
  ],
  ...[
    61, 60, 57, 51, 56, 55, 64, 72, 92, 78, 64, 68, 87, 69, 55, 56, 80, 109, 81, 87, 95, 98, 103, 104, 103,
    62, 77,
  ],
  ...[113, 121, 112, 100, 120, 92, 101, 103, 99],
];

/** The libjpeg quality, 1 to 100, whose luminance table is nearest to the file's; null without a table. */
export function jpegQualityOf(file: Uint8Array): number | null {
  const table = luminanceTable(file);
  if (table === null) return null;
  const scale =
    (100 * table.reduce((sum, value) => sum + value, 0)) /
    STANDARD_LUMINANCE.reduce((sum, value) => sum + value, 0);
  const quality = scale <= 100 ? (200 - scale) / 2 : 5000 / scale;
  return Math.min(100, Math.max(1, Math.round(quality)));
}

/** The first 8-bit or 16-bit quantisation table with destination 0. */
function luminanceTable(file: Uint8Array): number[] | null {
  let at = 2;
  while (at + 4 <= file.length && file[at] === 0xff) {
    const marker = file[at + 1] ?? 0;
    const length = ((file[at + 2] ?? 0) << 8) | (file[at + 3] ?? 0);
    if (marker === 0xda || length < 2) return null;
    if (marker === 0xdb) {
      const end = Math.min(file.length, at + 2 + length);
      for (let from = at + 4; from < end; ) {
        const wide = (file[from] ?? 0) >> 4 !== 0;
        const size = wide ? 128 : 64;
        if (((file[from] ?? 0) & 15) === 0 && from + 1 + size <= end) {
          return Array.from({ length: 64 }, (_, i) =>
            wide
              ? ((file[from + 1 + 2 * i] ?? 0) << 8) | (file[from + 2 + 2 * i] ?? 0)
              : (file[from + 1 + i] ?? 0),
          );
        }
        from += 1 + size;
      }
    }
    at += 2 + length;
  }
  return null;
}
