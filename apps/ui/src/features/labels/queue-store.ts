// The review queue: one photo after the other, answered at once on screen and sent behind it, in order. What could
// not be sent comes back to the front, and the last step can always be taken back.
import type { LabelId, LabelQuestion, Verdict } from '@semblance/contract';
import { createStore, type StoreApi } from 'zustand';
import { type Fault, toFault } from '../../connection/faults.ts';
import { createFeature } from '../../shared/feature-store.ts';
import type { LabelCalls } from './calls.ts';

interface Step {
  item: LabelQuestion;
  /** Null: skipped. */
  verdict: Verdict | null;
  /** For undo; null when there was nothing to do, or sending failed. */
  act: Promise<number | null>;
}

export interface QueueState {
  phase: 'loading' | 'ready' | 'error';
  /** Only this label's photos; null for all. */
  labelId: LabelId | null;
  /** Still to be looked at, the first one on screen. */
  items: readonly LabelQuestion[];
  /** Left to look at, with those that are not loaded yet. */
  left: number;
  yes: number;
  no: number;
  skipped: number;
  fault: Fault | null;
  open(labelId: LabelId | null): void;
  answer(verdict: Verdict): void;
  skip(): void;
  undo(): void;
  canUndo: boolean;
}

const QUEUE_PAGE = 60;
const LOW = 15;

export const queue = createFeature<QueueState>('label queue');
export const useQueue = queue.use;

export function queueKey({ label, photo }: LabelQuestion): string {
  return `${label.id}:${photo.id}`;
}

/** @param onAnswer hears of every answer that the engine has taken */
export function createQueueStore(
  client: Pick<LabelCalls, 'labels' | 'acts'>,
  onAnswer: () => void = () => undefined,
): StoreApi<QueueState> {
  let sequence = 0;
  let steps: Step[] = [];
  let sending: Promise<unknown> = Promise.resolve();
  let loading = false;

  return createStore<QueueState>((set, get) => {
    const count = () => ({
      yes: steps.filter((step) => step.verdict === 'yes').length,
      no: steps.filter((step) => step.verdict === 'no').length,
      skipped: steps.filter((step) => step.verdict === null).length,
      canUndo: steps.length > 0,
    });

    const load = async () => {
      if (loading) return;
      loading = true;
      const mine = sequence;
      try {
        // An answer on its way is no longer in the engine's queue, or still is: wait until that is sure.
        await sending;
        const { labelId, skipped } = get();
        const page = await client.labels.queue({ labelId, offset: 0, limit: QUEUE_PAGE + skipped });
        if (mine !== sequence) return;
        const seen = new Set([...steps.map((step) => queueKey(step.item)), ...get().items.map(queueKey)]);
        const fresh = page.items.filter((item) => !seen.has(queueKey(item)));
        const items = [...get().items, ...fresh];
        const stillSkipped = get().skipped;
        set({ phase: 'ready', items, left: Math.max(items.length, page.total - stillSkipped), fault: null });
      } catch (error) {
        if (mine !== sequence) return;
        set({ phase: get().items.length > 0 ? 'ready' : 'error', fault: toFault(error) });
      } finally {
        loading = false;
        if (mine !== sequence) void load();
      }
    };

    const step = (verdict: Verdict | null) => {
      const [item, ...items] = get().items;
      if (item === undefined) return;
      const mine = sequence;
      const act = verdict === null ? Promise.resolve(null) : send(item, verdict, mine);
      steps.push({ item, verdict, act });
      const left = Math.max(items.length, get().left - 1);
      set({ items, left, ...count(), fault: null });
      if (items.length < LOW && left > items.length) void load();
    };

    const send = (item: LabelQuestion, verdict: Verdict, mine: number): Promise<number | null> => {
      const decisions = [{ labelId: item.label.id, photoId: item.photo.id, verdict }];
      const sent = sending.then(async () => {
        try {
          const { actId } = await client.labels.answer({ decisions });
          onAnswer();
          return actId;
        } catch (error) {
          if (mine === sequence) giveBack(item, toFault(error));
          return null;
        }
      });
      sending = sent;
      return sent;
    };

    const giveBack = (item: LabelQuestion, fault: Fault) => {
      const key = queueKey(item);
      if (!steps.some((step) => queueKey(step.item) === key)) return;
      steps = steps.filter((step) => queueKey(step.item) !== key);
      set({ items: [item, ...get().items], left: get().left + 1, ...count(), fault });
    };

    return {
      phase: 'loading',
      labelId: null,
      items: [],
      left: 0,
      yes: 0,
      no: 0,
      skipped: 0,
      canUndo: false,
      fault: null,
      open: (labelId) => {
        sequence += 1;
        steps = [];
        set({ phase: 'loading', labelId, items: [], left: 0, ...count(), fault: null });
        void load();
      },
      answer: step,
      skip: () => step(null),
      undo: () => {
        const last = steps.pop();
        if (last === undefined) return;
        set({ items: [last.item, ...get().items], left: get().left + 1, ...count(), fault: null });
        const mine = sequence;
        sending = sending.then(async () => {
          const act = await last.act;
          if (act === null) return;
          try {
            await client.acts.undo({ id: act });
            onAnswer();
          } catch (error) {
            if (mine === sequence) set({ fault: toFault(error) });
          }
        });
      },
    };
  });
}
