// A camera's record in the words photographers use.
import type { Camera } from '@semblance/contract';
import { exposure, number } from '../../shared/format.ts';

/** `Canon EOS R6`, and not `Canon Canon EOS R6`: most makers repeat their name in the model. */
export function cameraName({ make, model }: Camera): string | null {
  if (model === null) return make;
  if (make === null) return model;
  const maker = make.trim().split(/\s+/)[0] ?? '';
  return model.toLowerCase().startsWith(maker.toLowerCase()) ? model : `${make} ${model}`;
}

/** In the usual order: f-number, time, ISO, focal length; only what was recorded. */
export function exposureFacts(camera: Camera, locale: string): string[] {
  const { aperture, exposureSeconds, iso, focalLengthMm } = camera;
  const facts: string[] = [];
  if (aperture !== null) facts.push(`ƒ/${number(locale, aperture, 1)}`);
  if (exposureSeconds !== null) facts.push(exposure(locale, exposureSeconds));
  if (iso !== null) facts.push(`ISO ${number(locale, iso)}`);
  if (focalLengthMm !== null) facts.push(`${number(locale, focalLengthMm, 1)} mm`);
  return facts;
}
