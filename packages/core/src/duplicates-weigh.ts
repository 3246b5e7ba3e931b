// What dates, cameras and names add to the verdict of the pixels: two shots are never copies, however alike they are.
import type { Likeness } from './duplicates-likeness.ts';

export interface ShotFacts {
  /** Make and model, from the file. */
  camera: string | null;
  /** Whether the file itself says when it was taken. */
  dated: boolean;
  /** Milliseconds. */
  takenAt: number;
  width: number;
  height: number;
  /** File names without folder and ending. */
  names: readonly string[];
}

/** Shots of one camera so near in time are a burst when they look alike: milliseconds. */
export const BURST_MS = 5000;
/** Cosine of the model's vectors from which two pictures look alike; measured with the starter model. */
export const ALIKE_COSINE = 0.86;
export const SIMILAR_COSINE = 0.9;
/** Correlation of the small grey pictures from which two photos look alike. */
const ALIKE_QUICK = 0.75;

/** What two photos look like: cosine of the vectors, null when not known; correlation of the small grey pictures. */
export interface Looks {
  cosine: number | null;
  quick: number;
}

/** False for what `weigh` calls nothing whatever the dates and names, as long as the pixels do not show a copy. */
export function mayBeAlike({ cosine, quick }: Looks): boolean {
  return looksAlike(cosine ?? -1, quick) || (cosine ?? -1) >= SIMILAR_COSINE;
}

function looksAlike(cosine: number, quick: number): boolean {
  return cosine >= ALIKE_COSINE || quick >= ALIKE_QUICK;
}

export function weigh(likeness: Likeness, a: ShotFacts, b: ShotFacts, looks: Looks): Likeness {
  const copy = likeness.kind === 'exact' || likeness.kind === 'resaved' || likeness.kind === 'edited';
  if (likeness.kind === 'exact' || (copy && !areTwoShots(a, b))) return likeness;
  const cosine = looks.cosine ?? -1;
  const alike = copy || looksAlike(cosine, looks.quick);
  const kind = alike && isBurst(a, b) ? 'burst' : copy || cosine >= SIMILAR_COSINE ? 'similar' : 'none';
  return { kind, ofA: [], ofB: [], difference: likeness.difference };
}

/** Both say with what camera and when, and not the same second; or the camera counted on between them. */
function areTwoShots(a: ShotFacts, b: ShotFacts): boolean {
  if (a.camera === null || b.camera === null || !a.dated || !b.dated) return false;
  if (Math.abs(a.takenAt - b.takenAt) >= 1000) return true;
  const sameSize = a.width * a.height === b.width * b.height;
  return sameSize && a.names.every((one) => b.names.every((other) => counted(one, other)));
}

function isBurst(a: ShotFacts, b: ShotFacts): boolean {
  const sameCamera = a.camera !== null && a.camera === b.camera && a.dated && b.dated;
  return sameCamera && Math.abs(a.takenAt - b.takenAt) <= BURST_MS;
}

/** IMG_0001 and IMG_0002: as many digits at the end of the same word, of another number. */
function counted(one: string, other: string): boolean {
  const [left, right] = [/^(.*?)(\d{3,})$/.exec(one), /^(.*?)(\d{3,})$/.exec(other)];
  if (left === null || right === null) return false;
  const alike = left[1]?.toLowerCase() === right[1]?.toLowerCase() && left[2]?.length === right[2]?.length;
  return alike && left[2] !== right[2];
}
