// How well a label fits every photo of the library, and where its threshold lies. All photos at once, in blocks, so that
// the engine can answer others in between.
import type { Catalog } from '@semblance/catalog';
import type { LabelDraft, PhotoId, Verdict } from '@semblance/contract';
import {
  calibrateLabel,
  descendingRows,
  fitRule,
  type LabelCalibration,
  type LabelRule,
  type LibraryShape,
  plainRows,
  scoresOf,
  summarizeLibrary,
  thresholdFor,
  topOf,
} from '@semblance/core';
import type { Matrix, VectorTable } from '@semblance/vectors';
import type { LabelTextsService } from './label-texts.ts';

/** What a label is, as far as its scores go. */
export type LabelSpec = Pick<LabelDraft, 'name' | 'descriptions' | 'exclusions' | 'precision'>;

export interface FittedLabel {
  rule: LabelRule;
  calibration: LabelCalibration;
  /** Probability from which photos are tagged. */
  threshold: number;
  /** Expected share of right photos among those that would be tagged now; null when none would, or too little is known. */
  expectedPrecision: number | null;
}

export interface ScoredLabel extends FittedLabel {
  matrix: Matrix;
  /** Rows of photos in sight, best first. */
  order: Uint32Array;
  /** 0 to 1 by row; not a number for photos that are gone or out of sight. */
  probabilities: Float32Array;
  answers: ReadonlyMap<PhotoId, Verdict>;
  /** Photos compared. */
  searched: number;
}

export interface LabelScoring {
  library(): Promise<{ matrix: Matrix; shape: LibraryShape }>;
  score(spec: LabelSpec, answers: ReadonlyMap<PhotoId, Verdict>): Promise<ScoredLabel>;
  /** Probabilities of single photos; those without an embedding are left out. */
  scoreSome(label: FittedLabel, photoIds: readonly PhotoId[]): Promise<Map<PhotoId, number>>;
}

export interface LabelScoringDeps {
  catalog: Catalog;
  vectors: Pick<VectorTable, 'matrix'>;
  texts: LabelTextsService;
  modelKey: string;
}

/** Photos that stand for the library. */
const SAMPLE = 2048;
/** With fewer photos than this no precision is promised, and nothing is tagged. */
const ENOUGH_PHOTOS = 20;
/** Rows between two pauses: some milliseconds of work. */
const BLOCK = 8192;

export function createLabelScoring({ catalog, vectors, texts, modelKey }: LabelScoringDeps): LabelScoring {
  let drawn: { shape: LibraryShape; rows: number } | null = null;

  async function library(): Promise<{ matrix: Matrix; shape: LibraryShape }> {
    const matrix = await vectors.matrix();
    if (drawn === null || Math.abs(matrix.rows - drawn.rows) > drawn.rows / 10) {
      drawn = { shape: summarizeLibrary(sampleOf(matrix), matrix.dimensions), rows: matrix.rows };
    }
    return { matrix, shape: drawn.shape };
  }

  async function fit(
    spec: LabelSpec,
    answered: [Float32Array, Verdict][],
    shape: LibraryShape,
  ): Promise<LabelRule> {
    const descriptions = spec.descriptions.length > 0 ? spec.descriptions : [spec.name];
    const of = (verdict: Verdict) => answered.flatMap(([vector, said]) => (said === verdict ? [vector] : []));
    return fitRule(
      {
        descriptions: await Promise.all(descriptions.map(texts.embed)),
        exclusions: await Promise.all(spec.exclusions.map(texts.embed)),
      },
      { yes: of('yes'), no: of('no') },
      shape,
    );
  }

  return {
    library,
    async score(spec, answers) {
      const { matrix, shape } = await library();
      const answered = [...answers].flatMap(([id, verdict]): [Float32Array, Verdict][] => {
        const row = matrix.rowOf(id);
        return row === undefined ? [] : [[matrix.vectorAt(row), verdict]];
      });
      const rule = await fit(spec, answered, shape);
      const raw = new Float32Array(matrix.rows);
      for (let from = 0; from < matrix.rows; from += BLOCK) {
        rule.score(matrix, from, Math.min(from + BLOCK, matrix.rows), raw);
        await pause();
      }
      const outOfSight = new Set(catalog.hiddenEmbedded(modelKey));
      for (let row = 0; row < matrix.rows; row++) {
        const id = matrix.ids[row] ?? null;
        if (id === null || (outOfSight.size > 0 && outOfSight.has(id))) raw[row] = Number.NaN;
      }
      const order = descendingRows(raw);
      const decided = new Set([...answers.keys()].map(matrix.rowOf));
      const undecided = Float32Array.from(
        order.filter((row) => !decided.has(row)),
        (row) => raw[row] ?? 0,
      );
      const calibration = calibrateLabel({
        sample: scoresOf(rule.score, shape),
        top: topOf(undecided),
        answers: [
          ...rule.leftOut.yes.map((value) => ({ raw: value, yes: true })),
          ...rule.leftOut.no.map((value) => ({ raw: value, yes: false })),
        ],
      });
      const probabilities = new Float32Array(matrix.rows).fill(Number.NaN);
      for (const row of order) probabilities[row] = calibration.probability(raw[row] ?? 0);
      const searched = order.length;
      const enough = searched >= ENOUGH_PHOTOS;
      const { threshold, expectedPrecision } = thresholdFor(judged(undecided, calibration), spec.precision);
      return {
        rule,
        calibration,
        threshold: enough ? threshold : 1,
        expectedPrecision: enough ? expectedPrecision : null,
        matrix,
        order,
        probabilities,
        answers,
        searched,
      };
    },
    async scoreSome({ rule, calibration }, photoIds) {
      const matrix = await vectors.matrix();
      const scores = new Map<PhotoId, number>();
      const out = new Float32Array(1);
      for (const id of photoIds) {
        const row = matrix.rowOf(id);
        if (row === undefined) continue;
        rule.score(plainRows(matrix.vectorAt(row), matrix.dimensions), 0, 1, out);
        scores.set(id, calibration.probability(out[0] ?? 0));
      }
      return scores;
    },
  };
}

/** Lets waiting requests be answered. */
export function pause(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}

/** Lazily: a threshold needs only the first few. As 32-bit numbers, which is what they are compared with. */
function* judged(raw: Float32Array, { probability }: LabelCalibration): Generator<number> {
  for (const value of raw) yield Math.fround(probability(value));
}

/** Rows at even distances: the same library gives the same sample. Photos come in the order of their indexing. */
function sampleOf(matrix: Matrix): Float32Array {
  const rows: number[] = [];
  for (let row = 0; row < matrix.rows; row++) if (matrix.ids[row] !== null) rows.push(row);
  const count = Math.min(SAMPLE, rows.length);
  const sample = new Float32Array(count * matrix.dimensions);
  for (let i = 0; i < count; i++) {
    const row = rows[Math.floor((i * rows.length) / count)] ?? 0;
    sample.set(matrix.vectorAt(row), i * matrix.dimensions);
  }
  return sample;
}
