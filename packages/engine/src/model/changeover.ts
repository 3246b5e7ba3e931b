// The change itself: another model takes the seat, the one before answers for what is left and is kept for the way back.
import type { Catalog } from '@semblance/catalog';
import { SemblanceError } from '@semblance/contract';
import type { ActsService } from '../services/acts.ts';
import type { ModelLoader } from './active-model.ts';
import { labelsInUse } from './label-changes.ts';
import type { ModelPlacesOf } from './model-places.ts';
import { knownModels, type ModelRecord, refOf } from './model-record.ts';
import type { ModelServices } from './model-services.ts';
import type { Preparing } from './prepared.ts';
import type { Renewal } from './renew-labels.ts';
import type { Seat } from './seat.ts';
import type { Seated } from './seated.ts';
import { leftBy, waitingPhotos } from './switch-status.ts';

export interface Changeover {
  /** @param labels gives tags anew @throws SemblanceError MODEL_NOT_FOUND when none is prepared */
  takeOver(labels: boolean): Promise<void>;
  /** @throws SemblanceError MODEL_NOT_FOUND when there is none before */
  goBack(): Promise<void>;
  settle(): void;
  dropUnless(space: string): Promise<void>;
  /** Why another model answers than the one the library was switched to. */
  problem(): string | null;
}

export interface ChangeoverDeps {
  catalog: Catalog;
  acts: ActsService;
  record: ModelRecord;
  places: ModelPlacesOf;
  loader: ModelLoader;
  seat: Seat<Seated>;
  servicesOf: (model: ModelServices['model']) => ModelServices;
  preparing: Preparing;
  renewal: Renewal;
  /** As the library was opened. */
  problem: string | null;
  /** Searches answer differently from now on. */
  onChange: () => void;
  /** Embeds what the model in use has not seen. */
  fillGaps: () => void;
}

export function createChangeover(deps: ChangeoverDeps): Changeover {
  const { catalog, record, places, loader, seat, preparing, renewal } = deps;
  let { problem } = deps;

  /** The prepared model answers from here on. */
  async function takeOver(labels: boolean): Promise<void> {
    const { services } = preparing.needed();
    await preparing.halt();
    const { previous } = record.get();
    const { now: old, elder } = seat.now();
    await warm(services);
    const left = leftBy(old, services);
    seat.swap({ now: services, elder: left > 0 ? old : null });
    preparing.drop();
    record.change({
      current: refOf(services.model),
      next: null,
      previous: {
        ...refOf(old.model),
        at: Date.now(),
        mixed: left > 0,
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
  }

  /** After a switch: gaps are filled, and when there are none left, tags are given anew. */
  function settle(): void {
    deps.onChange();
    const held = seat.now();
    const { previous } = record.get();
    if (previous?.mixed === true && waitingPhotos(held) === 0) {
      seat.swap({ now: held.now, elder: null });
      record.change({ previous: { ...previous, mixed: false } });
    }
    const { photos, indexed } = catalog.counts(held.now.model.space);
    if (indexed < photos) deps.fillGaps();
    if (record.get().previous?.mixed === true) return;
    // Refitted from the same examples, or loaded where it was trained before.
    held.now.adapter.open().catch(() => undefined);
    if (record.get().previous?.labelsWanted === true) renewal.begin();
  }

  async function goBack(): Promise<void> {
    const { previous } = record.get();
    const { now: old, elder } = seat.now();
    if (previous === null || previous.id === old.model.id) {
      throw new SemblanceError('MODEL_NOT_FOUND', 'There is no model before this one.');
    }
    await renewal.settled();
    await seat.settled();
    const target = elder?.model.id === previous.id ? elder : await reopened(previous.id);
    const run = previous.run === null ? null : catalog.labelRun(previous.run);
    if (run?.state === 'done' && run.actId !== null) {
      // Tags that a person has changed since stay changed.
      await deps.acts.undo(run.actId).catch(() => undefined);
    }
    const left = leftBy(old, target);
    seat.swap({ now: target, elder: left > 0 ? old : null });
    record.change({
      current: refOf(target.model),
      previous: { ...refOf(old.model), at: Date.now(), mixed: left > 0, labelsWanted: false, run: null },
    });
    settle();
  }

  async function reopened(id: string): Promise<ModelServices> {
    const known = knownModels(record, seat.now());
    const services = deps.servicesOf(await loader.load(places.directoryOf(id), 'interactive', known));
    await warm(services);
    return services;
  }

  /** Vectors of a space that no model on record uses any more. */
  async function dropUnless(space: string): Promise<void> {
    const { current, next, previous } = record.get();
    const used = [seat.now().now.model, seat.now().elder?.model, current, next, previous].some(
      (model) => model?.space === space,
    );
    if (!used) await loader.drop(space);
  }

  return { takeOver, goBack, settle, dropUnless, problem: () => problem };
}

/** What the first search would otherwise wait for. */
async function warm({ search, model }: ModelServices): Promise<void> {
  await search.warm();
  await model.vectors.warm();
}
