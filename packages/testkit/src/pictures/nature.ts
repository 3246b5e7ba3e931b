// Scenes of land and plants.
import type { Random } from '../random.ts';
import { clouds } from './skies.ts';
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
  ridge,
  WIDTH,
} from './svg.ts';

export function forest(random: Random): string {
  const leaf = (): string => pick(random, '#1f4a1f', '#2f6a2a', '#3f8135', '#59983c', '#79ad4a');
  const trunk = (depth: number): string => {
    const x = random(-20, WIDTH);
    const width = (8 + 44 * depth) * random(0.7, 1.2);
    const foot = 560 + 220 * depth;
    const tone = pick(random, '#3a2a1c', '#4a3726', '#2c2016');
    return polygon(
      [
        [x, -10],
        [x + width * 0.7, -10],
        [x + width, foot],
        [x - width * 0.3, foot],
      ],
      tone,
    );
  };
  const foliage = (depth: number): string =>
    many(90, () =>
      ellipse(
        random(-40, WIDTH + 40),
        random(-40, 250 + 130 * depth),
        random(14, 46),
        random(10, 30),
        leaf(),
        'opacity="0.8"',
      ),
    );
  return [
    gradient('light', [0, '#8fb56a'], [0.5, '#cfe09a'], [1, '#47702f']),
    gradient('ground', [0, '#5c7a34'], [1, '#2a3d1b']),
    blur('far', 5),
    blur('ray', 22),
    rect(0, 0, WIDTH, HEIGHT, 'url(#light)'),
    group(many(26, () => trunk(random(0, 0.25))) + foliage(0.3), 'filter="url(#far)" opacity="0.75"'),
    rect(0, 570, WIDTH, 240, 'url(#ground)'),
    many(16, () => trunk(random(0.35, 0.6))),
    foliage(0.6),
    many(7, () => trunk(random(0.7, 1))),
    many(240, () => {
      const y = random(590, 820);
      const x = random(0, WIDTH);
      return path(
        `M ${x} ${y} q ${random(-20, 20)} ${random(-50, -20)} ${random(-36, 36)} ${random(-40, -10)}`,
        'none',
        `stroke="${leaf()}" stroke-width="4"`,
      );
    }),
    foliage(0),
    group(
      many(4, () => {
        const x = random(100, 1000);
        return polygon(
          [
            [x, -20],
            [x + 60, -20],
            [x - 140, 760],
            [x - 300, 760],
          ],
          '#fff6c0',
        );
      }),
      'filter="url(#ray)" opacity="0.22"',
    ),
  ].join('');
}

export function snowyMountain(random: Random): string {
  const peaks = Array.from({ length: 3 }, (_, i) => ({
    x: 200 + i * 390 + random(-70, 70),
    y: random(110, 240) + (i === 1 ? -30 : 30),
    half: random(330, 440),
  }));
  const peak = ({ x, y, half }: { x: number; y: number; half: number }): string => {
    const foot = 640;
    const shade = many(11, () => {
      const down = random(0.15, 0.95);
      const sx = x + random(-0.75, 0.75) * half * down;
      const sy = y + down * (foot - y);
      return polygon(
        [
          [sx, sy - random(30, 80)],
          [sx + random(10, 30), sy],
          [sx - random(14, 40), sy + random(10, 50)],
        ],
        '#6f7d91',
        'opacity="0.75"',
      );
    });
    return (
      polygon(
        [
          [x - half, foot],
          [x - half * 0.4, y + 170],
          [x - 40, y + 24],
          [x, y],
          [x + 60, y + 60],
          [x + half * 0.5, y + 210],
          [x + half, foot],
        ],
        '#e9f0f8',
      ) +
      polygon(
        [
          [x, y],
          [x + 60, y + 60],
          [x + half * 0.5, y + 210],
          [x + half, foot],
          [x + half * 0.1, foot],
          [x + 30, y + 260],
          [x - 14, y + 130],
        ],
        '#a5b6cc',
      ) +
      shade
    );
  };
  const pine = (): string => {
    const x = random(0, WIDTH);
    const y = random(650, 760);
    const size = random(0.5, 1.2) * (y - 580) * 0.6;
    return many(3, (i) =>
      polygon(
        [
          [x, y - size * (1.5 - i * 0.35)],
          [x - size * (0.22 + i * 0.1), y - size * (0.8 - i * 0.4)],
          [x + size * (0.22 + i * 0.1), y - size * (0.8 - i * 0.4)],
        ],
        pick(random, '#1e3a34', '#26463d', '#2c5046'),
      ),
    );
  };
  return [
    gradient('sky', [0, '#2f6fb8'], [1, '#b9d9f0']),
    gradient('snow', [0, '#dce8f3'], [1, '#ffffff']),
    blur('soft', 18),
    rect(0, 0, WIDTH, HEIGHT, 'url(#sky)'),
    clouds(random, 180, 4),
    peaks.map(peak).join(''),
    polygon(ridge(random, 640, 50, 160), 'url(#snow)'),
    many(34, pine),
    many(30, () =>
      ellipse(random(0, WIDTH), random(700, 800), random(40, 140), random(2, 6), '#c5d6e6', 'opacity="0.6"'),
    ),
  ].join('');
}

export function flower(random: Random): string {
  const x = random(500, 700);
  const y = random(360, 430);
  const [dark, light] = pick(
    random,
    ['#b5174f', '#f06a9b'],
    ['#c9a400', '#ffe14a'],
    ['#6d2fa0', '#b98be0'],
    ['#c22d1b', '#ff7a55'],
  );
  const petals = Math.round(random(9, 15));
  const ring = (length: number, width: number, turn: number): string =>
    many(petals, (i) => {
      const shape = `M 0 0 C ${-width} ${-length * 0.35} ${-width * 0.8} ${-length} 0 ${-length} C ${width * 0.8} ${-length} ${width} ${-length * 0.35} 0 0 Z`;
      return path(
        shape,
        'url(#petal)',
        `transform="translate(${x} ${y}) rotate(${(360 / petals) * i + turn + random(-4, 4)})" stroke="${dark}" stroke-width="2"`,
      );
    });
  return [
    glow('petal', [0, dark], [1, light]),
    glow('heart', [0, '#8a5a12'], [1, '#e0a92b']),
    gradient('back', [0, '#55803c'], [1, '#27451f']),
    blur('soft', 30),
    rect(0, 0, WIDTH, HEIGHT, 'url(#back)'),
    group(
      many(40, () =>
        ellipse(
          random(0, WIDTH),
          random(0, HEIGHT),
          random(30, 130),
          random(20, 90),
          pick(random, '#3f6b2c', '#86ad58', '#1e3a1a', '#a3bf6d'),
        ),
      ),
      'filter="url(#soft)" opacity="0.7"',
    ),
    path(`M ${x} ${y} Q ${x + 40} 620 ${x - 20} 840`, 'none', 'stroke="#3b6a24" stroke-width="22"'),
    path(`M ${x} 640 q 150 -120 290 -60 q -100 130 -290 60 Z`, '#4d8433'),
    ring(random(300, 340), 92, 0),
    ring(random(220, 260), 74, 180 / petals),
    ellipse(x, y, 74, 70, 'url(#heart)'),
    many(130, () => {
      const angle = random(0, 6.283);
      const far = Math.sqrt(random()) * 68;
      return ellipse(
        x + Math.cos(angle) * far,
        y + Math.sin(angle) * far,
        4,
        4,
        pick(random, '#6b430c', '#f4cf5d'),
      );
    }),
  ].join('');
}
