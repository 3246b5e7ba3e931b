// Opening files that may be anything: a FIFO or a device must be an error, not a hang.
import { constants } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';

/** Opens a regular file for reading. @throws with code `ENOTREG` for anything else, or the system's own error */
export async function openRegular(path: string): Promise<FileHandle> {
  // O_NONBLOCK: opening a FIFO without a writer would wait for one. It means nothing to regular files, or on Windows.
  const handle = await open(path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
  try {
    if (!(await handle.stat()).isFile()) {
      throw Object.assign(new Error(`not a regular file: ${path}`), { code: 'ENOTREG' });
    }
    return handle;
  } catch (error) {
    await handle.close();
    throw error;
  }
}

/** The first bytes of a regular file; fewer when it is shorter. */
export async function readHead(path: string, length: number): Promise<Uint8Array> {
  const handle = await openRegular(path);
  try {
    const bytes = new Uint8Array(length);
    const { bytesRead } = await handle.read(bytes, 0, length, 0);
    return bytes.subarray(0, bytesRead);
  } finally {
    await handle.close();
  }
}

/** The system's code of a failure (`ENOENT`, ...), or `UNKNOWN`. */
export function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : 'UNKNOWN';
}
