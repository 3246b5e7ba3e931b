import { expect, it } from 'vitest';
import { edgeCrops } from '../src/index.ts';

it.each([
  [4000, 3000],
  [3000, 2000],
  [1600, 1000],
  [1000, 1000],
])('%i x %i is seen whole enough', (width, height) => {
  expect(edgeCrops(width, height)).toEqual([]);
  expect(edgeCrops(height, width)).toEqual([]);
});

it('a wide picture is also looked at where it ends left and right, a tall one at top and bottom', () => {
  expect(edgeCrops(4000, 1000)).toEqual([
    { left: 0, top: 0, width: 0.25, height: 1 },
    { left: 0.75, top: 0, width: 0.25, height: 1 },
  ]);
  expect(edgeCrops(1080, 1920)).toEqual([
    { left: 0, top: 0, width: 1, height: 0.5625 },
    { left: 0, top: 0.4375, width: 1, height: 0.5625 },
  ]);
});
