// Applying: which groups, by which rules, what it would do, doing it, and taking it back.
import type {
  DuplicateKind,
  DuplicatePlan,
  DuplicateRules,
  PlanRequest,
  PresetOrder,
  RestoreReport,
  TrashReport,
} from '@semblance/contract';
import { type Fault, toFault } from '../../connection/faults.ts';
import type { DuplicatesClient } from './client.ts';
import type { GetState, SetState } from './store.ts';

interface ApplyScope {
  /** These groups; null for all of `kinds`. */
  groups: readonly string[] | null;
  kinds: readonly DuplicateKind[];
  folderId: number | null;
  minBytes: number;
  /** Of a burst keep the best shot only; photos of a burst are different photos, so this has to be said. */
  bestOfBursts: boolean;
}

interface Applied {
  report: TrashReport;
  undo: 'possible' | 'busy' | 'done';
  /** What came back, once it was taken back. */
  restored: RestoreReport | null;
}

export interface ApplySlice {
  applyPhase: 'closed' | 'planning' | 'ready' | 'applying' | 'done';
  scope: ApplyScope;
  plan: DuplicatePlan | null;
  applyFault: Fault | null;
  rules: DuplicateRules | null;
  presets: readonly PresetOrder[];
  rulesOpen: boolean;
  /** What was moved last in this session; stays until it is put away. */
  applied: Applied | null;
  openApply(scope: Partial<ApplyScope>): void;
  setScope(part: Partial<ApplyScope>): void;
  replan(): Promise<void>;
  apply(): Promise<void>;
  undoApply(): Promise<void>;
  /** Takes back the newest act of an earlier session. */
  undoLastTrash(): Promise<void>;
  forgetApplied(): void;
  closeApply(): void;
  openRules(open: boolean): void;
  loadRules(): Promise<void>;
  changeRules(rules: DuplicateRules): Promise<void>;
}

const EXACT: ApplyScope = {
  groups: null,
  kinds: ['exact'],
  folderId: null,
  minBytes: 0,
  bestOfBursts: false,
};

export function applySlice(client: DuplicatesClient, set: SetState, get: GetState): ApplySlice {
  let planned = 0;
  let saving: Promise<unknown> = Promise.resolve();

  const request = (): PlanRequest => {
    const { groups, kinds, folderId, minBytes, bestOfBursts } = get().scope;
    return {
      ...(groups === null ? {} : { groups: [...groups] }),
      filter: { kinds: [...kinds], minBytes, ...(folderId === null ? {} : { folderId }) },
      bestOfBursts,
    };
  };

  /** Whatever moved: counts and groups as they are now. */
  const refresh = async () => {
    await get().loadStatus();
    if (get().screen === 'review') await get().refresh();
  };

  return {
    applyPhase: 'closed',
    scope: EXACT,
    plan: null,
    applyFault: null,
    rules: null,
    presets: [],
    rulesOpen: false,
    applied: null,

    openApply: (scope) => {
      set({ scope: { ...EXACT, ...scope }, applyFault: null });
      void get().loadRules();
      void get().replan();
    },

    setScope: (part) => {
      set({ scope: { ...get().scope, ...part } });
      void get().replan();
    },

    replan: async () => {
      const mine = ++planned;
      set({ applyPhase: 'planning', applyFault: null });
      try {
        await saving;
        const plan = await client.duplicates.plan(request());
        if (mine === planned) set({ plan, applyPhase: 'ready' });
      } catch (error) {
        if (mine === planned) set({ plan: null, applyFault: toFault(error), applyPhase: 'ready' });
      }
    },

    apply: async () => {
      if (get().applyPhase !== 'ready') return;
      set({ applyPhase: 'applying', applyFault: null });
      try {
        const report = await client.duplicates.apply(request());
        const undo = report.actId === null ? 'done' : 'possible';
        // Steps of the review lie under this act now: taking them back is for the history.
        set({ applied: { report, undo, restored: null }, applyPhase: 'done', steps: [] });
      } catch (error) {
        set({ applyFault: toFault(error), applyPhase: 'ready' });
      }
      await refresh();
    },

    undoApply: async () => {
      const applied = get().applied;
      const actId = applied?.report.actId ?? null;
      if (applied === null || actId === null || applied.undo !== 'possible') return;
      set({ applied: { ...applied, undo: 'busy' }, applyFault: null });
      try {
        const restored = await client.trash.restore({ actId });
        // What stayed in the trash can be tried again.
        set({ applied: { ...applied, restored, undo: restored.failed.length > 0 ? 'possible' : 'done' } });
      } catch (error) {
        set({ applied, applyFault: toFault(error) });
      }
      await refresh();
    },

    undoLastTrash: async () => {
      const act = get().lastTrash;
      if (act === null) return;
      set({ lastTrash: null, statusFault: null });
      try {
        const restored = await client.trash.restore({ actId: act.id });
        const report = { actId: act.id, trashed: restored.restored, bytes: 0, failed: [] };
        set({ applied: { report, restored, undo: restored.failed.length > 0 ? 'possible' : 'done' } });
      } catch (error) {
        set({ statusFault: toFault(error) });
      }
      await refresh();
    },

    forgetApplied: () => set({ applied: null, applyFault: null }),

    closeApply: () => {
      if (get().applyPhase === 'applying') return;
      planned += 1;
      set({ applyPhase: 'closed', plan: null, applyFault: null });
    },

    openRules: (rulesOpen) => {
      set({ rulesOpen });
      if (rulesOpen) void get().loadRules();
      else void refresh();
    },

    loadRules: async () => {
      try {
        const [rules, presets] = await Promise.all([client.duplicates.rules(), client.duplicates.presets()]);
        set({ rules, presets });
      } catch (error) {
        set({ applyFault: toFault(error) });
      }
    },

    changeRules: async (rules) => {
      const before = get().rules;
      set({ rules });
      saving = saving.then(async () => {
        try {
          await client.duplicates.setRules(rules);
        } catch (error) {
          if (get().rules === rules) set({ rules: before });
          set({ applyFault: toFault(error) });
        }
      });
      await saving;
      if (get().applyPhase === 'planning' || get().applyPhase === 'ready') {
        const fault = get().applyFault;
        await get().replan();
        if (fault !== null) set({ applyFault: fault });
      }
    },
  };
}
