// Labels as the catalog keeps them: what they are, the photos that have them, and the runs of their rules.
import type {
  ActId,
  LabelAssignment,
  LabelDraft,
  LabelId,
  LabelName,
  LabelRun,
  LabelRunId,
  PhotoId,
  Verdict,
} from '@semblance/contract';
import type { Page } from './record-types.ts';

export interface LabelRecord extends LabelDraft {
  id: LabelId;
  /** The pack it came from; null for one's own. */
  pack: string | null;
  createdAt: number;
}

/** What a rule found about a photo, in one of its runs. */
export interface RuleFinding {
  rule: 'tagged' | 'suggested';
  /** 0 to 1. */
  score: number;
  runId: LabelRunId;
}

/** All that is known of one label on one photo: a person's answer, a rule's finding, or both; never neither. */
export interface LabelledRow {
  photoId: PhotoId;
  verdict: Verdict | null;
  /** Milliseconds since 1970 UTC; null without a verdict. */
  decidedAt: number | null;
  finding: RuleFinding | null;
}

export interface LabelAnswer {
  labelId: LabelId;
  photoId: PhotoId;
  verdict: Verdict | null;
  decidedAt: number | null;
}

export interface LabelCounts {
  yes: number;
  no: number;
  /** Photos in sight that have it, or a label below it. */
  tagged: number;
  /** Photos in sight that wait for an answer. */
  suggested: number;
}

export interface LabelQueueItem {
  label: LabelName;
  photoId: PhotoId;
  score: number;
}

/** A photo that a run has decided on; null: the rule does not hold (any more). */
export interface RunDecision {
  photoId: PhotoId;
  rule: RuleFinding['rule'] | null;
  score: number;
}

export interface LabelsReader {
  /** By name. */
  labels(): LabelRecord[];
  label(id: LabelId): LabelRecord | null;
  labelCounts(): Map<LabelId, LabelCounts>;
  /** Everything on record for a label, or for it on some photos; photos out of sight included. */
  labelRows(id: LabelId, photoIds?: readonly PhotoId[]): LabelledRow[];
  /** What people have answered about a label, oldest first; photos out of sight included. */
  labelAnswers(id: LabelId): { photoId: PhotoId; verdict: Verdict }[];
  /** Photos for which a rule has found something. */
  labelFindings(id: LabelId): PhotoId[];
  /** A photo's labels, by name. */
  labelsOf(photoId: PhotoId): LabelAssignment[];
  /** Suggested photos in sight without an answer, label by label, likeliest first. */
  labelQueue(id: LabelId | null, page: Page): { total: number; items: LabelQueueItem[] };
  /** How many of these photos have each label, by hand or by rule; labels that none has are left out. */
  labelsAmong(photoIds: readonly PhotoId[]): { id: LabelId; name: string; photos: number }[];
  labelRun(id: LabelRunId): LabelRun | null;
  /** Newest first. */
  labelRuns(limit: number): LabelRun[];
  /** Photos with an embedding that automatic labels have not looked at. */
  labelDue(limit: number): PhotoId[];
}

export interface LabelsWriter {
  createLabel(label: Omit<LabelRecord, 'id' | 'createdAt'>): LabelId;
  /** What is left out stays as it is. */
  changeLabel(id: LabelId, change: { [Key in keyof LabelDraft]?: LabelDraft[Key] | undefined }): void;
  /** The labels below it move to its parent. @returns those */
  removeLabel(id: LabelId): LabelId[];
  /** Brings back a label that was removed, under its old id; findings of runs undone since are left out. */
  restoreLabel(label: LabelRecord, rows: readonly LabelledRow[], children: readonly LabelId[]): void;
  /** Makes what is on record for these photos be exactly this; unknown photos are left out. */
  setLabelRows(id: LabelId, rows: readonly LabelledRow[]): void;
  clearLabelRows(id: LabelId, photoIds: readonly PhotoId[]): void;
  /** @returns the answers before, of those that changed; unknown photos and labels are left out */
  answerLabels(answers: readonly LabelAnswer[]): LabelAnswer[];

  beginLabelRun(labels: readonly { id: LabelId; name: string }[], total: number): LabelRunId;
  /**
   * Writes what a run decided about photos of one label, remembering what it found there, and counts it. Photos that a
   * person has answered keep their answer and get no finding.
   */
  applyLabelRun(runId: LabelRunId, labelId: LabelId, decisions: readonly RunDecision[]): void;
  countLabelRun(runId: LabelRunId, done: number, total: number): void;
  endLabelRun(
    runId: LabelRunId,
    end: { state: 'done'; actId: ActId } | { state: 'failed'; problem: string },
  ): void;
  /** Takes back what a run did, as if it had never been; later runs keep what they did. @returns photos concerned */
  revertLabelRun(runId: LabelRunId, state: 'undone' | 'failed', problem?: string): number;
  /** Runs that a process left unfinished are taken back and marked as failed. */
  failInterruptedLabelRuns(problem: string): LabelRunId[];
  /** Forgets how to take back runs older than the newest `keep`. */
  forgetOldLabelRuns(keep: number): void;
  clearLabelDue(photoIds: readonly PhotoId[]): void;
}
