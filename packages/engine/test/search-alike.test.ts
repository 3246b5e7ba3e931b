// Look-alikes: what is folded behind what.
import { expect, it } from 'vitest';
import { foldAlike } from '../src/services/search-alike.ts';

const at = (degrees: number): Float32Array =>
  Float32Array.of(Math.cos((degrees * Math.PI) / 180), Math.sin((degrees * Math.PI) / 180));

function folded(photos: Record<string, { degrees: number; seconds: number }>) {
  const list = Object.entries(photos).map(([id, { seconds }]) => ({ id, takenAt: seconds * 1000 }));
  const vectors = new Map(Object.entries(photos).map(([id, { degrees }]) => [id, at(degrees)]));
  return Object.fromEntries(foldAlike(list, vectors).map(({ photo, similar }) => [photo.id, similar]));
}

it('folds a burst behind its best photo', () => {
  const burst = {
    a: { degrees: 0, seconds: 0 },
    b: { degrees: 10, seconds: 3 },
    c: { degrees: 12, seconds: 50 },
  };
  expect(folded(burst)).toEqual({ a: 2 });
});

it('keeps apart what was taken at another time, unless it is the same picture', () => {
  expect(folded({ a: { degrees: 0, seconds: 0 }, b: { degrees: 10, seconds: 90 } })).toEqual({ a: 0, b: 0 });
  expect(folded({ a: { degrees: 0, seconds: 0 }, b: { degrees: 5, seconds: 9e6 } })).toEqual({ a: 1 });
});

it('compares with the first only, so that small steps lead nowhere far', () => {
  const steps = {
    a: { degrees: 0, seconds: 0 },
    b: { degrees: 14, seconds: 1 },
    c: { degrees: 28, seconds: 2 },
  };
  expect(folded(steps)).toEqual({ a: 1, c: 0 });
});

it('leaves a photo without a vector alone', () => {
  expect(foldAlike([{ id: 'a', takenAt: 0 }], new Map())).toEqual([
    { photo: { id: 'a', takenAt: 0 }, similar: 0 },
  ]);
});
