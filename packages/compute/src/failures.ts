// Turns what decoders and the file system throw into one of the five recorded reasons.
import { extname } from 'node:path';
import type { FailureReason } from '@semblance/contract';
import type { IngestFailure } from './protocol.ts';

/** Extensions whose pictures this build decodes; other picture files are `unsupported`, not `corrupt`. */
const DECODED_EXTENSIONS = new Set(
  '.jpg .jpeg .jpe .jfif .png .apng .webp .avif .tif .tiff .gif .bmp .heic .heif .hif .jxl .cr2 .cr3 .nef .arw .dng .raf .orf .rw2 .pef .svg'.split(
    ' ',
  ),
);

/** A refusal decided by us rather than by the decoder. */
export class PictureError extends Error {
  readonly reason: FailureReason;

  constructor(reason: FailureReason, message: string) {
    super(message);
    this.name = 'PictureError';
    this.reason = reason;
  }
}

const UNREADABLE: Record<string, string> = {
  ENOENT: 'The file is gone.',
  EACCES: 'No permission to read the file.',
  EPERM: 'No permission to read the file.',
  EISDIR: 'It is a folder.',
  EIO: 'The disk could not read the file.',
  ELOOP: 'The link leads in a circle.',
  ENAMETOOLONG: 'The path is too long for this system.',
};

/** @param path only its extension is used; messages never carry paths. */
export function classifyFailure(error: unknown, path: string): IngestFailure {
  if (error instanceof PictureError) return failed(error.reason, error.message);
  const message = error instanceof Error ? error.message : String(error);
  const code = (error as NodeJS.ErrnoException | null)?.code;
  if (code !== undefined && code in UNREADABLE) return failed('unreadable', UNREADABLE[code] ?? message);
  if (/exceeds pixel limit|too large/i.test(message)) {
    return failed('too-large', 'The picture has more pixels than can be decoded safely.');
  }
  if (/timeout/i.test(message)) return failed('timeout', 'Decoding took too long.');
  if (/unsupported image format|unsupported codec|not built with|bitstream not supported/i.test(message)) {
    return DECODED_EXTENSIONS.has(extname(path).toLowerCase())
      ? failed('corrupt', 'The bytes are not those of a picture.')
      : failed('unsupported', 'Pictures of this format cannot be read yet.');
  }
  const detail = firstLine(message);
  return failed('corrupt', detail === '' ? 'The picture is damaged.' : `The picture is damaged (${detail}).`);
}

function failed(reason: FailureReason, message: string): IngestFailure {
  return { ok: false, reason, message };
}

/** libvips repeats itself over many lines; the first says it. Empty when it says nothing. */
function firstLine(message: string): string {
  const lines = message.split('\n').map((line) =>
    line
      .trim()
      .replace(/^Input (buffer|file) has corrupt header:/, '')
      .replace(/^Unknown error$/, '')
      .trim(),
  );
  const line = lines.find((l) => l !== '') ?? '';
  return line.replace(/\.$/, '').slice(0, 160);
}
