// How much of a hostile picture is put up with (images are untrusted input, SECURITY.md), and of the machine taken.
import { availableParallelism } from 'node:os';

/** Larger files are refused before they are read: bytes. */
export const MAX_FILE_BYTES = 512 * 1024 * 1024;

/** Larger pictures are refused before they are decoded: pixels. A 200-megapixel phone photo still passes. */
export const MAX_PIXELS = 300_000_000;

/** libvips gives up on a single picture after so many seconds. The engine's own limit, by killing, is longer. */
export const DECODE_SECONDS = 20;

/**
 * The limits of the lane for formats that libvips does not decode (HEIC, BMP): smaller, because such a picture is held
 * whole, and longer, because it is decoded outside native code. libheif needs about 0.11 s a megapixel.
 */
export const MAX_LANE_PIXELS = 100_000_000;
export const LANE_SECONDS = 30;

/** JPEG XL is decoded in 32-bit numbers, and WebAssembly ends at four gigabytes. */
export const MAX_JXL_PIXELS = 60_000_000;

/** A lane whose decoder holds more than this after a picture starts anew; its memory cannot shrink: bytes. */
export const LANE_MEMORY = 192 * 1024 * 1024;

/** A lane without work for so long gives its memory back: milliseconds. */
export const LANE_IDLE_MS = 10_000;

/** Shorter side of the stored thumbnail: sharp in a 240-px row on a high-density screen. */
export const THUMBNAIL_SHORT_SIDE = 320;

/** Longer side of the stored thumbnail, so that a panorama does not become a banner. */
export const THUMBNAIL_LONG_SIDE = 1280;

/** Pictures per encoder call: larger batches gain nothing on a CPU and delay the first result. */
export const ENCODER_BATCH = 4;

/** Batches given to the encoder at a time: one that it works on, and one at hand when it ends. */
export const BATCHES_AHEAD = 2;

/** What is under way at a time makes at least so many batches: some decoded while others are encoded. */
export const BATCHES_UNDER_WAY = 4;

/** Threads that indexing may try: no model gains from more, and whether it gains from any is measured. */
export const MOST_THREADS = Math.min(8, availableParallelism());
