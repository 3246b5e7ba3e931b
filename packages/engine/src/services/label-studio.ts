// What a label would do, shown while it is being made: its photos, its border, how sure it is, and what to ask.
import type { Catalog, LabelledRow, LabelRecord } from '@semblance/catalog';
import {
  DEFAULT_PRECISION,
  type LabelId,
  type LabelledPhoto,
  type LabelPreview,
  type labelRequests,
  type PhotoId,
  SemblanceError,
  type Verdict,
} from '@semblance/contract';
import { chooseQuestions, plainRows } from '@semblance/core';
import type { z } from 'zod';
import type { LabelScoring, LabelSpec, ScoredLabel } from './label-scoring.ts';
import type { LabelTextsService } from './label-texts.ts';

export interface LabelStudioService {
  /** @throws SemblanceError LABEL_NOT_FOUND */
  preview(request: z.output<(typeof labelRequests)['preview']>): Promise<LabelPreview>;
  /** @throws SemblanceError LABEL_NOT_FOUND */
  questions(id: LabelId, limit: number): Promise<LabelledPhoto[]>;
  /** Every photo in sight with an embedding, best first. @throws SemblanceError LABEL_NOT_FOUND */
  scores(id: LabelId): Promise<{ photoId: PhotoId; score: number }[]>;
}

export interface LabelStudioDeps {
  catalog: Catalog;
  scoring: LabelScoring;
  texts: LabelTextsService;
}

const BINS = 40;
/** Photos shown on each side of the threshold. */
const BORDER = 12;
/** Photos inside the threshold that are looked up for collisions. */
const MOST_COMPARED = 500;
/** Labels that at least this share of the same photos have are named. */
const COLLISION = 0.5;
const MOST_COLLISIONS = 5;
/** Undecided photos that questions are chosen from. */
const QUESTION_POOL = 300;
/** They are looked for among so many photos on each side of even odds: answered ones are among these. */
const POOL_REACH = 3000;
/** Share of the sample whose order is compared between wordings. */
const WORDING_TOP = 0.02;

interface RankedRow {
  photoId: PhotoId;
  row: number;
  score: number;
}

export function createLabelStudio({ catalog, scoring, texts }: LabelStudioDeps): LabelStudioService {
  function known(id: LabelId): LabelRecord {
    const label = catalog.label(id);
    if (label === null) throw new SemblanceError('LABEL_NOT_FOUND', 'This label does not exist any more.');
    return label;
  }

  function savedAnswers(id: LabelId): Map<PhotoId, Verdict> {
    return new Map(catalog.labelAnswers(id).map(({ photoId, verdict }) => [photoId, verdict]));
  }

  /** Photos with their tiles and what is on record for them; those that went out of sight meanwhile are left out. */
  function shown(
    id: LabelId | null,
    ranked: readonly RankedRow[],
    answers: ReadonlyMap<PhotoId, Verdict>,
  ): LabelledPhoto[] {
    const ids = ranked.map(({ photoId }) => photoId);
    const tiles = catalog.tiles(ids);
    const rows = new Map(id === null ? [] : catalog.labelRows(id, ids).map((row) => [row.photoId, row]));
    return ranked.flatMap(({ photoId, score }) => {
      const tile = tiles.get(photoId);
      if (tile === undefined) return [];
      const verdict = answers.get(photoId) ?? null;
      return [{ ...tile, score, verdict, state: stateOf(verdict, rows.get(photoId)) }];
    });
  }

  async function wordingOf(spec: LabelSpec): Promise<LabelPreview['wording']> {
    const { shape } = await scoring.library();
    const [first] = spec.descriptions.length > 0 ? spec.descriptions : [spec.name];
    if (first === undefined || shape.count < 2 / WORDING_TOP) return null;
    const rank = (text: Float32Array): Float32Array => {
      const cosines = new Float32Array(shape.count);
      plainRows(shape.sample, shape.dimensions).dots(text, 0, shape.count, cosines);
      return cosines;
    };
    return texts.wording(first, rank, Math.ceil(shape.count * WORDING_TOP));
  }

  function collisionsOf(id: LabelId | null, inside: readonly RankedRow[]): LabelPreview['collisions'] {
    const compared = inside.map(({ photoId }) => photoId);
    if (compared.length === 0) return [];
    return catalog
      .labelsAmong(compared)
      .map(({ photos, ...label }) => ({ ...label, share: photos / compared.length }))
      .filter((label) => label.id !== id && label.share >= COLLISION)
      .slice(0, MOST_COLLISIONS);
  }

  return {
    async preview({ id, draft, answers: unsaved, limit }) {
      const started = performance.now();
      const saved = id === null ? null : known(id);
      const spec: LabelSpec = {
        name: draft.name ?? saved?.name ?? '',
        descriptions: draft.descriptions ?? saved?.descriptions ?? [],
        exclusions: draft.exclusions ?? saved?.exclusions ?? [],
        precision: draft.precision ?? saved?.precision ?? DEFAULT_PRECISION,
      };
      const answers = id === null ? new Map<PhotoId, Verdict>() : savedAnswers(id);
      for (const { photoId, verdict } of unsaved) answers.set(photoId, verdict);
      if (spec.name === '' && spec.descriptions.length === 0) return emptyPreview(spec.precision);

      const words = spec.descriptions.length > 0 ? spec.descriptions : [spec.name];
      // Other wordings are encoded in another process, while the photos are scored in this one.
      const [label, wording, unknownWords] = await Promise.all([
        scoring.score(spec, answers),
        wordingOf(spec),
        texts.unknownWords(words),
      ]);
      const { order, probabilities, threshold } = label;
      const ranked = (rows: Uint32Array): RankedRow[] => [...rows].map((row) => rankedRow(label, row));
      const decided = new Map(
        [...answers].map(([photoId, verdict]) => [label.matrix.rowOf(photoId), verdict]),
      );
      const firstOutside = order.findIndex((row) => (probabilities[row] ?? 0) < threshold);
      const above = order.subarray(0, firstOutside < 0 ? order.length : firstOutside);
      const inside = above.filter((row) => decided.get(row) !== 'no');
      const undecided = order.filter((row) => !decided.has(row));
      const at = above.reduce((count, row) => count + (decided.has(row) ? 0 : 1), 0);
      return {
        photos: shown(id, ranked(order.subarray(0, limit)), answers),
        border: {
          inside: shown(id, ranked(undecided.subarray(Math.max(0, at - BORDER), at)), answers),
          outside: shown(id, ranked(undecided.subarray(at, at + BORDER)), answers),
        },
        histogram: histogram(probabilities),
        threshold,
        inside: inside.length,
        expectedPrecision: label.expectedPrecision,
        basis: label.calibration.basis,
        collisions: collisionsOf(id, ranked(inside.subarray(0, MOST_COMPARED))),
        wording,
        unknownWords,
        searched: label.searched,
        milliseconds: performance.now() - started,
      };
    },
    async questions(id, limit) {
      const answers = savedAnswers(id);
      const label = await scoring.score(known(id), answers);
      // The order of probabilities is known, so the nearest to one half lie around one place in it.
      const { order, probabilities } = label;
      const half = order.findIndex((row) => (probabilities[row] ?? 0) < 0.5);
      const middle = half < 0 ? order.length : half;
      const pool = [...order.subarray(Math.max(0, middle - POOL_REACH), middle + POOL_REACH)]
        .map((row) => rankedRow(label, row))
        .filter(({ photoId }) => !answers.has(photoId))
        .sort((a, b) => Math.abs(a.score - 0.5) - Math.abs(b.score - 0.5))
        .slice(0, QUESTION_POOL);
      const chosen = chooseQuestions(
        pool.map(({ row, score }) => ({ vector: label.matrix.vectorAt(row), probability: score })),
        limit,
      );
      return shown(
        id,
        chosen.flatMap((i) => pool[i] ?? []),
        answers,
      );
    },
    async scores(id) {
      const label = await scoring.score(known(id), savedAnswers(id));
      return [...label.order].map((row) => {
        const { photoId, score } = rankedRow(label, row);
        return { photoId, score };
      });
    },
  };
}

function rankedRow({ matrix, probabilities }: ScoredLabel, row: number): RankedRow {
  return { photoId: matrix.ids[row] ?? '', row, score: probabilities[row] ?? 0 };
}

function histogram(probabilities: Float32Array): number[] {
  const bins = new Array<number>(BINS).fill(0);
  for (const p of probabilities) {
    if (Number.isNaN(p)) continue;
    const bin = Math.min(BINS - 1, Math.floor(p * BINS));
    bins[bin] = (bins[bin] ?? 0) + 1;
  }
  return bins;
}

function stateOf(verdict: Verdict | null, row: LabelledRow | undefined): LabelledPhoto['state'] {
  if (verdict !== null) return verdict === 'yes' ? 'yours' : 'refused';
  return row?.finding?.rule ?? null;
}

function emptyPreview(threshold: number): LabelPreview {
  return {
    photos: [],
    border: { inside: [], outside: [] },
    histogram: new Array<number>(BINS).fill(0),
    threshold,
    inside: 0,
    expectedPrecision: null,
    basis: 'calibration',
    collisions: [],
    wording: null,
    unknownWords: [],
    searched: 0,
    milliseconds: 0,
  };
}
