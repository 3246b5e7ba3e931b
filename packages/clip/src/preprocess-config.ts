// What an image encoder was trained to see, from `preprocessor_config.json` as Hugging Face writes it, or as others do.
import { modelDamaged } from './errors.ts';
import { asCount, asNumber, asObject, type JsonObject, readJsonObject } from './json.ts';
import { type Fail, type Normalisation, normalisation } from './normalise.ts';
import { openClipPart, parseOpenClip, parseTimm, timmPart } from './openclip-preprocess.ts';
import type { Filter } from './resample.ts';

/**
 * `shortest-edge` keeps the aspect and leaves the rest to the crop; `inside` keeps the aspect and leaves borders; `exact`
 * squashes.
 */
export type ResizeRule =
  | { kind: 'none' }
  | { kind: 'shortest-edge'; side: number }
  | { kind: 'inside'; width: number; height: number }
  | { kind: 'exact'; width: number; height: number };

export interface PreprocessConfig extends Normalisation {
  resize: ResizeRule;
  filter: Filter;
  /** Centre crop in pixels after the resize; null for none. */
  crop: { width: number; height: number } | null;
  /**
   * Where the crop begins when a border cannot be halved: `down` as transformers' `center_crop`, `half-to-even` as
   * torchvision's (Python's `round`).
   */
  rounding: 'down' | 'half-to-even';
  /** Level of what a crop larger than the picture adds, 0 to 255. */
  fill: number;
  /** Size of the tensor in pixels. */
  width: number;
  height: number;
}

/** Pillow's resampling constants. */
const FILTERS: readonly Filter[] = ['nearest', 'lanczos', 'bilinear', 'bicubic', 'box', 'hamming'];

/** @throws SemblanceError `MODEL_MISSING` or `MODEL_DAMAGED` */
export async function readPreprocessConfig(
  path: string,
  modelSize: number | null,
): Promise<PreprocessConfig> {
  return parsePreprocessConfig(await readJsonObject(path), path, modelSize);
}

/**
 * OpenCLIP's, timm's or Hugging Face's, told apart by their keys. Defaults of the last are those of `CLIPImageProcessor`
 * (transformers 4): resize and centre crop on, bicubic, 1/255.
 *
 * @param where named in errors
 * @param modelSize input side of the model, for files of OpenCLIP that leave their own out
 * @throws SemblanceError `MODEL_DAMAGED` for values that make no single picture size
 */
export function parsePreprocessConfig(
  json: JsonObject,
  where: string,
  modelSize: number | null = null,
): PreprocessConfig {
  const timm = timmPart(json);
  if (timm !== undefined) return parseTimm(timm, where);
  const openClip = openClipPart(json);
  if (openClip !== undefined) return parseOpenClip({ size: modelSize, ...openClip }, where);
  return parseHuggingFace(asObject(json.image_processor) ?? json, where);
}

function parseHuggingFace(json: JsonObject, where: string): PreprocessConfig {
  const fail = (what: string): Error => modelDamaged(`${where} cannot be used: ${what}.`);
  const isClip = /clip/i.test(String(json.image_processor_type ?? json.feature_extractor_type ?? 'clip'));
  const flag = (name: string, byDefault: boolean): boolean => (json[name] ?? byDefault) === true;

  const resize: ResizeRule = flag('do_resize', true) ? resizeRule(json.size, isClip, fail) : { kind: 'none' };
  const crop = flag('do_center_crop', isClip) ? cropSize(json.crop_size ?? json.size, fail) : null;
  const size = crop ?? (resize.kind === 'exact' ? { width: resize.width, height: resize.height } : null);
  if (size === null) throw fail('without a centre crop, "size" must give a height and a width');

  const filter = FILTERS[asNumber(json.resample) ?? 3];
  if (filter === undefined) throw fail(`"resample" ${String(json.resample)} is no Pillow filter (0 to 5)`);

  const rescale = flag('do_rescale', true) ? (asNumber(json.rescale_factor) ?? 1 / 255) : 1;
  const normalise = flag('do_normalize', true);
  const { image_mean: mean, image_std: std } = json;
  const statistics = normalise ? { mean, std, names: ['image_mean', 'image_std'] as [string, string] } : null;
  return {
    resize,
    filter,
    crop,
    rounding: 'down',
    fill: 0,
    ...size,
    ...normalisation(statistics, rescale, fail),
  };
}

/** A bare number is the shorter side for CLIP (torchvision `Resize`), a square for the other processors. */
function resizeRule(size: unknown, isClip: boolean, fail: Fail): ResizeRule {
  const bare = asCount(size);
  if (bare !== undefined) {
    return isClip ? { kind: 'shortest-edge', side: bare } : { kind: 'exact', width: bare, height: bare };
  }
  const object = asObject(size) ?? {};
  const side = asCount(object.shortest_edge);
  if (side !== undefined) return { kind: 'shortest-edge', side };
  const width = asCount(object.width);
  const height = asCount(object.height);
  if (width === undefined || height === undefined)
    throw fail('"size" gives neither shortest_edge nor height and width');
  return { kind: 'exact', width, height };
}

function cropSize(value: unknown, fail: Fail): { width: number; height: number } {
  const object = asObject(value) ?? {};
  const side = asCount(value) ?? asCount(object.shortest_edge);
  const width = side ?? asCount(object.width);
  const height = side ?? asCount(object.height);
  if (width === undefined || height === undefined) throw fail('"crop_size" gives no height and width');
  return { width, height };
}
