// Memory outside V8's heap, given back when its user is done with it.

/**
 * Frees what lies under an array that nobody reads any more; its length is 0 afterwards. Left to the garbage collector, the
 * megabytes of every picture are counted until it runs, and they make it run: marking the whole heap for every few dozen
 * pictures was a twelfth of the processor time of indexing (DECISIONS.md, 74).
 *
 * Does nothing to a view of a part, which others may share.
 *
 * @param bytes must not be with a thread or a library that still reads it
 */
export function release(bytes: Uint8Array | Float32Array): void {
  const { buffer, byteLength } = bytes;
  const whole = byteLength > 0 && byteLength === buffer.byteLength;
  if (whole && buffer instanceof ArrayBuffer) buffer.transfer(0);
}
