// The studio: the label under the hand and its live preview. Work on a label stays on its desk until it is saved or
// dropped, also while another label is looked at; an answer of the engine for older words is never shown.
import type { Label, LabelDraft, LabelId, Verdict } from '@semblance/contract';
import { createStore, type StoreApi } from 'zustand';
import { type Fault, isAbort, toFault } from '../../connection/faults.ts';
import { createFeature } from '../../shared/feature-store.ts';
import type { LabelCalls } from './calls.ts';
import { changes, clean, type Desk, deskOf, isDirty, newDesk, previewRequest, verdicts } from './desk.ts';

type DeskKey = LabelId | 'new';

/** What a save did, for the words about it and its undo. */
export interface Saved {
  id: LabelId;
  name: string;
  isNew: boolean;
  acts: number[];
}

export interface StudioState {
  key: DeskKey | null;
  desks: Readonly<Record<string, Desk>>;
  /** Of the preview: off without words, asking, there, or failed. */
  phase: 'off' | 'asking' | 'ready' | 'error';
  fault: Fault | null;
  saving: boolean;
  saveFault: Fault | null;
  open(label: Label): void;
  /** The unsaved new label if there is one, else an empty one. */
  openNew(labels: number, seed?: Partial<LabelDraft>): void;
  close(): void;
  edit(part: Partial<LabelDraft>): void;
  answer(photoId: string, verdict: Verdict | null): void;
  undoAnswer(): void;
  /** Drops what is not saved. */
  reset(): void;
  save(): Promise<Saved | null>;
  again(): void;
  /** The labels as the library has them now: desks without work on them follow. */
  follow(labels: readonly Label[]): void;
  /** A label is gone from the library: so is its desk. */
  forget(id: LabelId): void;
}

export const TYPING_MS = 160;
const SLIDING_MS = 60;

export const studio = createFeature<StudioState>('studio');
export const useStudio = studio.use;

export function currentDesk(state: Pick<StudioState, 'key' | 'desks'>): Desk | null {
  return state.key === null ? null : (state.desks[state.key] ?? null);
}

export function createStudioStore(client: Pick<LabelCalls, 'labels'>): StoreApi<StudioState> {
  let sequence = 0;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let running: AbortController | undefined;

  return createStore<StudioState>((set, get) => {
    const desk = () => currentDesk(get());
    const put = (key: DeskKey, part: Partial<Desk>) => {
      const before = get().desks[key];
      if (before === undefined) return;
      set({ desks: { ...get().desks, [key]: { ...before, ...part } } });
    };
    const drop = () => {
      clearTimeout(timer);
      running?.abort();
      running = undefined;
      return ++sequence;
    };

    const ask = async () => {
      const mine = drop();
      const { key } = get();
      const now = desk();
      if (key === null || now === null) return;
      const request = previewRequest(now);
      if (request === null) {
        put(key, { preview: null });
        set({ phase: 'off', fault: null });
        return;
      }
      const control = new AbortController();
      running = control;
      set({ phase: 'asking' });
      try {
        const preview = await client.labels.preview(request, { signal: control.signal });
        if (mine !== sequence) return;
        put(key, { preview });
        set({ phase: 'ready', fault: null });
      } catch (error) {
        if (mine !== sequence || isAbort(error)) return;
        set({ phase: 'error', fault: toFault(error) });
      }
    };
    const askIn = (milliseconds: number) => {
      drop();
      set({ phase: 'asking' });
      timer = setTimeout(() => void ask(), milliseconds);
    };
    const show = (key: DeskKey, fresh: () => Desk) => {
      const known = get().desks[key];
      // An untouched desk follows the library; a touched one keeps what was done on it.
      const shown = known !== undefined && isDirty(known) ? known : fresh();
      const preview = known?.preview ?? null;
      set({ key, desks: { ...get().desks, [key]: { ...shown, preview } }, saveFault: null });
      void ask();
    };

    return {
      key: null,
      desks: {},
      phase: 'off',
      fault: null,
      saving: false,
      saveFault: null,
      open: (label) => show(label.id, () => deskOf(label)),
      openNew: (labels, seed) => {
        if (seed !== undefined) set({ desks: without(get().desks, 'new') });
        show('new', () => newDesk(labels, seed));
      },
      close: () => {
        drop();
        set({ key: null, phase: 'off', fault: null, saveFault: null });
      },
      edit: (part) => {
        const { key } = get();
        const now = desk();
        if (key === null || now === null) return;
        const before = JSON.stringify(previewRequest(now));
        put(key, { draft: { ...now.draft, ...part } });
        set({ saveFault: null });
        const after = desk();
        // Colour, parent and the like change nothing that the preview shows.
        if (after === null || before === JSON.stringify(previewRequest(after))) return;
        if (!shapesPreview(part)) return;
        askIn(part.precision === undefined ? TYPING_MS : SLIDING_MS);
      },
      answer: (photoId, verdict) => {
        const { key } = get();
        const now = desk();
        if (key === null || now === null) return;
        put(key, { answers: [...now.answers, { photoId, verdict }] });
        void ask();
      },
      undoAnswer: () => {
        const { key } = get();
        const now = desk();
        if (key === null || now === null || now.answers.length === 0) return;
        put(key, { answers: now.answers.slice(0, -1) });
        void ask();
      },
      reset: () => {
        const { key } = get();
        const now = desk();
        if (key === null || now === null) return;
        if (now.id === null) {
          set({ desks: without(get().desks, key) });
          get().close();
          return;
        }
        put(key, { draft: now.saved, answers: [] });
        set({ saveFault: null });
        void ask();
      },
      save: async () => {
        const { key, saving } = get();
        const now = desk();
        if (key === null || now === null || saving || clean(now.draft).name === '') return null;
        set({ saving: true, saveFault: null });
        const acts: number[] = [];
        const note = ({ actId }: { actId: number | null }) => actId !== null && acts.push(actId);
        try {
          const draft = clean(now.draft);
          let id = now.id;
          if (id === null) {
            const made = await client.labels.create({ draft });
            note(made);
            id = made.label.id;
            // From here on it exists: a failure further on leaves its answers on the desk of the label.
            const rest = { ...(get().desks[key] ?? now), id, saved: draft };
            set({
              desks: { ...without(get().desks, key), [id]: rest },
              key: get().key === key ? id : get().key,
            });
          } else {
            const changed = changes(now);
            if (Object.keys(changed).length > 0) note(await client.labels.change({ id, ...changed }));
            put(id, { saved: draft });
          }
          const labelId = id;
          const decisions = [...verdicts(now.answers)].map(([photoId, verdict]) => ({
            labelId,
            photoId,
            verdict,
          }));
          if (decisions.length > 0) note(await client.labels.answer({ decisions }));
          // What was answered meanwhile stays for the next save.
          const latest = get().desks[id];
          if (latest !== undefined) put(id, { answers: latest.answers.slice(now.answers.length) });
          if (get().key === id) void ask();
          return { id, name: draft.name, isNew: now.id === null, acts };
        } catch (error) {
          set({ saveFault: toFault(error) });
          return null;
        } finally {
          set({ saving: false });
        }
      },
      again: () => void ask(),
      follow: (labels) => {
        const now = desk();
        const before = now === null ? null : JSON.stringify(previewRequest(now));
        const desks = { ...get().desks };
        for (const label of labels) {
          const known = desks[label.id];
          if (known !== undefined && !isDirty(known))
            desks[label.id] = { ...deskOf(label), preview: known.preview };
        }
        set({ desks });
        const after = desk();
        if (after !== null && before !== JSON.stringify(previewRequest(after))) void ask();
      },
      forget: (id) => {
        set({ desks: without(get().desks, id) });
        if (get().key === id) get().close();
      },
    };
  });
}

function shapesPreview(part: Partial<LabelDraft>): boolean {
  return ['name', 'descriptions', 'exclusions', 'precision'].some((key) => key in part);
}

function without(desks: Readonly<Record<string, Desk>>, key: DeskKey): Record<string, Desk> {
  return Object.fromEntries(Object.entries(desks).filter(([other]) => other !== String(key)));
}
