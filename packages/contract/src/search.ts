// Search as the outside sees it: what can be asked, in words, by likeness or both, and what comes back.
import { z } from 'zod';
import { photoId, photoTile } from './photo.ts';
import { filterName, parsedQuery, region } from './query.ts';
import { photoView } from './view.ts';

/** What the model may be asked to read; filters and quoted phrases do not count. */
export const MAX_QUERY_CHARACTERS = 1000;
/** A whole query, filters included. */
export const MAX_TYPED_CHARACTERS = 10_000;
/** Of a dropped picture, decoded. */
export const MAX_DROPPED_BYTES = 8_000_000;

export const searchRequest = z
  .object({
    /** The query language: see `parseQuery` in core. */
    text: z.string().optional(),
    /** "More like this photo": rank by the photo's own embedding. */
    likePhoto: photoId.optional(),
    /** The same for several photos: the mean of their embeddings, brought to unit length. */
    like: z.array(photoId).max(50).optional(),
    /** A JPEG, PNG or WebP of at most `MAX_DROPPED_BYTES`, in base64. Nothing of it is kept. */
    image: z.string().optional(),
    /** Parts of library photos: a box drawn on one, and what is like it. The photo itself may be found too. */
    regions: z.array(z.object({ photoId, region })).max(10).optional(),
    /** Only photos of this view. An album with a query adds that query. */
    view: photoView.optional(),
    /** `date`: the best ones newest first, then the others newest first. */
    sort: z.enum(['relevance', 'date']).default('relevance'),
    /** Shows look-alikes once: see `similar` of a hit. */
    group: z.boolean().default(false),
    /**
     * Looks at parts of the 50 best photos when the text names two things with a property each ("red car next to a blue
     * house"). Takes seconds the first time.
     */
    recheck: z.boolean().default(false),
    /** Keeps the text among the recent searches. */
    remember: z.boolean().default(false),
    limit: z.int().min(1).max(1000).default(200),
  })
  .refine(
    (r) =>
      [r.text, r.likePhoto, r.image, r.view].some((part) => part !== undefined) ||
      (r.like ?? []).length + (r.regions ?? []).length > 0,
    'Give a text, a photo, a picture or a view.',
  );
export type SearchRequest = z.input<typeof searchRequest>;

export const searchHit = photoTile.extend({
  /** Cosine of query and photo embedding, -1 to 1. Comparable within one query only; 1 when no model was asked. */
  cosine: z.number(),
  /** 0 to 100: probability in percent that the photo is what was asked for, judged against the library itself. */
  relevance: z.number().min(0).max(100),
  path: z.string(),
  /** Above the cut-off, or below it: shown apart, never hidden. */
  group: z.enum(['best', 'maybe']),
  /** So many look-alikes of the same group stand behind this photo. */
  similar: z.int().positive().optional(),
});
export type SearchHit = z.infer<typeof searchHit>;

/** Something the user should know about the answer; the interface words it in the user's language. */
export const searchNote = z.discriminatedUnion('kind', [
  /** So many photos are not searchable yet. */
  z.object({ kind: z.literal('not-indexed-yet'), count: z.int().positive() }),
  /** The library has no searchable photo at all. */
  z.object({ kind: z.literal('library-empty') }),
  /** Nothing of the text could be understood, and nothing else was asked: nothing was searched for. */
  z.object({ kind: z.literal('nothing-asked') }),
  /** The model was not taught these words: the order means little. */
  z.object({ kind: z.literal('unknown-words'), words: z.array(z.string()) }),
  /** The model looks at so many tokens only; the rest of the sentence was not used. */
  z.object({ kind: z.literal('query-truncated'), tokens: z.int().positive() }),
  /** No photo is likely enough: the results are merely the nearest. */
  z.object({ kind: z.literal('nothing-matches') }),
  /**
   * No photo passes every filter; without this one `count` would. One note for each filter that helps when it goes;
   * `start` and `end` say where it stands in the text.
   */
  z.object({
    kind: z.literal('filter-removed-all'),
    name: z.union([filterName, z.literal('exact')]),
    value: z.string(),
    count: z.int().positive(),
    start: z.int().nonnegative(),
    end: z.int().nonnegative(),
  }),
  /** The same where no single filter helps: so many there would be without all of them, and without quoted phrases. */
  z.object({ kind: z.literal('filters-removed-all'), count: z.int().positive() }),
  /** Nothing good was found, and so many files lie in folders that cannot be reached now. */
  z.object({ kind: z.literal('folder-offline'), count: z.int().positive() }),
  /** The text seems to be in a language that the model does not know. `language`: BCP 47, or a script like `Cyrl`. */
  z.object({
    kind: z.literal('unknown-language'),
    language: z.string(),
    known: z.array(z.string()),
  }),
  /** So many photos of the library (of those that pass the filters) were left out for what the query excludes. */
  z.object({ kind: z.literal('negation-removed'), count: z.int().positive(), texts: z.array(z.string()) }),
  /** The model was not taught the language of these; common words were looked up in a small dictionary instead. */
  z.object({
    kind: z.literal('translated'),
    language: z.string(),
    texts: z.array(z.object({ from: z.string(), to: z.string() })),
  }),
  /** The library is changing to another model: so many photos of this search were ranked by the one before. */
  z.object({ kind: z.literal('mixed-models'), count: z.int().positive() }),
  /** The model cannot be reached: only filters and quoted phrases were applied. */
  z.object({ kind: z.literal('partial') }),
]);
export type SearchNote = z.infer<typeof searchNote>;

export const searchAnswer = z.object({
  /** What the text was understood to mean. Empty without one. */
  parsed: parsedQuery,
  /** Best first. */
  results: z.array(searchHit),
  notes: z.array(searchNote),
  /** Where the best results end. */
  cutoff: z.object({
    /** Of the last one in `best`; 100 when there is none. */
    relevance: z.number().min(0).max(100),
    /** Expected share of unrelated photos in `best`, 0 to 1; null when the library is too small to tell. */
    expectedUnrelated: z.number().min(0).max(1).nullable(),
  }),
  /** Photos that were compared. */
  searched: z.int().nonnegative(),
  milliseconds: z.number().nonnegative(),
});
export type SearchAnswer = z.infer<typeof searchAnswer>;
