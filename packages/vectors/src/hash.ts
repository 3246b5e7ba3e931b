// A vector's fingerprint: kept in the catalog, so that silent damage to the vectors is found.
import { createHash } from 'node:crypto';

/** SHA-256, hex, of the vector's little-endian float32 bytes. */
export function hashVector(vector: Float32Array): string {
  const bytes = new Uint8Array(vector.length * 4);
  const view = new DataView(bytes.buffer);
  vector.forEach((value, at) => {
    view.setFloat32(at * 4, value, true);
  });
  return createHash('sha256').update(bytes).digest('hex');
}
