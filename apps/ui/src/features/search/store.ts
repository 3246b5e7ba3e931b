// Search as you type: waits for a pause in typing, keeps the last answer on screen until the next one is there,
// and never lets a late answer overwrite a newer one.
import type { SearchAnswer, SearchHit, SearchNote, SearchRequest } from '@semblance/contract';
import { createStore, type StoreApi } from 'zustand';
import type { Client } from '../../connection/connection.ts';
import { type Fault, isAbort, toFault } from '../../connection/faults.ts';
import { createFeature } from '../../shared/feature-store.ts';
import { type TileChange, withChange } from '../../shared/tile-change.ts';

export interface SearchState {
  /** What the box shows. */
  text: string;
  /** "More like this": the photo's id; the text is empty then. */
  like: string | null;
  phase: 'off' | 'searching' | 'done' | 'error';
  results: readonly SearchHit[];
  /** How many of the results, from the first on, are good matches; null where the engine drew no line. */
  best: number | null;
  /** Expected share of unrelated photos among the best, 0 to 1; null where it cannot be told. */
  expectedUnrelated: number | null;
  notes: readonly SearchNote[];
  searched: number;
  milliseconds: number;
  /** Number of the question that `results` answer; moves when they are another question's. */
  answered: number;
  fault: Fault | null;
  /** Typing: searches after a short pause. */
  setText(text: string): void;
  /** Enter, an example, a reload: searches at once. */
  search(text: string): void;
  searchLike(photo: string): void;
  /** The same question again: after an error, or because more photos can be found now. */
  again(): void;
  clear(): void;
  /** Shows at once what an act has changed. */
  amend(change: TileChange): void;
}

export const DEBOUNCE_MS = 180;
const LIMIT = 400;
/** When nothing really matches, so many of the nearest are worth a look. */
export const NEAREST = 12;

const NOTHING = {
  results: [],
  best: null,
  expectedUnrelated: null,
  notes: [],
  searched: 0,
  milliseconds: 0,
  fault: null,
};

export const search = createFeature<SearchState>('search');
export const useSearch = search.use;

export function createSearchStore(client: Pick<Client, 'search'>): StoreApi<SearchState> {
  let sequence = 0;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let running: AbortController | undefined;

  /** Makes every question asked so far stale. */
  const drop = () => {
    clearTimeout(timer);
    running?.abort();
    running = undefined;
    return ++sequence;
  };

  return createStore<SearchState>((set, get) => {
    const ask = async (request: SearchRequest, isRepeat = false) => {
      const mine = drop();
      const control = new AbortController();
      running = control;
      const answered = isRepeat ? get().answered : mine;
      set({ phase: 'searching' });
      try {
        const answer = await client.search.run(request, { signal: control.signal });
        if (mine !== sequence) return;
        set({ ...read(answer), phase: 'done', answered, fault: null });
      } catch (error) {
        if (mine !== sequence || isAbort(error)) return;
        set({ ...NOTHING, phase: 'error', answered, fault: toFault(error) });
      }
    };

    const askText = (text: string, isRepeat = false) =>
      void ask({ text: text.trim(), limit: LIMIT }, isRepeat);

    const clear = () => {
      drop();
      set({ ...NOTHING, text: '', like: null, phase: 'off' });
    };

    return {
      ...NOTHING,
      text: '',
      like: null,
      phase: 'off',
      answered: 0,
      setText: (text) => {
        if (text.trim() === '') {
          clear();
          set({ text });
          return;
        }
        const same = get().like === null && text.trim() === get().text.trim() && get().phase !== 'off';
        set({ text, like: null });
        if (same) return;
        drop();
        set({ phase: 'searching' });
        timer = setTimeout(() => askText(text), DEBOUNCE_MS);
      },
      search: (text) => {
        if (text.trim() === '') {
          clear();
          return;
        }
        set({ text, like: null });
        askText(text);
      },
      searchLike: (photo) => {
        set({ text: '', like: photo });
        void ask({ likePhoto: photo, limit: LIMIT });
      },
      again: () => {
        const { like, text } = get();
        if (like !== null) void ask({ likePhoto: like, limit: LIMIT }, true);
        else if (text.trim() !== '') askText(text, true);
      },
      clear,
      amend: (change) => {
        const { results, best } = get();
        const next = withChange(results, change);
        if (next.length === results.length) return set({ results: next });
        const line =
          best === null ? null : best - results.slice(0, best).filter((hit) => change.ids.has(hit.id)).length;
        set({ results: next, best: line });
      },
    };
  });
}

/** An answer as the screen shows it. */
function read({ results, notes, cutoff, searched, milliseconds }: SearchAnswer) {
  const nothing = notes.some((note) => note.kind === 'nothing-matches');
  // A library of a few photos has no background to draw a line against.
  const drawn = cutoff.expectedUnrelated !== null;
  const line = results.findIndex((hit) => hit.group === 'maybe');
  return {
    results: nothing ? results.slice(0, NEAREST) : results,
    best: nothing ? 0 : drawn ? (line < 0 ? results.length : line) : null,
    expectedUnrelated: cutoff.expectedUnrelated,
    notes,
    searched,
    milliseconds,
  };
}
