// EXIF facts of a photo: when, with what, where. Odd or hostile tags yield nulls, never an error.
import type { Camera, Place } from '@semblance/contract';
import ExifReader from 'exifreader';
import { exifBlocksOf, previewOf, rawFormatOf } from './formats/raw.ts';

/** JPEG keeps EXIF in its first segments: reading only these is ten times faster than reading all. */
const JPEG_HEAD_BYTES = 128 * 1024;

export interface PhotoMetadata {
  /** Wall-clock milliseconds, as if UTC. */
  takenAt: number | null;
  camera: Camera;
  place: Place | null;
}

/** XMP would need a DOM parser, which Node has not; without one ExifReader complains on standard error. */
const OPTIONS = { expanded: true, excludeTags: { xmp: true } } as const;

const NO_CAMERA: Camera = {
  make: null,
  model: null,
  lens: null,
  aperture: null,
  exposureSeconds: null,
  iso: null,
  focalLengthMm: null,
};

export function readMetadata(data: Buffer, format: string): PhotoMetadata {
  if (format === 'jpeg') return readBlock(data.subarray(0, JPEG_HEAD_BYTES));
  if (rawFormatOf(data) === null) return readBlock(data);
  const preview = previewOf(data).data.subarray(0, JPEG_HEAD_BYTES);
  return [...exifBlocksOf(data), preview].map(readBlock).reduce(complete);
}

/** What the first does not know, the second may. */
function complete(first: PhotoMetadata, second: PhotoMetadata): PhotoMetadata {
  const known = Object.entries(first.camera).filter(([, value]) => value !== null);
  return {
    takenAt: first.takenAt ?? second.takenAt,
    camera: { ...second.camera, ...Object.fromEntries(known) },
    place: first.place ?? second.place,
  };
}

function readBlock(block: Buffer): PhotoMetadata {
  try {
    const tags = ExifReader.load(block, OPTIONS);
    const exif = (tags.exif ?? {}) as Record<string, unknown>;
    return {
      takenAt:
        parseExifDate(text(exif.DateTimeOriginal)) ??
        parseExifDate(text(exif.DateTimeDigitized)) ??
        parseExifDate(text(exif.DateTime)),
      camera: {
        make: text(exif.Make),
        model: text(exif.Model),
        lens: text(exif.LensModel),
        aperture: positive(exif.FNumber),
        exposureSeconds: positive(exif.ExposureTime),
        iso: positive(exif.ISOSpeedRatings) ?? positive(exif.PhotographicSensitivity),
        focalLengthMm: positive(exif.FocalLength),
      },
      place: placeOf(tags.gps),
    };
  } catch {
    // Many pictures carry no metadata or a broken block; the picture itself may still be fine.
    return { takenAt: null, camera: NO_CAMERA, place: null };
  }
}

/**
 * `YYYY:MM:DD HH:MM:SS` (Exif 2.32, 4.6.5) as milliseconds, taken as UTC.
 * Null for blank, zero and impossible dates, and for years before photography.
 */
export function parseExifDate(value: string | null): number | null {
  const match = /^(\d{4})[:\-/.](\d{2})[:\-/.](\d{2})[ T](\d{2}):(\d{2}):(\d{2})/.exec(value ?? '');
  if (match === null) return null;
  const [year, month, day, hour, minute, second] = match.slice(1).map(Number) as [
    number,
    number,
    number,
    number,
    number,
    number,
  ];
  const time = Date.UTC(year, month - 1, day, hour, minute, second);
  const date = new Date(time);
  const real = date.getUTCMonth() === month - 1 && date.getUTCDate() === day && date.getUTCHours() === hour;
  return real && year >= 1826 && time < Date.now() + 366 * 86_400_000 ? time : null;
}

function text(tag: unknown): string | null {
  const { value, description } = (tag ?? {}) as { value?: unknown; description?: unknown };
  const raw = Array.isArray(value) && typeof value[0] === 'string' ? value[0] : (description ?? value);
  if (typeof raw !== 'string') return null;
  // Cameras pad with NULs and spaces.
  const clean = raw.split('\0')[0]?.trim() ?? '';
  return clean === '' ? null : clean.slice(0, 200);
}

function positive(tag: unknown): number | null {
  const value = (tag as { value?: unknown } | undefined)?.value;
  const number =
    Array.isArray(value) && value.length === 2 && typeof value[1] === 'number'
      ? Number(value[0]) / value[1]
      : Number(Array.isArray(value) ? value[0] : value);
  return Number.isFinite(number) && number > 0 ? number : null;
}

/** Exactly 0, 0 is what devices write when they do not know. */
function placeOf(gps: { Latitude?: number; Longitude?: number } | undefined): Place | null {
  const latitude = gps?.Latitude;
  const longitude = gps?.Longitude;
  if (latitude === undefined || longitude === undefined) return null;
  const valid = Math.abs(latitude) <= 90 && Math.abs(longitude) <= 180 && (latitude !== 0 || longitude !== 0);
  return valid ? { latitude, longitude } : null;
}
