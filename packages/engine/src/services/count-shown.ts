// How many photos an act was about, as people count: a raw file that is shown as one with its picture is no photo more.
import type { PhotoId } from '@semblance/contract';

/** @param shown what was chosen @param changed what the act changed, with what the chosen ones stand for */
export function countShown(shown: readonly PhotoId[], changed: readonly PhotoId[]): number {
  const chosen = new Set(shown);
  const counted = changed.filter((id) => chosen.has(id)).length;
  return counted === 0 ? changed.length : counted;
}
