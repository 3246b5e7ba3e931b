// What others do: a 64-bit gradient hash at czkawka's distances, and the model's vectors at Immich's.
import sharp from 'sharp';

/** czkawka's `SIMILAR_VALUES` for 8 x 8 hashes: "High", its command line's default, and "Medium". */
export const CZKAWKA_HIGH = 2;
export const CZKAWKA_MEDIUM = 5;
/** Immich's default maximum cosine distance for duplicates. */
export const IMMICH_DISTANCE = 0.01;

/** The hash czkawka makes when nothing is chosen: gradients of an 8 x 8 grid, 64 bits; upright, as we read it. */
export async function gradientHash(path: string): Promise<Uint8Array | null> {
  try {
    const { data, info } = await sharp(path, { autoOrient: true })
      .flatten({ background: '#ffffff' })
      .grayscale()
      .resize({ width: 9, height: 8, fit: 'fill', kernel: 'lanczos3' })
      .raw({ depth: 'uchar' })
      .toBuffer({ resolveWithObject: true });
    const level = (x: number, y: number): number => data[(y * 9 + x) * info.channels] ?? 0;
    return Uint8Array.from({ length: 64 }, (_, i) => {
      const [x, y] = [i % 8, i >> 3];
      return Number(level(x, y) > level(x + 1, y));
    });
  } catch {
    return null;
  }
}

export function bitsApart(a: Uint8Array, b: Uint8Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += Number(a[i] !== b[i]);
  return sum;
}

export function cosineDistance(a: Float32Array, b: Float32Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += (a[i] ?? 0) * (b[i] ?? 0);
  return 1 - sum;
}
