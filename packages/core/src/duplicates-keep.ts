// Which of several copies to keep, by rules in the order of the person, and why, in facts that can be shown.
import type { KeepReason, KeepRule, RulePreset } from '@semblance/contract';

/** What the rules look at. Null: not known, and then the rule does not speak of this file. */
export interface KeepCandidate {
  id: number;
  path: string;
  reference: boolean;
  /** Place in the list of preferred folders, 0 best; null when in none. */
  preferred: number | null;
  /** A camera's raw file, or beside one. */
  raw: boolean;
  /** Favourite, stars, albums and labels, as one number. */
  caredFor: number;
  /** Signs that it was made from another one of the group: cropped, grey, with a border, mirrored. */
  flaws: number;
  pixels: number;
  /** Share of the pixels that hold detail, 0 to 1: an enlarged picture has few. */
  detail: number | null;
  /** Of date, camera and place, how many the file itself says. */
  metadata: number;
  sharpness: number | null;
  /** `exposureOf` the whole picture, 0 to 1. */
  exposure: number | null;
  /** JPEG quality, 1 to 100; 100 for formats without loss, 0 for 256 colours. */
  compression: number | null;
  modifiedAt: number;
  bytes: number;
}

export const PRESETS: Readonly<Record<RulePreset, readonly KeepRule[]>> = {
  // Not sharpness: among copies it speaks for those that were sharpened or given more contrast.
  'best-quality': [
    ...(['reference-folder', 'raw', 'original', 'detail', 'metadata', 'oldest', 'compression'] as const),
    ...(['cared-for', 'preferred-folder'] as const),
  ],
  oldest: ['reference-folder', 'oldest', 'original', 'detail', 'metadata', 'compression'],
  'preferred-folder': [
    'reference-folder',
    'preferred-folder',
    'raw',
    'original',
    'detail',
    'compression',
    'oldest',
  ],
  smallest: ['reference-folder', 'smallest', 'metadata', 'oldest'],
};

/**
 * Of photos of a burst nothing is a copy of anything: the look decides. Exposure before sharpness, because a shot that is
 * too bright or in which a flash went off is no less sharp.
 */
export const BURST_ORDER: readonly KeepRule[] = [
  'reference-folder',
  'cared-for',
  'exposure',
  'sharpness',
  'raw',
];

const HOUR_MS = 3_600_000;

interface RuleView {
  /** Greater is better. Null: not known. */
  value(candidate: KeepCandidate): number | null;
  /** Values of one step count as equal, so that nothing is decided by a rounding. */
  step?(value: number): number;
  /** What is shown, when it is not the value. */
  shown?(candidate: KeepCandidate): number | null;
}

/** Steps of 10 %, 25 %: on a log scale every step is the same share. */
const share =
  (ratio: number) =>
  (value: number): number =>
    Math.round(Math.log(Math.max(value, 1e-9)) / Math.log(ratio));

const RULES: Readonly<Record<KeepRule, RuleView>> = {
  'reference-folder': { value: (c) => Number(c.reference) },
  'preferred-folder': {
    value: (c) => (c.preferred === null ? -1000 : -c.preferred),
    shown: (c) => c.preferred,
  },
  raw: { value: (c) => Number(c.raw) },
  'cared-for': { value: (c) => c.caredFor },
  original: { value: (c) => -c.flaws, shown: (c) => c.flaws },
  // Megapixels that are really there.
  detail: { value: (c) => (c.pixels * (c.detail ?? 1)) / 1e6, step: share(1.1) },
  metadata: { value: (c) => c.metadata },
  sharpness: { value: (c) => c.sharpness, step: share(1.15) },
  // Scenes differ by as much from shot to shot.
  exposure: { value: (c) => c.exposure, step: (value) => Math.round(value * 8) },
  compression: { value: (c) => c.compression, step: (value) => Math.round(value / 5) },
  // Files copied one after another are as old as each other.
  oldest: {
    value: (c) => -c.modifiedAt,
    step: (value) => Math.round(value / HOUR_MS),
    shown: (c) => c.modifiedAt,
  },
  smallest: { value: (c) => -c.bytes, shown: (c) => c.bytes },
};

/** Positive when `a` is to be kept rather than `b` by this rule; 0 when it does not tell them apart. */
function prefer(rule: KeepRule, a: KeepCandidate, b: KeepCandidate): number {
  const { value, step = (x) => x } = RULES[rule];
  const [mine, other] = [value(a), value(b)];
  return mine === null || other === null ? 0 : step(mine) - step(other);
}

/**
 * Best first. Of files that no rule tells apart the larger one comes first: where one of them is a WebP or an AVIF, nobody
 * knows how hard each was compressed, and the lossless one must not go; a GIF is last, however large. The rest stand by name, so that the answer is the
 * same every time: the shorter name first ("a.jpg" before "a (1).jpg"), then the path.
 *
 * A rule that some file of the group knows nothing of is left out for all, or the order would go in circles.
 */
export function rankForKeeping(
  candidates: readonly KeepCandidate[],
  order: readonly KeepRule[],
): KeepCandidate[] {
  const usable = order.filter((rule) => candidates.every((c) => RULES[rule].value(c) !== null));
  return [...candidates].sort((a, b) => {
    for (const rule of usable) {
      const better = prefer(rule, b, a);
      if (better !== 0) return better;
    }
    return (
      Number(a.compression === 0) - Number(b.compression === 0) ||
      b.bytes - a.bytes ||
      nameLength(a) - nameLength(b) ||
      (a.path < b.path ? -1 : Number(a.path > b.path)) ||
      a.id - b.id
    );
  });
}

/**
 * Of the kept one: what it has over the best of the others that any rule tells from it. Of another: how it stands against
 * the kept one.
 */
export function keepReasons(
  candidate: KeepCandidate,
  ranked: readonly KeepCandidate[],
  order: readonly KeepRule[],
): KeepReason[] {
  const [kept, ...others] = ranked;
  const tells = (other: KeepCandidate): boolean => order.some((rule) => prefer(rule, candidate, other) !== 0);
  const other = candidate === kept ? others.find(tells) : kept;
  if (other === undefined) return [];
  return order.flatMap((rule): KeepReason[] => {
    const better = prefer(rule, candidate, other);
    if (better === 0) return [];
    const { value, shown = value } = RULES[rule];
    return [{ rule, better: better > 0, value: shown(candidate), other: shown(other) }];
  });
}

function nameLength({ path }: KeepCandidate): number {
  return path.length - Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\'));
}
