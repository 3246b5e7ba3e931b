// Labels of one's own: what a label is, what the studio shows, runs over photos, and the queue of what to look at.
import { z } from 'zod';
import { actResult } from './acts.ts';
import { photoId, photoTile } from './photo.ts';
import { photoSet } from './view.ts';

export const labelId = z.int().positive();
export type LabelId = z.infer<typeof labelId>;

export const labelRunId = z.int().positive();
export type LabelRunId = z.infer<typeof labelRunId>;

export const verdict = z.enum(['yes', 'no']);
export type Verdict = z.infer<typeof verdict>;

export const labelColor = z.enum([
  ...(['gray', 'red', 'orange', 'yellow', 'green', 'teal', 'blue', 'violet', 'pink'] as const),
]);
export type LabelColor = z.infer<typeof labelColor>;

const sentences = z.array(z.string().trim().min(1).max(500)).max(20);

/** What a person decides about a label. */
export const labelDraft = z.object({
  name: z.string().trim().min(1).max(200),
  /** What its photos show, each a prompt. Empty: the name is the prompt. */
  descriptions: sentences,
  /** What looks alike and is not meant. */
  exclusions: sentences,
  parentId: labelId.nullable(),
  color: labelColor,
  /** Wanted share of right photos among those it tags, 0.5 to 0.99: its threshold. */
  precision: z.number().min(0.5).max(0.99),
  /** Tag newly indexed photos without being asked. */
  automatic: z.boolean(),
  /** Photos it tags are blurred until asked for. */
  sensitive: z.boolean(),
});
export type LabelDraft = z.infer<typeof labelDraft>;

export const label = labelDraft.extend({
  id: labelId,
  /** Example photos that teach it. */
  examples: z.object({ yes: z.int().nonnegative(), no: z.int().nonnegative() }),
  /** Photos in sight that have it. */
  tagged: z.int().nonnegative(),
  /** Photos that wait for a yes or no. */
  suggested: z.int().nonnegative(),
  /** The pack it came from; null for one's own. */
  pack: z.string().nullable(),
});
export type Label = z.infer<typeof label>;

/** Why a photo has a label: a person said so, a rule found it, or the rule is not sure and asks. */
export const labelState = z.enum(['yours', 'tagged', 'suggested', 'refused']);
export type LabelState = z.infer<typeof labelState>;

/** A photo as one label sees it. */
export const labelledPhoto = photoTile.extend({
  /** 0 to 1: probability that the label fits. Comparable between photos and labels. */
  score: z.number().min(0).max(1),
  verdict: verdict.nullable(),
  state: labelState.nullable(),
});
export type LabelledPhoto = z.infer<typeof labelledPhoto>;

/** What a label would do, before it is saved or run. */
export const labelPreview = z.object({
  /** Best first. */
  photos: z.array(labelledPhoto),
  /** The last few inside the threshold and the first few outside, best first. */
  border: z.object({ inside: z.array(labelledPhoto), outside: z.array(labelledPhoto) }),
  /** Photos of the library by score: 40 equal bins from 0 to 1. */
  histogram: z.array(z.int().nonnegative()),
  /** Score from which photos are tagged at the wanted precision. */
  threshold: z.number().min(0).max(1),
  /** Photos at or above it. */
  inside: z.int().nonnegative(),
  /** Expected share of right photos among them; null when there is too little to tell. */
  expectedPrecision: z.number().min(0).max(1).nullable(),
  /** Whether that rests on the person's answers or on the model's calibration alone. */
  basis: z.enum(['answers', 'calibration']),
  /** Labels that most of the same photos have. */
  collisions: z.array(z.object({ id: labelId, name: z.string(), share: z.number().min(0).max(1) })),
  /** Ranks move with the wording: a steadier one is offered. */
  wording: z.object({ agreement: z.number().min(0).max(1), suggestion: z.string().nullable() }).nullable(),
  /** The model was not taught these words. */
  unknownWords: z.array(z.string()),
  searched: z.int().nonnegative(),
  milliseconds: z.number().nonnegative(),
});
export type LabelPreview = z.infer<typeof labelPreview>;

export const labelRun = z.object({
  id: labelRunId,
  /** Milliseconds since 1970 UTC. */
  at: z.int(),
  state: z.enum(['running', 'done', 'failed', 'undone']),
  labels: z.array(z.object({ id: labelId, name: z.string() })),
  /** Photos looked at, of `total`. */
  done: z.int().nonnegative(),
  total: z.int().nonnegative(),
  tagged: z.int().nonnegative(),
  suggested: z.int().nonnegative(),
  /** Tags of earlier runs that no longer hold. A person's are never among them. */
  withdrawn: z.int().nonnegative(),
  /** For `acts.undo`; null while it runs. */
  actId: z.int().positive().nullable(),
  problem: z.string().nullable(),
});
export type LabelRun = z.infer<typeof labelRun>;

export const labelAssignment = z.object({
  id: labelId,
  name: z.string(),
  color: labelColor,
  state: labelState,
  /** Null for a label that a person gave by hand. */
  score: z.number().min(0).max(1).nullable(),
});
export type LabelAssignment = z.infer<typeof labelAssignment>;

export const labelDecision = z.object({
  labelId,
  photoId,
  /** Null takes the answer back: undecided again. */
  verdict: verdict.nullable(),
});
export type LabelDecision = z.infer<typeof labelDecision>;

export const labelPack = z.object({
  id: z.string(),
  title: z.string(),
  description: z.string(),
  labels: z.array(z.object({ name: z.string(), descriptions: z.array(z.string()), added: z.boolean() })),
});
export type LabelPack = z.infer<typeof labelPack>;

/** A group of look-alike photos, named by the words that fit it best. */
export const labelProposal = z.object({
  name: z.string(),
  photos: z.int().positive(),
  covers: z.array(photoTile),
});
export type LabelProposal = z.infer<typeof labelProposal>;

export const sidecarReport = z.object({
  written: z.int().nonnegative(),
  unchanged: z.int().nonnegative(),
  failed: z.array(z.object({ path: z.string(), message: z.string() })),
});
export type SidecarReport = z.infer<typeof sidecarReport>;

/** The small network trained on one's own labels, on top of the model. */
export const adapterStatus = z.object({
  state: z.enum(['none', 'training', 'offered', 'active', 'rejected', 'failed']),
  /** Training and held-out loss by epoch (symmetric cross-entropy, CLIP paper). */
  curve: z.array(z.object({ epoch: z.int(), train: z.number(), heldOut: z.number() })),
  /** Retrieval of photos it never saw (mean precision at their ranks) without and with it; null before training. */
  before: z.number().nullable(),
  after: z.number().nullable(),
  examples: z.int().nonnegative(),
  problem: z.string().nullable(),
});
export type AdapterStatus = z.infer<typeof adapterStatus>;

/** A label's name and colour, where nothing else of it is needed. */
export const labelName = label.pick({ id: true, name: true, color: true });
export type LabelName = z.infer<typeof labelName>;

/** A photo that waits for a yes or no to one label. */
export const labelQuestion = z.object({ label: labelName, photo: labelledPhoto });
export type LabelQuestion = z.infer<typeof labelQuestion>;

/** Wanted precision of a label that says nothing of it. */
export const DEFAULT_PRECISION = 0.8;

const page = z.object({ offset: z.int().min(0).default(0), limit: z.int().min(1).max(2000).default(200) });

export const labelRequests = {
  page,
  create: labelDraft.extend({
    descriptions: sentences.default([]),
    exclusions: sentences.default([]),
    parentId: labelId.nullable().default(null),
    color: labelColor.default('gray'),
    precision: labelDraft.shape.precision.default(DEFAULT_PRECISION),
    automatic: z.boolean().default(false),
    sensitive: z.boolean().default(false),
  }),
  /** What is left out stays as it is. */
  change: labelDraft.partial().extend({ id: labelId }),
  /** A label as it is, as it would be, or one that does not exist yet. */
  preview: z.object({
    id: labelId.nullable().default(null),
    draft: labelDraft.partial().default({}),
    /** Examples not saved yet. */
    answers: z.array(z.object({ photoId, verdict })).max(2000).default([]),
    limit: z.int().min(1).max(2000).default(200),
  }),
  answer: z.object({ decisions: z.array(labelDecision).max(2000) }),
  /** `on` false takes the label off the photos that have it, and keeps rules from giving it to them again. */
  assign: z.object({ id: labelId, photos: photoSet, on: z.boolean() }),
  questions: z.object({ id: labelId, limit: z.int().min(1).max(200).default(20) }),
  run: z.object({ labels: z.array(labelId).min(1), over: photoSet }),
  runs: z.object({ limit: z.int().min(1).max(200).default(20) }),
  queue: page.extend({ labelId: labelId.nullable().default(null) }),
};

export const labelAct = actResult.extend({ label });
export type LabelAct = z.infer<typeof labelAct>;
