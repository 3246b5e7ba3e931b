// The review: which groups, which one is in front, and decisions that show at once and are rolled back on error.
import type {
  DuplicateChoice,
  DuplicateDecision,
  DuplicateGroup,
  DuplicateKind,
  DuplicatePhoto,
  PhotoFactsRow,
} from '@semblance/contract';
import { type Fault, toFault } from '../../connection/faults.ts';
import type { DuplicatesClient, GroupSort } from './client.ts';
import { bestOnly, chosen, isBrowseOnly, keptFiles, type Refusal, toggleKeep } from './marks.ts';
import {
  type GroupList,
  gap,
  indexOf,
  NO_GROUPS,
  PAGE,
  withGroup,
  withInserted,
  without,
  withPage,
} from './paging.ts';
import type { GetState, SetState } from './store.ts';

export interface ReviewFilter {
  kinds: readonly DuplicateKind[];
  folderId: number | null;
  minBytes: number;
  decided: boolean;
}

export const ALL_KINDS: readonly DuplicateKind[] = ['exact', 'resaved', 'edited', 'burst', 'similar'];
/** What the review shows unless asked: similar photos are no duplicates. */
const REVIEWED: readonly DuplicateKind[] = ['exact', 'resaved', 'edited', 'burst'];
export const NO_FILTER: ReviewFilter = { kinds: REVIEWED, folderId: null, minBytes: 0, decided: false };

/** The last thing that happened, for the line under the photos and for screen readers. */
export type Said =
  | { what: 'kept' | 'trashed'; photo: DuplicatePhoto }
  | { what: 'refused'; why: Refusal }
  | { what: 'decided'; decision: DuplicateDecision }
  | { what: 'reset' | 'undone' | 'nothing-to-undo' | 'end' | 'accepted' | 'best' }
  | { what: 'failed'; fault: Fault };

/** What Undo takes back. */
interface Step {
  actId: number;
  index: number;
  before: DuplicateGroup;
  /** The group left the list by this step. */
  removed: boolean;
  /** In which list: places mean nothing after another filter or order. */
  list: number;
}

export interface ReviewSlice {
  screen: 'overview' | 'review';
  look: 'one' | 'table';
  filter: ReviewFilter;
  sort: GroupSort;
  list: GroupList;
  listFault: Fault | null;
  current: number;
  facts: readonly PhotoFactsRow[] | null;
  said: (Said & { turn: number }) | null;
  steps: readonly Step[];
  openReview(part?: Partial<ReviewFilter>): void;
  leaveReview(): void;
  setLook(look: 'one' | 'table'): void;
  setFilter(part: Partial<ReviewFilter>): void;
  setSort(sort: GroupSort): void;
  reload(): Promise<void>;
  /** As the engine has it now; the group in front stays in front if it is still there. */
  refresh(): Promise<void>;
  /** Loads what of the groups `first` to `end` (exclusive) is not here. */
  need(first: number, end: number): Promise<void>;
  go(index: number): void;
  step(by: 1 | -1): void;
  toggle(photo: number): void;
  /** The marks are right as they are; on to the next group. */
  accept(): void;
  /** Keeps the suggested photo alone (and what stands in reference folders). */
  keepBest(): void;
  decide(decision: DuplicateDecision): void;
  reset(): void;
  undo(): Promise<void>;
}

export function reviewSlice(client: DuplicatesClient, set: SetState, get: GetState): ReviewSlice {
  /** Counts changes of the list's order: an answer to an older question is not put into it. */
  let generation = 0;
  let lists = 0;
  let turn = 0;
  let asked: number | null = null;
  /** Choices go to the engine one after another, in the order of the keys. */
  let queue: Promise<unknown> = Promise.resolve();
  /** Of each group with choices on their way: as the engine last confirmed it, and how many are out. */
  const pending = new Map<string, { confirmed: DuplicateGroup; count: number }>();

  const say = (said: Said) => set({ said: { ...said, turn: ++turn } });
  const now = () => get().list.groups[get().current];

  const loadFacts = async () => {
    const group = now();
    set({ facts: null });
    if (group === undefined || get().look === 'table') return;
    try {
      const detail = await client.duplicates.group({ id: group.id });
      if (now()?.id === group.id) set({ facts: detail.facts });
    } catch {
      // The photos and what is known of them are on screen; the further facts stay away.
      if (now()?.id === group.id) set({ facts: [] });
    }
  };

  /** The change is on screen already; sends it, and puts the group back as it was if the engine refuses. */
  const send = (before: DuplicateGroup, after: DuplicateGroup | null, choice: DuplicateChoice) => {
    const index = get().current;
    return sendFrom(index, before, after, choice);
  };
  const sendFrom = (
    index: number,
    before: DuplicateGroup,
    after: DuplicateGroup | null,
    choice: DuplicateChoice,
  ) => {
    const removed = after === null;
    const waiting = pending.get(before.id) ?? { confirmed: before, count: 0 };
    waiting.count += 1;
    pending.set(before.id, waiting);
    queue = queue.then(async () => {
      try {
        const { actId } = await client.duplicates.choose({ id: before.id, choice });
        waiting.confirmed = after ?? before;
        if (actId !== null) set({ steps: [...get().steps, { actId, index, before, removed, list: lists }] });
        return true;
      } catch (error) {
        // Later choices on this group are still out: they carry the whole answer, and decide how it ends.
        if (waiting.count === 1 || removed) {
          if (removed && indexOf(get().list, before.id) < 0) insert(index, before);
          else set({ list: withGroup(get().list, waiting.confirmed) });
        }
        const fault = toFault(error);
        // Its photos have changed since the list was made.
        if (fault.kind === 'GROUP_NOT_FOUND') void get().refresh();
        say({ what: 'failed', fault });
        return false;
      } finally {
        waiting.count -= 1;
        if (waiting.count === 0) pending.delete(before.id);
      }
    });
    return queue;
  };

  const insert = (index: number, group: DuplicateGroup) => {
    generation += 1;
    asked = null;
    set({ list: withInserted(get().list, index, group), current: Math.min(index, get().list.groups.length) });
    void loadFacts();
  };

  const remove = (index: number) => {
    generation += 1;
    asked = null;
    const list = without(get().list, index);
    set({ list, current: Math.max(0, Math.min(get().current, (list.total ?? 0) - 1)) });
    void get().need(get().current, get().current + 2);
    void loadFacts();
  };

  return {
    screen: 'overview',
    look: 'one',
    filter: NO_FILTER,
    sort: 'freed',
    list: NO_GROUPS,
    listFault: null,
    current: 0,
    facts: null,
    said: null,
    steps: [],

    openReview: (part = {}) => {
      set({ screen: 'review', filter: { ...NO_FILTER, ...part }, said: null });
      void get().reload();
    },
    leaveReview: () => {
      set({ screen: 'overview', said: null });
      void get().loadStatus();
    },
    setLook: (look) => {
      if (look === get().look) return;
      set({ look });
      void loadFacts();
    },
    setFilter: (part) => {
      set({ filter: { ...get().filter, ...part } });
      void get().reload();
    },
    setSort: (sort) => {
      set({ sort });
      void get().reload();
    },

    reload: async () => {
      generation += 1;
      lists += 1;
      asked = null;
      set({ list: NO_GROUPS, current: 0, facts: null, listFault: null });
      await get().need(0, PAGE);
    },

    refresh: async () => {
      const { current } = get();
      const id = now()?.id;
      await get().reload();
      const before = Math.min(current, Math.max(0, (get().list.total ?? 0) - 1));
      await get().need(before - 1, before + 2);
      const at = id === undefined ? -1 : indexOf(get().list, id);
      get().go(at >= 0 ? at : before);
    },

    need: async (first, end) => {
      const offset = gap(get().list, first, end);
      if (offset === null || offset === asked) return;
      asked = offset;
      const began = generation;
      const { filter, sort } = get();
      try {
        const page = await client.duplicates.groups({
          kinds: [...filter.kinds],
          minBytes: filter.minBytes,
          decided: filter.decided,
          ...(filter.folderId === null ? {} : { folderId: filter.folderId }),
          offset,
          limit: PAGE,
          sort,
        });
        if (began !== generation) return;
        asked = null;
        const hadNone = now() === undefined;
        set({ list: withPage(get().list, offset, page), listFault: null });
        if (hadNone && now() !== undefined) void loadFacts();
        await get().need(first, end);
      } catch (error) {
        if (began !== generation) return;
        asked = null;
        set({ listFault: toFault(error) });
      }
    },

    go: (index) => {
      const { list, current } = get();
      const to = Math.max(0, Math.min(index, (list.total ?? 1) - 1));
      if (to === current) return;
      set({ current: to });
      void get().need(to - 1, to + 2);
      void loadFacts();
    },

    step: (by) => {
      const { list, current } = get();
      const to = current + by;
      if (to < 0 || to >= (list.total ?? 0)) return say({ what: 'end' });
      get().go(to);
    },

    toggle: (place) => {
      const group = now();
      if (group === undefined) return;
      const result = toggleKeep(group, place);
      if (result.group === null) {
        if (result.refused !== 'no-such-photo') say({ what: 'refused', why: result.refused });
        return;
      }
      set({ list: withGroup(get().list, result.group) });
      say({ what: result.photo.keep ? 'kept' : 'trashed', photo: result.photo });
      void send(group, result.group, { kind: 'keep', files: keptFiles(result.group) });
    },

    accept: () => {
      const group = now();
      if (group === undefined) return;
      if (!group.chosen && !isBrowseOnly(group) && group.decision === null) {
        const next = chosen(group);
        set({ list: withGroup(get().list, next) });
        say({ what: 'accepted' });
        void send(group, next, { kind: 'keep', files: keptFiles(next) });
      }
      get().step(1);
    },

    keepBest: () => {
      const group = now();
      if (group === undefined) return;
      if (isBrowseOnly(group)) return say({ what: 'refused', why: 'browse-only' });
      if (group.decision !== null) return say({ what: 'refused', why: 'decided' });
      const next = bestOnly(group);
      set({ list: withGroup(get().list, next) });
      say({ what: 'best' });
      void send(group, next, { kind: 'keep', files: keptFiles(next) });
    },

    decide: (decision) => {
      const group = now();
      if (group === undefined) return;
      const index = get().current;
      if (get().filter.decided) {
        // Among the decided ones it stays, decided otherwise.
        const next = { ...group, decision };
        set({ list: withGroup(get().list, next) });
        say({ what: 'decided', decision });
        void send(group, next, { kind: 'decide', decision });
        return;
      }
      remove(index);
      say({ what: 'decided', decision });
      void sendFrom(index, group, null, { kind: 'decide', decision });
    },

    reset: () => {
      const group = now();
      if (group === undefined || (!group.chosen && group.decision === null)) return;
      const index = get().current;
      const removed = group.decision !== null && get().filter.decided;
      if (removed) remove(index);
      say({ what: 'reset' });
      void sendFrom(index, group, removed ? null : group, { kind: 'reset' }).then(async (done) => {
        if (done !== true || removed) return;
        const detail = await client.duplicates.group({ id: group.id }).catch(() => null);
        if (detail !== null) set({ list: withGroup(get().list, detail.group) });
      });
    },

    undo: async () => {
      await queue;
      const last = get().steps.at(-1);
      if (last === undefined) return say({ what: 'nothing-to-undo' });
      set({ steps: get().steps.slice(0, -1) });
      try {
        await client.acts.undo({ id: last.actId });
      } catch (error) {
        return say({ what: 'failed', fault: toFault(error) });
      }
      if (last.list !== lists) await get().reload();
      else if (indexOf(get().list, last.before.id) >= 0) {
        set({ list: withGroup(get().list, last.before) });
        get().go(indexOf(get().list, last.before.id));
      } else if (last.removed) insert(last.index, last.before);
      say({ what: 'undone' });
    },
  };
}
