// Which two photos to lay over each other, and how the second has to be turned to lie on the first.
import type { DuplicatePhoto } from '@semblance/contract';

/** Shapes closer than this are one: resizing rounds to whole pixels. */
const SAME_SHAPE = 0.02;

/** Clockwise, after mirroring. */
export type Turn = 0 | 90 | 180 | 270;

/** The kept (suggested) photo, and the first of the others. */
export function otherOf(photos: readonly DuplicatePhoto[]): { a: number; b: number } {
  const suggested = photos.findIndex((photo) => photo.suggested);
  const kept = photos.findIndex((photo) => photo.keep);
  const a = Math.max(0, suggested >= 0 ? suggested : kept);
  return { a, b: a === 0 ? Math.min(1, photos.length - 1) : 0 };
}

/** A first guess; by how much a photo was rotated nobody says, so the person can turn it on. */
export function alignment(a: DuplicatePhoto, b: DuplicatePhoto): { flip: boolean; turn: Turn } {
  const differ = (change: string) => a.changes.includes(change) !== b.changes.includes(change);
  const turn = differ('rotated') ? (hasShapeOf(a, b, 90) ? 90 : 180) : 0;
  return { flip: differ('mirrored'), turn };
}

/** Whether `b`, so turned, has the shape of `a`. */
export function hasShapeOf(a: DuplicatePhoto, b: DuplicatePhoto, turn: Turn): boolean {
  const shape = b.width / b.height;
  const turned = turn === 90 || turn === 270 ? 1 / shape : shape;
  return Math.abs(a.width / a.height / turned - 1) < SAME_SHAPE;
}

export function nextTurn(turn: Turn): Turn {
  return turn === 0 ? 90 : turn === 90 ? 180 : turn === 180 ? 270 : 0;
}
