// Which files are handed to the system to be opened with its own program: pictures by their names. Photos are known by
// content, and a picture inside a file that is named like a program would be run, not shown.
import { extname } from 'node:path';

const PICTURES: ReadonlySet<string> = new Set(
  (
    '.jpg .jpeg .jpe .png .webp .avif .tif .tiff .gif .bmp .heic .heif ' +
    '.cr2 .cr3 .nef .arw .dng .raf .orf .rw2 .pef'
  ).split(' '),
);

export function mayOpenElsewhere(path: string): boolean {
  return PICTURES.has(extname(path).toLowerCase());
}
