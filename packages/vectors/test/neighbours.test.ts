// Neighbours among thousands: found before and after they are sorted into parts, and what comes later too.
import { expect, test } from 'vitest';
import { createNeighbours } from '../src/index.ts';

test.each([96, 40])(
  'the nearest of %i dimensions are found, and what comes later too',
  async (dimensions) => {
    let state = 7;
    const random = (): number => {
      state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
      return state / 2 ** 32;
    };
    const gaussian = (): number => random() + random() + random() - 1.5;
    const unit = (vector: Float32Array): Float32Array => {
      const length = Math.hypot(...vector);
      return vector.map((value) => value / length);
    };
    const vectors = Array.from({ length: 5000 }, () =>
      unit(Float32Array.from({ length: dimensions }, gaussian)),
    );
    const neighbours = createNeighbours(dimensions);
    for (const [item, vector] of vectors.entries()) neighbours.add(item, vector);
    const found = (from: number): number => {
      let count = 0;
      for (let item = 0; item < 100; item++) {
        const near = unit(
          (vectors[item] ?? new Float32Array(dimensions)).map((value) => value + 0.03 * gaussian()),
        );
        neighbours.add(from + item, near);
        const [first] = neighbours.near(from + item, 5);
        if (first?.item === item && first.cosine > 0.85) count += 1;
        neighbours.add(from + item, unit(Float32Array.from({ length: dimensions }, gaussian)));
      }
      return count;
    };
    expect(found(10_000)).toBeGreaterThanOrEqual(98);
    await neighbours.settle();
    expect(found(20_000)).toBeGreaterThanOrEqual(97);
    // So many more that the parts are made anew.
    for (let item = 0; item < 6000; item++) {
      neighbours.add(30_000 + item, unit(Float32Array.from({ length: dimensions }, gaussian)));
    }
    await neighbours.settle();
    expect(found(40_000)).toBeGreaterThanOrEqual(97);
    expect(neighbours.count()).toBe(11_300);
    expect(neighbours.near(4_000_000, 5)).toEqual([]);
  },
);
