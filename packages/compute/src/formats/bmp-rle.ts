// Run-length coded bitmaps of 4 and 8 bits, unpacked to one byte a pixel.
import { PictureError } from '../failures.ts';
import type { BmpHeader } from './bmp-header.ts';

/** After a zero byte: what the next byte means. Higher values announce that many pixels one by one. */
const END_OF_LINE = 0;
const END_OF_PICTURE = 1;
const MOVE = 2;

/**
 * Every step reads at least two bytes, so it ends with the file. What lies outside the picture is an error, as is a file
 * that ends before its end is announced; pixels that are skipped have the first colour.
 *
 * @throws PictureError `corrupt`
 */
export function unpackRle(
  data: Buffer,
  { width, height, bits, pixels }: BmpHeader,
): { bytes: Buffer; start: number; stride: number } {
  const bytes = Buffer.alloc(width * height);
  const four = bits === 4;
  let at = pixels;
  let [x, y] = [0, 0];

  const next = (): number => {
    const byte = data[at++];
    if (byte === undefined) throw new PictureError('corrupt', 'The picture is cut off.');
    return byte;
  };
  const put = (index: number): void => {
    if (x >= width || y >= height) throw outside();
    bytes[y * width + x++] = index;
  };

  for (;;) {
    // Some programs leave the last mark away.
    if (y >= height || (y === height - 1 && x === width && at >= data.length)) break;
    const count = next();
    const value = next();
    if (count > 0) {
      for (let i = 0; i < count; i++) put(four ? (i % 2 === 0 ? value >> 4 : value & 15) : value);
    } else if (value === END_OF_LINE) {
      x = 0;
      y += 1;
    } else if (value === END_OF_PICTURE) {
      break;
    } else if (value === MOVE) {
      x += next();
      y += next();
      if (x > width || y >= height) throw outside();
    } else {
      let byte = 0;
      for (let i = 0; i < value; i++) {
        if (!four || i % 2 === 0) byte = next();
        put(four ? (i % 2 === 0 ? byte >> 4 : byte & 15) : byte);
      }
      // Padded to two bytes.
      if ((four ? Math.ceil(value / 2) : value) % 2 === 1) at += 1;
    }
  }
  return { bytes, start: 0, stride: width };
}

function outside(): PictureError {
  return new PictureError('corrupt', 'The picture is damaged (a run leaves it).');
}
