// Search as the outside sees it. The query language and filters (issue D) extend these shapes.
import { z } from 'zod';
import { photoId, photoTile } from './photo.ts';

export const MAX_QUERY_CHARACTERS = 1000;

export const searchRequest = z
  .object({
    text: z.string().optional(),
    /** "More like this photo": rank by the photo's own embedding. */
    likePhoto: photoId.optional(),
    limit: z.int().min(1).max(1000).default(200),
  })
  .refine((r) => r.text !== undefined || r.likePhoto !== undefined, 'Give a text or a photo.');
export type SearchRequest = z.input<typeof searchRequest>;

export const searchHit = photoTile.extend({
  /** Cosine of query and photo embedding, -1 to 1. Comparable within one query only. */
  cosine: z.number(),
  /** 0 to 100: probability in percent that the photo is what was asked for, judged against the library itself. */
  relevance: z.number().min(0).max(100),
  path: z.string(),
  /** Above the cut-off, or below it: shown apart, never hidden. */
  group: z.enum(['best', 'maybe']),
});
export type SearchHit = z.infer<typeof searchHit>;

/** Something the user should know about the answer; the interface words it in the user's language. */
export const searchNote = z.discriminatedUnion('kind', [
  /** So many photos are not searchable yet. */
  z.object({ kind: z.literal('not-indexed-yet'), count: z.int().positive() }),
  /** The library has no searchable photo at all. */
  z.object({ kind: z.literal('library-empty') }),
  /** The model was not taught these words: the order means little. */
  z.object({ kind: z.literal('unknown-words'), words: z.array(z.string()) }),
  /** The model looks at so many tokens only; the rest of the sentence was not used. */
  z.object({ kind: z.literal('query-truncated'), tokens: z.int().positive() }),
  /** No photo is likely enough: the results are merely the nearest. */
  z.object({ kind: z.literal('nothing-matches') }),
]);
export type SearchNote = z.infer<typeof searchNote>;

export const searchAnswer = z.object({
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
