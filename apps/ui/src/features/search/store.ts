// Search as you type: waits for a pause in typing, keeps the last answer on screen until the next one is there,
// and never lets a late answer overwrite a newer one.
import type { ParsedQuery, PhotoTile, SearchAnswer, SearchHit, SearchNote } from '@semblance/contract';
import { createStore, type StoreApi } from 'zustand';
import type { Client } from '../../connection/connection.ts';
import { type Fault, isAbort, toFault } from '../../connection/faults.ts';
import { createFeature } from '../../shared/feature-store.ts';
import { type TileChange, withChange } from '../../shared/tile-change.ts';
import { isNothing, type QueryPicture, type Question, questionKey, requestOf } from './question.ts';

/** A photo found, or brought up by chance: then nothing is known of how well it fits. */
type Found = PhotoTile & Partial<Pick<SearchHit, 'relevance' | 'path' | 'similar'>>;

export interface SearchState extends Question {
  phase: 'off' | 'searching' | 'done' | 'error';
  results: readonly Found[];
  /** How many of the results, from the first on, are good matches; null where the engine drew no line. */
  best: number | null;
  /** Expected share of unrelated photos among the best, 0 to 1; null where it cannot be told. */
  expectedUnrelated: number | null;
  notes: readonly SearchNote[];
  parsed: ParsedQuery;
  /** The text that `parsed` counts its offsets in. */
  parsedText: string;
  /** The results are photos by chance, and answer nothing. */
  surprised: boolean;
  searched: number;
  milliseconds: number;
  /** Number of the question that `results` answer; moves when they are another question's. */
  answered: number;
  fault: Fault | null;
  /** Typing: searches after a short pause. */
  setText(text: string): void;
  /** An example, a saved search, a reload: asks these words and nothing else, at once. */
  search(text: string): void;
  /** Enter, a chip removed, a suggestion taken: asks at once. `remember` keeps the text among the recent searches. */
  edit(text: string, remember?: boolean): void;
  /** More like these photos; the words of the last question are gone. */
  searchLike(...photos: readonly string[]): void;
  /** Asks by a picture, beside the words there are (or these); null takes it away. */
  setPicture(picture: QueryPicture | null, text?: string): void;
  setSort(sort: Question['sort']): void;
  setGroup(group: boolean): void;
  surprise(): void;
  /** A result was opened: the text was worth keeping among the recent searches. */
  keep(): void;
  /** The same question again: after an error, or because more photos can be found now. */
  again(): void;
  clear(): void;
  /** Shows at once what an act has changed. */
  amend(change: TileChange): void;
}

export const DEBOUNCE_MS = 180;
/** When nothing really matches, so many of the nearest are worth a look. */
export const NEAREST = 12;
const SURPRISES = 60;

const NOTHING = {
  results: [],
  best: null,
  expectedUnrelated: null,
  notes: [],
  parsed: { chips: [], problems: [] },
  parsedText: '',
  surprised: false,
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
    const answering = async (isRepeat: boolean, work: (signal: AbortSignal) => Promise<Answered>) => {
      const mine = drop();
      const control = new AbortController();
      running = control;
      const answered = isRepeat ? get().answered : mine;
      set({ phase: 'searching' });
      try {
        const answer = await work(control.signal);
        if (mine === sequence) set({ ...answer, phase: 'done', answered, fault: null });
      } catch (error) {
        if (mine !== sequence || isAbort(error)) return;
        set({ ...NOTHING, phase: 'error', answered, fault: toFault(error) });
      }
    };

    const ask = ({ isRepeat = false, remember = false } = {}) => {
      const question = get();
      if (isNothing(question)) return clear();
      const text = question.text.trim();
      void answering(isRepeat, async (signal) =>
        read(await client.search.run(requestOf(question, remember), { signal }), text),
      );
    };

    const clear = () => {
      drop();
      set({ ...NOTHING, text: '', picture: null, phase: 'off' });
    };

    return {
      ...NOTHING,
      text: '',
      picture: null,
      sort: 'relevance',
      group: false,
      phase: 'off',
      answered: 0,
      setText: (text) => {
        const { picture, phase, surprised } = get();
        const before = questionKey(get());
        if (isNothing({ text, picture })) {
          clear();
          set({ text });
          return;
        }
        set({ text });
        if (phase !== 'off' && !surprised && questionKey({ text, picture }) === before) return;
        drop();
        set({ phase: 'searching' });
        timer = setTimeout(ask, DEBOUNCE_MS);
      },
      search: (text) => {
        set({ text, picture: null });
        ask();
      },
      edit: (text, remember = false) => {
        set({ text });
        ask({ remember });
      },
      searchLike: (...ids) => {
        set({ text: '', picture: { kind: 'photos', ids } });
        ask();
      },
      setPicture: (picture, text = get().text) => {
        set({ picture, text });
        ask();
      },
      setSort: (sort) => {
        set({ sort });
        if (get().phase !== 'off') ask();
      },
      setGroup: (group) => {
        set({ group });
        if (get().phase !== 'off') ask();
      },
      surprise: () => {
        set({ text: '', picture: null });
        void answering(false, async (signal) => {
          const results = await client.search.surprise({ count: SURPRISES }, { signal });
          return { ...NOTHING, results, searched: results.length, surprised: true };
        });
      },
      keep: () => {
        const { text, surprised } = get();
        if (text.trim() === '' || surprised) return;
        // Nobody waits for it, and the next search tells what is wrong, if anything is.
        client.search.run({ text: text.trim(), remember: true, limit: 1 }).catch(() => undefined);
      },
      again: () => {
        if (!get().surprised && !isNothing(get())) ask({ isRepeat: true });
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

type Answered = Omit<
  typeof NOTHING,
  'fault' | 'results' | 'best' | 'expectedUnrelated' | 'notes' | 'parsed'
> &
  Pick<SearchState, 'results' | 'best' | 'expectedUnrelated' | 'notes' | 'parsed'>;

/** An answer as the screen shows it. */
function read(
  { parsed, results, notes, cutoff, searched, milliseconds }: SearchAnswer,
  parsedText: string,
): Answered {
  const nothing = notes.some((note) => note.kind === 'nothing-matches');
  // A library of a few photos has no background to draw a line against.
  const drawn = cutoff.expectedUnrelated !== null;
  const line = results.findIndex((hit) => hit.group === 'maybe');
  return {
    results: nothing ? results.slice(0, NEAREST) : results,
    best: nothing ? 0 : drawn ? (line < 0 ? results.length : line) : null,
    expectedUnrelated: cutoff.expectedUnrelated,
    notes,
    parsed,
    parsedText,
    surprised: false,
    searched,
    milliseconds,
  };
}
