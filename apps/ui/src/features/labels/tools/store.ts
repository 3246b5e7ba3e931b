// What helps with labels: packs, proposals, files, sidecars, a network of one's own. Each part loads and fails alone.
import type {
  AdapterStatus,
  LabelImport,
  LabelPack,
  LabelProposal,
  PackAdded,
  PackLanguage,
  SidecarReport,
  SidecarSettings,
} from '@semblance/contract';
import { createStore, type StoreApi } from 'zustand';
import { type Fault, toFault } from '../../../connection/faults.ts';
import { createFeature } from '../../../shared/feature-store.ts';
import type { LabelCalls } from '../calls.ts';

export interface ToolsState {
  packs: readonly LabelPack[] | null;
  /** Null: not looked for yet. */
  proposals: readonly LabelProposal[] | null;
  proposing: boolean;
  sidecars: SidecarSettings | null;
  writing: boolean;
  report: SidecarReport | null;
  adapter: AdapterStatus | null;
  fault: Fault | null;
  load(language: PackLanguage): Promise<void>;
  addPack(id: string, language: PackLanguage, names?: string[]): Promise<PackAdded | null>;
  propose(language: PackLanguage): Promise<void>;
  exported(): Promise<string | null>;
  imported(text: string): Promise<LabelImport | null>;
  setSidecars(change: Partial<Pick<SidecarSettings, 'automatic' | 'into'>>): Promise<void>;
  writeSidecars(): Promise<void>;
  train(): Promise<void>;
  use(on: boolean): Promise<void>;
}

export const tools = createFeature<ToolsState>('label tools');
export const useTools = tools.use;

const LOOK_MS = 400;

/** @param onLabels the list of labels has changed */
export function createToolsStore(
  client: Pick<LabelCalls, 'labels'>,
  onLabels: () => void,
): StoreApi<ToolsState> {
  const { labels } = client;
  return createStore<ToolsState>((set, get) => {
    const guarded = async <T>(work: () => Promise<T>): Promise<T | null> => {
      set({ fault: null });
      try {
        return await work();
      } catch (error) {
        set({ fault: toFault(error) });
        return null;
      }
    };
    /** While it trains, and once more when it has ended. */
    const watch = async (): Promise<void> => {
      const adapter = await labels.adapter.status();
      set({ adapter });
      if (adapter.state !== 'training') return;
      setTimeout(() => void watch().catch((error) => set({ fault: toFault(error) })), LOOK_MS);
    };
    const packsIn = async (language: PackLanguage) => set({ packs: await labels.packs({ language }) });

    return {
      packs: null,
      proposals: null,
      proposing: false,
      sidecars: null,
      writing: false,
      report: null,
      adapter: null,
      fault: null,
      load: async (language) => {
        await guarded(async () => {
          const [sidecars] = await Promise.all([labels.sidecars(), packsIn(language), watch()]);
          set({ sidecars });
        });
      },
      addPack: (id, language, names) =>
        guarded(async () => {
          const added = await labels.addPack({ id, language, ...(names && { names }) });
          onLabels();
          await packsIn(language);
          return added;
        }),
      propose: async (language) => {
        set({ proposing: true });
        const proposals = await guarded(() => labels.propose({ language }));
        set({ proposing: false, proposals: proposals ?? get().proposals });
      },
      exported: () => guarded(async () => (await labels.export({})).text),
      imported: (text) =>
        guarded(async () => {
          const report = await labels.import({ text });
          onLabels();
          return report;
        }),
      setSidecars: async (change) => {
        const sidecars = await guarded(() => labels.setSidecars(change));
        if (sidecars !== null) set({ sidecars });
      },
      writeSidecars: async () => {
        set({ writing: true, report: null });
        const done = await guarded(async () => ({
          report: await labels.writeSidecars({ over: { kind: 'all' } }),
          sidecars: await labels.sidecars(),
        }));
        set({ writing: false, ...done });
      },
      train: async () => {
        await guarded(async () => {
          set({ adapter: await labels.adapter.train() });
          await watch();
        });
      },
      use: async (on) => {
        const adapter = await guarded(() => labels.adapter.use({ on }));
        if (adapter !== null) set({ adapter });
      },
    };
  });
}
