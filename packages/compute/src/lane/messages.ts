// What the lane and its worker say to each other.
import type { FailureReason } from '@semblance/contract';
import type { PackedPicture, Raster, Wanted } from '../picture.ts';

/** Formats decoded in the lane, and what becomes of each. */
export interface LanePictures {
  heic: Raster;
  bmp: Raster;
  jxl: PackedPicture;
}

export type LaneFormat = keyof LanePictures;

export interface LaneJob {
  format: LaneFormat;
  data: Uint8Array;
  wanted: Wanted;
}

export type LaneAnswer =
  /** `memory`: bytes the decoder holds and cannot give back. */
  | { ok: true; raster: Raster | PackedPicture; memory: number }
  | { ok: false; reason: FailureReason; message: string }
  /** The decoder threw something of its own: it must not be used again. */
  | { ok: false; broken: string };
