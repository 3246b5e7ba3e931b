// Which two photos to lay over each other, and how the second has to be turned to lie on the first.
import type { DuplicatePhoto } from '@semblance/contract';

/** Shapes closer than this are one: resizing rounds to whole pixels. */
const SAME_SHAPE = 0.02;

/** The kept (suggested) photo, and the first of the others. */
export function otherOf(photos: readonly DuplicatePhoto[]): { a: number; b: number } {
  const suggested = photos.findIndex((photo) => photo.suggested);
  const a =
    suggested >= 0
      ? suggested
      : Math.max(
          0,
          photos.findIndex((photo) => photo.keep),
        );
  return { a, b: a === 0 ? Math.min(1, photos.length - 1) : 0 };
}

export function alignment(a: DuplicatePhoto, b: DuplicatePhoto): { flip: boolean; sameShape: boolean } {
  const mirrored = (photo: DuplicatePhoto) => photo.changes.includes('mirrored');
  const shape = (photo: DuplicatePhoto) => photo.width / photo.height;
  return {
    flip: mirrored(a) !== mirrored(b),
    sameShape: Math.abs(shape(a) / shape(b) - 1) < SAME_SHAPE,
  };
}
