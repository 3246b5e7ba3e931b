// Pictures laid over one another: what was done to them is found, and another picture is never a copy.
import { describe, expect, test } from 'vitest';
import {
  align,
  comparable,
  detailOf,
  exposureOf,
  jpegQualityOf,
  judge,
  type Likeness,
  type LikenessKind,
  type PictureToCompare,
  type Plane,
  type Rgb,
  resize,
  type ShotFacts,
  turnPicture,
  weigh,
} from '../src/index.ts';

type Paint = (u: number, v: number) => [number, number, number];

/** Waves of many sizes in three colours, and a few hard edges. */
function scene(seed: number, shift = 0): Paint {
  const wave = (u: number, v: number, k: number): number => {
    const [p, q] = [Math.sin(seed * 12.9 + k * 4.1) * 9, Math.cos(seed * 7.3 + k * 2.7) * 9];
    return Math.sin(p * (u + shift) * 3 + q * v * 3 + k + seed);
  };
  return (u, v) => {
    const disc = Math.hypot(u - 0.3 - 0.1 * Math.sin(seed), v - 0.6) < 0.15 ? 50 : 0;
    const base = 120 + 25 * (wave(u, v, 1) + wave(u, v, 2) + wave(u, v, 3)) + disc;
    return [base + 20 * wave(u, v, 4), base + 10 * wave(u, v, 5), base - 30 * wave(u, v, 4)];
  };
}

function paint(of: Paint, width = 240, height = 160): Rgb {
  const data = new Uint8Array(width * height * 3);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const colour = of((x + 0.5) / width, (y + 0.5) / height);
      for (let c = 0; c < 3; c++) data[3 * (y * width + x) + c] = Math.max(0, Math.min(255, colour[c] ?? 0));
    }
  }
  return { data, width, height };
}

function of(picture: Rgb, scale = 16): PictureToCompare {
  const { width, height } = picture;
  return {
    picture,
    prepared: comparable(picture),
    width: width * scale,
    height: height * scale,
    format: 'jpeg',
  };
}

const original = of(paint(scene(1)));
const verdict = (a: PictureToCompare, b: PictureToCompare): Likeness => judge(a, b, align(a, b));
const grain = (n: number): number => ((Math.imul(n + 1, 2_654_435_761) >>> 24) - 128) / 32;

const framed: Paint = (u, v) => {
  const [x, y] = [(u - 0.06) / 0.88, (v - 0.09) / 0.82];
  return x < 0 || y < 0 || x > 1 || y > 1 ? [255, 255, 255] : scene(1)(x, y);
};
const written: Paint = (u, v) =>
  v > 0.85 && v < 0.92 && u < 0.5 && Math.sin(u * 150) > 0 ? [255, 255, 255] : scene(1)(u, v);

describe('copies', () => {
  test.each<[string, PictureToCompare, LikenessKind, string[]]>([
    ['smaller', of(paint(scene(1), 120, 80), 4), 'resaved', ['resized']],
    ['noisier', of(noisy(original.picture)), 'resaved', ['recompressed']],
    ['another format', { ...original, format: 'webp' }, 'resaved', ['converted']],
    ['mirrored', of(turnPicture(original.picture, 1)), 'edited', ['mirrored']],
    ['a quarter turned', of(turnPicture(original.picture, 2)), 'edited', ['rotated']],
    [
      'cropped',
      of(paint((u, v) => scene(1)(0.03 + 0.85 * u, 0.1 + 0.85 * v), 240, 160)),
      'edited',
      ['cropped'],
    ],
    ['with a border', of(paint(framed)), 'edited', ['border']],
    ['darker', of(paint((u, v) => dim(scene(1)(u, v)))), 'edited', ['recoloured']],
    ['grey', of(paint((u, v) => grey(scene(1)(u, v)))), 'edited', ['grey']],
    ['written on', of(paint(written)), 'edited', ['overlay']],
    ['squeezed', of(paint(scene(1), 160, 160)), 'resaved', ['resized']],
  ])('%s', (_, other, kind, changes) => {
    const found = verdict(original, other);
    expect(found).toMatchObject({ kind });
    expect(found.ofB).toEqual(expect.arrayContaining(changes));
    // Whichever comes first.
    expect(verdict(other, original)).toMatchObject({ kind, ofA: expect.arrayContaining(changes) });
  });
});

describe('no copies', () => {
  test.each<[string, PictureToCompare]>([
    ['another picture', of(paint(scene(2)))],
    ['the same colours elsewhere', of(paint((u, v) => scene(1)(1.7 * v, 0.9 - u)))],
    ['a camera that moved: both show what the other does not', of(paint(scene(1, 0.06)))],
    ['half of it another picture', of(paint((u, v) => (u < 0.5 ? scene(1)(u, v) : scene(3)(u, v))))],
    ['an empty picture', of(paint(() => [128, 128, 128]))],
  ])('%s', (_, other) => {
    expect(verdict(original, other).kind).toBe('none');
    expect(verdict(other, original).kind).toBe('none');
  });

  test('two empty pictures', () => {
    const [one, two] = [of(paint(() => [200, 200, 200])), of(paint(() => [90, 90, 90]))];
    expect(verdict(one, two).kind).toBe('none');
  });
});

describe('what dates, cameras and names add', () => {
  const shot = (over: Partial<ShotFacts>): ShotFacts => ({
    ...{ camera: 'Maker M', dated: true, takenAt: 1_000_000, width: 4000, height: 3000, names: ['IMG_0001'] },
    ...over,
  });
  const looks = { cosine: 0.95, quick: 0.9 };
  const like = (kind: LikenessKind): Likeness => ({ kind, ofA: [], ofB: [], difference: 0 });
  test.each<[string, LikenessKind, Partial<ShotFacts>, LikenessKind]>([
    ['a copy keeps date and camera', 'resaved', { names: ['IMG_0001 (1)'] }, 'resaved'],
    ['a copy may have lost both', 'resaved', { camera: null, dated: false, takenAt: 5 }, 'resaved'],
    ['a second later is another shot', 'resaved', { takenAt: 1_002_000 }, 'burst'],
    ['a minute later is another shot, and no burst', 'edited', { takenAt: 1_060_000 }, 'similar'],
    ['the same second, and the camera counted on', 'edited', { names: ['IMG_0002'] }, 'burst'],
    [
      'smaller under another number is a copy',
      'resaved',
      { names: ['IMG_0002'], width: 800, height: 600 },
      'resaved',
    ],
    ['the same pixels under another date are the same', 'exact', { takenAt: 1_002_000 }, 'exact'],
    ['a burst need not be a copy', 'none', { takenAt: 1_003_000 }, 'burst'],
    ['alike and nothing more', 'none', { camera: null }, 'similar'],
  ])('%s', (_, pixels, other, expected) => {
    expect(weigh(like(pixels), shot({}), shot(other), looks).kind).toBe(expected);
  });

  test('shots of one second that look different are no burst', () => {
    const different = { cosine: 0.3, quick: 0.1 };
    expect(weigh(like('none'), shot({}), shot({ takenAt: 1_001_000 }), different).kind).toBe('none');
  });
});

describe('quality of a file', () => {
  const sharp: Plane = {
    width: 128,
    height: 128,
    data: Float32Array.from({ length: 128 * 128 }, (_, i) => 128 + 20 * grain(i)),
  };

  test('an enlarged picture holds less detail than it has pixels', () => {
    expect(detailOf(sharp)).toBe(1);
    const enlarged = enlarge(resize(sharp, 32, 32), 128);
    expect(detailOf(enlarged)).toBeLessThan(0.6);
  });

  test('a picture that is too dark or too bright is less well exposed', () => {
    const levels = (shift: number): Plane => ({
      ...sharp,
      data: sharp.data.map((level) => Math.min(255, Math.max(0, level + shift))),
    });
    expect(exposureOf(sharp)).toBeGreaterThan(0.6);
    expect(exposureOf(levels(-100))).toBeLessThan(0.4);
    expect(exposureOf(levels(100))).toBeLessThan(0.4);
    expect(exposureOf({ width: 0, height: 0, data: new Float32Array(0) })).toBe(0);
  });

  test('the quality of a JPEG is read from its table', () => {
    const table = (value: number): Uint8Array =>
      Uint8Array.from([
        0xff,
        0xd8,
        0xff,
        0xdb,
        0,
        67,
        0,
        ...Array.from({ length: 64 }, () => value),
        0xff,
        0xda,
        0,
        2,
      ]);
    expect(jpegQualityOf(table(1))).toBeGreaterThan(97);
    expect(jpegQualityOf(table(58))).toBeGreaterThan(45);
    expect(jpegQualityOf(table(58))).toBeLessThan(55);
    expect(jpegQualityOf(table(255))).toBeLessThan(15);
    expect(jpegQualityOf(new Uint8Array(9))).toBeNull();
  });
});

function noisy({ data, width, height }: Rgb): Rgb {
  return { data: data.map((level, i) => Math.max(0, Math.min(255, level + grain(i)))), width, height };
}

function dim([r, g, b]: [number, number, number]): [number, number, number] {
  return [r * 0.7, g * 0.7, b * 0.7];
}

function grey([r, g, b]: [number, number, number]): [number, number, number] {
  const level = 0.3 * r + 0.59 * g + 0.11 * b;
  return [level, level, level];
}

/** Linear, as the simplest programs do. */
function enlarge(small: Plane, side: number): Plane {
  const data = new Float32Array(side * side);
  const ratio = small.width / side;
  for (let y = 0; y < side; y++) {
    for (let x = 0; x < side; x++) {
      const [u, v] = [Math.max(0, (x + 0.5) * ratio - 0.5), Math.max(0, (y + 0.5) * ratio - 0.5)];
      const [left, top] = [
        Math.min(small.width - 2, Math.floor(u)),
        Math.min(small.height - 2, Math.floor(v)),
      ];
      const [fx, fy] = [u - left, v - top];
      const at = (i: number, j: number): number => small.data[(top + j) * small.width + left + i] ?? 0;
      const above = at(0, 0) * (1 - fx) + at(1, 0) * fx;
      const below = at(0, 1) * (1 - fx) + at(1, 1) * fx;
      data[y * side + x] = above * (1 - fy) + below * fy;
    }
  }
  return { width: side, height: side, data };
}
