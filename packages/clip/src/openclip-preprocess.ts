// Preprocessing as OpenCLIP and timm write it down: `preprocess_cfg.json` of OpenCLIP (and of Immich's folders),
// jina-clip's `preprocessor_config.json`, and timm's `pretrained_cfg`. They mean torchvision's transforms over Pillow.
import { modelDamaged } from './errors.ts';
import { asCount, asNumber, asObject, type JsonObject } from './json.ts';
import { normalisation } from './normalise.ts';
import type { PreprocessConfig, ResizeRule } from './preprocess-config.ts';
import type { Filter } from './resample.ts';

interface Size {
  width: number;
  height: number;
}

/** The part of a file that OpenCLIP's keys are in; undefined when there are none. */
export function openClipPart(json: JsonObject): JsonObject | undefined {
  const part = asObject(json.preprocess_cfg) ?? json;
  return part.interpolation !== undefined || part.resize_mode !== undefined ? part : undefined;
}

/** timm's own: `input_size` [3, H, W] and `crop_pct`. */
export function timmPart(json: JsonObject): JsonObject | undefined {
  const part = asObject(json.pretrained_cfg) ?? json;
  return Array.isArray(part.input_size) ? part : undefined;
}

/**
 * `image_transform` of open_clip (transform.py) at inference: `shortest` resizes the shorter side and crops, `squash`
 * ignores the aspect, `longest` shows everything and fills the rest.
 *
 * @throws SemblanceError `MODEL_DAMAGED`
 */
export function parseOpenClip(json: JsonObject, where: string): PreprocessConfig {
  const size = sizeOf(json.size ?? json.image_size, where);
  const mode = json.resize_mode ?? 'shortest';
  const square = size.width === size.height;
  let resize: ResizeRule;
  if (mode === 'squash') resize = { kind: 'exact', ...size };
  else if (mode === 'longest') resize = { kind: 'inside', ...size };
  else if (mode === 'shortest' && square) resize = { kind: 'shortest-edge', side: size.width };
  else throw unusable(where, `"resize_mode" ${String(mode)} of ${size.width} x ${size.height} is not known`);
  const filter: Filter = json.interpolation === 'bilinear' ? 'bilinear' : 'bicubic';
  return finish({ size, resize, filter, crop: mode === 'squash' ? null : size }, json, where);
}

/**
 * `transforms_imagenet_eval` of timm (transforms_factory.py): the shorter side to size / crop_pct, then a centre crop.
 *
 * @throws SemblanceError `MODEL_DAMAGED`
 */
export function parseTimm(json: JsonObject, where: string): PreprocessConfig {
  const [, height, width] = (json.input_size as unknown[]).map(asCount);
  if (width === undefined || height === undefined)
    throw unusable(where, '"input_size" gives no height and width');
  const size = { width, height };
  const part = asNumber(json.crop_pct) ?? DEFAULT_CROP;
  if (!(part > 0 && part <= 1)) throw unusable(where, `"crop_pct" ${part} is not above 0 and at most 1`);
  const [fullWidth, fullHeight] = [Math.floor(width / part), Math.floor(height / part)];
  const mode = json.crop_mode ?? 'center';
  let resize: ResizeRule;
  if (mode === 'squash') resize = { kind: 'exact', width: fullWidth, height: fullHeight };
  else if (mode === 'center' && width === height) resize = { kind: 'shortest-edge', side: fullWidth };
  else if (mode === 'border') resize = { kind: 'inside', width: fullWidth, height: fullHeight };
  else throw unusable(where, `"crop_mode" ${String(mode)} of ${width} x ${height} is not known`);
  const named = String(json.interpolation ?? 'bilinear');
  const filter = (['bilinear', 'bicubic', 'nearest', 'lanczos'] as const).find((known) => known === named);
  if (filter === undefined) throw unusable(where, `"interpolation" ${named} is not known`);
  return finish({ size, resize, filter, crop: size }, json, where);
}

/** timm's `DEFAULT_CROP_PCT`. */
const DEFAULT_CROP = 0.875;

function finish(
  parts: { size: Size; resize: ResizeRule; filter: Filter; crop: Size | null },
  json: JsonObject,
  where: string,
): PreprocessConfig {
  const { size, ...rest } = parts;
  const statistics = { mean: json.mean, std: json.std, names: ['mean', 'std'] as [string, string] };
  return {
    ...rest,
    ...size,
    rounding: 'half-to-even',
    fill: Math.min(Math.max(asNumber(json.fill_color) ?? 0, 0), 255),
    ...normalisation(statistics, 1 / 255, (what) => unusable(where, what)),
  };
}

/** A number, [H, W] or [S]. */
function sizeOf(value: unknown, where: string): Size {
  const sides = (Array.isArray(value) ? value : [value]).slice(-2).map(asCount);
  const [height, width] = sides.length === 1 ? [sides[0], sides[0]] : sides;
  if (width === undefined || height === undefined) throw unusable(where, '"size" gives no height and width');
  return { width, height };
}

const unusable = (where: string, what: string): Error => modelDamaged(`${where} cannot be used: ${what}.`);
