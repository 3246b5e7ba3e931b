// How much a disk still takes.
import { statfs } from 'node:fs/promises';

/** Bytes that this user may still write on the file system of `directory`. @throws the system's error */
export async function freeSpace(directory: string): Promise<number> {
  const { bavail, bsize } = await statfs(directory);
  return bavail * bsize;
}
