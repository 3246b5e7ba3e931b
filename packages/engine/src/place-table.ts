// The table of cities that ships with the app, read when the first photo with coordinates comes along.
import { readFileSync } from 'node:fs';
import { brotliDecompressSync } from 'node:zlib';
import type { PlaceLookup } from '@semblance/catalog';
import { createPlaces, type Places } from '@semblance/core';

/** Counts up when the table or its rules change, so that photos are looked up again. */
const EDITION = 1;

/** @param file of assets/places */
export function placeTable(file: string): PlaceLookup {
  let places: Places | undefined;
  return {
    edition: EDITION,
    placeOf(latitude, longitude) {
      places ??= createPlaces(brotliDecompressSync(readFileSync(file)).toString('utf8'));
      return places.placeOf(latitude, longitude);
    },
  };
}
