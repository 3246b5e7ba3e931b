// What is known of a photo beside its pixels, whoever says it: the file itself, a sidecar, or its name.
import type { Camera, DateSource, Place } from '@semblance/contract';

export interface PhotoMetadata {
  /** Wall-clock milliseconds, as if UTC. */
  takenAt: number | null;
  /** Who says so; null when nobody does, and the file's date must do. */
  dateSource: Exclude<DateSource, 'mtime'> | null;
  camera: Camera;
  place: Place | null;
  caption: string | null;
  /** NFC, each once; hierarchies as `places/ankara`. */
  keywords: string[];
  /** 1 to 5. */
  rating: number | null;
  favourite: boolean;
}

export const NOTHING: PhotoMetadata = {
  takenAt: null,
  dateSource: null,
  camera: {
    make: null,
    model: null,
    lens: null,
    aperture: null,
    exposureSeconds: null,
    iso: null,
    focalLengthMm: null,
  },
  place: null,
  caption: null,
  keywords: [],
  rating: null,
  favourite: false,
};

const MAX_KEYWORDS = 200;
const MAX_KEYWORD = 200;
const MAX_CAPTION = 4000;

/** What the first does not know, the second may. Keywords of both count. */
export function complete(first: PhotoMetadata, second: PhotoMetadata): PhotoMetadata {
  const known = Object.entries(first.camera).filter(([, value]) => value !== null);
  const dated = first.takenAt === null ? second : first;
  return {
    takenAt: dated.takenAt,
    dateSource: dated.dateSource,
    camera: { ...second.camera, ...Object.fromEntries(known) },
    place: first.place ?? second.place,
    caption: first.caption ?? second.caption,
    keywords: cleanKeywords([...first.keywords, ...second.keywords]),
    rating: first.rating ?? second.rating,
    favourite: first.favourite || second.favourite,
  };
}

export function cleanKeywords(keywords: readonly string[]): string[] {
  const clean = keywords
    .map((keyword) => cleanText(keyword, MAX_KEYWORD))
    .filter((keyword) => keyword !== null);
  return [...new Set(clean)].slice(0, MAX_KEYWORDS);
}

/** Cameras fill the description with their own name, a number or a placeholder. */
const BY_CAMERA = /DIGITAL CAMERA$|^SONY DSC$|^DCIM|^<.*>$|^[-\s\d_.]*$/i;

export function cleanCaption(text: string): string | null {
  const clean = cleanText(text, MAX_CAPTION);
  return clean === null || BY_CAMERA.test(clean) ? null : clean;
}

function cleanText(text: string, longest: number): string | null {
  // Cameras pad with NULs and spaces.
  const clean = text.normalize('NFC').replace(/\0/g, ' ').replace(/\s+/g, ' ').trim();
  return clean === '' ? null : clean.slice(0, longest);
}

/** Latitude and longitude in degrees. Exactly 0, 0 is what devices write when they do not know. */
export function placeAt(latitude: unknown, longitude: unknown): Place | null {
  if (typeof latitude !== 'number' || typeof longitude !== 'number') return null;
  const valid = Math.abs(latitude) <= 90 && Math.abs(longitude) <= 180 && (latitude !== 0 || longitude !== 0);
  return valid ? { latitude, longitude } : null;
}
