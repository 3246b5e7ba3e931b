// "Ask me": the photos most worth knowing, one at a time. Answers go to the studio's desk like any other.
import type { LabelledPhoto, Verdict } from '@semblance/contract';
import { createStore, type StoreApi } from 'zustand';
import { type Fault, toFault } from '../../connection/faults.ts';
import { createFeature } from '../../shared/feature-store.ts';
import type { LabelCalls } from './calls.ts';
import { currentDesk, type StudioState } from './studio-store.ts';

export interface AskState {
  phase: 'off' | 'loading' | 'asking' | 'done' | 'error';
  photos: readonly LabelledPhoto[];
  /** Index of the photo on screen. */
  at: number;
  /** What was said of each photo so far; null: skipped. */
  given: readonly (Verdict | null)[];
  /** Expected precision before the questions, for the words at the end. */
  before: number | null;
  fault: Fault | null;
  start(): Promise<void>;
  answer(verdict: Verdict): void;
  skip(): void;
  undo(): void;
  stop(): void;
}

const QUESTIONS = 20;

export const ask = createFeature<AskState>('label questions');
export const useAsk = ask.use;

export function createAskStore(
  client: Pick<LabelCalls, 'labels'>,
  studio: StoreApi<StudioState>,
): StoreApi<AskState> {
  let sequence = 0;
  const off = { phase: 'off', photos: [], at: 0, given: [], before: null, fault: null } as const;
  const store = createStore<AskState>((set, get) => {
    const go = (verdict: Verdict | null) => {
      const { phase, photos, at, given } = get();
      const photo = photos[at];
      if (phase !== 'asking' || photo === undefined) return;
      if (verdict !== null) studio.getState().answer(photo.id, verdict);
      const next = at + 1;
      set({ at: next, given: [...given, verdict], phase: next === photos.length ? 'done' : 'asking' });
    };
    return {
      ...off,
      start: async () => {
        const mine = ++sequence;
        const desk = currentDesk(studio.getState());
        if (desk === null) return;
        set({ ...off, phase: 'loading', before: desk.preview?.expectedPrecision ?? null });
        try {
          const known = new Set(desk.answers.map((answer) => answer.photoId));
          const asked =
            desk.id === null
              ? fromBorder(desk.preview?.border, desk.preview?.photos)
              : await client.labels.questions({ id: desk.id, limit: QUESTIONS + known.size });
          if (mine !== sequence) return;
          const photos = asked.filter((photo) => photo.verdict === null && !known.has(photo.id));
          set({
            photos: photos.slice(0, QUESTIONS),
            phase: photos.length === 0 ? 'done' : 'asking',
          });
        } catch (error) {
          if (mine === sequence) set({ phase: 'error', fault: toFault(error) });
        }
      },
      answer: go,
      skip: () => go(null),
      undo: () => {
        const { at, given, phase } = get();
        if (at === 0 || (phase !== 'asking' && phase !== 'done')) return;
        if (given[at - 1] !== null) studio.getState().undoAnswer();
        set({ at: at - 1, given: given.slice(0, -1), phase: 'asking' });
      },
      stop: () => {
        sequence += 1;
        set(off);
      },
    };
  });
  // Questions belong to the label they were made for. A new one that is saved meanwhile stays the same label.
  studio.subscribe((state, before) => {
    const becameSaved = before.key === 'new' && state.desks.new === undefined && state.key !== null;
    if (state.key !== before.key && !becameSaved) store.getState().stop();
  });
  return store;
}

/** For a label that is not saved yet: from the threshold outwards, both sides in turn, then the best. */
function fromBorder(
  border: { inside: readonly LabelledPhoto[]; outside: readonly LabelledPhoto[] } | undefined,
  best: readonly LabelledPhoto[] = [],
): LabelledPhoto[] {
  const inside = border?.inside.toReversed() ?? [];
  const outside = border?.outside ?? [];
  const turns = Array.from({ length: Math.max(inside.length, outside.length) }, (_, i) => [
    inside[i],
    outside[i],
  ]).flat();
  const all = [...turns, ...best].filter((photo) => photo !== undefined);
  return [...new Map(all.map((photo) => [photo.id, photo])).values()];
}
