// The header of a bitmap, checked so far that its pixels can be read without another thought.
import { PictureError } from '../failures.ts';

export interface BmpHeader {
  width: number;
  height: number;
  /** Rows are stored from the top; usually they start at the bottom. */
  topDown: boolean;
  bits: 1 | 2 | 4 | 8 | 16 | 24 | 32;
  rle: boolean;
  /** Red, green and blue within a pixel of 16 or 32 bits. */
  masks: readonly [number, number, number];
  /** RGB of each index. */
  palette: Uint8Array;
  /** Where the pixels start in the file. */
  pixels: number;
}

const FILE_HEADER = 14;
/** The OS/2 1.x header: 16-bit sizes, palette entries of three bytes. */
const CORE_HEADER = 12;
const DEPTHS = [1, 2, 4, 8, 16, 24, 32];
const RGB = 0;
const RLE8 = 1;
const RLE4 = 2;
const BITFIELDS = 3;
const ALPHA_BITFIELDS = 6;

/** @throws PictureError */
export function readBmpHeader(data: Buffer): BmpHeader {
  try {
    return read(data);
  } catch (error) {
    // Reading beyond the end of the file.
    if (error instanceof RangeError) throw corrupt('the header is cut off');
    throw error;
  }
}

function read(data: Buffer): BmpHeader {
  const size = data.readUInt32LE(FILE_HEADER);
  const core = size === CORE_HEADER;
  const width = core ? data.readUInt16LE(18) : data.readInt32LE(18);
  const signedHeight = core ? data.readUInt16LE(20) : data.readInt32LE(22);
  const bits = data.readUInt16LE(core ? 24 : 28);
  const compression = size >= 40 ? data.readUInt32LE(30) : RGB;
  if (width <= 0 || signedHeight === 0) throw corrupt('it has no size');
  const rle = isRle(compression, bits);
  if (!isDepth(bits)) throw corrupt('it has no such depth of colour');
  const pixels = data.readUInt32LE(10);
  return {
    width,
    height: Math.abs(signedHeight),
    topDown: signedHeight < 0,
    bits,
    rle,
    masks: masksOf(data, bits, compression),
    palette: bits <= 8 ? paletteOf(data, { size, core, bits, compression, pixels }) : new Uint8Array(),
    pixels,
  };
}

function isDepth(bits: number): bits is BmpHeader['bits'] {
  return DEPTHS.includes(bits);
}

/** Other compressions are JPEG and PNG inside a bitmap (for printers) and the Huffman code of OS/2 faxes. */
function isRle(compression: number, bits: number): boolean {
  switch (compression) {
    case RGB:
      return false;
    case RLE8:
      if (bits !== 8) throw corrupt('its compression does not fit its depth');
      return true;
    case RLE4:
      if (bits !== 4) throw corrupt('its compression does not fit its depth');
      return true;
    case BITFIELDS:
    case ALPHA_BITFIELDS:
      // In OS/2 the first of them means a fax code.
      if (bits === 1) throw unsupported();
      if (bits !== 16 && bits !== 32) throw corrupt('its compression does not fit its depth');
      return false;
    default:
      throw unsupported();
  }
}

/** The masks follow the 40 bytes of the first header, whether they belong to a longer one or stand alone. */
function masksOf(data: Buffer, bits: number, compression: number): BmpHeader['masks'] {
  if (compression === BITFIELDS || compression === ALPHA_BITFIELDS) {
    return [data.readUInt32LE(54), data.readUInt32LE(58), data.readUInt32LE(62)];
  }
  return bits === 16 ? [0x7c00, 0x03e0, 0x001f] : [0xff0000, 0x00ff00, 0x0000ff];
}

/** At most as many colours as the depth can name; the file may hold fewer than it says. */
function paletteOf(
  data: Buffer,
  about: { size: number; core: boolean; bits: number; compression: number; pixels: number },
): Uint8Array {
  const entry = about.core ? 3 : 4;
  const said = about.size >= 40 ? data.readUInt32LE(46) : 0;
  const most = 1 << about.bits;
  const start = FILE_HEADER + about.size;
  const end = Math.min(data.length, about.pixels > start ? about.pixels : data.length);
  const count = Math.max(0, Math.min(said === 0 ? most : said, most, Math.floor((end - start) / entry)));
  const palette = new Uint8Array(count * 3);
  for (let i = 0; i < count; i++) {
    const at = start + i * entry;
    palette.set([data[at + 2] ?? 0, data[at + 1] ?? 0, data[at] ?? 0], i * 3);
  }
  return palette;
}

function unsupported(): PictureError {
  return new PictureError('unsupported', 'Bitmaps compressed in this way cannot be read.');
}

function corrupt(why: string): PictureError {
  return new PictureError('corrupt', `The picture is damaged (${why}).`);
}
