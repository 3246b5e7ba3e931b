// Models that are here, those that can be had, what is being fetched, and what was ever asked of anybody.
import type {
  CatalogModel,
  HubSettings,
  ModelCheck,
  ModelDownload,
  ModelInfo,
  NetworkCall,
} from '@semblance/contract';
import { createStore, type StoreApi } from 'zustand';
import type { Client } from '../../connection/connection.ts';
import { type Fault, toFault } from '../../connection/faults.ts';
import { createFeature } from '../../shared/feature-store.ts';

export interface ModelsState {
  phase: 'loading' | 'ready' | 'error';
  installed: readonly ModelInfo[];
  catalog: readonly CatalogModel[];
  downloads: readonly ModelDownload[];
  hub: HubSettings | null;
  calls: { total: number; calls: readonly NetworkCall[] };
  /** The host has a dialog to choose a folder with. */
  canChoose: boolean;
  /** By model: what a check found, or that it is under way. */
  checks: Readonly<Record<string, ModelCheck | 'checking'>>;
  /** Of the last thing that was asked for. */
  fault: Fault | null;
  load(): Promise<void>;
  /** Keeps up with the downloads until the signal. */
  follow(signal: AbortSignal): Promise<void>;
  download(request: { id: string } | { repository: string }): Promise<boolean>;
  pause(id: string): Promise<boolean>;
  resume(id: string): Promise<boolean>;
  cancel(id: string): Promise<boolean>;
  remove(id: string): Promise<boolean>;
  check(id: string): Promise<boolean>;
  repair(id: string): Promise<boolean>;
  choose(): Promise<boolean>;
  setHub(url: string | null): Promise<boolean>;
}

export const models = createFeature<ModelsState>('models');
export const useModels = models.use;

/** A stream that broke is tried again after so long: milliseconds. */
const AGAIN_MS = 2000;

export function createModelsStore(client: Pick<Client, 'models' | 'app'>): StoreApi<ModelsState> {
  const calls = client.models;
  return createStore<ModelsState>((set, get) => {
    /** @returns whether it worked; why it did not is for people to read */
    const asked = async (work: () => Promise<unknown>): Promise<boolean> => {
      set({ fault: null });
      try {
        await work();
        return true;
      } catch (error) {
        set({ fault: toFault(error) });
        return false;
      }
    };
    const refresh = async () => {
      const [installed, record] = await Promise.all([calls.list(), calls.calls({})]);
      set({ installed, calls: record });
    };
    const without = (id: string) => {
      const { [id]: _, ...checks } = get().checks;
      return checks;
    };
    const receive = (downloads: readonly ModelDownload[]) => {
      const before = get().downloads;
      set({ downloads });
      const ended = before.some((one) => !downloads.some(({ id }) => id === one.id));
      // One that has left the list is a model now, or was given up; either way there are new requests on record.
      if (ended) void refresh().catch((error) => set({ fault: toFault(error) }));
    };

    return {
      phase: 'loading',
      installed: [],
      catalog: [],
      downloads: [],
      hub: null,
      calls: { total: 0, calls: [] },
      canChoose: false,
      checks: {},
      fault: null,
      load: async () => {
        try {
          const [info, catalog, hub] = await Promise.all([client.app.info(), calls.catalog(), calls.hub()]);
          await refresh();
          set({ phase: 'ready', catalog, hub, canChoose: info.can.chooseFolder, fault: null });
        } catch (error) {
          set({ phase: 'error', fault: toFault(error) });
        }
      },
      follow: async (signal) => {
        while (!signal.aborted) {
          try {
            const stream = await calls.downloads(undefined, { signal });
            for await (const downloads of stream) {
              if (signal.aborted) return;
              receive(downloads);
            }
          } catch {
            // The window says that the engine is lost; here it is only tried again.
          }
          if (!signal.aborted) await new Promise((resolve) => setTimeout(resolve, AGAIN_MS));
        }
      },
      download: (request) =>
        asked(() => calls.download('id' in request ? request : { ...request, revision: 'main' })),
      pause: (id) => asked(() => calls.pause({ id })),
      resume: (id) => asked(() => calls.resume({ id })),
      cancel: (id) => asked(() => calls.cancel({ id })),
      remove: (id) =>
        asked(async () => {
          await calls.remove({ id });
          set({ checks: without(id) });
          await refresh();
        }),
      check: (id) =>
        asked(async () => {
          set({ checks: { ...get().checks, [id]: 'checking' } });
          try {
            const found = await calls.verify({ id });
            set({ checks: { ...get().checks, [id]: found } });
          } catch (error) {
            set({ checks: without(id) });
            throw error;
          }
        }),
      repair: (id) =>
        asked(async () => {
          await calls.repair({ id });
          set({ checks: without(id) });
        }),
      choose: () =>
        asked(async () => {
          await calls.choose();
          await refresh();
        }),
      setHub: (url) => asked(async () => set({ hub: await calls.setHub({ url }) })),
    };
  });
}
