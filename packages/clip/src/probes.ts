// Made-up pictures to try an encoder with: smooth and busy parts, edges and colours, the same every time.
import { preprocess } from './preprocess.ts';
import type { PreprocessConfig } from './preprocess-config.ts';

const SIDE = 96;

/** Preprocessed for this model; no two alike. */
export function probePictures(config: PreprocessConfig, count: number): Float32Array[] {
  return Array.from({ length: count }, (_, seed) => preprocess(probe(seed + 1), config));
}

/** A sky of its own hue over a ground of another, a bright disc, and a patch of checks. */
function probe(seed: number): { data: Uint8Array; width: number; height: number } {
  const data = new Uint8Array(SIDE * SIDE * 3);
  const horizon = SIDE * (0.3 + 0.1 * (seed % 5));
  const [cx, cy, radius] = [(seed * 37) % SIDE, (seed * 23) % SIDE, 8 + ((seed * 5) % 16)];
  for (let y = 0, i = 0; y < SIDE; y++) {
    for (let x = 0; x < SIDE; x++, i += 3) {
      const disc = (x - cx) ** 2 + (y - cy) ** 2 < radius ** 2;
      const checks = x > SIDE / 2 && y > horizon && (Math.floor(x / 6) + Math.floor(y / 6) + seed) % 2 === 0;
      const light = y < horizon ? 1 - y / SIDE : 0.3 + (0.5 * x) / SIDE;
      for (let channel = 0; channel < 3; channel++) {
        const hue = 0.5 + 0.5 * Math.sin(seed * 1.7 + channel * 2.1 + (y < horizon ? 0 : 2.5));
        data[i + channel] = disc ? 250 : checks ? 30 : Math.round(255 * light * hue);
      }
    }
  }
  return { data, width: SIDE, height: SIDE };
}
