// The few facts of a TIFF's directories that tell a camera's raw file from a picture, and which way up it is.
// TIFF 6.0; TIFF/EP (ISO 12234-2); Adobe DNG 1.7. Every loop is bounded: the file may be hostile.

export interface TiffFacts {
  /** Holds sensor data: a colour filter array or linear raw, or calls itself DNG. */
  raw: boolean;
  dng: boolean;
  make: string;
  /** EXIF orientation of the first directory, 1 to 8. */
  orientation: number;
}

const SUB_DIRECTORIES = 330;
const PHOTOMETRIC = 262;
const MAKE = 271;
const ORIENTATION = 274;
const DNG_VERSION = 50706;
/** PhotometricInterpretation of sensor data. */
const CFA = 32803;
const LINEAR_RAW = 34892;
const MAX_DIRECTORIES = 24;
const MAX_ENTRIES = 512;

/** @returns null when it does not start like a TIFF (the magic number may be a camera maker's own) */
export function readTiffFacts(data: Buffer): TiffFacts | null {
  const order = data.toString('latin1', 0, 2);
  if (data.length < 16 || (order !== 'II' && order !== 'MM')) return null;
  const u16 = (at: number): number => (order === 'II' ? data.readUInt16LE(at) : data.readUInt16BE(at));
  const u32 = (at: number): number => (order === 'II' ? data.readUInt32LE(at) : data.readUInt32BE(at));
  const facts: TiffFacts = { raw: false, dng: false, make: '', orientation: 1 };
  const waiting = [u32(4)];
  const seen = new Set<number>();

  while (waiting.length > 0 && seen.size < MAX_DIRECTORIES) {
    const start = waiting.shift() as number;
    if (start < 8 || start + 2 > data.length || seen.has(start)) continue;
    const first = seen.size === 0;
    seen.add(start);
    const count = Math.min(u16(start), MAX_ENTRIES);
    const end = start + 2 + count * 12;
    if (end > data.length) continue;
    for (let at = start + 2; at < end; at += 12) {
      // A SHORT lies in the first two bytes of its field in either byte order.
      const short = u16(at + 8);
      switch (u16(at)) {
        case PHOTOMETRIC:
          facts.raw ||= short === CFA || short === LINEAR_RAW;
          break;
        case ORIENTATION:
          if (first && short >= 1 && short <= 8) facts.orientation = short;
          break;
        case DNG_VERSION:
          facts.dng = true;
          break;
        case MAKE:
          if (first) facts.make = textAt(u32(at + 4), at + 8);
          break;
        case SUB_DIRECTORIES:
          waiting.push(...longsAt(u32(at + 4), at + 8));
          break;
      }
    }
    if (end + 4 <= data.length) waiting.push(u32(end));
  }
  facts.raw ||= facts.dng;
  return facts;

  function textAt(length: number, field: number): string {
    const at = length <= 4 ? field : u32(field);
    return at + length > data.length ? '' : data.toString('latin1', at, at + Math.min(length, 40));
  }

  function longsAt(length: number, field: number): number[] {
    const at = length === 1 ? field : u32(field);
    const bounded = Math.min(length, MAX_DIRECTORIES);
    return at + bounded * 4 > data.length ? [] : Array.from({ length: bounded }, (_, i) => u32(at + i * 4));
  }
}
