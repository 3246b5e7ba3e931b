// XMP, in the picture or beside it: rating, keywords with their hierarchies, caption, date, place.
// https://developer.adobe.com/xmp/docs/XMPNamespaces/ ; hierarchies as Lightroom, digiKam and Windows write them.
import { parsePhotoDate } from '@semblance/core';
import { DOMParser, onErrorStopParsing } from '@xmldom/xmldom';
import { cleanCaption, cleanKeywords, NOTHING, type PhotoMetadata, placeAt } from './facts.ts';

/** Stops at the first error: some broken XML would keep the parser busy for ever (xmldom#501). */
export const domParser = new DOMParser({ onError: onErrorStopParsing });

type XmpTags = Record<string, { value?: unknown; description?: unknown } | string | undefined>;

const DATES = ['DateTimeOriginal', 'DateCreated', 'CreateDate'];

/** @param tags ExifReader's `xmp` group */
export function readXmp(tags: XmpTags | undefined): PhotoMetadata {
  if (tags === undefined) return NOTHING;
  const dates = DATES.map((name) => parsePhotoDate(texts(tags[name])[0]));
  const takenAt = dates.find((date) => date !== null) ?? null;
  const rating = Number(texts(tags.Rating)[0]);
  return {
    ...NOTHING,
    takenAt,
    dateSource: takenAt === null ? null : 'xmp',
    place: placeAt(coordinate(tags.GPSLatitude), coordinate(tags.GPSLongitude)),
    caption: cleanCaption(texts(tags.description)[0] ?? texts(tags.title)[0] ?? ''),
    keywords: cleanKeywords([
      ...texts(tags.subject),
      ...texts(tags.TagsList),
      ...texts(tags.hierarchicalSubject).map((path) => path.replaceAll('|', '/')),
      ...texts(tags.LastKeywordXMP),
    ]),
    // 0 is "not rated", -1 is "rejected".
    rating: Number.isInteger(rating) && rating >= 1 && rating <= 5 ? rating : null,
  };
}

function texts(tag: XmpTags[string]): string[] {
  if (tag === undefined || typeof tag === 'string') return [];
  const values = Array.isArray(tag.value) ? tag.value : [tag.value];
  return values
    .map((item) => (typeof item === 'object' ? item?.value : item))
    .filter((v) => typeof v === 'string');
}

/** `39,55.5N` or `39,55,30N` (XMP Specification Part 2, 1.2.7.4) in degrees. */
function coordinate(tag: XmpTags[string]): number | null {
  const match = /^(\d{1,3}),(\d{1,2}(?:\.\d+)?)(?:,(\d{1,2}(?:\.\d+)?))?([NSEW])$/.exec(texts(tag)[0] ?? '');
  if (match === null) return null;
  const [, degrees, minutes, seconds = 0, side] = match;
  const value = Number(degrees) + Number(minutes) / 60 + Number(seconds) / 3600;
  return side === 'S' || side === 'W' ? -value : value;
}
