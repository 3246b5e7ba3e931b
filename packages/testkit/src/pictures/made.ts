// Scenes of things that people make: paper, drawings, towns, food, a playing field.
import type { Random } from '../random.ts';
import {
  blur,
  ellipse,
  glow,
  gradient,
  group,
  HEIGHT,
  many,
  path,
  pick,
  polygon,
  rect,
  WIDTH,
} from './svg.ts';

export function receipt(random: Random): string {
  const width = random(400, 470);
  const left = (WIDTH - width) / 2;
  const word = (x: number, y: number, length: number, size: number): string =>
    many(length / (size * 0.8), (i) =>
      random() < 0.14
        ? ''
        : rect(
            x + i * size * 0.8,
            y + random(0, size * 0.25),
            size * random(0.3, 0.6),
            size * random(0.7, 1),
            '#2a2a2e',
          ),
    );
  const line = (i: number): string => {
    const y = 190 + i * 30;
    return word(left + 36, y, random(90, 210), 13) + word(left + width - 100, y, 62, 13);
  };
  const paper = [
    rect(left + 10, 14, width, 780, '#000000', 'opacity="0.25"'),
    rect(left, 4, width, 792, '#f6f4ee'),
    word(left + width / 2 - 110, 50, 220, 26),
    word(left + width / 2 - 90, 100, 180, 12),
    word(left + width / 2 - 70, 124, 140, 12),
    rect(left + 30, 160, width - 60, 2, '#55555a'),
    many(13, line),
    rect(left + 30, 590, width - 60, 2, '#55555a'),
    word(left + 36, 612, 120, 20) + word(left + width - 140, 612, 104, 20),
    many(44, (i) => rect(left + 70 + i * 6.4, 690, random(1.5, 5), 66, '#1c1c20')),
  ].join('');
  const turn = random(-2.5, 2.5);
  return [
    gradient('table', [0, pick(random, '#8a8580', '#7b7f86', '#9a8b78')], [1, '#55524e']),
    rect(0, 0, WIDTH, HEIGHT, 'url(#table)'),
    group(paper, `transform="rotate(${turn} 600 400)"`),
  ].join('');
}

/** A child's pencil drawing. */
export function drawing(random: Random): string {
  const j = (): number => random(-7, 7);
  const stroke = (d: string): string =>
    path(d, 'none', 'stroke="#333338" stroke-width="5" stroke-linecap="round" stroke-linejoin="round"');
  const twice = (d: () => string): string => stroke(d()) + stroke(d());
  const x = random(380, 520);
  const sun = random() < 0.5 ? 200 : 1000;
  return [
    rect(0, 0, WIDTH, HEIGHT, '#fbfaf6'),
    twice(
      () =>
        `M ${x + j()} ${640 + j()} L ${x + j()} ${400 + j()} L ${x + 300 + j()} ${400 + j()} L ${x + 300 + j()} ${640 + j()} Z`,
    ),
    twice(
      () => `M ${x - 30 + j()} ${400 + j()} L ${x + 150 + j()} ${250 + j()} L ${x + 330 + j()} ${400 + j()}`,
    ),
    twice(
      () =>
        `M ${x + 120 + j()} 640 L ${x + 120 + j()} ${510 + j()} L ${x + 190 + j()} ${510 + j()} L ${x + 190 + j()} 640`,
    ),
    twice(() => `M ${x + 30 + j()} ${440 + j()} h 60 v 56 h -60 Z M ${x + 60} 440 v 56`),
    twice(() => `M ${x + 215 + j()} ${440 + j()} h 60 v 56 h -60 Z M ${x + 245} 440 v 56`),
    twice(() => `M ${sun + 60 + j()} ${150 + j()} a 60 60 0 1 1 -0.1 -4`),
    many(12, (i) => {
      const a = (i / 12) * 6.283;
      return stroke(
        `M ${sun + Math.cos(a) * 84} ${150 + Math.sin(a) * 84} L ${sun + Math.cos(a) * 130 + j()} ${150 + Math.sin(a) * 130 + j()}`,
      );
    }),
    ...[random(140, 240), random(900, 1040)].map(
      (at) =>
        twice(() => `M ${at + j()} 650 L ${at + j()} 520 M ${at + 34 + j()} 650 L ${at + 34 + j()} 520`) +
        twice(
          () =>
            `M ${at - 40} ${520 + j()} c -70 -20 -60 -110 10 -110 c 10 -80 110 -80 120 0 c 70 0 70 100 0 110 Z`,
        ),
    ),
    twice(() => `M 40 ${652 + j()} Q 400 ${636 + j()} 640 ${654 + j()} T 1160 ${648 + j()}`),
    many(40, () => {
      const at = random(60, 1140);
      return stroke(`M ${at} 690 l ${random(-6, 6)} -22 l 10 20`);
    }),
  ].join('');
}

export function city(random: Random): string {
  const block = (x: number, width: number, top: number, tone: string, glass: string): string =>
    rect(x, top, width, HEIGHT - top, tone) +
    many(Math.floor((740 - top) / 26), (row) =>
      many(Math.floor((width - 14) / 22), (column) =>
        rect(
          x + 10 + column * 22,
          top + 16 + row * 26,
          13,
          16,
          random() < 0.2 ? '#e8eef2' : glass,
          'opacity="0.9"',
        ),
      ),
    );
  return [
    gradient('sky', [0, '#6fa3d0'], [1, '#dfe9ee']),
    rect(0, 0, WIDTH, HEIGHT, 'url(#sky)'),
    many(14, (i) =>
      block(
        i * 88 + random(-20, 10),
        random(70, 110),
        random(260, 420),
        pick(random, '#8f9aa5', '#a3a8ab'),
        '#6d7d8c',
      ),
    ),
    many(8, (i) =>
      block(
        i * 150 + random(-30, 20),
        random(110, 160),
        random(130, 380),
        pick(random, '#6b6f76', '#8a6f5c', '#59626c', '#a08a74'),
        '#33475a',
      ),
    ),
    polygon(
      [
        [0, HEIGHT],
        [0, 770],
        [WIDTH, 750],
        [WIDTH, HEIGHT],
      ],
      '#4a4c50',
    ),
    many(9, (i) => rect(i * 140 + 20, 776, 70, 6, '#d8d4c4')),
  ].join('');
}

export function pizza(random: Random): string {
  const x = 600 + random(-30, 30);
  const y = 400 + random(-15, 15);
  const size = random(330, 370);
  const scatter = (count: number, draw: (px: number, py: number) => string): string =>
    many(count, () => {
      const angle = random(0, 6.283);
      const far = Math.sqrt(random()) * size * 0.78;
      return draw(x + Math.cos(angle) * far, y + Math.sin(angle) * far);
    });
  return [
    glow('crust', [0, '#e2b060'], [0.9, '#d39a4a'], [1, '#9a6425']),
    glow('cheese', [0, '#f7d67a'], [1, '#eab54c']),
    blur('melt', 5),
    rect(0, 0, WIDTH, HEIGHT, pick(random, '#6d4a30', '#5a4636', '#7c5a3d')),
    many(9, (i) => rect(0, i * 92, WIDTH, 3, '#3d2a1b', 'opacity="0.6"')),
    ellipse(x + 14, y + 18, size + 16, size + 14, '#000000', 'opacity="0.35"'),
    ellipse(x, y, size, size, 'url(#crust)'),
    ellipse(x, y, size * 0.9, size * 0.9, '#b8371c'),
    group(
      ellipse(x, y, size * 0.86, size * 0.86, 'url(#cheese)') +
        scatter(26, (px, py) => ellipse(px, py, random(14, 40), random(10, 30), '#cf5a28', 'opacity="0.55"')),
      'filter="url(#melt)"',
    ),
    scatter(15, (px, py) => ellipse(px, py, 40, 38, '#a3231b') + ellipse(px - 3, py - 4, 33, 31, '#c8402c')),
    scatter(12, (px, py) => path(`M ${px} ${py} q 26 -26 52 0 q -26 22 -52 0 Z`, '#3f7a2d')),
    scatter(14, (px, py) => ellipse(px, py, 12, 12, '#2b2330') + ellipse(px, py, 5, 5, '#e6b95a')),
  ].join('');
}

/** A match from the stands: striped grass, lines, two teams. */
export function football(random: Random): string {
  const player = (shirt: string): string => {
    const y = random(300, 720);
    const x = random(80, 1120);
    const s = 0.25 + (y - 240) / 900;
    return [
      ellipse(x + 20 * s, y + 62 * s, 44 * s, 9 * s, '#1c3d17', 'opacity="0.6"'),
      polygon(
        [
          [x - 12 * s, y],
          [x - 26 * s, y + 62 * s],
          [x - 12 * s, y + 62 * s],
          [x, y + 14 * s],
          [x + 16 * s, y + 60 * s],
          [x + 30 * s, y + 54 * s],
          [x + 12 * s, y],
        ],
        '#e8e4de',
      ),
      rect(x - 18 * s, y - 66 * s, 36 * s, 70 * s, shirt, `rx="${10 * s}"`),
      polygon(
        [
          [x - 18 * s, y - 60 * s],
          [x - 48 * s, y - 24 * s],
          [x - 40 * s, y - 16 * s],
          [x - 14 * s, y - 40 * s],
        ],
        '#c99371',
      ),
      polygon(
        [
          [x + 18 * s, y - 60 * s],
          [x + 46 * s, y - 40 * s],
          [x + 42 * s, y - 30 * s],
          [x + 14 * s, y - 40 * s],
        ],
        '#c99371',
      ),
      ellipse(x, y - 84 * s, 16 * s, 19 * s, pick(random, '#c99371', '#8a5a3c', '#e0b08c')),
      ellipse(x, y - 94 * s, 16 * s, 11 * s, '#2a2018'),
    ].join('');
  };
  return [
    rect(0, 0, WIDTH, 250, '#3c4250'),
    many(900, () =>
      ellipse(
        random(0, WIDTH),
        random(10, 226),
        5,
        6,
        pick(random, '#b4523f', '#d5cfc4', '#5b6f8f', '#c9a27c', '#2c2f38'),
      ),
    ),
    rect(0, 216, WIDTH, 40, '#24407a'),
    rect(0, 250, WIDTH, HEIGHT - 250, '#3f8a35'),
    many(7, (i) => rect(i * 180 - 40, 250, 90, 560, '#4c9a3f')),
    path('M -20 330 L 1220 300 M 610 316 L 700 820', 'none', 'stroke="#eef2ea" stroke-width="6"'),
    path('M 430 540 a 220 90 0 1 0 440 0 a 220 90 0 1 0 -440 0', 'none', 'stroke="#eef2ea" stroke-width="6"'),
    many(7, () => player('#c22a2a')),
    many(7, () => player('#2450b0')),
    ellipse(random(400, 800), random(560, 700), 15, 15, '#f6f6f2', 'stroke="#222" stroke-width="3"'),
  ].join('');
}
