// Another model for the library without a minute of darkness: its vectors fill in the background while the one in use
// answers; then it takes its place, and the old vectors are kept for the way back.
import type { Catalog } from '@semblance/catalog';
import {
  type ModelComparison,
  type ModelSwitchStatus,
  SemblanceError,
  type SwitchPreview,
} from '@semblance/contract';
import type { ComputeClient } from '../compute/client.ts';
import { createLatest } from '../latest.ts';
import type { ModelLoader } from '../model/active-model.ts';
import { createChangeover } from '../model/changeover.ts';
import { createComparison } from '../model/comparison.ts';
import { previewLabels } from '../model/label-changes.ts';
import type { ModelPlacesOf } from '../model/model-places.ts';
import type { ModelRecord } from '../model/model-record.ts';
import type { ModelServices } from '../model/model-services.ts';
import { createPreparing } from '../model/prepared.ts';
import { createRenewal } from '../model/renew-labels.ts';
import type { Seat } from '../model/seat.ts';
import type { Seated } from '../model/seated.ts';
import { switchStatus } from '../model/switch-status.ts';
import type { ActsService } from './acts.ts';
import type { LabelRunsService } from './label-runs.ts';
import type { ModelsService } from './models.ts';

export interface ModelSwitchService {
  status(): ModelSwitchStatus;
  follow(signal: AbortSignal | undefined): AsyncGenerator<ModelSwitchStatus, void, void>;
  /**
   * Prepares a model; returns when it is loaded.
   * @throws SemblanceError MODEL_NOT_FOUND, MODEL_DAMAGED; MODEL_BUSY while another is prepared or a switch is not done
   */
  begin(id: string, automatic: boolean): Promise<ModelSwitchStatus>;
  pause(): ModelSwitchStatus;
  resume(): ModelSwitchStatus;
  cancel(): Promise<ModelSwitchStatus>;
  /** @throws SemblanceError MODEL_NOT_FOUND when none is prepared */
  preview(): Promise<SwitchPreview>;
  /** @param labels gives tags anew @throws SemblanceError MODEL_NOT_FOUND when none is prepared */
  commit(labels: boolean): Promise<ModelSwitchStatus>;
  /** @throws SemblanceError MODEL_NOT_FOUND when there is none before */
  back(): Promise<ModelSwitchStatus>;
  /** @throws SemblanceError MODEL_BUSY while it still answers for photos */
  forgetPrevious(): Promise<ModelSwitchStatus>;
  /** @throws SemblanceError MODEL_NOT_FOUND, MODEL_DAMAGED; MODEL_BUSY while another comparison runs */
  compare(a: string, b: string, signal?: AbortSignal): Promise<ModelComparison>;
  /** Ids of models that are in use, prepared or kept for the way back: their folders must stay. */
  inUse(): string[];
  /** When nothing is being made or given anew: for the command line. */
  settled(): Promise<void>;
  /** Photos have been embedded: one that waits for more may go on. */
  nudge(): void;
  /** Goes on with what the last process began. */
  start(): void;
  dispose(): Promise<void>;
}

export interface ModelSwitchDeps {
  catalog: Catalog;
  acts: ActsService;
  record: ModelRecord;
  places: ModelPlacesOf;
  loader: ModelLoader;
  seat: Seat<Seated>;
  servicesOf: (model: ModelServices['model']) => ModelServices;
  labelRuns: LabelRunsService;
  models: ModelsService;
  /** The weights of a model stay what they are from here on. */
  settle: (id: string) => Promise<void>;
  /** A compute process for a model folder, apart from all others. */
  process: (modelDirectory: string) => ComputeClient;
  /** Of the library. */
  directory: string;
  /** Why another model answers than the one the library was switched to. */
  problem: string | null;
  /** Other indexing is under way or held. */
  busy: () => boolean;
  /** Searches answer differently from now on. */
  onChange: () => void;
  /** Embeds what the model in use has not seen. */
  fillGaps: () => void;
}

const STATUS_INTERVAL_MS = 250;

export function createModelSwitch(deps: ModelSwitchDeps): ModelSwitchService {
  const { catalog, record, places, seat } = deps;
  let closed = false;
  /** One change after the other. */
  let last: Promise<unknown> = Promise.resolve();
  const preparing = createPreparing({
    ...deps,
    tell: () => void tell(),
    onReady() {
      if (record.get().next?.automatic === true)
        inTurn(async () => {
          await changeover.takeOver(true);
          tell();
        }).catch(() => undefined);
    },
  });
  const renewal = createRenewal({ ...deps, tell: () => void tell() });
  const changeover = createChangeover({ ...deps, preparing, renewal });
  const comparison = createComparison({
    ...deps,
    open: () =>
      [seat.now().now, seat.now().elder, preparing.now()?.services ?? null].filter((one) => one !== null),
    recent: () => seat.now().now.search.recent.list(),
    tell: () => void (closed || tell()),
  });
  const latest = createLatest<ModelSwitchStatus>(statusNow(), STATUS_INTERVAL_MS);

  function inTurn<T>(work: () => Promise<T>): Promise<T> {
    const turn = last.then(work);
    last = turn.catch(() => undefined);
    return turn;
  }

  function statusNow(): ModelSwitchStatus {
    return switchStatus({
      ...{ record: record.get(), held: seat.now(), prepared: preparing.now() },
      problem: changeover.problem(),
      comparing: comparison.progress(),
    });
  }

  function tell(): ModelSwitchStatus {
    const status = statusNow();
    latest.set(status);
    return status;
  }

  async function begin(id: string, automatic: boolean): Promise<ModelSwitchStatus> {
    const { next } = record.get();
    const prepared = preparing.now();
    if (next !== null && next.id !== id) {
      throw new SemblanceError('MODEL_BUSY', `"${next.id}" is being prepared; cancel that first.`);
    }
    if (next !== null && prepared !== null && prepared.state !== 'failed') return tell();
    const { now, elder } = seat.now();
    if (now.model.id === id) throw new SemblanceError('MODEL_BUSY', `"${id}" is in use already.`);
    if (elder !== null) {
      throw new SemblanceError('MODEL_BUSY', 'The last switch is not done: some photos wait for it.');
    }
    places.directoryOf(id);
    await deps.settle(id);
    const { previous } = record.get();
    const ref = [next, previous].find((one) => one?.id === id) ?? { key: '', image: '', space: '' };
    const { key, image, space } = ref;
    record.change({ next: { id, key, image, space, automatic, paused: false } });
    try {
      await preparing.load(id);
    } catch (error) {
      preparing.drop();
      record.change({ next: null });
      tell();
      throw error;
    }
    return tell();
  }

  async function cancel(): Promise<ModelSwitchStatus> {
    const { next } = record.get();
    await preparing.halt();
    const one = preparing.drop();
    record.change({ next: null });
    await one?.services?.dispose();
    if (next !== null && next.space !== '') await changeover.dropUnless(next.space);
    return tell();
  }

  async function forgetPrevious(): Promise<ModelSwitchStatus> {
    const { previous } = record.get();
    if (previous === null) return tell();
    if (seat.now().elder !== null) {
      throw new SemblanceError('MODEL_BUSY', 'The model before still answers for some photos.');
    }
    await renewal.settled();
    await seat.settled();
    record.change({ previous: null });
    await changeover.dropUnless(previous.space);
    return tell();
  }

  return {
    status: statusNow,
    follow: latest.follow,
    begin: (id, automatic) => inTurn(() => begin(id, automatic)),
    pause() {
      const { next } = record.get();
      if (next !== null) record.change({ next: { ...next, paused: true } });
      preparing.pause();
      return tell();
    },
    resume() {
      const { next } = record.get();
      const one = preparing.now();
      if (next === null || one === null) return tell();
      record.change({ next: { ...next, paused: false } });
      if (!preparing.resume()) inTurn(() => preparing.load(one.id)).catch(() => undefined);
      return tell();
    },
    cancel: () => inTurn(cancel),
    preview: async () => previewLabels(catalog, preparing.needed().services.scoring),
    commit: (labels) =>
      inTurn(async () => {
        await changeover.takeOver(labels);
        return tell();
      }),
    back: () =>
      inTurn(async () => {
        await changeover.goBack();
        return tell();
      }),
    forgetPrevious: () => inTurn(forgetPrevious),
    compare: (a, b, signal = new AbortController().signal) => comparison.compare(a, b, signal),
    inUse() {
      const { next, previous } = record.get();
      const { now, elder } = seat.now();
      const ids = [now.model.id, elder?.model.id, next?.id, previous?.id];
      return [...new Set(ids.filter((id) => id !== undefined))];
    },
    async settled() {
      await preparing.now()?.filling;
      await last;
      await renewal.settled();
    },
    nudge() {
      if (closed) return;
      preparing.nudge();
      if (record.get().previous?.mixed === true) changeover.settle();
      else if (preparing.now() !== null) tell();
    },
    start() {
      const { next, previous } = record.get();
      if (next !== null && preparing.now() === null)
        inTurn(() => preparing.load(next.id)).catch(() => undefined);
      if (previous !== null && (previous.mixed || previous.labelsWanted)) changeover.settle();
    },
    async dispose() {
      closed = true;
      renewal.close();
      latest.close();
      await preparing.close();
      await last;
      await preparing.now()?.services?.dispose();
      await renewal.settled();
    },
  };
}
