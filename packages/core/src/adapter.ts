// A small residual network on top of frozen text embeddings, trained on one person's labels: the contrastive training of
// the CLIP paper at the scale of a photo library. Applied to query texts; the photos' stored vectors stay as they are.

/** `adapt(t) = unit(t + W2 relu(W1 t))`: a bottleneck as in CLIP-Adapter (Gao et al., arXiv 2110.04544). */
export interface Adapter {
  dimensions: number;
  /** Width of the bottleneck. */
  hidden: number;
  /** hidden x dimensions, row-major. */
  down: Float32Array;
  /** dimensions x hidden, row-major. */
  up: Float32Array;
  /** Natural logarithm of the inverse temperature, learnt along; at most ln 100 (CLIP paper, section 2.5). */
  logScale: number;
}

/** @param text unit vector @returns unit vector */
export function adaptText(adapter: Adapter, text: Float32Array): Float32Array {
  const { dimensions, hidden, down, up } = adapter;
  const middle = new Float32Array(hidden);
  for (let h = 0; h < hidden; h++) {
    let sum = 0;
    for (let i = 0; i < dimensions; i++) sum += (down[h * dimensions + i] ?? 0) * (text[i] ?? 0);
    middle[h] = Math.max(0, sum);
  }
  const adapted = new Float32Array(dimensions);
  let squares = 0;
  for (let i = 0; i < dimensions; i++) {
    let sum = text[i] ?? 0;
    for (let h = 0; h < hidden; h++) sum += (up[i * hidden + h] ?? 0) * (middle[h] ?? 0);
    adapted[i] = sum;
    squares += sum * sum;
  }
  const length = Math.sqrt(squares);
  return length > 1e-12 ? adapted.map((value) => value / length) : text.slice();
}

const MAGIC = 0x53_41_44_31; // "SAD1"
const HEADER_BYTES = 16;

/** For a file: header, then both matrices, little-endian. */
export function packAdapter({ dimensions, hidden, down, up, logScale }: Adapter): Uint8Array {
  const bytes = new Uint8Array(HEADER_BYTES + 4 * (down.length + up.length));
  const view = new DataView(bytes.buffer);
  view.setUint32(0, MAGIC, true);
  view.setUint32(4, dimensions, true);
  view.setUint32(8, hidden, true);
  view.setFloat32(12, logScale, true);
  [...down, ...up].forEach((value, i) => void view.setFloat32(HEADER_BYTES + 4 * i, value, true));
  return bytes;
}

/** @returns null for bytes that are no adapter for vectors of this width */
export function unpackAdapter(bytes: Uint8Array, dimensions: number): Adapter | null {
  if (bytes.length < HEADER_BYTES) return null;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const hidden = view.getUint32(8, true);
  const size = dimensions * hidden;
  if (view.getUint32(0, true) !== MAGIC || view.getUint32(4, true) !== dimensions || hidden === 0)
    return null;
  if (bytes.length !== HEADER_BYTES + 8 * size) return null;
  const read = (from: number) =>
    Float32Array.from({ length: size }, (_, i) => view.getFloat32(HEADER_BYTES + 4 * (from + i), true));
  const adapter = { dimensions, hidden, down: read(0), up: read(size), logScale: view.getFloat32(12, true) };
  return [...adapter.down, ...adapter.up, adapter.logScale].every(Number.isFinite) ? adapter : null;
}
