// From a query and the photos it may find to those it finds: the model ranks, what is excluded goes, and where no model is
// needed or none answers, everything that passes is found.
import type { Catalog } from '@semblance/catalog';
import { type PhotoId, type SearchNote, SemblanceError } from '@semblance/contract';
import { fold, type Query } from '@semblance/core';
import type { VectorTable } from '@semblance/vectors';
import type { Binding } from './binding.ts';
import { type Asker, type Given, mergeNotes } from './search-ask.ts';
import type { Among, Candidates } from './search-candidates.ts';
import { type Elder, mergeRanked } from './search-elder.ts';
import type { Ranked, Ranker } from './search-rank.ts';

export interface Found extends Ranked {
  /** No model ranked them. */
  newestFirst: boolean;
}

export interface Answered {
  found: Found;
  notes: SearchNote[];
  /** Photos that were compared. */
  searched: number;
}

interface Wish {
  /** At least so many, where there are so many. */
  count: number;
  /** Whether the best are looked at part by part, for queries with two attributed things. */
  recheck?: boolean | undefined;
}

export type Find = (query: Query, passed: Among, asked: Given, wish: Wish) => Promise<Answered>;

export interface FindDeps {
  catalog: Catalog;
  vectors: VectorTable;
  asker: Asker;
  ranker: Ranker;
  candidates: Candidates;
  binding: Binding;
  /** The search of the model before, while this one has not seen every photo. */
  elder: () => Elder | null;
}

/** `own` leaves the model before out of it. */
export function createFind(deps: FindDeps): { find: Find; own: Find } {
  const { catalog, vectors, asker, ranker, candidates, binding } = deps;

  /** Of the photos in sight that pass, those that only the model before has seen. */
  function leftTo(elder: Elder, { ids }: Among): ReadonlySet<PhotoId> {
    const [mine, known] = [vectors.ids(), elder.ids()];
    const all = ids ?? catalog.photoIds({ kind: 'all' });
    return new Set([...all].filter((id) => !mine.has(id) && known.has(id)));
  }

  const find: Find = async (query, passed, asked, wish) => {
    const elder = deps.elder();
    const answered = await own(query, passed, asked, wish);
    // A part of a picture was embedded by this model, and means nothing to the other one.
    if (elder === null || answered.found.newestFirst || asked.vectors.length > 0) return answered;
    const left = leftTo(elder, passed);
    if (left.size === 0) return answered;
    const older = await elder.find(query, { ...passed, ids: left }, asked, wish);
    return {
      found: { ...mergeRanked(answered.found, older.found), newestFirst: false },
      notes: [...answered.notes, { kind: 'mixed-models', count: left.size }],
      searched: answered.searched + older.searched,
    };
  };

  const own: Find = async (query, passed, asked, { count, recheck = false }) => {
    const parts = asked.texts.length + asked.photos.length + asked.vectors.length + query.nots.length;
    const among = passed.ids?.size ?? candidates.counts().indexed;
    const modelNeeded = parts > 0 || asked.picture !== null;
    if (!modelNeeded) return { found: everything(passed.ids ?? []), notes: [], searched: among };
    try {
      const ask = await asker.all(asked);
      const excluded = await Promise.all(query.nots.map((text) => asker.text(text)));
      const notes = mergeNotes([...(ask?.notes ?? []), ...excluded.flatMap((text) => text.notes)]);
      const gone = new Set<PhotoId>();
      const applied: string[] = [];
      for (const [i, { embedding, notes: said }] of excluded.entries()) {
        const text = query.nots[i] ?? '';
        if (isUnknown(text, said)) continue;
        applied.push(text);
        for (const id of await ranker.showing(embedding, passed.ids)) gone.add(id);
      }
      if (gone.size > 0) notes.push({ kind: 'negation-removed', count: gone.size, texts: applied });
      const searched = among - gone.size;
      if (ask === null) {
        const left = [...(passed.ids ?? candidates.all())].filter((id) => !gone.has(id));
        return { found: everything(left), notes, searched };
      }
      const ranked = await ranker.rank(ask.ask, count, { among: passed.ids, gone });
      const [words, ...more] = asked.texts;
      if (recheck && words !== undefined && more.length + asked.photos.length + asked.vectors.length === 0) {
        ranked.hits = await binding.recheck(words.text, ranked.hits);
      }
      return { found: { ...ranked, newestFirst: false }, notes, searched };
    } catch (error) {
      const known = error instanceof SemblanceError && error.kind === 'COMPUTE_UNAVAILABLE';
      if (!known || passed.ids === null) throw error;
      return { found: everything(passed.ids), notes: [{ kind: 'partial' }], searched: among };
    }
  };

  return { find, own };
}

/** Words that the model was not taught point anywhere: what they would leave out is chance. The note says which they are. */
function isUnknown(text: string, notes: readonly SearchNote[]): boolean {
  const unknown = new Set(
    notes.flatMap((note) => (note.kind === 'unknown-words' ? note.words : [])).map(fold),
  );
  return fold(text)
    .split(' ')
    .every((word) => unknown.has(word));
}

/** @param ids newest first */
function everything(ids: Iterable<PhotoId>): Found {
  const hits = [...ids].map((id) => ({ id, cosine: 1, relevance: 100 }));
  return {
    hits,
    best: hits.length,
    cutoff: { relevance: 100, expectedUnrelated: 0 },
    newestFirst: true,
  };
}
