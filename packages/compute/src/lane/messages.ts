// What the lane and its worker say to each other.
import type { FailureReason } from '@semblance/contract';
import type { Raster, Wanted } from '../picture.ts';

/** Formats decoded in the lane. */
export type LaneFormat = 'heic' | 'bmp';

export interface LaneJob {
  format: LaneFormat;
  data: Uint8Array;
  wanted: Wanted;
}

export type LaneAnswer =
  /** `memory`: bytes the decoder holds and cannot give back. */
  | { ok: true; raster: Raster; memory: number }
  | { ok: false; reason: FailureReason; message: string }
  /** The decoder threw something of its own: it must not be used again. */
  | { ok: false; broken: string };
