// From database rows to the contract's shapes.
import { basename } from 'node:path';
import type { DateSource, PhotoFile, PhotoTile } from '@semblance/contract';
import { countryTitle } from './place-names.ts';
import type { PhotoRecord } from './types.ts';

export interface TileRow {
  id: string;
  width: number;
  height: number;
  taken_at: number;
  content_hash: string;
  placeholder: string | null;
  offline: 0 | 1;
  favourite: 0 | 1;
  /** A raw photo follows it. */
  raw: 0 | 1;
  /** A film belongs to it. */
  live: 0 | 1;
  sensitive: 0 | 1;
}

export interface PhotoRow extends TileRow {
  format: string;
  date_source: DateSource;
  camera_make: string | null;
  camera_model: string | null;
  lens: string | null;
  aperture: number | null;
  exposure_seconds: number | null;
  iso: number | null;
  focal_length_mm: number | null;
  latitude: number | null;
  longitude: number | null;
  city: string | null;
  region: string | null;
  country: string | null;
  edition: number;
  caption: string | null;
  /** JSON array. */
  keywords: string;
  rating: number | null;
  hidden: 0 | 1;
  searchable: 0 | 1;
}

export function tile(row: TileRow): PhotoTile {
  const together: NonNullable<PhotoTile['together']> = [
    ...(row.raw === 1 ? ['raw' as const] : []),
    ...(row.live === 1 ? ['live' as const] : []),
  ];
  return {
    id: row.id,
    ratio: row.width / row.height,
    takenAt: row.taken_at,
    // The bytes name the picture: an edit in place gives another address, an undone edit the old one again.
    version: row.content_hash.slice(0, 16),
    placeholder: row.placeholder,
    offline: row.offline === 1,
    favourite: row.favourite === 1,
    ...(together.length > 0 && { together }),
    ...(row.sensitive === 1 && { sensitive: true }),
  };
}

export function photoRecord(row: PhotoRow, files: PhotoFile[]): PhotoRecord {
  const { latitude, longitude } = row;
  return {
    ...tile(row),
    contentHash: row.content_hash,
    edition: row.edition,
    fileName: basename(files[0]?.path ?? ''),
    files,
    format: row.format,
    width: row.width,
    height: row.height,
    dateSource: row.date_source,
    camera: {
      make: row.camera_make,
      model: row.camera_model,
      lens: row.lens,
      aperture: row.aperture,
      exposureSeconds: row.exposure_seconds,
      iso: row.iso,
      focalLengthMm: row.focal_length_mm,
    },
    place: latitude === null || longitude === null ? null : { latitude, longitude },
    caption: row.caption,
    keywords: JSON.parse(row.keywords) as string[],
    placeName: placeName(row),
    searchable: row.searchable === 1,
    rating: row.rating,
    hidden: row.hidden === 1,
  };
}

/** City, region, country; the region not where it is called like the city. */
function placeName({ city, region, country }: PhotoRow): string | null {
  if (city === null || country === null) return null;
  const names = [city, region === city ? null : region, countryTitle(country)];
  return names.filter((name) => name !== null).join(', ');
}
