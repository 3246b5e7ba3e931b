// What an encoder does not see of a wide or tall picture: it looks at the square in the middle.
import type { Region } from '@semblance/contract';

/** Longer side by shorter side from which a picture is looked at in three places; 3:2 is not, 16:9 is. */
export const WIDE = 1.6;

/** How many further looks a wide picture gets: at both of its ends. */
export const EDGE_CROPS = 2;

/** Squares at both ends of a wide or tall picture, first left or top; none for any other. Sizes in pixels, upright. */
export function edgeCrops(width: number, height: number): Region[] {
  const [long, short] = [Math.max(width, height), Math.min(width, height)];
  // The catalog asks the same of its rows, in the same words.
  if (long <= WIDE * short) return [];
  const part = short / long;
  return [0, 1 - part].map((start) =>
    width > height
      ? { left: start, top: 0, width: part, height: 1 }
      : { left: 0, top: start, width: 1, height: part },
  );
}
