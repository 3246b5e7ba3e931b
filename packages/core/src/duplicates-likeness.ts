// What a comparison of two photos says, and which of its words count against a copy.

/** `none`: compared, and not alike. `burst` and `similar` are different photos. */
export type LikenessKind = 'exact' | 'resaved' | 'edited' | 'burst' | 'similar' | 'none';

/** What was done to one of the two, seen from the other. */
export type Change =
  | 'metadata'
  | 'resized'
  | 'recompressed'
  | 'converted'
  | 'rotated'
  | 'mirrored'
  | 'cropped'
  | 'extended'
  | 'border'
  | 'recoloured'
  | 'grey'
  | 'overlay';

export interface Likeness {
  kind: LikenessKind;
  /** What makes `a` differ from `b`, and `b` from `a`. */
  ofA: Change[];
  ofB: Change[];
  /** Share of the picture that differs after alignment, 0 to 1; null when not aligned. */
  difference: number | null;
}

/** Signs that a photo was made from the other one. Which of two was turned, recoloured or written over, pixels do not say. */
const FLAWS: ReadonlySet<Change> = new Set(['cropped', 'border', 'grey']);

export function countFlaws(changes: readonly Change[]): number {
  return changes.filter((change) => FLAWS.has(change)).length;
}

export const DELETABLE: readonly LikenessKind[] = ['exact', 'resaved', 'edited'];

/** Of a group: as careful as its most doubtful member. */
export function weakestKind(kinds: readonly LikenessKind[]): 'exact' | 'resaved' | 'edited' {
  if (kinds.includes('edited')) return 'edited';
  return kinds.includes('resaved') ? 'resaved' : 'exact';
}
