// Memory that is given back, and memory that is used again.
import { expect, it } from 'vitest';
import { release } from '../src/release.ts';
import { resize } from '../src/resample.ts';

it('frees what belongs to nobody else', () => {
  const whole = new Float32Array(1000);
  release(whole);
  expect(whole.length).toBe(0);
  release(whole);

  const memory = new Uint8Array(1000).fill(7);
  const part = memory.subarray(10, 20);
  release(part);
  expect([part[0], memory.length]).toEqual([7, 1000]);

  const shared = new Uint8Array(new SharedArrayBuffer(8)).fill(7);
  release(shared);
  expect(shared[0]).toBe(7);
});

it('gives every resized picture memory of its own', () => {
  const window = { left: 0, top: 0, width: 8, height: 8 };
  const grey = (level: number, width: number, height: number): Uint8Array =>
    resize({ data: new Uint8Array(width * height * 3).fill(level), width, height }, 8, 8, 'bicubic', window);
  // One whose rows need no second pass, one that needs both, one larger than both.
  const sizes = [
    [16, 8],
    [16, 16],
    [900, 1700],
    [8, 16],
  ] as const;
  const pictures = sizes.map(([width, height], i) => grey(50 * (i + 1), width, height));
  expect(pictures.map((pixels) => [...new Set(pixels)])).toEqual([[50], [100], [150], [200]]);
});
