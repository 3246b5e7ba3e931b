// From a decoded picture to the numbers an image encoder reads: resize, centre crop, rescale, normalise.
import type { PreprocessConfig } from './preprocess-config.ts';
import { type RgbPicture, resize, type Window } from './resample.ts';

/**
 * Pure. The same as Hugging Face's image processors or torchvision's transforms with Pillow, to the last 8-bit level.
 *
 * @param picture 8-bit sRGB, upright, of any size; `data` holds `width * height * 3` bytes
 * @returns planes R, G, B of `config.height` rows by `config.width` columns (CHW); about -2.5 to 2.5 for CLIP
 * @throws RangeError when `data` does not have the size that width and height say
 */
export function preprocess(picture: RgbPicture, config: PreprocessConfig): Float32Array {
  const { width, height, data } = picture;
  if (width < 1 || height < 1 || data.length !== width * height * 3) {
    throw new RangeError(`A picture of ${width} x ${height} RGB pixels cannot have ${data.length} bytes.`);
  }
  const resized = resizedSize(picture, config);
  const window = centreWindow(resized, config);
  const pixels = resize(picture, resized.width, resized.height, config.filter, window.inside);
  return toTensor(pixels, window, config);
}

/** Longer side truncated, as `get_resize_output_image_size` of transformers and torchvision do. */
function resizedSize(
  picture: RgbPicture,
  { resize: rule }: PreprocessConfig,
): { width: number; height: number } {
  const { width, height } = picture;
  if (rule.kind === 'none') return { width, height };
  if (rule.kind === 'exact') return { width: rule.width, height: rule.height };
  if (rule.kind === 'inside') {
    // `ResizeKeepRatio` of open_clip and timm with `longest` 1, Python's rounding included.
    const ratio = Math.max(height / rule.height, width / rule.width);
    return { width: roundHalfToEven(width / ratio), height: roundHalfToEven(height / ratio) };
  }
  const long = Math.trunc((rule.side * Math.max(width, height)) / Math.min(width, height));
  return width <= height ? { width: rule.side, height: long } : { width: long, height: rule.side };
}

interface Crop {
  /** What of the resized picture is seen. */
  inside: Window;
  /** Where it lies in the tensor: above 0 where the picture is smaller than the crop and is padded. */
  left: number;
  top: number;
}

/** `center_crop` of transformers' image_transforms, or torchvision's. */
function centreWindow(resized: { width: number; height: number }, config: PreprocessConfig): Crop {
  const x = span(resized.width, config.width, config.rounding);
  const y = span(resized.height, config.height, config.rounding);
  return {
    inside: { left: x.from, top: y.from, width: x.length, height: y.length },
    left: x.at,
    top: y.at,
  };
}

function span(
  have: number,
  want: number,
  rounding: PreprocessConfig['rounding'],
): { from: number; length: number; at: number } {
  const even = rounding === 'half-to-even';
  if (have >= want) {
    const half = (have - want) / 2;
    return { from: even ? roundHalfToEven(half) : Math.floor(half), length: want, at: 0 };
  }
  const border = (want - have) / 2;
  return { from: 0, length: have, at: even ? Math.floor(border) : Math.ceil(border) };
}

/** Python's `round`. */
function roundHalfToEven(value: number): number {
  const down = Math.floor(value);
  if (value - down !== 0.5) return Math.round(value);
  return down % 2 === 0 ? down : down + 1;
}

function toTensor(pixels: Uint8Array, crop: Crop, config: PreprocessConfig): Float32Array {
  const { width, height, scale, offset } = config;
  const plane = width * height;
  const tensor = new Float32Array(3 * plane);
  const { width: columns, height: rows } = crop.inside;
  const padded = columns < width || rows < height;
  for (let channel = 0; channel < 3; channel++) {
    const factor = scale[channel] as number;
    const shift = offset[channel] as number;
    if (padded) tensor.fill(config.fill * factor + shift, channel * plane, (channel + 1) * plane);
    let i = channel;
    for (let y = 0; y < rows; y++) {
      let o = channel * plane + (y + crop.top) * width + crop.left;
      for (let x = 0; x < columns; x++, i += 3) tensor[o++] = (pixels[i] as number) * factor + shift;
    }
  }
  return tensor;
}
