// Runs of labels over photos: one after the other in the background, each to be taken back as a whole; and automatic
// labels, which look at every photo that has just been indexed.
import type { Catalog, LabelRecord, RunDecision } from '@semblance/catalog';
import {
  type LabelId,
  type LabelRun,
  type LabelRunId,
  type PhotoId,
  type PhotoSet,
  SemblanceError,
  type Verdict,
} from '@semblance/contract';
import { LEAST_SUGGESTED } from '@semblance/core';
import type { ActsService } from './acts.ts';
import { type FittedLabel, type LabelScoring, pause } from './label-scoring.ts';

export interface LabelRunsService {
  /** Begins at once when no other runs. @throws SemblanceError LABEL_NOT_FOUND */
  start(labels: readonly LabelId[], over: PhotoSet): LabelRun;
  /** When it is done. @throws SemblanceError with the reason when it failed */
  finished(id: LabelRunId): Promise<LabelRun>;
  list(limit: number): LabelRun[];
  get(id: LabelRunId): LabelRun | null;
  /** Gives automatic labels to photos that got their embedding since the last time. Never rejects. */
  lookAtNew(): Promise<void>;
  /** Stops the run in hand, which is then as if it had never been. */
  dispose(): Promise<void>;
}

export interface LabelRunsDeps {
  catalog: Catalog;
  acts: ActsService;
  scoring: LabelScoring;
  /** What a fit depends on beside labels and photos: the model in use. */
  modelKey?: () => string;
}

/** Rows written between two pauses. */
const BLOCK = 1000;
/** Runs that can be taken back. */
const KEPT = 50;
const NEW_AT_A_TIME = 512;
const INTERRUPTED = 'Semblance was closed before this run was done. Nothing of it was kept.';

export function createLabelRuns({ catalog, acts, scoring, modelKey }: LabelRunsDeps): LabelRunsService {
  const closing = new AbortController();
  const ends = new Map<LabelRunId, Promise<void>>();
  let last: Promise<void> = Promise.resolve();
  let looking: Promise<void> = Promise.resolve();
  /** Automatic labels as fitted when the library was of this size; what a person says since then fits them anew. */
  const fitted = new Map<LabelId, { label: FittedLabel; key: string; photos: number }>();
  let automaticRun: LabelRunId | null = null;
  catalog.failInterruptedLabelRuns(INTERRUPTED);

  acts.register<{ runId: LabelRunId }>('label-run', ({ runId }) => {
    if (catalog.labelRun(runId)?.actId == null) {
      throw new SemblanceError('NOTHING_TO_UNDO', 'This run is too long ago to be taken back.');
    }
    return catalog.revertLabelRun(runId, 'undone');
  });

  function known(ids: readonly LabelId[]): LabelRecord[] {
    return [...new Set(ids)].map((id) => {
      const label = catalog.label(id);
      if (label === null) throw new SemblanceError('LABEL_NOT_FOUND', 'This label does not exist any more.');
      return label;
    });
  }

  async function work(
    runId: LabelRunId,
    labels: readonly LabelRecord[],
    photos: readonly PhotoId[],
  ): Promise<void> {
    const scope = new Set(photos);
    for (const [i, { id }] of labels.entries()) {
      mustGoOn();
      // As it is now, not as it was when the run was asked for.
      const label = catalog.label(id);
      if (label !== null) await runOne(runId, label, scope);
      catalog.countLabelRun(runId, Math.floor((photos.length * (i + 1)) / labels.length), photos.length);
    }
    mustGoOn();
    catalog.transaction(() => finish(runId, photos.length));
    catalog.forgetOldLabelRuns(KEPT);
  }

  function mustGoOn(): void {
    if (closing.signal.aborted) throw new SemblanceError('COMPUTE_UNAVAILABLE', INTERRUPTED);
  }

  async function runOne(runId: LabelRunId, label: LabelRecord, scope: ReadonlySet<PhotoId>): Promise<void> {
    const answers = answersOf(catalog, label.id);
    const { matrix, order, probabilities, threshold } = await scoring.score(label, answers);
    const before = new Set(catalog.labelFindings(label.id));
    const decisions: RunDecision[] = [];
    for (const row of order) {
      const photoId = matrix.ids[row] ?? null;
      const score = probabilities[row] ?? 0;
      const rule = ruleFor(score, threshold);
      if (rule === null && before.size === 0) break;
      if (photoId === null || !scope.has(photoId) || answers.has(photoId)) continue;
      if (rule !== null || before.has(photoId)) decisions.push({ photoId, rule, score });
    }
    for (let at = 0; at < decisions.length; at += BLOCK) {
      mustGoOn();
      catalog.applyLabelRun(runId, label.id, decisions.slice(at, at + BLOCK));
      await pause();
    }
  }

  function finish(runId: LabelRunId, photos: number): void {
    const { actId } = acts.perform('label-run', () => ({ payload: { runId }, photos }));
    if (actId !== null) catalog.endLabelRun(runId, { state: 'done', actId });
  }

  async function lookAt(due: readonly PhotoId[]): Promise<void> {
    const automatic = catalog.labels().filter((label) => label.automatic);
    const inSight = catalog.tiles(due);
    for (const label of automatic) {
      const answers = answersOf(catalog, label.id);
      const rule = await fit(label, answers);
      const scores = await scoring.scoreSome(rule, due);
      const decisions = [...scores].flatMap(([photoId, score]): RunDecision[] => {
        if (!inSight.has(photoId) || answers.has(photoId)) return [];
        return [{ photoId, rule: ruleFor(score, rule.threshold), score }];
      });
      // A photo that was edited may have a tag that was for what it showed before.
      const found = new Set(
        catalog.labelRows(label.id, due).flatMap((row) => (row.finding === null ? [] : [row.photoId])),
      );
      catalog.transaction(() => {
        if (!decisions.some(({ photoId, rule }) => rule !== null || found.has(photoId))) return;
        const runId = automaticRunOf(automatic);
        catalog.applyLabelRun(runId, label.id, decisions);
      });
    }
    catalog.transaction(() => {
      catalog.clearLabelDue(due);
      const run = automaticRun === null ? null : catalog.labelRun(automaticRun);
      if (run !== null) catalog.countLabelRun(run.id, run.done + due.length, run.total + due.length);
    });
  }

  async function lookAtAllNew(): Promise<void> {
    try {
      for (;;) {
        const due = catalog.labelDue(NEW_AT_A_TIME);
        if (due.length === 0 || closing.signal.aborted) return;
        await lookAt(due);
      }
    } catch {
      // They stay due, and are looked at after the next batch or when the library is opened again.
    }
  }

  /** One run for all that is indexed while the library is open, until it is taken back; consistent at any time. */
  function automaticRunOf(labels: readonly LabelRecord[]): LabelRunId {
    if (automaticRun !== null && catalog.labelRun(automaticRun)?.state === 'done') return automaticRun;
    automaticRun = catalog.beginLabelRun(labels.map(nameOf), 0);
    finish(automaticRun, 0);
    return automaticRun;
  }

  async function fit(label: LabelRecord, answers: ReadonlyMap<PhotoId, Verdict>): Promise<FittedLabel> {
    const { matrix } = await scoring.library();
    const key = JSON.stringify([modelKey?.() ?? '', label, [...answers]]);
    const before = fitted.get(label.id);
    if (before?.key === key && Math.abs(matrix.rows - before.photos) <= before.photos / 10)
      return before.label;
    const { rule, calibration, threshold, expectedPrecision } = await scoring.score(label, answers);
    const fresh = { rule, calibration, threshold, expectedPrecision };
    fitted.set(label.id, { label: fresh, key, photos: matrix.rows });
    return fresh;
  }

  return {
    start(ids, over) {
      const labels = known(ids);
      const photos = catalog.photoIds(over);
      const runId = catalog.beginLabelRun(labels.map(nameOf), photos.length);
      const turn = last.then(async () => {
        try {
          await pause();
          await work(runId, labels, photos);
        } catch (error) {
          catalog.revertLabelRun(runId, 'failed', error instanceof Error ? error.message : String(error));
        }
      });
      // One that cannot even be taken back now, because the disk is full, is when the library is opened again.
      last = turn.catch(() => undefined);
      ends.set(runId, turn);
      void last.finally(() => ends.delete(runId));
      return current(runId);
    },
    async finished(id) {
      await ends.get(id);
      const run = current(id);
      if (run.state === 'failed')
        throw new SemblanceError('COMPUTE_UNAVAILABLE', run.problem ?? 'The run failed.');
      return run;
    },
    list: (limit) => catalog.labelRuns(limit),
    get: (id) => catalog.labelRun(id),
    lookAtNew() {
      looking = looking.then(lookAtAllNew);
      return looking;
    },
    async dispose() {
      closing.abort();
      await Promise.all([last, looking]);
    },
  };

  function current(id: LabelRunId): LabelRun {
    const run = catalog.labelRun(id);
    if (run === null) throw new SemblanceError('LABEL_NOT_FOUND', 'This run is not on record.');
    return run;
  }
}

function answersOf(catalog: Catalog, id: LabelId): Map<PhotoId, Verdict> {
  return new Map(catalog.labelAnswers(id).map(({ photoId, verdict }) => [photoId, verdict]));
}

function ruleFor(score: number, threshold: number): RunDecision['rule'] {
  if (score >= threshold) return 'tagged';
  return score >= LEAST_SUGGESTED ? 'suggested' : null;
}

function nameOf({ id, name }: LabelRecord): { id: LabelId; name: string } {
  return { id, name };
}
