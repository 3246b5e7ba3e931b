// Reads a photo's file whole, when it is a file and not a monster.
import { constants, type FileHandle, open } from 'node:fs/promises';
import { PictureError } from './failures.ts';
import { MAX_FILE_BYTES } from './limits.ts';

export interface FileBytes {
  data: Buffer;
  /** Milliseconds since the epoch. */
  modifiedAt: number;
}

/** @throws PictureError for empty or huge files and for what is not a file */
export async function readPhoto(path: string): Promise<FileBytes> {
  // Opening a pipe would otherwise wait for somebody to write into it. Windows has neither such files nor the flag.
  const file = await open(path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
  try {
    const stat = await file.stat();
    if (!stat.isFile()) throw new PictureError('unreadable', 'It is not a regular file.');
    if (stat.size === 0) throw new PictureError('corrupt', 'The file is empty.');
    if (stat.size > MAX_FILE_BYTES) throw new PictureError('too-large', 'The file is larger than 512 MB.');
    return { data: await wholeOf(file, stat.size), modifiedAt: Math.trunc(stat.mtimeMs) };
  } finally {
    await file.close();
  }
}

/** In one go: `FileHandle.readFile` crosses to the thread pool and back for every half megabyte. */
async function wholeOf(file: FileHandle, size: number): Promise<Buffer> {
  const data = Buffer.allocUnsafeSlow(size);
  let have = 0;
  while (have < size) {
    const { bytesRead } = await file.read(data, have, size - have, have);
    if (bytesRead === 0) break;
    have += bytesRead;
  }
  // What was added since is another version of the file; what was cut off is not to be made up.
  return data.subarray(0, have);
}
