// From coordinates to names, on a few cities and on the table that ships.
import { describe, expect, it } from 'vitest';
import { createPlaces, distanceKm } from '../src/index.ts';

const TABLE = [
  'TR\tIstanbul\tIstanbul\t41.01\t28.95\t14804116',
  'TR\tIstanbul\tÜsküdar\t41.02\t29.02\t582666',
  'TR\tKırklareli\tVize\t41.57\t27.77\t13000',
  'FJ\tWestern\tNadi\t-17.80\t177.42\t42284',
  'FJ\tNorthern\tTaveuni\t-16.85\t-179.97\t9000',
  'NO\t\tTromsø\t69.65\t18.96\t52436',
  'broken line',
  '',
].join('\n');

describe('the place of a point', () => {
  const places = createPlaces(TABLE);
  it.each([
    ['a district is its city', 41.02, 29.02, 'Istanbul'],
    ['outside every city the nearest one', 41.5, 27.9, 'Vize'],
    ['across the date line', -16.8, 179.9, 'Taveuni'],
    ['where degrees are short', 69.6, 20.2, 'Tromsø'],
    ['far out at sea', 0, -30, undefined],
    ['the pole', 90, 0, undefined],
  ])('%s', (_name, latitude, longitude, city) => {
    expect(places.placeOf(latitude, longitude)?.city).toBe(city);
  });
});

it('knows where a city is, by its name in any spelling; of two the larger', () => {
  const places = createPlaces(`${TABLE}\nUS\tTexas\tVize\t31.0\t-97.0\t20`);
  expect(places.cityCalled('ISTANBUL')).toEqual({ latitude: 41.01, longitude: 28.95 });
  expect(places.cityCalled('uskudar')?.longitude).toBe(29.02);
  expect(places.cityCalled('vize')?.latitude).toBe(41.57);
  expect(places.cityCalled('Atlantis')).toBeNull();
  const york = createPlaces('US\tNew York\tNew York City\t40.7\t-74\t8000000');
  expect(york.cityCalled('new york')?.latitude).toBe(40.7);
  expect(places.cityLike('istambul')).toBe('Istanbul');
  expect(places.cityLike('Uskuder')).toBe('Üsküdar');
  expect(places.cityLike('Atlantis')).toBeNull();
});

it('measures along the globe', () => {
  const [istanbul, ankara] = [
    { latitude: 41.01, longitude: 28.95 },
    { latitude: 39.92, longitude: 32.85 },
  ];
  expect(distanceKm(istanbul, ankara)).toBeGreaterThan(345);
  expect(distanceKm(istanbul, ankara)).toBeLessThan(355);
  expect(distanceKm(istanbul, istanbul)).toBe(0);
});
