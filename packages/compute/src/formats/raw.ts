// Camera raw files, by the JPEG preview that the camera puts into each. Developing the sensor data is another program's
// work; the preview is what the photographer saw. It is found without knowing the makers' structures: the largest
// baseline or progressive JPEG in the file. (exiftool knows the structures, but needs Perl, which few systems promise.)
import { PictureError } from '../failures.ts';
import { readTiffFacts } from './tiff-directories.ts';

export type RawFormat = 'cr2' | 'cr3' | 'nef' | 'arw' | 'dng' | 'raf' | 'orf' | 'rw2' | 'pef' | 'raw';

/** Random sensor data looks like the start of a JPEG once in 16 MB; more candidates than this are an attack. */
const MAX_CANDIDATES = 500;
const MAX_SEGMENTS = 100;
/** Where the EXIF of files that are no plain TIFF is found: bytes. */
const HEAD_BYTES = 1024 * 1024;
const START_OF_IMAGE = Buffer.from([0xff, 0xd8, 0xff]);

/** By the bytes: names of raw files are as unreliable as any. Null for everything else. */
export function rawFormatOf(data: Buffer): RawFormat | null {
  const start = data.toString('latin1', 0, 12);
  if (start.startsWith('FUJIFILM')) return 'raf';
  if (start.slice(4) === 'ftypcrx ') return 'cr3';
  if (start.startsWith('IIU\0')) return 'rw2';
  if (/^(IIRO|IIRS|MMOR)/.test(start)) return 'orf';
  if (!start.startsWith('II*\0') && !start.startsWith('MM\0*')) return null;
  if (start.slice(8, 10) === 'CR') return 'cr2';
  const facts = readTiffFacts(data);
  return facts?.raw ? (facts.dng ? 'dng' : byMaker(facts.make)) : null;
}

function byMaker(make: string): RawFormat {
  const maker = /nikon|sony|pentax|ricoh/i.exec(make)?.[0].toLowerCase();
  if (maker === undefined) return 'raw';
  return maker === 'nikon' ? 'nef' : maker === 'sony' ? 'arw' : 'pef';
}

export interface Preview {
  /** A JPEG; what follows it in the file may follow it here. */
  data: Buffer;
  /** What the raw file says about which way up the preview is, 1 to 8; the preview's own EXIF goes first. */
  orientation: number;
}

/** @throws PictureError `unsupported` when the file holds no JPEG that can be shown */
export function previewOf(data: Buffer): Preview {
  let best = { at: -1, pixels: 0 };
  let at = data.indexOf(START_OF_IMAGE);
  for (let i = 0; at !== -1 && i < MAX_CANDIDATES; i++) {
    const pixels = jpegPixels(data, at);
    if (pixels > best.pixels) best = { at, pixels };
    at = data.indexOf(START_OF_IMAGE, at + START_OF_IMAGE.length);
  }
  if (best.at === -1) throw new PictureError('unsupported', 'This RAW picture holds no preview.');
  return { data: data.subarray(best.at), orientation: orientationOf(data) };
}

/** Pixels of the JPEG that starts here; 0 when it is none, or is coded without loss, as sensor data are (ITU T.81, B). */
function jpegPixels(data: Buffer, start: number): number {
  let at = start + 2;
  for (let i = 0; i < MAX_SEGMENTS && at + 10 <= data.length; i++) {
    if (data[at] !== 0xff) return 0;
    const marker = data[at + 1] as number;
    if (marker === 0xc0 || marker === 0xc1 || marker === 0xc2) {
      const colours = data[at + 9];
      if (data[at + 4] !== 8 || (colours !== 1 && colours !== 3)) return 0;
      return data.readUInt16BE(at + 5) * data.readUInt16BE(at + 7);
    }
    // Tables, application data, comments and the restart interval may stand before the frame.
    const before = marker === 0xc4 || marker === 0xdb || marker === 0xdd || marker === 0xfe;
    if (!before && (marker < 0xe0 || marker > 0xef)) return 0;
    at += 2 + data.readUInt16BE(at + 2);
  }
  return 0;
}

function orientationOf(data: Buffer): number {
  for (const block of exifBlocksOf(data)) {
    const facts = readTiffFacts(block);
    if (facts !== null) return facts.orientation;
  }
  return 1;
}

/**
 * Where a raw file keeps its EXIF, as TIFF blocks, most general first. Most are TIFF themselves; Olympus and Panasonic
 * put a magic number of their own; CR3 has boxes with a directory each; in RAF the preview carries it all.
 */
export function exifBlocksOf(data: Buffer): Buffer[] {
  if (data.toString('latin1', 4, 12) === 'ftypcrx ') {
    return ['CMT1', 'CMT2'].flatMap((name) => {
      const at = data.subarray(0, HEAD_BYTES).indexOf(name);
      return at < 4 ? [] : [data.subarray(at + 4, at - 4 + data.readUInt32BE(at - 4))];
    });
  }
  const start = data.toString('latin1', 0, 4);
  if (start === 'II*\0' || start === 'MM\0*') return [data];
  if (start === 'MMOR') return [withStart('MM\0*', data)];
  return start.startsWith('II') ? [withStart('II*\0', data)] : [];
}

/** The head of a file under another magic number. */
function withStart(start: string, data: Buffer): Buffer {
  const head = Buffer.from(data.subarray(0, HEAD_BYTES));
  head.write(start, 'latin1');
  return head;
}
