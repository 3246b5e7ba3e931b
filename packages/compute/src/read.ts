// Reads a photo's file whole, when it is a file and not a monster.
import { constants, type FileHandle, open } from 'node:fs/promises';
import { release } from '@semblance/clip';
import { PictureError } from './failures.ts';
import { MAX_FILE_BYTES } from './limits.ts';

export interface FileBytes {
  data: Buffer;
  /** Milliseconds since the epoch. */
  modifiedAt: number;
}

/** Memory of files that were read, for the next ones: fresh pages cost as much as what is read into them. */
const spare: Buffer[] = [];
const MOST_SPARE = 4;
const LARGEST_SPARE = 16 * 1024 * 1024;
/** Rounded up to whole ones, so that files of about the same size fit into each other's memory: bytes. */
const SPARE_STEP = 1024 * 1024;

/**
 * Reads a photo for as long as `work` takes: its bytes belong to another file afterwards.
 *
 * @throws PictureError for empty or huge files and for what is not a file, and what `work` throws
 */
export async function withPhoto<T>(path: string, work: (file: FileBytes) => Promise<T>): Promise<T> {
  let memory: Buffer | undefined;
  const { data, modifiedAt } = await readInto(path, (size) => {
    const fitting = spare.findIndex((buffer) => buffer.length >= size);
    memory = spare.splice(fitting, fitting < 0 ? 0 : 1)[0];
    memory ??= Buffer.allocUnsafeSlow(Math.ceil(size / SPARE_STEP) * SPARE_STEP);
    return memory;
  });
  try {
    return await work({ data, modifiedAt });
  } finally {
    if (memory !== undefined && memory.length <= LARGEST_SPARE) spare.unshift(memory);
    else if (memory !== undefined) release(memory);
    for (const old of spare.splice(MOST_SPARE)) release(old);
  }
}

/** @throws PictureError for empty or huge files and for what is not a file */
export async function readPhoto(path: string): Promise<FileBytes> {
  return readInto(path, (size) => Buffer.allocUnsafeSlow(size));
}

async function readInto(path: string, memoryFor: (size: number) => Buffer): Promise<FileBytes> {
  // Opening a pipe would otherwise wait for somebody to write into it. Windows has neither such files nor the flag.
  const file = await open(path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
  try {
    const stat = await file.stat();
    if (!stat.isFile()) throw new PictureError('unreadable', 'It is not a regular file.');
    if (stat.size === 0) throw new PictureError('corrupt', 'The file is empty.');
    if (stat.size > MAX_FILE_BYTES) throw new PictureError('too-large', 'The file is larger than 512 MB.');
    const data = await wholeOf(file, memoryFor(stat.size), stat.size);
    return { data, modifiedAt: Math.trunc(stat.mtimeMs) };
  } finally {
    await file.close();
  }
}

/** In one go: `FileHandle.readFile` crosses to the thread pool and back for every half megabyte. */
async function wholeOf(file: FileHandle, data: Buffer, size: number): Promise<Buffer> {
  let have = 0;
  while (have < size) {
    const { bytesRead } = await file.read(data, have, size - have, have);
    if (bytesRead === 0) break;
    have += bytesRead;
  }
  // What was added since is another version of the file; what was cut off is not to be made up.
  return data.subarray(0, have);
}
