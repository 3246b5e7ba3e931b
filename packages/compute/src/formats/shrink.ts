// Makes a decoded picture smaller on its way out of a decoder, so that a large one is never copied whole.
import type { Wanted } from '../picture.ts';

/**
 * The whole number of pixels that become one: what remains has at least twice the wanted side, so that the fine
 * resampling that follows (libvips, Lanczos) decides how the result looks. libvips shrinks in the same two steps.
 */
export function shrinkFactor(width: number, height: number, wanted: Wanted): number {
  const side = wanted.of === 'shorter' ? Math.min(width, height) : Math.max(width, height);
  return Math.max(1, Math.floor(side / (2 * wanted.side)));
}

export interface Source {
  /** Bytes of row `y`, at least `width * channels` of them. May be the same memory every time. */
  row: (y: number) => Uint8Array;
  width: number;
  height: number;
  /** 4 is RGBA, not premultiplied; it is laid on white. */
  channels: 3 | 4;
}

/** Averages squares of `factor` pixels. Odd pixels at the right and lower edge are left out. */
export function shrink(
  source: Source,
  factor: number,
): { data: Uint8Array<ArrayBuffer>; width: number; height: number } {
  const width = Math.max(1, Math.floor(source.width / factor));
  const height = Math.max(1, Math.floor(source.height / factor));
  const data = new Uint8Array(width * height * 3);
  const sums = new Uint32Array(width * 3);
  const columns = Math.min(factor, source.width);
  const rows = Math.min(factor, source.height);
  const area = columns * rows;
  for (let y = 0; y < height; y++) {
    if (area > 1) sums.fill(0);
    for (let i = 0; i < rows; i++) {
      const row = upon(source, y * factor + i);
      if (area === 1) data.set(row.subarray(0, width * 3), y * width * 3);
      else addRow(sums, row, width, columns);
    }
    if (area === 1) continue;
    const at = y * width * 3;
    for (let i = 0; i < sums.length; i++) data[at + i] = ((sums[i] as number) + area / 2) / area;
  }
  return { data, width, height };
}

function addRow(sums: Uint32Array, row: Uint8Array, width: number, columns: number): void {
  let from = 0;
  for (let x = 0; x < width * 3; x += 3) {
    let [red, green, blue] = [0, 0, 0];
    for (let i = 0; i < columns; i++, from += 3) {
      red += row[from] as number;
      green += row[from + 1] as number;
      blue += row[from + 2] as number;
    }
    sums[x] = (sums[x] as number) + red;
    sums[x + 1] = (sums[x + 1] as number) + green;
    sums[x + 2] = (sums[x + 2] as number) + blue;
  }
}

/** Row `y` as RGB; transparent pixels on white. */
function upon(source: Source, y: number): Uint8Array {
  const row = source.row(y);
  if (source.channels === 3) return row;
  const flat = new Uint8Array(source.width * 3);
  for (let i = 0, from = 0; i < flat.length; i += 3, from += 4) {
    const alpha = (row[from + 3] as number) / 255;
    for (let c = 0; c < 3; c++) flat[i + c] = 255 + ((row[from + c] as number) - 255) * alpha + 0.5;
  }
  return flat;
}
