// The table of cities that ships with the app, read when it is first asked.
import { readFileSync } from 'node:fs';
import { brotliDecompressSync } from 'node:zlib';
import type { PlaceLookup } from '@semblance/catalog';
import { createPlaces, type Places } from '@semblance/core';

/** Counts up when the table or its rules change, so that photos are looked up again. */
const EDITION = 1;

/** @param file of assets/places */
export function placeTable(file: string): PlaceLookup {
  let read: Places | undefined;
  const places = (): Places => {
    read ??= createPlaces(brotliDecompressSync(readFileSync(file)).toString('utf8'));
    return read;
  };
  return {
    edition: EDITION,
    placeOf: (latitude, longitude) => places().placeOf(latitude, longitude),
    cityCalled: (name) => places().cityCalled(name),
    cityLike: (name) => places().cityLike(name),
  };
}
