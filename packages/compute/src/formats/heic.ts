// HEIC (HEVC pictures in HEIF), through libheif compiled to WebAssembly. Runs in the lane's worker only: it is slow,
// it blocks its thread, and its memory never shrinks.
import libheif from 'libheif-js/wasm-bundle.js';
import { PictureError } from '../failures.ts';
import { MAX_LANE_PIXELS } from '../limits.ts';
import type { Profile, Raster, Wanted } from '../picture.ts';
import { isSequence } from './detect.ts';
import { shrink, shrinkFactor } from './shrink.ts';

// Values of libheif's enumerations (heif_error.h, heif_image.h).
const ERROR_UNSUPPORTED_FILETYPE = 3;
const ERROR_UNSUPPORTED_FEATURE = 4;
const ERROR_MEMORY = 6;
const COLORSPACE_RGB = 1;
const INTERLEAVED_RGB = 10;
const INTERLEAVED_RGBA = 11;
const CHANNEL_INTERLEAVED = 10;
/** ISO/IEC 23091-2: SMPTE EG 432-1, the primaries of Display P3. */
const PRIMARIES_P3 = 12;
/** Offset of `max_image_size_pixels` (64 bits) in `heif_security_limits`. */
const LIMIT_PIXELS = 8;
/** Offset of `max_total_memory` (64 bits, bytes) in the same structure. */
const LIMIT_MEMORY = 64;
/** A picture of the largest size in 4:2:0, and as RGB with alpha, and as much again for what is half done. */
const MAX_MEMORY = MAX_LANE_PIXELS * 11;
/** Offset of `convert_hdr_to_8bit` in `heif_decoding_options`: 10-bit pictures come out as 8 bits a channel. */
const OPTION_TO_8BIT = 20;
/** Offset of `strict_decoding`: tiles that are missing are an error rather than black squares. */
const OPTION_STRICT = 21;

/**
 * The primary picture, upright: libheif applies the container's own rotation and mirroring, so that EXIF orientation
 * must not be applied again. High dynamic range (PQ, HLG) is not tone-mapped.
 *
 * @throws PictureError `too-large` before any pixel is decoded, `unsupported` for other codecs, else `corrupt`
 */
export function decodeHeic(data: Buffer, wanted: Wanted): Raster {
  const undo: (() => void)[] = [];
  try {
    return decodePrimary(data, wanted, undo);
  } finally {
    for (const step of undo.reverse()) step();
  }
}

/** Bytes that the decoder holds, for good: its memory grows with the largest picture seen. */
export function heicMemory(): number {
  return libheif.HEAPU8.length;
}

function decodePrimary(data: Buffer, wanted: Wanted, undo: (() => void)[]): Raster {
  const bytes = allocate(data.length, undo);
  libheif.HEAPU8.set(data, bytes);
  // A `heif_error` (12 bytes), then room for what a call gives back.
  const error = allocate(24, undo);
  const result = error + 12;

  const context = libheif._heif_context_alloc();
  undo.push(() => libheif._heif_context_free(context));
  // The header may promise less than the coded picture holds: libheif checks both against this.
  const limits = libheif._heif_context_get_security_limits(context);
  setUint64(limits + LIMIT_PIXELS, MAX_LANE_PIXELS);
  setUint64(limits + LIMIT_MEMORY, MAX_MEMORY);
  libheif._heif_context_read_from_memory_without_copy(error, context, bytes, data.length, 0);
  check(error);
  libheif._heif_context_get_primary_image_handle(error, context, result);
  check(error);
  const handle = uint32(result);
  undo.push(() => libheif._heif_image_handle_release(handle));

  const fullWidth = libheif._heif_image_handle_get_width(handle);
  const fullHeight = libheif._heif_image_handle_get_height(handle);
  if (fullWidth * fullHeight > MAX_LANE_PIXELS) throw tooLarge();
  const alpha = libheif._heif_image_handle_has_alpha_channel(handle) !== 0;
  const profile = profileOf(handle, error, undo);

  const options = libheif._heif_decoding_options_alloc();
  undo.push(() => libheif._heif_decoding_options_free(options));
  libheif.HEAPU8[options + OPTION_TO_8BIT] = 1;
  libheif.HEAPU8[options + OPTION_STRICT] = 1;
  const chroma = alpha ? INTERLEAVED_RGBA : INTERLEAVED_RGB;
  libheif._heif_decode_image(error, handle, result, COLORSPACE_RGB, chroma, options);
  check(error);
  const image = uint32(result);
  undo.push(() => libheif._heif_image_release(image));

  const width = libheif._heif_image_get_width(image, CHANNEL_INTERLEAVED);
  const height = libheif._heif_image_get_height(image, CHANNEL_INTERLEAVED);
  const plane = libheif._heif_image_get_plane_readonly(image, CHANNEL_INTERLEAVED, result);
  if (plane === 0 || width <= 0 || height <= 0) throw new PictureError('corrupt', 'The picture is damaged.');
  const stride = uint32(result);
  const channels = alpha ? 4 : 3;
  const row = (y: number): Uint8Array =>
    libheif.HEAPU8.subarray(plane + y * stride, plane + y * stride + width * channels);
  const small = shrink({ row, width, height, channels }, shrinkFactor(width, height, wanted));
  return { ...small, profile, fullWidth: width, fullHeight: height, animated: isSequence(data) };
}

/** The embedded ICC profile, else what the coding-independent code points say; no word means sRGB. */
function profileOf(handle: number, error: number, undo: (() => void)[]): Profile {
  const size = libheif._heif_image_handle_get_raw_color_profile_size(handle);
  if (size > 0) {
    const at = allocate(size, undo);
    libheif._heif_image_handle_get_raw_color_profile(error, handle, at);
    if (uint32(error) === 0) return libheif.HEAPU8.slice(at, at + size);
  }
  const result = error + 12;
  libheif._heif_image_handle_get_nclx_color_profile(error, handle, result);
  if (uint32(error) !== 0) return 'srgb';
  const nclx = uint32(result);
  undo.push(() => libheif._heif_nclx_color_profile_free(nclx));
  // After its version byte, aligned to four.
  return uint32(nclx + 4) === PRIMARIES_P3 ? 'display-p3' : 'srgb';
}

/** A `heif_error` is its code, a finer code and the address of a sentence. */
function check(error: number): void {
  const code = uint32(error);
  if (code === 0) return;
  if (code === ERROR_MEMORY) throw tooLarge();
  if (code === ERROR_UNSUPPORTED_FILETYPE || code === ERROR_UNSUPPORTED_FEATURE) {
    throw new PictureError('unsupported', 'This kind of HEIF picture cannot be read.');
  }
  throw new PictureError('corrupt', `The picture is damaged (${sentence(uint32(error + 8))}).`);
}

function tooLarge(): PictureError {
  return new PictureError('too-large', 'The picture has more pixels than can be decoded safely.');
}

function allocate(bytes: number, undo: (() => void)[]): number {
  const at = libheif._malloc(bytes);
  if (at === 0) throw tooLarge();
  undo.push(() => libheif._free(at));
  return at;
}

function uint32(at: number): number {
  return new DataView(libheif.HEAPU8.buffer).getUint32(at, true);
}

function setUint64(at: number, value: number): void {
  new DataView(libheif.HEAPU8.buffer).setBigUint64(at, BigInt(value), true);
}

/** libheif says `kind: what: details`, zero-terminated; the middle is enough. */
function sentence(at: number): string {
  const end = Math.min(libheif.HEAPU8.indexOf(0, at), at + 300);
  const parts = Buffer.from(libheif.HEAPU8.slice(at, end)).toString('latin1').split(': ');
  return (parts[1] ?? parts[0] ?? '').replace(/\.$/, '').slice(0, 120);
}
