// Which photo is open, and what is known about it beyond its tile.
import type { PhotoDetail } from '@semblance/contract';
import { createStore, type StoreApi } from 'zustand';
import type { Client } from '../../connection/connection.ts';
import { type Fault, toFault } from '../../connection/faults.ts';
import { createFeature } from '../../shared/feature-store.ts';
import type { Size } from './fit.ts';

export interface LightboxState {
  /** Id of the open photo; null when closed. */
  photo: string | null;
  detail: PhotoDetail | null;
  fault: Fault | null;
  infoOpen: boolean;
  /** Pixels of the photos seen lately, by id. */
  sizes: ReadonlyMap<string, Size>;
  /** Quarter turns of photos turned for looking at them, by id; the files stay as they are. */
  turns: ReadonlyMap<string, number>;
  open(photo: string): void;
  /** Learns the size of a photo that may be opened next. */
  expect(photo: string): void;
  close(): void;
  /** Asks again about the open photo: something was done with it. */
  refresh(): void;
  /** A quarter clockwise. */
  turn(photo: string): void;
  toggleInfo(): void;
  /** Shows a photo's file in the system's file manager; resolves to what went wrong, if anything. */
  reveal(photo: string): Promise<Fault | null>;
}

/** Sizes kept: enough to go back and forth. */
const KEPT = 60;

export const lightboxFeature = createFeature<LightboxState>('lightbox');
export const useLightbox = lightboxFeature.use;

export function createLightboxStore(client: Pick<Client, 'photos'>): StoreApi<LightboxState> {
  return createStore<LightboxState>((set, get) => ({
    sizes: new Map(),
    turns: new Map(),
    photo: null,
    detail: null,
    fault: null,
    infoOpen: false,
    open: (photo) => {
      if (get().photo === photo) return;
      set({ photo, fault: null });
      client.photos.get({ id: photo }).then(
        (detail) => {
          if (get().photo === photo) set({ detail, sizes: remember(get().sizes, detail) });
        },
        (error) => {
          if (get().photo === photo) set({ detail: null, fault: toFault(error) });
        },
      );
    },
    expect: (photo) => {
      if (get().sizes.has(photo)) return;
      client.photos.get({ id: photo }).then(
        (detail) => set({ sizes: remember(get().sizes, detail) }),
        // What went wrong is said when the photo is opened.
        () => undefined,
      );
    },
    refresh: () => {
      const { photo } = get();
      if (photo === null) return;
      client.photos.get({ id: photo }).then(
        (detail) => get().photo === photo && set({ detail }),
        () => undefined,
      );
    },
    close: () => set({ photo: null, detail: null, fault: null }),
    turn: (photo) => set({ turns: new Map(get().turns).set(photo, ((get().turns.get(photo) ?? 0) + 1) % 4) }),
    toggleInfo: () => set({ infoOpen: !get().infoOpen }),
    reveal: (photo) =>
      client.photos.reveal({ id: photo }).then(
        () => null,
        (error) => toFault(error),
      ),
  }));
}

function remember(
  sizes: ReadonlyMap<string, Size>,
  { id, width, height }: PhotoDetail,
): ReadonlyMap<string, Size> {
  const others = [...sizes].filter(([other]) => other !== id);
  return new Map([...others.slice(1 - KEPT), [id, { width, height }]]);
}
