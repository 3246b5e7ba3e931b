// From database rows to labels and what is known of their photos.
import type { LabelColor, Verdict } from '@semblance/contract';
import type { LabelledRow, LabelRecord } from './label-types.ts';

/** A photo has a label when a person said so, or a rule found it and no person has said no. */
export const HAS_LABEL = `(verdict = 'yes' OR (verdict IS NULL AND rule = 'tagged'))`;
/** A photo waits for an answer. */
export const IS_ASKED = `verdict IS NULL AND rule = 'suggested'`;

export interface LabelRow {
  id: number;
  name: string;
  descriptions: string;
  exclusions: string;
  parent_id: number | null;
  color: LabelColor;
  precision: number;
  automatic: 0 | 1;
  sensitive: 0 | 1;
  pack: string | null;
  created_at: number;
}

export interface LabelPhotoRow {
  photo_id: string;
  verdict: Verdict | null;
  decided_at: number | null;
  rule: 'tagged' | 'suggested' | null;
  score: number | null;
  run_id: number | null;
}

export function labelRecord(row: LabelRow): LabelRecord {
  return {
    id: row.id,
    name: row.name,
    descriptions: JSON.parse(row.descriptions),
    exclusions: JSON.parse(row.exclusions),
    parentId: row.parent_id,
    color: row.color,
    precision: row.precision,
    automatic: row.automatic === 1,
    sensitive: row.sensitive === 1,
    pack: row.pack,
    createdAt: row.created_at,
  };
}

export function labelledRow({
  photo_id,
  verdict,
  decided_at,
  rule,
  score,
  run_id,
}: LabelPhotoRow): LabelledRow {
  return {
    photoId: photo_id,
    verdict,
    decidedAt: decided_at,
    finding: rule === null || score === null || run_id === null ? null : { rule, score, runId: run_id },
  };
}
