// From coordinates to the name of a place, without asking anybody: a table of cities and two rules.
import { nearestName } from './query/nearest.ts';
import { fold } from './query/text.ts';

export interface PlaceName {
  city: string;
  /** State or province; '' where the table has none. */
  region: string;
  /** ISO 3166-1 alpha-2. */
  country: string;
}

export interface Places {
  /** Null far from any city. */
  placeOf(latitude: number, longitude: number): PlaceName | null;
  /** The middle of the largest city called so, however it is spelled; null when there is none. */
  cityCalled(name: string): Point | null;
  /** The largest city whose name is near to one that is not known; null when there is none. */
  cityLike(name: string): string | null;
}

interface City extends PlaceName {
  latitude: number;
  longitude: number;
  population: number;
}

/** People per square kilometre of a typical city: what its population says of its size. */
const DENSITY = 4000;
/** How far a city reaches beyond a circle of that density. */
const REACH = 1.2;
/** Outside every city, the nearest one within so many kilometres. */
const NEAREST_KM = 80;
const EARTH_KM = 6371;

/**
 * The largest city that reaches the point (so that a district of Istanbul is Istanbul), else the nearest one.
 *
 * @param table one city a line: country, region, name, latitude, longitude, population, with tabs between
 */
export function createPlaces(table: string): Places {
  const cells = new Map<string, City[]>();
  for (const line of table.split('\n')) {
    const [country = '', region = '', city = '', latitude, longitude, population] = line.split('\t');
    const read: City = {
      ...{ country, region, city },
      latitude: Number(latitude),
      longitude: Number(longitude),
      population: Number(population),
    };
    if (city === '' || !Number.isFinite(read.latitude + read.longitude + read.population)) continue;
    const key = cell(Math.floor(read.latitude), Math.floor(read.longitude));
    const known = cells.get(key);
    if (known === undefined) cells.set(key, [read]);
    else known.push(read);
  }

  let called: ReadonlyMap<string, City> | undefined;
  const byNameOnce = (): ReadonlyMap<string, City> => {
    called ??= byName([...cells.values()].flat());
    return called;
  };
  let bySize: readonly string[] | undefined;
  return {
    cityCalled(name) {
      // The table has "New York City" and "Mexico City", and people leave the word out.
      const city = byNameOnce().get(fold(name)) ?? byNameOnce().get(`${fold(name)} city`);
      return city === undefined ? null : { latitude: city.latitude, longitude: city.longitude };
    },
    cityLike(name) {
      const known = byNameOnce();
      bySize ??= [...known].sort(([, a], [, b]) => b.population - a.population).map(([city]) => city);
      return known.get(nearestName(name, bySize) ?? '')?.city ?? null;
    },
    placeOf(latitude, longitude) {
      let largest: City | null = null;
      let nearest: City | null = null;
      let nearestKm = NEAREST_KM;
      // One degree is 111 km; of longitude, less towards the poles.
      const wide = Math.min(180, Math.ceil(1 / Math.max(0.01, Math.cos((latitude * Math.PI) / 180))));
      for (let north = -1; north <= 1; north++) {
        for (let east = -wide; east <= wide; east++) {
          const column = ((Math.floor(longitude) + east + 540) % 360) - 180;
          for (const city of cells.get(cell(Math.floor(latitude) + north, column)) ?? []) {
            const km = distanceKm({ latitude, longitude }, city);
            if (km < nearestKm) [nearest, nearestKm] = [city, km];
            const reaches = km <= REACH * Math.sqrt(city.population / (Math.PI * DENSITY));
            if (reaches && city.population > (largest?.population ?? 0)) largest = city;
          }
        }
      }
      const found = largest ?? nearest;
      return found === null ? null : { city: found.city, region: found.region, country: found.country };
    },
  };
}

/** The largest of each name. */
function byName(cities: readonly City[]): Map<string, City> {
  const called = new Map<string, City>();
  for (const city of cities) {
    const name = fold(city.city);
    if (city.population > (called.get(name)?.population ?? -1)) called.set(name, city);
  }
  return called;
}

interface Point {
  /** WGS 84 degrees. */
  latitude: number;
  longitude: number;
}

/** Along a great circle (haversine) of a sphere: within 0.6 % of the ellipsoid. */
export function distanceKm(a: Point, b: Point): number {
  const radians = Math.PI / 180;
  const half = (degrees: number): number => Math.sin((degrees * radians) / 2) ** 2;
  const h =
    half(b.latitude - a.latitude) +
    Math.cos(a.latitude * radians) * Math.cos(b.latitude * radians) * half(b.longitude - a.longitude);
  return 2 * EARTH_KM * Math.asin(Math.min(1, Math.sqrt(h)));
}

function cell(row: number, column: number): string {
  return `${row} ${column}`;
}
