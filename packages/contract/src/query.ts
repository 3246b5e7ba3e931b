// The query language as the outside sees it: what a query was understood to mean, piece by piece.
import { z } from 'zod';

/** `label:boat`, `date:2019..2021`, ...: narrows the photos down, without the model. */
export const filterName = z.enum([
  ...(['label', 'album', 'in', 'place', 'camera', 'lens', 'date', 'rating', 'is', 'has'] as const),
  ...(['type', 'orientation', 'near', 'name'] as const),
]);
export type FilterName = z.infer<typeof filterName>;

/** Where in the typed text it stands: UTF-16 offsets, end exclusive. */
const span = { start: z.int().nonnegative(), end: z.int().nonnegative() };

/** One removable piece of a query, in the order typed. */
export const queryChip = z.discriminatedUnion('kind', [
  /** Looked for by the model; weights are 1 unless given (`2:sunset`). */
  z.object({ kind: z.literal('text'), text: z.string(), weight: z.number(), ...span }),
  /** Photos that match it are vetoed (`-people`, "without people"). */
  z.object({ kind: z.literal('not'), text: z.string(), ...span }),
  /** Only in file names, captions and keywords, letter by letter (`"IMG 42"`). */
  z.object({ kind: z.literal('exact'), text: z.string(), negated: z.boolean(), ...span }),
  z.object({
    kind: z.literal('filter'),
    name: filterName,
    value: z.string(),
    /** The value as understood, worded plainly: `2019-01-01 - 2021-12-31`. */
    meaning: z.string(),
    negated: z.boolean(),
    ...span,
  }),
]);
export type QueryChip = z.infer<typeof queryChip>;

/**
 * What is wrong with a piece, and where. One that cannot be read is left out, and the search goes on with the rest.
 * `names-nothing`: read well, but nothing here is called so; it holds, and no photo has it.
 */
export const queryProblem = z.object({
  code: z.enum([
    ...([
      'unknown-value',
      'names-nothing',
      'bad-date',
      'bad-number',
      'empty-value',
      'unbalanced-quote',
      'too-many-parts',
      'album-cycle',
    ] as const),
  ]),
  /** English, fit to show. */
  message: z.string(),
  text: z.string(),
  /** What may have been meant, fit to take its place: `label:boat`. */
  instead: z.string().optional(),
  ...span,
});
export type QueryProblem = z.infer<typeof queryProblem>;

export const parsedQuery = z.object({ chips: z.array(queryChip), problems: z.array(queryProblem) });
export type ParsedQuery = z.infer<typeof parsedQuery>;

/** A rectangle of a picture, in parts of its upright width and height. */
export const region = z.object({
  left: z.number().min(0).max(1),
  top: z.number().min(0).max(1),
  width: z.number().positive().max(1),
  height: z.number().positive().max(1),
});
export type Region = z.infer<typeof region>;

export const suggestion = z.object({
  kind: z.enum(['recent', 'saved', 'label', 'album', 'place', 'camera', 'lens', 'folder', 'date', 'filter']),
  /** Replaces the last piece of the query (for `recent` and `saved`: all of it). */
  insert: z.string(),
  /** What to show, when it is not the same. */
  title: z.string(),
  /** Photos that have it; null when not counted. */
  photos: z.int().nonnegative().nullable(),
});
export type Suggestion = z.infer<typeof suggestion>;

/** Where in the picture the query was found. */
export const whyPhoto = z.object({
  /** Row-major, 0 (nothing) to 1 (most), over the whole upright picture. */
  heat: z.object({ columns: z.int().positive(), rows: z.int().positive(), values: z.array(z.number()) }),
  /** Each text of the query alone. */
  parts: z.array(z.object({ text: z.string(), negated: z.boolean(), relevance: z.number().min(0).max(100) })),
  milliseconds: z.number().nonnegative(),
});
export type WhyPhoto = z.infer<typeof whyPhoto>;

/** Other wordings of a query, and how alike their answers are. */
export const paraphrases = z.object({
  /** Agreement of a wording with the consensus of all: overlap of their 50 best photos, 0 to 1. */
  own: z.number().min(0).max(1),
  others: z.array(z.object({ text: z.string(), agreement: z.number().min(0).max(1) })),
  /** The steadiest, when it is clearly steadier than the person's own. */
  suggestion: z.string().nullable(),
});
export type Paraphrases = z.infer<typeof paraphrases>;
