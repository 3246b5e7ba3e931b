// An uncompressed TIFF around pixels with an ICC profile: the way to hand libvips raw pixels that are not sRGB.
// TIFF 6.0; ICC.1:2010, B.4 (tag 34675).

const SHORT = 3;
const LONG = 4;
const UNDEFINED = 7;
/** Many short strips: a reader holds one at a time. */
const ROWS_PER_STRIP = 64;

/** @param data 8-bit RGB without padding */
export function writeTiff(data: Uint8Array, width: number, height: number, profile: Uint8Array): Buffer {
  const strips = Math.ceil(height / ROWS_PER_STRIP);
  const stripBytes = width * 3 * ROWS_PER_STRIP;
  const offsets = Array.from({ length: strips }, (_, i) => 8 + i * stripBytes);
  const counts = offsets.map((at) => Math.min(stripBytes, 8 + data.length - at));

  // Header, pixels, then the values that do not fit into an entry, then the directory.
  const values: Buffer[] = [];
  let end = 8 + data.length + (data.length % 2);
  const outside = (bytes: Buffer): number => {
    const at = end;
    const padded = bytes.length % 2 === 0 ? bytes : Buffer.concat([bytes, Buffer.alloc(1)]);
    values.push(padded);
    end += padded.length;
    return at;
  };
  const longs = (numbers: number[]): number =>
    numbers.length === 1 ? (numbers[0] as number) : outside(Buffer.from(Uint32Array.from(numbers).buffer));

  const entries = [
    [256, LONG, 1, width],
    [257, LONG, 1, height],
    [258, SHORT, 3, outside(Buffer.from(Uint16Array.of(8, 8, 8).buffer))],
    [259, SHORT, 1, 1],
    [262, SHORT, 1, 2],
    [273, LONG, strips, longs(offsets)],
    [277, SHORT, 1, 3],
    [278, LONG, 1, ROWS_PER_STRIP],
    [279, LONG, strips, longs(counts)],
    [284, SHORT, 1, 1],
    [34675, UNDEFINED, profile.length, outside(Buffer.from(profile))],
  ] as const;
  const directory = Buffer.alloc(2 + entries.length * 12 + 4);
  directory.writeUInt16LE(entries.length, 0);
  entries.forEach(([tag, type, count, value], i) => {
    const at = 2 + i * 12;
    directory.writeUInt16LE(tag, at);
    directory.writeUInt16LE(type, at + 2);
    directory.writeUInt32LE(count, at + 4);
    directory.writeUInt32LE(value, at + 8);
  });
  const header = Buffer.from('II*\0\0\0\0\0', 'latin1');
  header.writeUInt32LE(end, 4);
  return Buffer.concat([header, data, Buffer.alloc(data.length % 2), ...values, directory]);
}
