// Everything known of a picture beside its pixels, the best source first: the file, its sidecars, its name.
import { basename } from 'node:path';
import { dateFromName } from '@semblance/core';
import { readLastDate, readMetadata } from './exif.ts';
import { complete, NOTHING, type PhotoMetadata } from './facts.ts';
import { readSidecars } from './sidecars.ts';

/** @param data the whole file @param format as decoded */
export async function gatherMetadata(path: string, data: Buffer, format: string): Promise<PhotoMetadata> {
  const named = dateFromName(basename(path));
  const byName: PhotoMetadata = { ...NOTHING, takenAt: named, dateSource: named === null ? null : 'name' };
  const known = [readMetadata(data, format), await readSidecars(path), byName].reduce(complete);
  return known.takenAt === null ? complete(known, readLastDate(data, format)) : known;
}
