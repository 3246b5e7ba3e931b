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
import { compareModels, type Side } from '../model/compare-models.ts';
import { type FillProgress, fillModel } from '../model/fill.ts';
import { labelsInUse, previewLabels } from '../model/label-changes.ts';
import type { ModelPlacesOf } from '../model/model-places.ts';
import { type ModelRecord, refOf } from '../model/model-record.ts';
import type { ModelServices } from '../model/model-services.ts';
import type { Seat } from '../model/seat.ts';
import type { Seated } from '../model/seated.ts';
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

/** What is being prepared. */
interface Prepared {
  id: string;
  services: ModelServices | null;
  state: 'loading' | 'filling' | 'paused' | 'ready' | 'failed';
  progress: FillProgress;
  problem: string | null;
  stop: AbortController;
  filling: Promise<void> | null;
}

const NOTHING: FillProgress = {
  done: 0,
  total: 0,
  failed: 0,
  photosPerSecond: 0,
  secondsLeft: null,
  waiting: false,
};
const STATUS_INTERVAL_MS = 250;

export function createModelSwitch(deps: ModelSwitchDeps): ModelSwitchService {
  const { catalog, record, places, loader, seat, labelRuns } = deps;
  let prepared: Prepared | null = null;
  let comparing: { done: number; total: number } | null = null;
  let problem = deps.problem;
  let closed = false;
  let renewing: Promise<void> = Promise.resolve();
  /** One change after the other. */
  let last: Promise<unknown> = Promise.resolve();
  const latest = createLatest<ModelSwitchStatus>(statusNow(), STATUS_INTERVAL_MS);

  function inTurn<T>(work: () => Promise<T>): Promise<T> {
    const turn = last.then(work);
    last = turn.catch(() => undefined);
    return turn;
  }

  /** Photos that only the model before has seen. */
  function waiting({ now, elder } = seat.now()): number {
    if (elder === null) return 0;
    const own = now.model.vectors.ids();
    return [...elder.model.vectors.ids()].filter((id) => !own.has(id)).length;
  }

  function statusNow(): ModelSwitchStatus {
    const { next, previous } = record.get();
    const held = seat.now();
    return {
      current: held.now.model.id,
      next:
        prepared === null || next === null
          ? null
          : {
              id: prepared.id,
              state: prepared.state === 'filling' && prepared.progress.waiting ? 'waiting' : prepared.state,
              done: prepared.progress.done,
              total: prepared.progress.total,
              failed: prepared.progress.failed,
              photosPerSecond: prepared.state === 'filling' ? prepared.progress.photosPerSecond : 0,
              secondsLeft: prepared.state === 'filling' ? prepared.progress.secondsLeft : null,
              samePictures: next.space === held.now.model.space,
              automatic: next.automatic,
              problem: prepared.problem,
            },
      previous:
        previous === null || previous.id === held.now.model.id
          ? null
          : {
              id: previous.id,
              at: previous.at,
              waiting: waiting(),
              labels: previous.labelsWanted ? 'waiting' : previous.run === null ? 'kept' : 'renewed',
            },
      problem,
      comparing,
    };
  }

  function tell(): ModelSwitchStatus {
    const status = statusNow();
    latest.set(status);
    return status;
  }

  function known() {
    const { current, previous, next } = record.get();
    return [refOf(seat.now().now.model), current, previous, next].filter((ref) => ref !== null);
  }

  /** Loads the model on record as next, and fills it unless it is paused. */
  async function prepare(id: string): Promise<void> {
    const one: Prepared = {
      id,
      services: null,
      state: 'loading',
      progress: NOTHING,
      problem: null,
      stop: new AbortController(),
      filling: null,
    };
    const before = prepared;
    prepared = one;
    tell();
    try {
      await before?.services?.dispose();
      await seat.settled();
      const model = await loader.load(places.directoryOf(id), 'background', known());
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
        const complete = await fillModel(
          {
            catalog,
            directory: deps.directory,
            busy: deps.busy,
            onProgress(progress) {
              one.progress = progress;
              tell();
            },
          },
          model,
          one.stop.signal,
        );
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
      if (one.state === 'ready' && prepared === one && record.get().next?.automatic === true) {
        inTurn(() => takeOver(true)).catch(() => undefined);
      }
    });
  }

  async function stopFilling(one: Prepared): Promise<void> {
    one.stop.abort();
    await one.filling;
  }

  function needPrepared(): { one: Prepared; services: ModelServices } {
    const services = prepared?.services ?? null;
    if (prepared === null || services === null) {
      throw new SemblanceError('MODEL_NOT_FOUND', 'No other model is being prepared.');
    }
    return { one: prepared, services };
  }

  /** The prepared model answers from here on. */
  async function takeOver(labels: boolean): Promise<ModelSwitchStatus> {
    const { one, services } = needPrepared();
    await stopFilling(one);
    const { previous } = record.get();
    const { now: old, elder } = seat.now();
    await warm(services);
    seat.swap({ now: services, elder: left(old, services) > 0 ? old : null });
    prepared = null;
    record.change({
      current: refOf(services.model),
      next: null,
      previous: {
        ...refOf(old.model),
        at: Date.now(),
        mixed: left(old, services) > 0,
        labelsWanted: labels && labelsInUse(catalog).length > 0,
        run: null,
      },
    });
    problem = null;
    await seat.settled();
    // Two models back is one too many.
    if (previous !== null) await dropUnless(previous.space);
    if (elder !== null) await seat.settled();
    settle();
    return tell();
  }

  /** After a switch: gaps are filled, and when there are none left, tags are given anew. */
  function settle(): void {
    deps.onChange();
    const held = seat.now();
    const { previous } = record.get();
    if (previous?.mixed === true && waiting() === 0) {
      seat.swap({ now: held.now, elder: null });
      record.change({ previous: { ...previous, mixed: false } });
    }
    const { photos, indexed } = catalog.counts(held.now.model.space);
    if (indexed < photos) deps.fillGaps();
    if (record.get().previous?.mixed === true) return;
    // Refitted from the same examples, or loaded where it was trained before.
    held.now.adapter.open().catch(() => undefined);
    if (record.get().previous?.labelsWanted === true) renewLabels();
  }

  function renewLabels(): void {
    renewing = renewing.then(async () => {
      const { previous } = record.get();
      if (previous?.labelsWanted !== true || closed) return;
      const labels = labelsInUse(catalog).map(({ id }) => id);
      if (labels.length === 0) {
        record.change({ previous: { ...previous, labelsWanted: false } });
        return;
      }
      const run = labelRuns.start(labels, { kind: 'all' });
      record.change({ previous: { ...previous, run: run.id } });
      tell();
      await labelRuns.finished(run.id);
      const after = record.get().previous;
      // Cut short, it is as if it had never been, and begins again with the next start.
      if (after !== null) record.change({ previous: { ...after, labelsWanted: false } });
      deps.onChange();
    });
    renewing = renewing.catch(() => undefined).then(() => void (closed || tell()));
  }

  async function goBack(): Promise<ModelSwitchStatus> {
    const { previous } = record.get();
    const { now: old, elder } = seat.now();
    if (previous === null || previous.id === old.model.id) {
      throw new SemblanceError('MODEL_NOT_FOUND', 'There is no model before this one.');
    }
    await renewing;
    await seat.settled();
    const target =
      elder?.model.id === previous.id
        ? elder
        : deps.servicesOf(await loader.load(places.directoryOf(previous.id), 'interactive', known()));
    if (target !== elder) await warm(target);
    const run = previous.run === null ? null : catalog.labelRun(previous.run);
    if (run?.state === 'done' && run.actId !== null) {
      // Tags that a person has changed since stay changed.
      await deps.acts.undo(run.actId).catch(() => undefined);
    }
    seat.swap({ now: target, elder: left(old, target) > 0 ? old : null });
    record.change({
      current: refOf(target.model),
      previous: {
        ...refOf(old.model),
        at: Date.now(),
        mixed: left(old, target) > 0,
        labelsWanted: false,
        run: null,
      },
    });
    settle();
    return tell();
  }

  /** Vectors of a space that no model on record uses any more. */
  async function dropUnless(space: string): Promise<void> {
    const { current, next, previous } = record.get();
    const used = [seat.now().now.model, seat.now().elder?.model, current, next, previous].some(
      (model) => model?.space === space,
    );
    if (!used) await loader.drop(space);
  }

  return {
    status: statusNow,
    follow: latest.follow,
    begin: (id, automatic) =>
      inTurn(async () => {
        const { next } = record.get();
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
          await prepare(id);
        } catch (error) {
          prepared = null;
          record.change({ next: null });
          tell();
          throw error;
        }
        return tell();
      }),
    pause() {
      const { next } = record.get();
      if (next !== null) record.change({ next: { ...next, paused: true } });
      if (prepared?.state === 'filling') {
        prepared.state = 'paused';
        prepared.stop.abort();
      }
      return tell();
    },
    resume() {
      const { next } = record.get();
      if (next === null || prepared === null) return tell();
      record.change({ next: { ...next, paused: false } });
      const one = prepared;
      if (one.services === null) inTurn(() => prepare(one.id)).catch(() => undefined);
      else void Promise.resolve(one.filling).then(() => prepared === one && fill(one));
      return tell();
    },
    cancel: () =>
      inTurn(async () => {
        const one = prepared;
        const { next } = record.get();
        if (one !== null) await stopFilling(one);
        prepared = null;
        record.change({ next: null });
        await one?.services?.dispose();
        if (next !== null && next.space !== '') await dropUnless(next.space);
        return tell();
      }),
    preview: async () => previewLabels(catalog, needPrepared().services.scoring),
    commit: (labels) => inTurn(() => takeOver(labels)),
    back: () => inTurn(goBack),
    forgetPrevious: () =>
      inTurn(async () => {
        const { previous } = record.get();
        if (previous === null) return tell();
        if (seat.now().elder !== null) {
          throw new SemblanceError('MODEL_BUSY', 'The model before still answers for some photos.');
        }
        await renewing;
        await seat.settled();
        record.change({ previous: null });
        await dropUnless(previous.space);
        return tell();
      }),
    async compare(a, b, signal = new AbortController().signal) {
      if (comparing !== null)
        throw new SemblanceError('MODEL_BUSY', 'Two models are being compared already.');
      comparing = { done: 0, total: 0 };
      tell();
      const sides: Side[] = [];
      try {
        for (const id of [a, b]) sides.push(await sideOf(id));
        const [one, other] = sides;
        if (one === undefined || other === undefined) throw new Error('Two sides are needed.');
        return await compareModels(
          {
            catalog,
            recent: seat.now().now.search.recent.list(),
            signal,
            onProgress(done, total) {
              comparing = { done, total };
              tell();
            },
          },
          one,
          other,
        );
      } finally {
        for (const { compute } of sides) compute.dispose();
        comparing = null;
        if (!closed) tell();
      }
    },
    inUse() {
      const { next, previous } = record.get();
      const { now, elder } = seat.now();
      const ids = [now.model.id, elder?.model.id, next?.id, previous?.id];
      return [...new Set(ids.filter((id) => id !== undefined))];
    },
    async settled() {
      await prepared?.filling;
      await last;
      await renewing;
    },
    nudge() {
      if (closed) return;
      if (prepared?.state === 'ready') fill(prepared);
      if (record.get().previous?.mixed === true) settle();
      else if (prepared !== null) tell();
    },
    start() {
      const { next, previous } = record.get();
      if (next !== null && prepared === null) inTurn(() => prepare(next.id)).catch(() => undefined);
      if (previous !== null && (previous.mixed || previous.labelsWanted)) settle();
    },
    async dispose() {
      closed = true;
      latest.close();
      const one = prepared;
      if (one !== null) await stopFilling(one);
      await last;
      await one?.services?.dispose();
      await renewing;
    },
  };

  async function sideOf(id: string): Promise<Side> {
    const directory = places.directoryOf(id);
    const compute = deps.process(directory);
    const facts = await compute.model().catch((error) => {
      compute.dispose();
      throw error;
    });
    const info = (await deps.models.list()).find((model) => model.id === id) ?? {
      id,
      name: id,
      key: facts?.key ?? id,
      dimensions: facts?.dimensions ?? 1,
      imageSize: 1,
      languages: [],
      bytes: 0,
      active: false,
      bundled: false,
    };
    const open = [seat.now().now, seat.now().elder, prepared?.services].find(
      (services) => services?.model.id === id,
    );
    return { info, compute, known: async (ids) => open?.model.vectors.getMany(ids) ?? new Map() };
  }
}

/** What the first search would otherwise wait for. */
async function warm({ search, model }: ModelServices): Promise<void> {
  await search.warm();
  await model.vectors.warm();
}

/** Photos that `a` has seen and `b` has not. */
function left(a: ModelServices, b: ModelServices): number {
  const own = b.model.vectors.ids();
  return [...a.model.vectors.ids()].filter((id) => !own.has(id)).length;
}

function sentence(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
