// A heat map as pixels: where the query was found glows, where it was not the picture is dimmed.
import type { WhyPhoto } from '@semblance/contract';

/** Below this share of the most there is nothing to point at. */
const FAINT = 0.35;
const DARK = [16, 14, 12, 0.62] as const;
const GLOW = [255, 168, 60, 0.42] as const;

/** RGBA, row-major, 4 x columns x rows. */
export function heatPixels({ columns, rows, values }: WhyPhoto['heat']): Uint8ClampedArray<ArrayBuffer> {
  const pixels = new Uint8ClampedArray(columns * rows * 4);
  for (let cell = 0; cell < columns * rows; cell++) {
    const value = Math.min(1, Math.max(0, values[cell] ?? 0));
    const isDim = value < FAINT;
    const strength = isDim ? 1 - value / FAINT : (value - FAINT) / (1 - FAINT);
    const [red, green, blue, alpha] = isDim ? DARK : GLOW;
    pixels.set([red, green, blue, alpha * strength * 255], cell * 4);
  }
  return pixels;
}
