// Whether a film is the moving part of a Live Photo. Only the film's index is read: there may be thousands of them.
import type { FileHandle } from 'node:fs/promises';
import { openRegular } from './regular-file.ts';

/** A Live Photo's film lasts three seconds; longer ones are videos of their own. */
const LONGEST_BYTES = 40 * 1024 * 1024;
/** The key that pairs a film with its still (AVMetadataKey.quickTimeMetadataKeyContentIdentifier). */
const KEY = 'com.apple.quicktime.content.identifier';
/** `moov` of three seconds takes some 20 KB. */
const LARGEST_INDEX = 4 * 1024 * 1024;
const MOST_BOXES = 64;

/** Reads the top-level boxes of ISO/IEC 14496-12 (QuickTime alike) up to `moov`. False for whatever cannot be read. */
export async function isLiveFilm(path: string): Promise<boolean> {
  const handle = await openRegular(path).catch(() => null);
  if (handle === null) return false;
  try {
    const { size } = await handle.stat();
    if (size > LONGEST_BYTES) return false;
    const index = await findBox(handle, size, 'moov');
    return index !== null && (await read(handle, index.start, index.length)).includes(KEY);
  } catch {
    return false;
  } finally {
    await handle.close();
  }
}

async function findBox(
  handle: FileHandle,
  size: number,
  wanted: string,
): Promise<{ start: number; length: number } | null> {
  let start = 0;
  for (let n = 0; n < MOST_BOXES && start + 8 <= size; n++) {
    const head = await read(handle, start, Math.min(16, size - start));
    const type = head.toString('latin1', 4, 8);
    const short = head.readUInt32BE(0);
    // 1: the length follows in 64 bits; 0: to the end of the file.
    const length =
      short === 1 && head.length === 16
        ? Number(head.readBigUInt64BE(8))
        : short === 0
          ? size - start
          : short;
    if (length < 8) return null;
    if (type === wanted) return { start, length: Math.min(length, LARGEST_INDEX, size - start) };
    start += length;
  }
  return null;
}

async function read(handle: FileHandle, start: number, length: number): Promise<Buffer> {
  const bytes = Buffer.alloc(length);
  const { bytesRead } = await handle.read(bytes, 0, length, start);
  return bytes.subarray(0, bytesRead);
}
