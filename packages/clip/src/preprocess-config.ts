// What an image encoder was trained to see, from `preprocessor_config.json` as Hugging Face writes it.
import { modelDamaged } from './errors.ts';
import { asCount, asNumber, asObject, type JsonObject, readJsonObject } from './json.ts';
import type { Filter } from './resample.ts';

/** `shortest-edge` keeps the aspect and leaves the rest to the crop; `exact` squashes. */
type ResizeRule =
  | { kind: 'none' }
  | { kind: 'shortest-edge'; side: number }
  | { kind: 'exact'; width: number; height: number };

export interface PreprocessConfig {
  resize: ResizeRule;
  filter: Filter;
  /** Centre crop in pixels after the resize; null for none. */
  crop: { width: number; height: number } | null;
  /** Size of the tensor in pixels. */
  width: number;
  height: number;
  /** Per channel R, G, B: tensor value = level * scale + offset, level 0 to 255. */
  scale: readonly [number, number, number];
  offset: readonly [number, number, number];
}

/** Pillow's resampling constants. */
const FILTERS: readonly Filter[] = ['nearest', 'lanczos', 'bilinear', 'bicubic', 'box', 'hamming'];

/** Channel statistics of CLIP's training pictures (github.com/openai/CLIP, clip.py), used when a file names none. */
const CLIP_MEAN = [0.48145466, 0.4578275, 0.40821073];
const CLIP_STD = [0.26862954, 0.26130258, 0.27577711];

/** @throws SemblanceError `MODEL_MISSING` or `MODEL_DAMAGED` */
export async function readPreprocessConfig(path: string): Promise<PreprocessConfig> {
  return parsePreprocessConfig(await readJsonObject(path), path);
}

/**
 * Defaults are those of `CLIPImageProcessor` (transformers 4): resize and centre crop on, bicubic, 1/255.
 *
 * @param where named in errors
 * @throws SemblanceError `MODEL_DAMAGED` for values that make no single picture size
 */
export function parsePreprocessConfig(json: JsonObject, where: string): PreprocessConfig {
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
  const mean = normalise ? triple(json.image_mean ?? CLIP_MEAN, 'image_mean', fail) : ([0, 0, 0] as const);
  const std = normalise ? triple(json.image_std ?? CLIP_STD, 'image_std', fail) : ([1, 1, 1] as const);
  if (std.some((s) => s <= 0)) throw fail('"image_std" must be above 0');
  return {
    resize,
    filter,
    crop,
    ...size,
    scale: [rescale / std[0], rescale / std[1], rescale / std[2]],
    offset: [-mean[0] / std[0], -mean[1] / std[1], -mean[2] / std[2]],
  };
}

type Fail = (what: string) => Error;

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

function triple(value: unknown, name: string, fail: Fail): readonly [number, number, number] {
  const [r, g, b] = (Array.isArray(value) ? value : []).map(asNumber);
  if (r === undefined || g === undefined || b === undefined) throw fail(`"${name}" is not three numbers`);
  return [r, g, b];
}
