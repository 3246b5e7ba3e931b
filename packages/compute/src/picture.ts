// The shapes a picture has on its way from the file's bytes to what is derived from it.

/** 8-bit sRGB, rows top to bottom, three bytes a pixel. */
export interface Picture {
  data: Uint8Array;
  width: number;
  height: number;
}

/** How large a picture is wanted: pixels on one of its sides. Nothing is ever enlarged. */
export interface Wanted {
  side: number;
  of: 'shorter' | 'longer';
}

/** What is known of the picture in a file, whatever size it was decoded to. */
export interface PictureFacts {
  /** From the bytes: `jpeg`, `heic`, `bmp`, ... */
  format: string;
  /** Full size in pixels, upright. */
  width: number;
  height: number;
  animated: boolean;
}

/** What a decoder gives that packs its pixels itself: a PNG in sRGB, upright, whole. */
export interface PackedPicture {
  png: Uint8Array;
  fullWidth: number;
  fullHeight: number;
  animated: boolean;
}

/** Colours of a raster: an ICC profile, or a space that needs no bytes to say. */
export type Profile = Uint8Array | 'display-p3' | 'srgb';

/** What a decoder of our own gives: upright 8-bit RGB in some colour space, perhaps already smaller than the original. */
export interface Raster extends Picture {
  profile: Profile;
  /** Size of the whole picture. */
  fullWidth: number;
  fullHeight: number;
  animated: boolean;
}
