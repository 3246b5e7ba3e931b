// Scenes that are mostly sky and water.
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
  ridge,
  WIDTH,
} from './svg.ts';

export function sunset(random: Random): string {
  const horizon = random(500, 580);
  const x = random(380, 820);
  const y = horizon - random(20, 90);
  const top = pick(random, '#2b2350', '#3a2358', '#20305e');
  return [
    gradient('sky', [0, top], [0.35, '#a2435d'], [0.7, '#f0762f'], [1, '#ffc75a']),
    gradient('sea', [0, '#c2602f'], [0.25, '#6b2f3d'], [1, '#1a1428']),
    glow('sun', [0, '#fff6c8'], [0.12, '#ffe9a0'], [0.3, '#ffb347', 0.7], [1, '#ff7a2a', 0]),
    blur('soft', 14),
    rect(0, 0, WIDTH, horizon, 'url(#sky)'),
    ellipse(x, y, 420, 420, 'url(#sun)'),
    ellipse(x, y, 52, 52, '#fff3c4'),
    group(
      many(9, () => {
        const cloud = pick(random, '#7d2f4b', '#d9583a', '#ff9a56', '#592a52');
        return ellipse(random(0, WIDTH), random(60, horizon - 80), random(120, 340), random(8, 22), cloud);
      }),
      'filter="url(#soft)" opacity="0.75"',
    ),
    rect(0, horizon, WIDTH, HEIGHT - horizon, 'url(#sea)'),
    many(70, () => {
      const depth = random();
      const at = horizon + 4 + depth * (HEIGHT - horizon);
      return ellipse(
        x + random(-1, 1) * (40 + 160 * depth),
        at,
        random(15, 60) * (0.4 + depth),
        1.5 + 2 * depth,
        '#ffb561',
        'opacity="0.55"',
      );
    }),
    polygon(
      ridge(random, horizon + 2, 26, 120).map(([a, b]) => [a, Math.min(b, horizon + 3)] as const),
      '#2a1626',
      'opacity="0.9"',
    ),
  ].join('');
}

export function beach(random: Random): string {
  const horizon = random(270, 330);
  const shore = random(520, 570);
  const left = random() < 0.5;
  const x = left ? random(180, 320) : random(860, 1000);
  return [
    gradient('sky', [0, '#3f8fd6'], [1, '#cfe9f7']),
    gradient('sea', [0, '#1c6ea4'], [0.6, '#2aa5b8'], [1, '#8fdccf']),
    gradient('sand', [0, '#d9bd8b'], [0.3, '#ecd5a6'], [1, '#d8b981']),
    blur('soft', 16),
    rect(0, 0, WIDTH, horizon, 'url(#sky)'),
    clouds(random, horizon - 60, 7),
    rect(0, horizon, WIDTH, shore - horizon + 60, 'url(#sea)'),
    many(60, () => {
      const depth = random();
      return ellipse(
        random(0, WIDTH),
        horizon + depth * (shore - horizon),
        random(10, 50) * (0.3 + depth),
        1.2 + depth,
        '#ffffff',
        'opacity="0.35"',
      );
    }),
    path(wave(random, shore), 'url(#sand)'),
    path(wave(random, shore - 6), 'none', 'stroke="#ffffff" stroke-width="16" opacity="0.85"'),
    many(160, () =>
      ellipse(
        random(0, WIDTH),
        random(shore + 50, HEIGHT),
        random(2, 9),
        random(1, 3),
        '#b99662',
        'opacity="0.5"',
      ),
    ),
    ellipse(x + 60, 706, 150, 16, '#a98455', 'opacity="0.5"'),
    rect(x - 4, 480, 8, 230, '#7a5c3c'),
    path(`M ${x - 150} 520 Q ${x} 350 ${x + 150} 520 Z`, pick(random, '#d8453e', '#e0a020', '#2f7fb5')),
    path(`M ${x - 52} 520 Q ${x} 350 ${x + 52} 520 Z`, '#f4ede0'),
  ].join('');
}

/** Blue sky with heaps of cloud over a strip of land. */
export function cloudySky(random: Random): string {
  return [
    gradient('sky', [0, '#2c6fbf'], [0.7, '#7fb5e6'], [1, '#d5e8f5']),
    blur('soft', 18),
    rect(0, 0, WIDTH, HEIGHT, 'url(#sky)'),
    clouds(random, 560, 26),
    polygon(ridge(random, 770, 40, 160), '#3d5a3a'),
  ].join('');
}

/** Needs a filter `soft`. */
export function clouds(random: Random, below: number, count: number): string {
  const heap = (): string => {
    const x = random(0, WIDTH);
    const y = random(40, below);
    const size = random(0.6, 1.5);
    return many(6, () => {
      const dx = random(-110, 110) * size;
      return ellipse(
        x + dx,
        y + random(-18, 18) * size,
        random(45, 90) * size,
        random(18, 40) * size,
        '#ffffff',
      );
    });
  };
  return group(many(count, heap), 'filter="url(#soft)" opacity="0.8"');
}

function wave(random: Random, y: number): string {
  const a = random(-30, 30);
  return `M -20 ${y + a} C 300 ${y - 40} 500 ${y + 60} 760 ${y + 14} S 1100 ${y - 20} 1240 ${y + 20} L 1240 900 L -20 900 Z`;
}
