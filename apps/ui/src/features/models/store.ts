// Models that are here, those that can be had, what is being fetched, and what was ever asked of anybody.
import type {
  CatalogModel,
  HubSettings,
  ModelCheck,
  ModelDownload,
  ModelInfo,
  ModelOffer,
  ModelTrial,
  NetworkCall,
} from '@semblance/contract';
import { createStore, type StoreApi } from 'zustand';
import type { Client } from '../../connection/connection.ts';
import { type Fault, toFault } from '../../connection/faults.ts';
import { createFeature } from '../../shared/feature-store.ts';

type ModelRequest = { id: string } | { repository: string };

/** What somebody is about to fetch: asked of the hub first, so that they know how large it is. */
export interface Offer {
  request: ModelRequest;
  /** Null until the hub has answered. */
  found: ModelOffer | null;
  /** Why it cannot be had. */
  fault: Fault | null;
}

export interface ModelsState {
  phase: 'loading' | 'ready' | 'error';
  installed: readonly ModelInfo[];
  catalog: readonly CatalogModel[];
  downloads: readonly ModelDownload[];
  /** What this machine makes of them. */
  trials: readonly ModelTrial[];
  offer: Offer | null;
  hub: HubSettings | null;
  calls: { total: number; calls: readonly NetworkCall[] };
  /** The host has a dialog to choose a folder with. */
  canChoose: boolean;
  /** By model: what a check found, or that it is under way. */
  checks: Readonly<Record<string, ModelCheck | 'checking'>>;
  /** Of the last thing that was asked for. */
  fault: Fault | null;
  load(): Promise<void>;
  /** Keeps up with downloads and trials until the signal. */
  follow(signal: AbortSignal): Promise<void>;
  /** Asks the hub; nothing is fetched. */
  look(request: ModelRequest): Promise<void>;
  /** Leaves what was looked at. */
  decline(): void;
  /** Fetches what was looked at. */
  accept(): Promise<boolean>;
  test(id: string): Promise<boolean>;
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

/** Any repository is taken as its branch stands, when it is first asked for. */
function asked(request: ModelRequest) {
  return 'id' in request ? request : { ...request, revision: 'main' };
}

/** A stream that broke is tried again after so long: milliseconds. */
const AGAIN_MS = 2000;

export function createModelsStore(client: Pick<Client, 'models' | 'app'>): StoreApi<ModelsState> {
  const calls = client.models;
  return createStore<ModelsState>((set, get) => {
    /** @returns whether it worked; why it did not is for people to read */
    const attempt = async (work: () => Promise<unknown>): Promise<boolean> => {
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
    let looking = new AbortController();
    /** A stream that breaks is asked for again until the signal. */
    const keepUp = async <T>(
      signal: AbortSignal,
      open: () => Promise<AsyncIterable<T>>,
      take: (value: T) => void,
    ): Promise<void> => {
      while (!signal.aborted) {
        try {
          for await (const value of await open()) {
            if (signal.aborted) return;
            take(value);
          }
        } catch {
          // The window says that the engine is lost; here it is only tried again.
        }
        if (!signal.aborted) await new Promise((resolve) => setTimeout(resolve, AGAIN_MS));
      }
    };
    const receive = (downloads: readonly ModelDownload[]) => {
      const before = get().downloads;
      set({ downloads });
      const ended = before.some((one) => !downloads.some(({ id }) => id === one.id));
      // One that has left the list is a model now, or was given up; either way there are new requests on record.
      if (ended) void refresh().catch((error) => set({ fault: toFault(error) }));
    };

    const receiveTrials = (trials: readonly ModelTrial[]) => {
      const precision = (list: readonly ModelTrial[]) =>
        list.map(({ id, result }) => `${id} ${result?.precision ?? ''}`).join();
      const other = precision(get().trials) !== precision(trials);
      set({ trials });
      // Other weights of a model are another size.
      if (other && get().phase === 'ready') void refresh().catch((error) => set({ fault: toFault(error) }));
    };

    return {
      phase: 'loading',
      installed: [],
      catalog: [],
      downloads: [],
      trials: [],
      offer: null,
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
        await Promise.all([
          keepUp(signal, () => calls.downloads(undefined, { signal }), receive),
          keepUp(signal, () => calls.trials(undefined, { signal }), receiveTrials),
        ]);
      },
      look: async (request) => {
        looking.abort();
        looking = new AbortController();
        const { signal } = looking;
        set({ offer: { request, found: null, fault: null }, fault: null });
        const told = (part: Partial<Offer>) => {
          if (!signal.aborted) set({ offer: { request, found: null, fault: null, ...part } });
        };
        try {
          told({ found: await calls.look(asked(request), { signal }) });
        } catch (error) {
          told({ fault: toFault(error) });
        }
        // What was asked is on record.
        const record = await calls.calls({}).catch(() => null);
        if (record !== null) set({ calls: record });
      },
      decline: () => {
        looking.abort();
        set({ offer: null });
      },
      accept: async () => {
        const { offer } = get();
        set({ offer: null });
        return offer !== null && attempt(() => calls.download(asked(offer.request)));
      },
      test: (id) => attempt(() => calls.test({ id })),
      pause: (id) => attempt(() => calls.pause({ id })),
      resume: (id) => attempt(() => calls.resume({ id })),
      cancel: (id) => attempt(() => calls.cancel({ id })),
      remove: (id) =>
        attempt(async () => {
          await calls.remove({ id });
          set({ checks: without(id) });
          await refresh();
        }),
      check: (id) =>
        attempt(async () => {
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
        attempt(async () => {
          await calls.repair({ id });
          set({ checks: without(id) });
        }),
      choose: () =>
        attempt(async () => {
          await calls.choose();
          await refresh();
        }),
      setHub: (url) => attempt(async () => set({ hub: await calls.setHub({ url }) })),
    };
  });
}
