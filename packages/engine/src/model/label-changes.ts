// What labels would do with another model's vectors: each is fitted anew from the same words and answers, in memory.
import type { Catalog, LabelRecord } from '@semblance/catalog';
import type { LabelChange, PhotoId, SwitchPreview } from '@semblance/contract';
import type { LabelScoring } from '../services/label-scoring.ts';

/** Photos shown of what a label gains or loses. */
const SHOWN = 12;

/** Labels whose tags come from a rule: those that have run, and those that look at every new photo. */
export function labelsInUse(catalog: Catalog): LabelRecord[] {
  return catalog.labels().filter(({ id, automatic }) => automatic || catalog.labelFindings(id).length > 0);
}

/** @param scoring of the model that is to take over; photos that it has not seen stay out of the comparison */
export async function previewLabels(catalog: Catalog, scoring: LabelScoring): Promise<SwitchPreview> {
  const labels: LabelChange[] = [];
  for (const label of labelsInUse(catalog)) labels.push(await changeOf(catalog, scoring, label));
  const { matrix } = await scoring.library();
  const all = catalog.photoIds({ kind: 'all' });
  return {
    seen: all.filter((id) => matrix.rowOf(id) !== undefined).length,
    photos: all.length,
    labels: labels.sort((a, b) => b.gained + b.lost - a.gained - a.lost),
  };
}

async function changeOf(catalog: Catalog, scoring: LabelScoring, label: LabelRecord): Promise<LabelChange> {
  const rows = catalog.labelRows(label.id);
  const answers = new Map(
    rows.flatMap(({ photoId, verdict }) => (verdict === null ? [] : [[photoId, verdict]])),
  );
  const tagged = new Set(
    rows.flatMap(({ photoId, verdict, finding }) =>
      verdict === null && finding?.rule === 'tagged' ? [photoId] : [],
    ),
  );
  const { matrix, order, probabilities, threshold } = await scoring.score(label, answers);
  let kept = 0;
  const gained: PhotoId[] = [];
  /** Least likely first: those are the clearest. */
  const lost: PhotoId[] = [];
  for (const row of order) {
    const photoId = matrix.ids[row] ?? null;
    if (photoId === null || answers.has(photoId)) continue;
    const would = (probabilities[row] ?? 0) >= threshold;
    if (would && tagged.has(photoId)) kept += 1;
    else if (would) gained.push(photoId);
    else if (tagged.has(photoId)) lost.unshift(photoId);
  }
  const shown = (ids: readonly PhotoId[]) => {
    const some = ids.slice(0, SHOWN);
    const tiles = catalog.tiles(some);
    return some.flatMap((id) => tiles.get(id) ?? []);
  };
  return {
    id: label.id,
    name: label.name,
    kept,
    gained: gained.length,
    lost: lost.length,
    gainedPhotos: shown(gained),
    lostPhotos: shown(lost),
  };
}
