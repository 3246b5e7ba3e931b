// JPEG XL, through jxl-oxide compiled to WebAssembly: a decoder in a language that keeps to its memory. Runs in the
// lane's worker only. ISO/IEC 18181.
import { readFileSync } from 'node:fs';
import { initSync, JxlImage } from 'jxl-oxide-wasm';
import { PictureError } from '../failures.ts';
import { MAX_JXL_PIXELS } from '../limits.ts';
import type { PackedPicture } from '../picture.ts';

let memory: { readonly buffer: ArrayBufferLike } | undefined;

/** The first frame, upright (the decoder turns it), in sRGB. @throws PictureError */
export function decodeJxl(data: Buffer): PackedPicture {
  memory ??= initSync({
    module: readFileSync(new URL(import.meta.resolve('jxl-oxide-wasm/module.wasm'))),
  }).memory;
  const image = new JxlImage();
  try {
    image.forceSrgb = true;
    attempt(() => image.feedBytes(data));
    if (!attempt(() => image.tryInit())) throw new PictureError('corrupt', 'The picture is cut off.');
    const { width = 0, height = 0 } = image;
    // Before any pixel is decoded: it works with 32-bit numbers, several planes of them.
    if (width * height > MAX_JXL_PIXELS) {
      throw new PictureError('too-large', 'The picture has more pixels than can be decoded safely.');
    }
    // What is missing would be made up.
    if (!image.loaded) throw new PictureError('corrupt', 'The picture is cut off.');
    const png = attempt(() => image.render(0).encodeToPng());
    const { buffer, byteOffset } = png;
    // Sizes of the picture as it is shown (PNG, 11.2.1).
    const header = new DataView(buffer, byteOffset);
    const [fullWidth, fullHeight] = [header.getUint32(16), header.getUint32(20)];
    return { png, fullWidth, fullHeight, animated: image.animated === true };
  } finally {
    image.free();
  }
}

/** Bytes that the decoder holds, for good. */
export function jxlMemory(): number {
  return memory?.buffer.byteLength ?? 0;
}

/** The decoder throws a text that says what is wrong with the bytes; a trap of WebAssembly is an Error. */
function attempt<T>(work: () => T): T {
  try {
    return work();
  } catch (error) {
    if (typeof error !== 'string') throw error;
    throw new PictureError('corrupt', `The picture is damaged (${error.slice(0, 120)}).`);
  }
}
