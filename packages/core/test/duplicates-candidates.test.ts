// Candidates: near hashes in any turn, and the quick look before the pixels.
import { expect, test } from 'vitest';
import {
  createHashIndex,
  GREY_SIDE,
  type PerceptualHash,
  quickLikeness,
  type Signature,
  turnHash,
} from '../src/index.ts';

function randomOf(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

const random = randomOf(7);
const hash = (): PerceptualHash => Uint16Array.from({ length: 4 }, () => Math.floor(random() * 65_536));

test('hashes up to 7 bits apart are found in every turn, however the bits lie; far ones are not', () => {
  const index = createHashIndex();
  const hashes = Array.from({ length: 2000 }, hash);
  for (const [item, known] of hashes.entries()) index.add(item, known);
  for (let item = 0; item < 200; item++) {
    const near = Uint16Array.from(hashes[item] ?? hash());
    for (let flips = 0; flips < 7; flips++) {
      const bit = Math.floor(random() * 64);
      near[bit >> 4] = (near[bit >> 4] ?? 0) ^ (1 << (bit & 15));
    }
    const found = index.near(turnHash(near, 3));
    expect(found[0]?.item).toBe(item);
    expect(found[0]?.distance).toBeLessThanOrEqual(7);
  }
  expect(index.near(hash())).toEqual([]);
});

test('the quick look knows a picture turned and cut, and no other', () => {
  const signature = (level: (u: number, v: number) => number): Signature => ({
    hash: new Uint16Array(4),
    grey: Uint8Array.from({ length: GREY_SIDE ** 2 }, (_, i) =>
      level(((i % GREY_SIDE) + 0.5) / GREY_SIDE, (Math.floor(i / GREY_SIDE) + 0.5) / GREY_SIDE),
    ),
  });
  const scene = (u: number, v: number): number =>
    120 + 60 * Math.sin(6 * u + 3 * v) + 40 * Math.cos(9 * v * u);
  const whole = signature(scene);
  expect(
    quickLikeness(
      whole,
      signature((u, v) => scene(1 - v, u)),
    ),
  ).toBeGreaterThan(0.9);
  expect(
    quickLikeness(
      whole,
      signature((u, v) => scene(0.2 + 0.8 * u, 0.2 + 0.8 * v)),
    ),
  ).toBeGreaterThan(0.8);
  expect(
    quickLikeness(
      whole,
      signature(() => 90),
    ),
  ).toBeLessThan(0.1);
});
