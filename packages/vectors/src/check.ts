// What goes in and out of the store is checked here: ids travel inside filter expressions, so their form matters.
import { VectorsError } from './errors.ts';
import type { VectorRow } from './rows.ts';

const PHOTO_ID = /^[0-9a-f]{20}$/;

/** A filter expression for these photos. @throws VectorsError `bad-id` */
export function whereIds(ids: Iterable<string>): string {
  const quoted: string[] = [];
  for (const id of ids) {
    checkId(id);
    quoted.push(`'${id}'`);
  }
  return quoted.length === 0 ? 'false' : `photoId IN (${quoted.join(',')})`;
}

export function checkId(id: string): void {
  if (!PHOTO_ID.test(id)) throw new VectorsError('bad-id', `not a photo id: ${JSON.stringify(id)}`);
}

/** @throws VectorsError `dimensions` */
export function checkDimensions(vector: Float32Array, dimensions: number): void {
  if (vector.length !== dimensions) {
    throw new VectorsError(
      'dimensions',
      `a vector of ${vector.length} dimensions for a model of ${dimensions}`,
    );
  }
}

/** @throws VectorsError of any kind but `closed` */
export function checkRow({ photoId, vector }: VectorRow, dimensions: number): void {
  checkId(photoId);
  checkDimensions(vector, dimensions);
  if (!hasDirection(vector)) {
    throw new VectorsError('no-direction', `the vector of photo ${photoId} is zero or not finite`);
  }
}

export function hasDirection(vector: Float32Array): boolean {
  let any = false;
  for (const value of vector) {
    if (!Number.isFinite(value)) return false;
    any ||= value !== 0;
  }
  return any;
}
