// nativeImage: a picture that is held, not drawn. Its size is read from PNG headers; other formats count as empty.
import { readFileSync } from 'node:fs';
import { notModelled, part } from '../model.ts';

interface Representation {
  scaleFactor: number;
  png: Buffer;
  width: number;
  height: number;
}

const SIGNATURE = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);

function representation(png: Buffer, scaleFactor = 1): Representation[] {
  if (!png.subarray(0, 8).equals(SIGNATURE)) return [];
  return [{ scaleFactor, png, width: png.readUInt32BE(16), height: png.readUInt32BE(20) }];
}

function image(first: Representation[] = []): Electron.NativeImage {
  const shown = [...first];
  let template = false;
  const made: Electron.NativeImage = part<Electron.NativeImage>('NativeImage', {
    isEmpty: () => shown.length === 0,
    getSize: () => {
      const { width = 0, height = 0, scaleFactor = 1 } = shown[0] ?? {};
      return { width: width / scaleFactor, height: height / scaleFactor };
    },
    getScaleFactors: () => shown.map(({ scaleFactor }) => scaleFactor),
    addRepresentation({ scaleFactor = 1, buffer }) {
      if (buffer === undefined) throw notModelled('NativeImage.addRepresentation without a buffer');
      shown.push(...representation(buffer, scaleFactor));
    },
    toPNG: ({ scaleFactor = 1 } = {}) =>
      shown.find((other) => other.scaleFactor === scaleFactor)?.png ?? Buffer.alloc(0),
    isTemplateImage: () => template,
    setTemplateImage(next) {
      template = next;
    },
  });
  return made;
}

function read(path: string): Representation[] {
  try {
    return representation(readFileSync(path));
  } catch {
    // As in Electron: a file that is not there is an empty picture.
    return [];
  }
}

export const nativeImage = part<typeof Electron.nativeImage>('nativeImage', {
  createEmpty: () => image(),
  createFromPath: (path) => image(read(path)),
  createFromBuffer: (buffer) => image(representation(buffer)),
});

/** Of some file, as the system draws it: one pixel is enough to be a picture. */
export function fileIcon(): Electron.NativeImage {
  const pixel =
    'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==';
  return image(representation(Buffer.from(pixel, 'base64')));
}
