// A picture from outside the library, made ready to be searched by: small enough to send, in a format the engine reads.
import { MAX_DROPPED_BYTES } from '@semblance/contract';
import type { QueryPicture } from './question.ts';

/** The model looks at far fewer pixels than this. */
const SIDE = 1024;
const PREVIEW_SIDE = 96;
const QUALITY = 0.9;

export type DropFault = 'tooLarge' | 'noPicture';

/** The size within a square of `side` pixels; never enlarged. */
export function within(side: number, { width, height }: { width: number; height: number }) {
  const scale = Math.min(1, side / Math.max(width, height, 1));
  return { width: Math.max(1, Math.round(width * scale)), height: Math.max(1, Math.round(height * scale)) };
}

/** A JPEG of at most 1024 pixels; a file the browser cannot decode goes as it is, when it is not too large. */
export async function readPicture(file: File): Promise<QueryPicture & { kind: 'file' }> {
  const bitmap = await decoded(file);
  if (bitmap !== null) {
    const large = drawn(bitmap, SIDE);
    const preview = drawn(bitmap, PREVIEW_SIDE);
    bitmap.close();
    return { kind: 'file', name: file.name, base64: base64Of(large), preview };
  }
  if (file.type !== '' && !file.type.startsWith('image/')) throw new DropError('noPicture');
  if (file.size > MAX_DROPPED_BYTES) throw new DropError('tooLarge');
  return { kind: 'file', name: file.name, base64: base64Of(await dataUrl(file)), preview: null };
}

export class DropError extends Error {
  readonly kind: DropFault;
  constructor(kind: DropFault) {
    super(kind);
    this.kind = kind;
  }
}

async function decoded(file: File): Promise<ImageBitmap | null> {
  try {
    return await createImageBitmap(file, { imageOrientation: 'from-image' });
  } catch {
    return null;
  }
}

function drawn(bitmap: ImageBitmap, side: number): string {
  const canvas = document.createElement('canvas');
  Object.assign(canvas, within(side, bitmap));
  const context = canvas.getContext('2d');
  if (context === null) throw new DropError('noPicture');
  // What is transparent shows what most pages have behind it.
  context.fillStyle = '#fff';
  context.fillRect(0, 0, canvas.width, canvas.height);
  context.imageSmoothingQuality = 'high';
  context.drawImage(bitmap, 0, 0, canvas.width, canvas.height);
  return canvas.toDataURL('image/jpeg', QUALITY);
}

function dataUrl(file: File): Promise<string> {
  return new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.onload = () => resolve(String(reader.result));
    reader.onerror = () => reject(reader.error);
    reader.readAsDataURL(file);
  });
}

/** What follows the comma of a `data:` URL. */
export function base64Of(url: string): string {
  return url.slice(url.indexOf(',') + 1);
}
