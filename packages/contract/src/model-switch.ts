// Changing the model of a library while it is in use: what is being prepared, what would change, and the way back.
import { z } from 'zod';
import { labelId } from './labels.ts';
import { photoTile } from './photo.ts';

/** Folder name of a model. */
const modelName = z.string().min(1).max(200);

export const modelSwitchStatus = z.object({
  /** The model that answers. */
  current: modelName,
  /** The one that is being prepared. */
  next: z
    .object({
      id: modelName,
      /**
       * `loading`; `filling`: its vectors are made, `waiting`: other indexing goes before; `paused` by a person;
       * `ready` to take over; `failed`: `problem` says why.
       */
      state: z.enum(['loading', 'filling', 'waiting', 'paused', 'ready', 'failed']),
      /** Photos that it has seen, of all. */
      done: z.int().nonnegative(),
      total: z.int().nonnegative(),
      /** Photos whose files it could not read. */
      failed: z.int().nonnegative(),
      photosPerSecond: z.number().nonnegative(),
      /** Null while it cannot be told honestly. */
      secondsLeft: z.number().nonnegative().nullable(),
      /** It sees pictures as the model in use does (same image tower): nothing has to be embedded. */
      samePictures: z.boolean(),
      /** Takes over by itself when it is ready. */
      automatic: z.boolean(),
      problem: z.string().nullable(),
    })
    .nullable(),
  /** The one before, whose vectors are kept: back is one click. */
  previous: z
    .object({
      id: modelName,
      /** When it was replaced: milliseconds since 1970 UTC. */
      at: z.number(),
      /** Photos that it still answers for, because the model in use has not seen them yet. */
      waiting: z.int().nonnegative(),
      /** Tags are being given anew, or were: going back takes that back too. */
      labels: z.enum(['kept', 'waiting', 'renewed']),
    })
    .nullable(),
  /** Why another model answers than the one the library was switched to. */
  problem: z.string().nullable(),
  /** A comparison is under way: photos embedded, of all. */
  comparing: z.object({ done: z.int().nonnegative(), total: z.int().nonnegative() }).nullable(),
});
export type ModelSwitchStatus = z.infer<typeof modelSwitchStatus>;

/** What a label's rule, fitted anew from the same words and answers, would do. A person's answers never change. */
export const labelChange = z.object({
  id: labelId,
  name: z.string(),
  /** Photos tagged by rule before and after. */
  kept: z.int().nonnegative(),
  gained: z.int().nonnegative(),
  lost: z.int().nonnegative(),
  /** Some of them. */
  gainedPhotos: z.array(photoTile),
  lostPhotos: z.array(photoTile),
});
export type LabelChange = z.infer<typeof labelChange>;

export const switchPreview = z.object({
  /** Photos that the new model has seen, of all: with few of them the preview is a rough one. */
  seen: z.int().nonnegative(),
  photos: z.int().nonnegative(),
  /** Labels in use (with tags given by rule, or automatic), most changed first. */
  labels: z.array(labelChange),
});
export type SwitchPreview = z.infer<typeof switchPreview>;

const comparedModel = z.object({
  id: modelName,
  name: z.string(),
  /** On disk. */
  bytes: z.int().nonnegative(),
  dimensions: z.int().positive(),
  languages: z.array(z.string()),
  /** Decoded and embedded, on this machine, in one process. Null when too few could be read. */
  imagesPerSecond: z.number().positive().nullable(),
  /** Median for one query. */
  textMilliseconds: z.number().nonnegative(),
  /** Mean over the labels of `labels`; null without one. */
  meanAveragePrecision: z.number().min(0).max(1).nullable(),
});
export type ComparedModel = z.infer<typeof comparedModel>;

export const modelComparison = z.object({
  a: comparedModel,
  b: comparedModel,
  samePictures: z.boolean(),
  /** Photos that both have looked at: labelled ones, and others at random. */
  photos: z.int().nonnegative(),
  /** How well the label's words alone find the photos that the person has said yes to: average precision, 0 to 1. */
  labels: z.array(
    z.object({
      id: labelId,
      name: z.string(),
      photos: z.int().positive(),
      a: z.number().min(0).max(1),
      b: z.number().min(0).max(1),
    }),
  ),
  /** Recent searches, or names of labels: the share of the ten best that both have among theirs, 0 to 1. */
  searches: z.array(z.object({ text: z.string(), agreement: z.number().min(0).max(1) })),
  agreement: z.number().min(0).max(1).nullable(),
});
export type ModelComparison = z.infer<typeof modelComparison>;

export const modelSwitchRequests = {
  begin: z.object({ id: modelName, automatic: z.boolean().default(false) }),
  /** `labels`: tags are given anew by rules fitted to the new model. */
  commit: z.object({ labels: z.boolean().default(true) }),
  compare: z.object({ a: modelName, b: modelName }),
};
