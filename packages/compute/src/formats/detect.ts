// What a file is by its first bytes, as far as it decides who decodes it. Names are not looked at.
import { rawFormatOf } from './raw.ts';

/** `sharp` stands for everything that libvips recognises by itself, and for rubbish. */
export type Decoder = 'sharp' | 'heic' | 'bmp' | 'jxl' | 'raw';

/** HEVC pictures and picture sequences (ISO/IEC 23008-12, annex B). */
const HEVC_BRANDS = new Set('heic heix heim heis hevc hevx hevm hevs'.split(' '));
/** The part of them that are sequences. `msf1` says the same for any codec. */
const SEQUENCE_BRANDS = new Set('hevc hevx hevm hevs msf1 avis'.split(' '));
/** Containers whose brand does not name the codec. */
const OPEN_BRANDS = new Set(['mif1', 'mif2', 'msf1', 'miaf']);
const AV1_BRANDS = new Set(['avif', 'avis']);
/** How far into a file the names of its codecs are looked for: bytes. */
const CODEC_SEARCH = 64 * 1024;
/** Sizes of the BMP information headers that exist; two letters alone (`BM`) would also match text. */
const BMP_HEADERS = new Set([12, 16, 40, 52, 56, 64, 108, 124]);

export function decoderOf(data: Buffer): Decoder {
  if (rawFormatOf(data) !== null) return 'raw';
  if (isJxl(data)) return 'jxl';
  const brands = brandsOf(data);
  if (brands.length > 0) return heifDecoder(data, brands);
  return isBmp(data) ? 'bmp' : 'sharp';
}

/** True for a HEIF file that holds a picture sequence beside its still picture. */
export function isSequence(data: Buffer): boolean {
  return brandsOf(data).some((brand) => SEQUENCE_BRANDS.has(brand));
}

function heifDecoder(data: Buffer, brands: string[]): Decoder {
  if (brands.some((brand) => AV1_BRANDS.has(brand))) return 'sharp';
  if (brands.some((brand) => HEVC_BRANDS.has(brand))) return 'heic';
  if (!brands.some((brand) => OPEN_BRANDS.has(brand))) return 'sharp';
  const head = data.subarray(0, CODEC_SEARCH);
  return head.includes('av01') && !head.includes('hvc1') ? 'sharp' : 'heic';
}

/** Major and compatible brands of an ISO base media file (ISO/IEC 14496-12, 4.3); none for other files. */
function brandsOf(data: Buffer): string[] {
  if (data.length < 16 || data.toString('latin1', 4, 8) !== 'ftyp') return [];
  const end = Math.min(data.length, data.readUInt32BE(0), 256);
  const brands = [data.toString('latin1', 8, 12)];
  for (let at = 16; at + 4 <= end; at += 4) brands.push(data.toString('latin1', at, at + 4));
  return brands;
}

/** A bare codestream, or one in a container (ISO/IEC 18181-2, 3). */
function isJxl(data: Buffer): boolean {
  const start = data.toString('latin1', 0, 12);
  return start.startsWith('\xff\x0a') || start === '\0\0\0\x0cJXL \r\n\x87\n';
}

function isBmp(data: Buffer): boolean {
  return (
    data.length >= 26 && data.toString('latin1', 0, 2) === 'BM' && BMP_HEADERS.has(data.readUInt32LE(14))
  );
}
