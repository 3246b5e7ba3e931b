// What the file itself says: EXIF, then IPTC and XMP. Odd or hostile tags yield nulls, never an error.
import { parsePhotoDate } from '@semblance/core';
import ExifReader from 'exifreader';
import { exifBlocksOf, previewOf, rawFormatOf } from '../formats/raw.ts';
import { cleanCaption, cleanKeywords, complete, NOTHING, type PhotoMetadata, placeAt } from './facts.ts';
import { domParser, readXmp } from './xmp.ts';

/** JPEG keeps its metadata in its first segments: reading only these is ten times faster than reading all. */
const JPEG_HEAD_BYTES = 128 * 1024;
const DATES = ['DateTimeOriginal', 'DateTimeDigitized'];
/** When a program last wrote the picture. */
const LAST_DATE = ['DateTime'];

export function readMetadata(data: Buffer, format: string): PhotoMetadata {
  if (format === 'jpeg') return readBlock(data.subarray(0, JPEG_HEAD_BYTES));
  if (rawFormatOf(data) === null) return readBlock(data);
  const preview = previewOf(data).data.subarray(0, JPEG_HEAD_BYTES);
  return [...exifBlocksOf(data), preview].map(readBlock).reduce(complete);
}

/**
 * When a program last wrote the picture, as a date of it: better than none, worse than what anything else says of the shot,
 * a sidecar, an export's list and the file's name included.
 */
export function readLastDate(data: Buffer, format: string): PhotoMetadata {
  const blocks = format === 'jpeg' ? [data.subarray(0, JPEG_HEAD_BYTES)] : [...exifBlocks(data)];
  return blocks
    .map((block) => dated((loadTags(block, false)?.exif ?? {}) as Tags, LAST_DATE))
    .reduce(complete);
}

function exifBlocks(data: Buffer): Buffer[] {
  return rawFormatOf(data) === null ? [data] : [...exifBlocksOf(data), previewOf(data).data];
}

/** A picture's head, or a whole XMP sidecar. */
export function readBlock(block: Buffer): PhotoMetadata {
  try {
    // The XMP of a camera's file may be broken where its EXIF is fine: then the EXIF still counts.
    const tags = loadTags(block, true) ?? loadTags(block, false);
    if (tags === null) return NOTHING;
    const exif = (tags.exif ?? {}) as Record<string, unknown>;
    return [
      readExif(exif, tags.gps),
      readIptc(tags.iptc as Tags | undefined),
      readXmp(tags.xmp as never),
    ].reduce(complete);
  } catch {
    // Many pictures carry no metadata or a broken block; the picture itself may still be fine.
    return NOTHING;
  }
}

type Tags = Record<string, unknown>;

function loadTags(block: Buffer, withXmp: boolean) {
  try {
    const options = withXmp ? { domParser } : { excludeTags: { xmp: true as const } };
    return ExifReader.load(block, { expanded: true, ...options });
  } catch {
    return null;
  }
}

function readExif(exif: Tags, gps: { Latitude?: number; Longitude?: number } | undefined): PhotoMetadata {
  return {
    ...dated(exif, DATES),
    camera: {
      make: text(exif.Make),
      model: text(exif.Model),
      lens: text(exif.LensModel),
      aperture: positive(exif.FNumber),
      exposureSeconds: positive(exif.ExposureTime),
      iso: positive(exif.ISOSpeedRatings) ?? positive(exif.PhotographicSensitivity),
      focalLengthMm: positive(exif.FocalLength),
    },
    place: placeAt(gps?.Latitude, gps?.Longitude),
    caption: cleanCaption(text(exif.ImageDescription) ?? ''),
  };
}

function dated(exif: Tags, names: readonly string[]): PhotoMetadata {
  const takenAt = names.map((name) => parsePhotoDate(text(exif[name]))).find((date) => date !== null) ?? null;
  return { ...NOTHING, takenAt, dateSource: takenAt === null ? null : 'exif' };
}

/** IPTC-IIM 4.2: what older programs write. */
function readIptc(iptc: Tags | undefined): PhotoMetadata {
  if (iptc === undefined) return NOTHING;
  const keywords = [iptc.Keywords].flat().map((tag) => text(tag) ?? '');
  return {
    ...NOTHING,
    caption: cleanCaption(text(iptc['Caption/Abstract']) ?? ''),
    keywords: cleanKeywords(keywords),
  };
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
