// Two photos, pixel by pixel after alignment: is one made from the other, and how?
import { findInside, invert, type Mapping, type Placement, refine, WHOLE } from './duplicates-align.ts';
import type { Change, Likeness } from './duplicates-likeness.ts';
import { isFrame, type Measured, measure } from './duplicates-measure.ts';
import {
  type ComparablePicture,
  comparable,
  correlation,
  type Plane,
  type Rgb,
  turnPicture,
  turnSquare,
} from './duplicates-raster.ts';
import { TURNS, type Turn } from './duplicates-signature.ts';

export interface PictureToCompare {
  /** Of at most COMPARE_SIDE pixels. */
  picture: Rgb;
  prepared: ComparablePicture;
  /** Full size, upright. */
  width: number;
  height: number;
  format: string;
}

/** The best way found to lay one over the other. */
export interface Alignment {
  /** How `b` is laid down. */
  turn: Turn;
  inner: 'a' | 'b';
  mapping: Mapping;
  measured: Measured;
  /** What the outer picture shows around the inner one is empty: a border. */
  framed: boolean;
}

/** Coarse correlation below which a fit is not tried. */
const WORTH_A_FIT = 0.45;
const MOST_FITS = 3;

interface Hypothesis extends Placement {
  turn: Turn;
  inner: 'a' | 'b';
}

/** Null when the two cannot be laid over one another. */
export function align(a: PictureToCompare, b: PictureToCompare): Alignment | null {
  const turned = new Map<Turn, ComparablePicture>([[0, b.prepared]]);
  const laid = (turn: Turn): ComparablePicture => {
    const known = turned.get(turn) ?? comparable(turnPicture(b.picture, turn));
    turned.set(turn, known);
    return known;
  };
  let best: Alignment | null = null;
  const attempt = ({ turn, inner, mapping }: Hypothesis): boolean => {
    const [small, large] = inner === 'a' ? [a.prepared, laid(turn)] : [laid(turn), a.prepared];
    const fitted = refine(small, large, mapping);
    if (fitted === null) return false;
    // What covers more than the other one is the outer one, whatever the search took it for.
    const turnedRound = fitted[0] * fitted[4] > 1.004 ? invert(fitted) : null;
    const placed = turnedRound ?? fitted;
    const [within, around] = turnedRound === null ? [small, large] : [large, small];
    if (!isPlausible(placed)) return false;
    const measured = measure(within, around, placed);
    if (measured === null) return false;
    if (best === null || worth(measured) > worth(best.measured)) {
      const innerNow = turnedRound === null ? inner : otherOf(inner);
      const framed = isFrame(around, placed);
      best = { turn, inner: innerNow, mapping: placed, measured, framed };
    }
    return measured.difference < 0.05 && measured.median > 0.97;
  };
  const squares = TURNS.map((turn) => turnSquare(b.prepared.square, turn));
  const whole = wholeFrames(a, squares);
  // Most copies show the same frame; the search for cut-outs is the dearer part.
  for (const hypothesis of whole.slice(0, 2)) {
    if (hypothesis.score > WORTH_A_FIT && attempt(hypothesis)) return best;
  }
  for (const hypothesis of cutOuts(a, b, squares, whole[0]?.turn ?? 0)) if (attempt(hypothesis)) return best;
  return best;
}

function worth({ median, difference }: Measured): number {
  return median - difference;
}

function wholeFrames(a: PictureToCompare, squares: readonly Plane[]): Hypothesis[] {
  return TURNS.map((turn): Hypothesis => {
    const score = correlation(a.prepared.square.data, squares[turn]?.data ?? new Float32Array(0));
    return { turn, inner: 'b', mapping: WHOLE, score };
  }).sort((x, y) => y.score - x.score);
}

function cutOuts(
  a: PictureToCompare,
  b: PictureToCompare,
  squares: readonly Plane[],
  likely: Turn,
): Hypothesis[] {
  return [...new Set<Turn>([0, likely])]
    .flatMap((turn): Hypothesis[] => {
      const square = squares[turn];
      if (square === undefined) return [];
      const swapped = (turn >> 1) % 2 === 1;
      const ratio = (swapped ? b.height / b.width : b.width / b.height) / (a.width / a.height);
      return [
        { turn, inner: 'b', ...findInside(square, a.prepared.square, ratio) },
        { turn, inner: 'a', ...findInside(a.prepared.square, square, 1 / ratio) },
      ];
    })
    .filter(({ score }) => score > WORTH_A_FIT)
    .sort((x, y) => y.score - x.score)
    .slice(0, MOST_FITS);
}

function otherOf(which: 'a' | 'b'): 'a' | 'b' {
  return which === 'a' ? 'b' : 'a';
}

/** Edits cut, squeeze and straighten a little; they do not shear or blow up. */
function isPlausible(m: Mapping): boolean {
  const upright = Math.abs(m[1]) < 0.25 && Math.abs(m[3]) < 0.25;
  return upright && m[0] > 0.45 && m[0] < 1.15 && m[4] > 0.45 && m[4] < 1.15;
}

/** How far the corners of the inner picture stick out of the outer one, in shares of its side. */
export function sticksOut(m: Mapping): number {
  const corners = [
    [0, 0],
    [1, 0],
    [0, 1],
    [1, 1],
  ] as const;
  return Math.max(
    0,
    ...corners.flatMap(([u, v]) => {
      const [x, y] = [m[0] * u + m[1] * v + m[2], m[3] * u + m[4] * v + m[5]];
      return [-x, x - 1, -y, y - 1];
    }),
  );
}

/** How far the corners are from those of the outer picture. */
export function cornerShift(m: Mapping): number {
  return Math.max(
    Math.abs(m[2]),
    Math.abs(m[5]),
    Math.abs(m[0] + m[2] - 1),
    Math.abs(m[4] + m[5] - 1),
    Math.abs(m[1]),
    Math.abs(m[3]),
  );
}

const NOT_ALIKE: Likeness = { kind: 'none', ofA: [], ofB: [], difference: null };

/** Within this of the edge of the outer picture it is the same frame: shares of the side, and pixels of rounding. */
const SAME_FRAME = 0.015;
const ROUNDING = 0.7;
/** An edit shows nothing that the other picture does not have; a second shot does. */
const MOST_OUTSIDE = 0.02;
/** Structural similarity of the middle window: made from one another 0.92 and more, different photos below 0.6. */
const SAME_PICTURE = 0.92;
/** The same where something was put over the picture: all the rest must be the very same. */
const SAME_REST = 0.97;
const MOST_COVERED = 0.2;
/** Mean change of colour in levels, and how far it must lie above what fitting the colours leaves. */
const RECOLOURED = 6;

/** What an alignment says by itself. Dates, cameras and names are weighed by whoever knows them. */
export function judge(a: PictureToCompare, b: PictureToCompare, found: Alignment | null): Likeness {
  if (found === null) return NOT_ALIKE;
  const { mapping, measured, turn, inner } = found;
  const { median, difference, informative } = measured;
  // Nearly empty pictures are alike without being copies.
  if (informative < 0.03 || median < SAME_PICTURE) return NOT_ALIKE;
  if (difference > (median >= SAME_REST ? MOST_COVERED : 0.05)) return { ...NOT_ALIKE, difference };
  if (sticksOut(mapping) > MOST_OUTSIDE) return { ...NOT_ALIKE, difference };

  const sides = [a.picture.width, a.picture.height, b.picture.width, b.picture.height];
  const sameFrame = cornerShift(mapping) < SAME_FRAME + ROUNDING / Math.min(...sides);
  const changes: { a: Set<Change>; b: Set<Change> } = { a: new Set(), b: new Set() };
  const both = (change: Change): void => {
    changes.a.add(change);
    changes.b.add(change);
  };
  const outer = otherOf(inner);
  if (turn % 2 === 1) both('mirrored');
  if (turn >> 1 !== 0) both('rotated');
  if (!sameFrame && found.framed) changes[outer].add('border');
  else if (!sameFrame) {
    changes[inner].add('cropped');
    changes[outer].add('extended');
  }
  const grey = greyed(measured, inner, outer);
  if (grey !== null) changes[grey].add('grey');
  else if (measured.shift > RECOLOURED && measured.shift > 1.6 * measured.residual) both('recoloured');
  const recoloured = grey !== null || changes.a.has('recoloured');
  if (difference > 0.012 || (!recoloured && isStained(measured))) both('overlay');
  const edited = changes.a.size > 0 || changes.b.size > 0;

  if (sameFrame && a.width * a.height !== b.width * b.height) both('resized');
  if (a.format !== b.format) both('converted');
  if (changes.a.size === 0 && changes.b.size === 0) both('recompressed');
  return { kind: edited ? 'edited' : 'resaved', ofA: [...changes.a], ofB: [...changes.b], difference };
}

function greyed({ chroma }: Measured, inner: 'a' | 'b', outer: 'a' | 'b'): 'a' | 'b' | null {
  if (chroma[0] < 2 && chroma[1] > 4) return inner;
  return chroma[1] < 2 && chroma[0] > 4 ? outer : null;
}

/** Thin writing hardly changes the structure of a window, but what it changes stands far above the rest. */
function isStained({ peak, usual }: Measured): boolean {
  return peak > 4 && peak > 8.5 * usual;
}
