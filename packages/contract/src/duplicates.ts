// Duplicates: five kinds of likeness, a suggestion in every group, and acts that lose nothing.
import { z } from 'zod';
import { folderId, photoId, photoTile } from './photo.ts';
import { stayed } from './trash.ts';

/**
 * `exact`: the same bytes, or the same pixels with other metadata. `resaved`: the same picture resized, recompressed or
 * converted. `edited`: cropped, rotated, mirrored, recoloured, with text or border. `burst`: one camera within seconds.
 * `similar`: the same subject; only to look at, never proposed for the trash.
 */
export const duplicateKind = z.enum(['exact', 'resaved', 'edited', 'burst', 'similar']);
export type DuplicateKind = z.infer<typeof duplicateKind>;

/** Of the photos in it: stays the same as long as they do. */
export const duplicateGroupId = z.string().regex(/^[0-9a-f]{20}$/);
export type DuplicateGroupId = z.infer<typeof duplicateGroupId>;

/** What may speak for keeping a photo, in the order that the person chose. */
export const keepRule = z.enum([
  'reference-folder',
  'preferred-folder',
  'raw',
  'cared-for',
  'original',
  'detail',
  'metadata',
  'sharpness',
  'exposure',
  'compression',
  'oldest',
  'smallest',
]);
export type KeepRule = z.infer<typeof keepRule>;

/** Why a photo is kept or not; the interface words it. `value` and `other` are in the unit of the rule. */
export const keepReason = z.object({
  rule: keepRule,
  better: z.boolean(),
  value: z.number().nullable(),
  other: z.number().nullable(),
});
export type KeepReason = z.infer<typeof keepReason>;

/** One photo with all files that belong to it (copies in other folders are files of one photo). */
export const duplicatePhoto = z.object({
  photo: photoTile,
  /** One file of the photo: what is kept or goes. The same photo can stand in a group several times. */
  fileId: z.int().positive(),
  path: z.string(),
  folderId,
  bytes: z.int().nonnegative(),
  width: z.int().positive(),
  height: z.int().positive(),
  format: z.string(),
  /** In a reference folder: never proposed. */
  reference: z.boolean(),
  favourite: z.boolean(),
  rating: z.int().nullable(),
  albums: z.int().nonnegative(),
  labels: z.int().nonnegative(),
  keep: z.boolean(),
  /** The one that the rules like best. Photos of a burst are all kept until the person says otherwise: it is the best shot. */
  suggested: z.boolean(),
  reasons: z.array(keepReason),
  /** How it differs from the one suggested to keep: `mirrored`, `rotated`, `cropped`, `resized`, `recompressed`, ... */
  changes: z.array(z.string()),
  /** Share of the picture that differs from the suggested one after alignment, 0 to 1; null when not compared. */
  difference: z.number().min(0).max(1).nullable(),
});
export type DuplicatePhoto = z.infer<typeof duplicatePhoto>;

export const duplicateDecision = z.enum(['not-duplicates', 'keep-all', 'stack']);
export type DuplicateDecision = z.infer<typeof duplicateDecision>;

export const duplicateGroup = z.object({
  id: duplicateGroupId,
  kind: duplicateKind,
  photos: z.array(duplicatePhoto).min(2),
  /** Bytes that the trash would get if the suggestion were followed. */
  freed: z.int().nonnegative(),
  /** What the person said of it; such groups are out of the review. */
  decision: duplicateDecision.nullable(),
  /** True when the person chose what to keep in this group. */
  chosen: z.boolean(),
});
export type DuplicateGroup = z.infer<typeof duplicateGroup>;

export const duplicateStatus = z.object({
  state: z.enum(['idle', 'running', 'failed']),
  /** Photos compared, of `total`. */
  done: z.int().nonnegative(),
  total: z.int().nonnegative(),
  /** Milliseconds since 1970 UTC; null when never. */
  lastAt: z.int().nullable(),
  /** Groups open for review, files that the suggestions would trash, and their bytes. */
  kinds: z.array(
    z.object({
      kind: duplicateKind,
      groups: z.int().nonnegative(),
      files: z.int().nonnegative(),
      bytes: z.int().nonnegative(),
    }),
  ),
  decided: z.int().nonnegative(),
  problem: z.string().nullable(),
});
export type DuplicateStatus = z.infer<typeof duplicateStatus>;

export const duplicateRules = z.object({
  /** Earlier rules win. Rules left out do not count. */
  order: z.array(keepRule),
  /** Folders relative to a library folder; '' is the folder itself. Best first. */
  preferred: z.array(z.object({ folderId, path: z.string() })),
  /** Photos in these are never proposed. */
  references: z.array(z.object({ folderId, path: z.string() })),
});
export type DuplicateRules = z.infer<typeof duplicateRules>;

export const rulePreset = z.enum(['best-quality', 'oldest', 'preferred-folder', 'smallest']);
export type RulePreset = z.infer<typeof rulePreset>;

export const groupFilter = z.object({
  kinds: z.array(duplicateKind).default(['exact', 'resaved', 'edited', 'burst']),
  folderId: folderId.optional(),
  /** Only groups that free at least so many bytes. */
  minBytes: z.int().nonnegative().default(0),
  /** Only groups that were decided: to look at them again. */
  decided: z.boolean().default(false),
});
export type GroupFilter = z.input<typeof groupFilter>;

export const groupSort = z.enum(['freed', 'newest', 'kind']);

export const groupsRequest = groupFilter.extend({
  offset: z.int().min(0).default(0),
  limit: z.int().min(1).max(1000).default(100),
  sort: groupSort.default('freed'),
});
export type GroupsRequest = z.input<typeof groupsRequest>;

/** The order of rules behind a name. Folders of the person stay as they are. */
export const presetOrder = z.object({ preset: rulePreset, order: z.array(keepRule) });
export type PresetOrder = z.infer<typeof presetOrder>;

/** What applying would do, and what it leaves alone. */
export const duplicatePlan = z.object({
  groups: z.int().nonnegative(),
  files: z.int().nonnegative(),
  bytes: z.int().nonnegative(),
  /** Of the photos kept, so many are favourites; likewise those that were rated, in albums or labelled. */
  keptFavourites: z.int().nonnegative(),
  keptCaredFor: z.int().nonnegative(),
  /** Not to be touched now, and why. */
  skipped: z.array(
    z.object({ path: z.string(), why: z.enum(['changed', 'offline', 'missing', 'reference', 'last-one']) }),
  ),
});
export type DuplicatePlan = z.infer<typeof duplicatePlan>;

export const trashReport = z.object({
  /** For `acts.undo`; null when nothing was done. */
  actId: z.int().positive().nullable(),
  trashed: z.int().nonnegative(),
  bytes: z.int().nonnegative(),
  failed: z.array(stayed),
});
export type TrashReport = z.infer<typeof trashReport>;

export const duplicateChoice = z.discriminatedUnion('kind', [
  /** Keep these files of the group, trash the rest when applied. */
  z.object({ kind: z.literal('keep'), files: z.array(z.int().positive()).min(1) }),
  z.object({ kind: z.literal('decide'), decision: duplicateDecision }),
  /** Back to the suggestion. */
  z.object({ kind: z.literal('reset') }),
]);
export type DuplicateChoice = z.infer<typeof duplicateChoice>;

export const planRequest = z.object({
  /** These groups; or all that the filter lets through. */
  groups: z.array(duplicateGroupId).optional(),
  filter: groupFilter.prefault({}),
  /** Photos of a burst are different photos: only when this is said is the best shot kept and the rest proposed. */
  bestOfBursts: z.boolean().default(false),
});
export type PlanRequest = z.input<typeof planRequest>;

/** Rows of a side-by-side table: facts that differ between the photos of a group. */
export const photoFactsRow = z.object({
  photoId,
  fileId: z.int().positive(),
  facts: z.record(z.string(), z.string().nullable()),
});
export type PhotoFactsRow = z.infer<typeof photoFactsRow>;

export const groupDetail = z.object({ group: duplicateGroup, facts: z.array(photoFactsRow) });
export type GroupDetail = z.infer<typeof groupDetail>;
