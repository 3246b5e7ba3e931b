// From 8-bit levels to the range a model was trained on, as one factor and one shift per channel.
import { asNumber } from './json.ts';

/** Channel statistics of CLIP's training pictures (github.com/openai/CLIP, clip.py), used when a file names none. */
const CLIP_MEAN = [0.48145466, 0.4578275, 0.40821073];
const CLIP_STD = [0.26862954, 0.26130258, 0.27577711];

type Triple = readonly [number, number, number];
export type Fail = (what: string) => Error;

/** Per channel R, G, B: value = level * scale + offset, level 0 to 255. */
export interface Normalisation {
  scale: Triple;
  offset: Triple;
}

/** @param statistics what the file says under its own names; undefined for CLIP's, null for none */
export function normalisation(
  statistics: { mean: unknown; std: unknown; names: [mean: string, std: string] } | null,
  rescale: number,
  fail: Fail,
): Normalisation {
  if (statistics === null) return { scale: [rescale, rescale, rescale], offset: [0, 0, 0] };
  const [meanName, stdName] = statistics.names;
  const mean = triple(statistics.mean ?? CLIP_MEAN, meanName, fail);
  const std = triple(statistics.std ?? CLIP_STD, stdName, fail);
  if (std.some((s) => s <= 0)) throw fail(`"${stdName}" must be above 0`);
  return {
    scale: [rescale / std[0], rescale / std[1], rescale / std[2]],
    offset: [-mean[0] / std[0], -mean[1] / std[1], -mean[2] / std[2]],
  };
}

function triple(value: unknown, name: string, fail: Fail): Triple {
  const [r, g, b] = (Array.isArray(value) ? value : []).map(asNumber);
  if (r === undefined || g === undefined || b === undefined) throw fail(`"${name}" is not three numbers`);
  return [r, g, b];
}
