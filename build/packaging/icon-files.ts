// The two icon containers of Windows and macOS, made of PNG files. electron-builder would fetch a tool for this.

export type Pictures = ReadonlyMap<number, Buffer>;

/** Sides in an .ico; 256 is the largest it can hold. */
export const ICO_SIDES = [16, 24, 32, 48, 64, 128, 256];
/** Types of an .icns and the side in pixels of each; the later ones are for high-density screens. */
const ICNS_TYPES: readonly [string, number][] = [
  ['ic07', 128],
  ['ic08', 256],
  ['ic09', 512],
  ['ic10', 1024],
  ['ic11', 32],
  ['ic12', 64],
  ['ic13', 256],
  ['ic14', 512],
];

const ICO_HEADER = 6;
const ICO_ENTRY = 16;

/** @see https://learn.microsoft.com/windows/win32/menurc/newheader */
export function ico(pictures: Pictures): Buffer {
  const images = ICO_SIDES.map((side) => ({ side, png: pictureOf(pictures, side) }));
  const header = Buffer.alloc(ICO_HEADER + ICO_ENTRY * images.length);
  header.writeUInt16LE(1, 2);
  header.writeUInt16LE(images.length, 4);
  let offset = header.length;
  images.forEach(({ side, png }, index) => {
    const entry = ICO_HEADER + ICO_ENTRY * index;
    // 0 stands for 256.
    header.writeUInt8(side % 256, entry);
    header.writeUInt8(side % 256, entry + 1);
    header.writeUInt16LE(1, entry + 4);
    header.writeUInt16LE(32, entry + 6);
    header.writeUInt32LE(png.length, entry + 8);
    header.writeUInt32LE(offset, entry + 12);
    offset += png.length;
  });
  return Buffer.concat([header, ...images.map(({ png }) => png)]);
}

export function icns(pictures: Pictures): Buffer {
  const chunks = ICNS_TYPES.map(([type, side]) => chunk(type, pictureOf(pictures, side)));
  return chunk('icns', Buffer.concat(chunks));
}

function chunk(type: string, data: Buffer): Buffer {
  const head = Buffer.alloc(8);
  head.write(type, 'ascii');
  head.writeUInt32BE(data.length + head.length, 4);
  return Buffer.concat([head, data]);
}

function pictureOf(pictures: Pictures, side: number): Buffer {
  const picture = pictures.get(side);
  if (picture === undefined) throw new Error(`No picture of ${side} pixels.`);
  return picture;
}
