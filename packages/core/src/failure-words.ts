// Which of the known things is wrong with a file, told by the engine's own sentence. The sentences are what catalogs hold,
// those of earlier versions too; a window has words of its own for each kind (`failures.why.*`).
import type { FailureWhy } from '@semblance/contract';

const SENTENCES: Record<Exclude<FailureWhy, 'damaged' | 'disk-refused'>, string> = {
  gone: 'The file is gone.',
  lost: 'The file cannot be found.',
  'no-permission': 'No permission to read the file.',
  'may-not-be-read': 'Its permissions do not allow it to be read.',
  folder: 'It is a folder.',
  'not-regular': 'It is not a regular file.',
  device: 'It is called like a photo, but is a pipe, a socket or a device.',
  'disk-error': 'The disk could not read the file.',
  'link-circle': 'The link leads in a circle.',
  'link-to-itself': 'It is a link that leads back to itself.',
  'link-to-nothing': 'It is a link to something that is not there.',
  'path-too-long': 'The path is too long for this system.',
  'path-to-shorten': 'Its path is longer than this system can open. Move it nearer to the top.',
  'bad-name': 'Its name is not valid text (UTF-8), so it cannot be opened. Rename it.',
  changed: 'The file has changed since it was indexed.',
  empty: 'The file is empty.',
  'large-file': 'The file is larger than 512 MB.',
  'many-pixels': 'The picture has more pixels than can be decoded safely.',
  slow: 'Decoding took too long.',
  ended: 'Its process was ended from outside again and again while it was read.',
  crash: 'The picture makes the decoder crash.',
  'cut-off': 'The picture is cut off.',
  'no-picture': 'The bytes are not those of a picture.',
  'no-photo': 'Pictures of this format are not photos.',
  'unknown-format': 'Pictures of this format cannot be read yet.',
  bitmap: 'Bitmaps compressed in this way cannot be read.',
  heif: 'This kind of HEIF picture cannot be read.',
  'no-preview': 'This RAW picture holds no preview.',
};

const KINDS = new Map(Object.entries(SENTENCES).map(([why, sentence]) => [sentence, why as FailureWhy]));

/** Sentences with a detail in parentheses, which is English and often a decoder's. */
const WITH_DETAIL: readonly [RegExp, FailureWhy][] = [
  [/^The picture is damaged(?: \(.*\))?\.$/s, 'damaged'],
  [/^The disk did not let it be looked at \(.*\)\.$/s, 'disk-refused'],
];

/** @returns null for a sentence that is not among the known ones */
export function failureWhy(message: string): FailureWhy | null {
  return KINDS.get(message) ?? WITH_DETAIL.find(([pattern]) => pattern.test(message))?.[1] ?? null;
}
