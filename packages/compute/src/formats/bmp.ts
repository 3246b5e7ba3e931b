// Windows and OS/2 bitmaps. Read here because the packages that do it misread common files (bmp-ts 1.0.9 stops after
// one row of a 4-bit picture of odd width and ignores the offset of the pixels; fast-bmp 4.0.1 knows no palettes).
// Format: Microsoft, "Bitmap Storage"; OS/2 headers of 12 bytes. Runs in the lane's worker.
import { PictureError } from '../failures.ts';
import { MAX_LANE_PIXELS } from '../limits.ts';
import type { Raster, Wanted } from '../picture.ts';
import { type BmpHeader, readBmpHeader } from './bmp-header.ts';
import { unpackRle } from './bmp-rle.ts';
import { shrink, shrinkFactor } from './shrink.ts';

/** @throws PictureError `too-large` before anything is allocated, `unsupported`, `corrupt` */
export function decodeBmp(data: Buffer, wanted: Wanted): Raster {
  const header = readBmpHeader(data);
  const { width, height } = header;
  if (width * height > MAX_LANE_PIXELS) {
    throw new PictureError('too-large', 'The picture has more pixels than can be decoded safely.');
  }
  const packed = header.rle ? unpackRle(data, header) : uncompressed(data, header);
  const line = new Uint8Array(width * 3);
  const paint = painter(header);
  const row = (y: number): Uint8Array => {
    paint(packed.bytes, packed.start + (header.topDown ? y : height - 1 - y) * packed.stride, line);
    return line;
  };
  const small = shrink({ row, width, height, channels: 3 }, shrinkFactor(width, height, wanted));
  return { ...small, profile: 'srgb', fullWidth: width, fullHeight: height, animated: false };
}

interface Packed {
  bytes: Buffer;
  start: number;
  stride: number;
}

/** Rows are padded to four bytes. A file that ends early is damaged. */
function uncompressed(data: Buffer, { width, height, bits, pixels }: BmpHeader): Packed {
  const stride = Math.ceil((width * bits) / 32) * 4;
  // The padding of the last row is sometimes missing.
  const needed = stride * (height - 1) + Math.ceil((width * bits) / 8);
  if (pixels + needed > data.length) throw new PictureError('corrupt', 'The picture is cut off.');
  return { bytes: data, start: pixels, stride };
}

/** Writes one row as RGB. Alpha is ignored: most programs leave it zero in opaque pictures. */
function painter(header: BmpHeader): (from: Buffer, at: number, to: Uint8Array) => void {
  const bits = header.rle ? 8 : header.bits;
  if (bits <= 8) return indexed(bits, header.palette);
  if (bits === 24) {
    return (from, at, to) => {
      for (let i = 0; i < to.length; i += 3, at += 3) {
        to[i] = from[at + 2] as number;
        to[i + 1] = from[at + 1] as number;
        to[i + 2] = from[at] as number;
      }
    };
  }
  return masked(bits / 8, header.masks);
}

function indexed(bits: number, palette: Uint8Array): ReturnType<typeof painter> {
  const each = 8 / bits;
  const mask = (1 << bits) - 1;
  return (from, at, to) => {
    for (let x = 0; x < to.length / 3; x++) {
      const byte = from[at + Math.floor(x / each)] as number;
      const colour = ((byte >> (8 - bits - (x % each) * bits)) & mask) * 3;
      for (let c = 0; c < 3; c++) to[x * 3 + c] = palette[colour + c] ?? 0;
    }
  };
}

function masked(bytes: number, masks: readonly number[]): ReturnType<typeof painter> {
  const channels = masks.map((mask) => {
    const shift = mask === 0 ? 0 : 31 - Math.clz32(mask & -mask);
    return { shift, top: mask >>> shift, mask };
  });
  return (from, at, to) => {
    for (let i = 0; i < to.length; at += bytes) {
      const value = bytes === 2 ? from.readUInt16LE(at) : from.readUInt32LE(at);
      for (const { shift, top, mask } of channels) {
        to[i++] = top === 0 ? 0 : Math.round((((value & mask) >>> shift) * 255) / top);
      }
    }
  };
}
