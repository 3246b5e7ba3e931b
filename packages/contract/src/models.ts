// Models beyond the one that ships: the reviewed list, downloads, checks, and every network call they made.
import { z } from 'zod';
import { errorKind } from './errors.ts';

/** Folder name of a model, and its id: safe on every file system. */
export const modelId = z.string().regex(/^(?!.*\.$)[A-Za-z0-9][\w.-]{0,99}$/);

/** `owner/name` on the hub. */
export const hubRepository = z.string().regex(/^[A-Za-z0-9][\w.-]{0,95}\/[A-Za-z0-9][\w.-]{0,95}$/);

/** A branch, a tag or a commit. */
export const hubRevision = z.string().regex(/^[A-Za-z0-9][\w.-]{0,99}$/);

/** Where models come from: http or https, no credentials, no query. */
export const hubUrl = z
  .url({ protocol: /^https?$/ })
  .max(300)
  .regex(/^[^@?#]*$/);

const words = z.object({ en: z.string().min(1), tr: z.string().min(1) });

export const modelFamily = z.enum([
  'clip',
  'openclip',
  'siglip',
  'siglip2',
  'mobileclip',
  'multilingual-clip',
  'jina-clip',
]);
export type ModelFamily = z.infer<typeof modelFamily>;

/** Share of searches that found the right picture, as somebody published it. */
const publishedRecall = z.object({
  /** BCP 47 code of the queries. */
  language: z.string().min(2),
  percent: z.number().min(0).max(100),
});

/** One entry of `assets/models/catalog.json`. Null: not known, and not guessed. */
export const catalogModel = z.object({
  id: modelId,
  name: z.string().min(1),
  family: modelFamily,
  /** What it is good at, in plain words. */
  goodFor: words,
  /** What it costs or lacks, in plain words; null when there is nothing to say. */
  caution: words.nullable(),
  /** BCP 47 codes of languages it was taught; `mul` for many more that the list does not name. */
  languages: z.array(z.string().min(2)).min(1),
  /** To download, as far as known: rounded to the megabyte. The exact size is asked for before the first byte. */
  bytes: z.int().positive().nullable(),
  dimensions: z.int().positive().nullable(),
  /** Input side in pixels. */
  imageSize: z.int().positive().nullable(),
  recall: z.array(publishedRecall),
  /** Who measured the recall, and how; null when there is none. */
  recallSource: z.string().nullable(),
  /** Of the weights, as their authors state it; null when that is not known. */
  license: z.string().nullable(),
  /** False where the licence leaves room for doubt, or forbids: commercial use. */
  commercialUse: z.boolean().nullable(),
  /** What was found at its source when the list was made (assets/models/SOURCES.md); the rest is taken on trust. */
  checked: z.object({
    /** The repository has been seen, with these files. */
    repository: z.boolean(),
    size: z.boolean(),
    license: z.boolean(),
    recall: z.boolean(),
  }),
  repository: hubRepository,
  /** `main` where no commit has been reviewed: the commit is then pinned by the first download. */
  revision: hubRevision,
  /** Files to take, by name or with `*` for a part of one; `!` leaves out, `?` at the end means: if there. */
  files: z.array(z.string().min(1)).min(1),
});
export type CatalogModel = z.infer<typeof catalogModel>;

export const modelCatalog = z.object({ format: z.literal(1), models: z.array(catalogModel) });
export type ModelCatalog = z.infer<typeof modelCatalog>;

/** What the hub has of a model now, asked before anything is fetched. */
export const modelOffer = z.object({
  id: modelId,
  name: z.string(),
  repository: z.string(),
  /** As asked for: a branch, a tag or a commit. */
  revision: z.string(),
  /** What that stood for when it was first asked, and what will be fetched, now and later. */
  commit: z.string(),
  files: z.int().nonnegative(),
  /** In all, as the hub says, to the byte. */
  bytes: z.int().nonnegative(),
  /** Of these, what an earlier download has left on the disk. */
  have: z.int().nonnegative(),
  /** Free on the disk; null when it does not say. */
  free: z.int().nonnegative().nullable(),
  /** Whether that is enough, with some to spare. */
  fits: z.boolean(),
});
export type ModelOffer = z.infer<typeof modelOffer>;

export const weightPrecision = z.enum(['fp32', 'fp16', 'int8', 'q4']);

/** What this machine makes of a model: loaded every way it could run it, and measured. */
export const trialResult = z.object({
  /** Milliseconds since 1970 UTC. */
  at: z.int().nonnegative(),
  /** The one that is used. */
  precision: weightPrecision,
  /** `cpu`, `cuda`, `coreml`, `dml`, `webgpu`. */
  provider: z.string(),
  /** Without meaning on a graphics processor. */
  threads: z.int().positive(),
  /** Pictures at a time. */
  batch: z.int().positive(),
  imagesPerSecond: z.number().nonnegative(),
  textMilliseconds: z.number().nonnegative(),
  loadMilliseconds: z.number().nonnegative(),
  /** For searches alone, and while indexing too; as far as it could be measured. */
  textMemoryBytes: z.int().nonnegative(),
  memoryBytes: z.int().nonnegative(),
});
export type TrialResult = z.infer<typeof trialResult>;

export const modelTrial = z.object({
  id: modelId,
  /** One at a time: `waiting` for its turn. `failed`: `problem` says why. */
  state: z.enum(['waiting', 'running', 'done', 'failed']),
  /** The last one on this machine; null when there was none. */
  result: trialResult.nullable(),
  problem: z.string().nullable(),
});
export type ModelTrial = z.infer<typeof modelTrial>;

export const modelDownload = z.object({
  id: modelId,
  name: z.string(),
  repository: z.string(),
  /**
   * `asking` what is to be fetched; `downloading`; `waiting` before another attempt; `checking` bytes and model;
   * `paused` by a person or by the end of the process; `failed`: `problem` says why, and `resume` tries again.
   */
  state: z.enum(['asking', 'downloading', 'waiting', 'checking', 'paused', 'failed']),
  done: z.int().nonnegative(),
  /** Null until the hub has said. */
  bytes: z.int().nonnegative().nullable(),
  files: z.object({ done: z.int().nonnegative(), all: z.int().nonnegative() }),
  bytesPerSecond: z.number().nonnegative(),
  /** Null while it cannot be told honestly. */
  secondsLeft: z.number().nonnegative().nullable(),
  problem: z.object({ kind: errorKind, message: z.string() }).nullable(),
});
export type ModelDownload = z.infer<typeof modelDownload>;

/** Every file of a model, hashed again. */
export const modelCheck = z.object({
  id: modelId,
  /** Nothing missing, nothing changed. */
  fine: z.boolean(),
  /** False when nobody knew the right hashes until now: what is there counts as right from here on. */
  known: z.boolean(),
  files: z.int().nonnegative(),
  bytes: z.int().nonnegative(),
  /** By name, inside the model's folder. */
  missing: z.array(z.string()),
  changed: z.array(z.string()),
  /** Whether what is wrong can be fetched again. */
  repairable: z.boolean(),
});
export type ModelCheck = z.infer<typeof modelCheck>;

export const hubSettings = z.object({
  /** In use now. */
  url: z.string(),
  /** The one that is used when nobody chooses another. */
  usual: z.string(),
  /** The host decided (`--hub`): a window cannot change it. */
  fixed: z.boolean(),
});
export type HubSettings = z.infer<typeof hubSettings>;

/** One request that left this machine. */
export const networkCall = z.object({
  /** Milliseconds since 1970 UTC. */
  at: z.int().nonnegative(),
  /** `facts`: which files a model has. `file`: one of them. */
  purpose: z.enum(['facts', 'file']),
  model: z.string(),
  /** Scheme, host and path. What follows the `?` is left out: hubs sign addresses there. */
  address: z.string(),
  /** HTTP status; null when there was no answer. */
  status: z.int().nullable(),
  /** Received. */
  bytes: z.int().nonnegative(),
  milliseconds: z.number().nonnegative(),
  /** Why it ended early; null when it did not. */
  problem: z.string().nullable(),
});
export type NetworkCall = z.infer<typeof networkCall>;

export const modelRequests = {
  /** Of the catalogue by id, or any repository of the hub. */
  download: z.union([
    z.object({ id: modelId }).strict(),
    z.object({ repository: hubRepository, revision: hubRevision.default('main') }).strict(),
  ]),
  one: z.object({ id: modelId }),
  /** Null for the usual one. */
  hub: z.object({ url: hubUrl.nullable() }),
  calls: z.object({ limit: z.int().min(1).max(1000).default(200) }),
};
