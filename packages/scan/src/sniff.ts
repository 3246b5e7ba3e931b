// What a file is by its first bytes, whatever its name says.

export type SniffedFormat =
  | 'jpeg'
  | 'png'
  | 'gif'
  | 'webp'
  | 'bmp'
  | 'tiff'
  | 'avif'
  | 'heif'
  | 'jxl'
  /** A camera raw format that does not look like plain TIFF. NEF, ARW, DNG and the like are `tiff` here. */
  | 'raw';

/** As many bytes as `sniffFormat` looks at. */
export const SNIFF_BYTES = 64;

const HEIF_BRANDS: ReadonlySet<string> = new Set([
  ...['heic', 'heix', 'heim', 'heis', 'hevc', 'hevx', 'hevm', 'hevs', 'mif1', 'msf1'],
]);
/** Sizes of the BMP information headers that exist; two letters alone (`BM`) would also match text. */
const BMP_HEADERS: ReadonlySet<number> = new Set([12, 16, 40, 52, 56, 64, 108, 124]);

/**
 * @param bytes the start of a file; `SNIFF_BYTES` are enough
 * @returns null when no picture format is recognised
 *
 * Signatures: ITU T.81 (JPEG), W3C PNG, GIF89a, RFC 9649 (WebP), TIFF 6.0 and BigTIFF, ISO/IEC 14496-12 `ftyp` with
 * the brands of HEIF (23008-12) and AVIF, ISO/IEC 18181-2 (JPEG XL); the makers' own for raw.
 */
export function sniffFormat(bytes: Uint8Array): SniffedFormat | null {
  const text = (from: number, to: number) => String.fromCharCode(...bytes.subarray(from, to));
  if (text(0, 3) === '\xff\xd8\xff') return 'jpeg';
  if (text(0, 8) === '\x89PNG\r\n\x1a\n') return 'png';
  if (text(0, 6) === 'GIF87a' || text(0, 6) === 'GIF89a') return 'gif';
  if (text(0, 4) === 'RIFF' && text(8, 12) === 'WEBP') return 'webp';
  if (text(0, 2) === 'BM' && BMP_HEADERS.has(uint32(bytes, 14))) return 'bmp';
  if (text(4, 8) === 'ftyp') return sniffBrands(text(8, 12), text(16, 48));
  if (text(0, 2) === '\xff\x0a' || text(0, 12) === '\0\0\0\x0cJXL \r\n\x87\n') return 'jxl';
  if (text(0, 8) === 'FUJIFILM' || text(0, 4) === 'FOVb') return 'raw';
  return sniffTiff(text(0, 4), text(8, 10));
}

function sniffBrands(major: string, compatible: string): SniffedFormat | null {
  if (major === 'crx ') return 'raw';
  const brands = [major, ...(compatible.match(/.{4}/gs) ?? [])];
  if (brands.includes('avif') || brands.includes('avis')) return 'avif';
  return brands.some((brand) => HEIF_BRANDS.has(brand)) ? 'heif' : null;
}

function sniffTiff(start: string, atEight: string): SniffedFormat | null {
  switch (start) {
    case 'II*\0':
    case 'MM\0*':
      return atEight === 'CR' ? 'raw' : 'tiff';
    case 'II+\0':
    case 'MM\0+':
      return 'tiff';
    case 'IIU\0':
    case 'IIRO':
    case 'IIRS':
    case 'MMOR':
      return 'raw';
    default:
      return null;
  }
}

/** Little endian; NaN beyond the end. */
function uint32(bytes: Uint8Array, at: number): number {
  const [a, b, c, d] = bytes.subarray(at, at + 4);
  if (a === undefined || b === undefined || c === undefined || d === undefined) return Number.NaN;
  return a + b * 0x100 + c * 0x1_00_00 + d * 0x1_00_00_00;
}
