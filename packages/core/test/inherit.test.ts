// What a keeper takes over: every field, and nothing that it has already.
import { expect, test } from 'vitest';
import { type Heritage, inherit } from '../src/index.ts';

const bare: Heritage = {
  favourite: false,
  rating: null,
  albums: [],
  place: null,
  takenAt: 10,
  dateSource: 'mtime',
};
const rich: Heritage = {
  favourite: true,
  rating: 4,
  albums: [1, 2],
  place: { latitude: 41, longitude: 29 },
  takenAt: 5,
  dateSource: 'exif',
};

test('a bare keeper takes everything', () => {
  expect(inherit(bare, rich)).toEqual({
    favourite: true,
    rating: 4,
    albums: [1, 2],
    place: { latitude: 41, longitude: 29 },
    date: { takenAt: 5, dateSource: 'exif' },
  });
});

test('a keeper that has everything takes nothing, whatever the other says', () => {
  expect(inherit(rich, bare)).toBeNull();
  expect(inherit(rich, rich)).toBeNull();
  const elsewhere = { ...rich, place: { latitude: 0, longitude: 0 }, takenAt: 1, rating: 3 };
  expect(inherit(rich, elsewhere)).toBeNull();
});

test('the higher rating wins, albums add up, a date from the file system is no date', () => {
  expect(inherit({ ...rich, rating: 2 }, { ...rich, rating: 5 })).toEqual({ rating: 5 });
  expect(inherit({ ...rich, albums: [2] }, { ...rich, albums: [2, 9] })).toEqual({ albums: [9] });
  expect(inherit(bare, { ...bare, takenAt: 1 })).toBeNull();
});

test('a place on the equator is a place', () => {
  const origin = { latitude: 0, longitude: 0 };
  expect(inherit({ ...rich, place: origin }, rich)).toBeNull();
  expect(inherit(bare, { ...bare, place: origin })).toEqual({ place: origin });
});
