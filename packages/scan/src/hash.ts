// A file's identity: SHA-256 of its bytes, read in pieces so that size does not matter.
import { createHash } from 'node:crypto';
import { openRegular } from './regular-file.ts';

export interface FileHash {
  /** SHA-256, 64 lower-case hex digits. */
  contentHash: string;
  /** Size and modification time (ms since 1970 UTC) of what was read. */
  bytes: number;
  modifiedAt: number;
}

const PIECE = 1024 * 1024;

/**
 * @throws the system's error (`ENOENT`, `EACCES`, ...), `ENOTREG` for what is not a regular file, or the signal's reason
 */
export async function hashFile(path: string, signal?: AbortSignal): Promise<FileHash> {
  const handle = await openRegular(path);
  try {
    const { mtimeMs } = await handle.stat();
    const hash = createHash('sha256');
    const piece = new Uint8Array(PIECE);
    let bytes = 0;
    for (;;) {
      signal?.throwIfAborted();
      const { bytesRead } = await handle.read(piece, 0, PIECE, bytes);
      if (bytesRead === 0) break;
      hash.update(piece.subarray(0, bytesRead));
      bytes += bytesRead;
    }
    return { contentHash: hash.digest('hex'), bytes, modifiedAt: Math.trunc(mtimeMs) };
  } finally {
    await handle.close();
  }
}
