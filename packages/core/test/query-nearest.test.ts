// "Did you mean": which name is near, and which is not.
import { expect, it } from 'vitest';
import { nearestName } from '../src/index.ts';

const NAMES = ['Istanbul', 'Ankara', 'New York City', 'New Dorp', 'our boat', 'bolt', 'Çeşme', 'cat'];

it.each([
  ['istambul', 'Istanbul'],
  ['ISTNABUL', 'Istanbul'],
  ['Ankaraa', 'Ankara'],
  ['cesme', 'Çeşme'],
  ['New York', 'New York City'],
  ['boat', 'our boat'],
  ['bots', null],
  ['cta', 'cat'],
  // Too far, too short, too long.
  ['Izmir', null],
  ['ca', null],
  ['zzz', null],
  ['x'.repeat(10_000), null],
])('%s', (typed, expected) => {
  expect(nearestName(typed, NAMES)).toBe(expected);
});

it('takes the first of several that are as near', () => {
  expect(nearestName('bat', ['cat', 'rat'])).toBe('cat');
  expect(nearestName('bat', [])).toBeNull();
});
