// What the engine says of itself and of the library: asked for whenever somebody wants to read it.
import type { LibraryStatus } from '@semblance/contract';
import { createStore, type StoreApi } from 'zustand';
import type { Client } from '../../connection/connection.ts';
import { type Fault, toFault } from '../../connection/faults.ts';
import { createFeature } from '../../shared/feature-store.ts';

export interface AboutState {
  /** The last answer; kept on screen while a newer one is on its way. */
  status: LibraryStatus | null;
  fault: Fault | null;
  load(): Promise<void>;
}

export const aboutFeature = createFeature<AboutState>('about');
export const useAbout = aboutFeature.use;

export function createAboutStore(client: Pick<Client, 'library'>): StoreApi<AboutState> {
  return createStore<AboutState>((set) => ({
    status: null,
    fault: null,
    load: async () => {
      try {
        set({ status: await client.library.status(), fault: null });
      } catch (error) {
        set({ fault: toFault(error) });
      }
    },
  }));
}
