// The model that is being prepared: loaded, filled with vectors while another one answers, paused, and handed over whole.
import type { Catalog } from '@semblance/catalog';
import { SemblanceError } from '@semblance/contract';
import type { ModelLoader } from './active-model.ts';
import { type FillProgress, fillModel } from './fill.ts';
import type { ModelPlacesOf } from './model-places.ts';
import { knownModels, type ModelRecord, refOf } from './model-record.ts';
import type { ModelServices } from './model-services.ts';
import type { Seat } from './seat.ts';
import type { Seated } from './seated.ts';

export interface Prepared {
  id: string;
  services: ModelServices | null;
  state: 'loading' | 'filling' | 'paused' | 'ready' | 'failed';
  progress: FillProgress;
  problem: string | null;
  stop: AbortController;
  filling: Promise<void> | null;
}

export interface Preparing {
  now(): Prepared | null;
  /** Loads the model on record as next, and fills it unless it is paused. @throws why it cannot be loaded */
  load(id: string): Promise<void>;
  /** @throws SemblanceError MODEL_NOT_FOUND when none is prepared */
  needed(): { one: Prepared; services: ModelServices };
  pause(): void;
  /** Fills again what was paused or failed; false when it has to be loaded first. */
  resume(): boolean;
  /** Photos came or were seen: one that was ready may not be any more. */
  nudge(): void;
  /** Stops filling; it is still the one that is prepared. */
  halt(): Promise<void>;
  /** Lets go of one that was halted: the caller has seated it, or disposes it. */
  drop(): Prepared | null;
  /** Nothing fills from here on. */
  close(): Promise<void>;
}

export interface PreparingDeps {
  catalog: Catalog;
  /** Of the library. */
  directory: string;
  record: ModelRecord;
  places: ModelPlacesOf;
  loader: ModelLoader;
  seat: Seat<Seated>;
  servicesOf: (model: ModelServices['model']) => ModelServices;
  /** Other indexing is under way or held. */
  busy: () => boolean;
  /** Something is to be told. */
  tell: () => void;
  /** Every photo has a vector. */
  onReady: () => void;
}

const NOTHING: FillProgress = {
  ...{ done: 0, total: 0, failed: 0, photosPerSecond: 0, secondsLeft: null, waiting: false },
};

export function createPreparing(deps: PreparingDeps): Preparing {
  const { catalog, record, seat, tell } = deps;
  let prepared: Prepared | null = null;
  let closed = false;

  async function load(id: string): Promise<void> {
    const one: Prepared = {
      ...{ id, services: null, state: 'loading', progress: NOTHING, problem: null },
      ...{ stop: new AbortController(), filling: null },
    };
    const before = prepared;
    prepared = one;
    tell();
    try {
      await before?.services?.dispose();
      await seat.settled();
      const directory = deps.places.directoryOf(id);
      const model = await deps.loader.load(directory, 'background', knownModels(record, seat.now()));
      one.services = deps.servicesOf(model);
      const { next } = record.get();
      if (next !== null) record.change({ next: { ...next, ...refOf(model) } });
      const { photos, indexed } = catalog.counts(model.space);
      one.progress = { ...NOTHING, done: indexed, total: photos };
      if (next?.paused === true) one.state = 'paused';
      else fill(one);
    } catch (error) {
      one.state = 'failed';
      one.problem = sentence(error);
      throw error;
    } finally {
      tell();
    }
  }

  function fill(one: Prepared): void {
    const model = one.services?.model;
    if (model === undefined || one.filling !== null || closed) return;
    one.stop = new AbortController();
    one.state = 'filling';
    one.problem = null;
    const done = (async () => {
      try {
        const onProgress = (progress: FillProgress): void => {
          one.progress = progress;
          tell();
        };
        const { directory, busy } = deps;
        const complete = await fillModel({ catalog, directory, busy, onProgress }, model, one.stop.signal);
        if (complete) one.state = 'ready';
      } catch (error) {
        if (!one.stop.signal.aborted) {
          one.state = 'failed';
          one.problem = sentence(error);
        }
      }
    })();
    one.filling = done.finally(() => {
      one.filling = null;
      if (closed) return;
      tell();
      if (one.state === 'ready' && prepared === one) deps.onReady();
    });
  }

  async function halt(): Promise<void> {
    const one = prepared;
    one?.stop.abort();
    await one?.filling;
  }

  return {
    now: () => prepared,
    load,
    needed() {
      const services = prepared?.services ?? null;
      if (prepared === null || services === null) {
        throw new SemblanceError('MODEL_NOT_FOUND', 'No other model is being prepared.');
      }
      return { one: prepared, services };
    },
    pause() {
      if (prepared?.state !== 'filling') return;
      prepared.state = 'paused';
      prepared.stop.abort();
    },
    resume() {
      const one = prepared;
      if (one === null || one.services === null) return false;
      void Promise.resolve(one.filling).then(() => prepared === one && fill(one));
      return true;
    },
    nudge() {
      if (prepared?.state === 'ready') fill(prepared);
    },
    halt,
    drop() {
      const one = prepared;
      prepared = null;
      return one;
    },
    async close() {
      closed = true;
      await halt();
    },
  };
}

function sentence(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
