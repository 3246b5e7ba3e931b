// A picture that was dropped on the search: checked before anything decodes it.
import { MAX_DROPPED_BYTES, SemblanceError } from '@semblance/contract';

/**
 * @param base64 as in RFC 4648, with or without line breaks
 * @throws SemblanceError PHOTO_UNREADABLE
 */
export function droppedPicture(base64: string): Uint8Array {
  const unreadable = (message: string) => new SemblanceError('PHOTO_UNREADABLE', message);
  // Four characters are three bytes.
  if (base64.length * 0.75 > MAX_DROPPED_BYTES * 1.02) {
    throw unreadable(`A picture to search by has at most ${MAX_DROPPED_BYTES / 1e6} MB.`);
  }
  const bytes = Buffer.from(base64, 'base64');
  if (bytes.length > MAX_DROPPED_BYTES) {
    throw unreadable(`A picture to search by has at most ${MAX_DROPPED_BYTES / 1e6} MB.`);
  }
  const begins = (text: string, at = 0): boolean => bytes.toString('latin1', at, at + text.length) === text;
  const known =
    begins('\xff\xd8\xff') || begins('\x89PNG\r\n\x1a\n') || (begins('RIFF') && begins('WEBP', 8));
  if (!known) throw unreadable('Only JPEG, PNG and WebP pictures can be dropped here.');
  return bytes;
}
