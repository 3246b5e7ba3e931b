// Where a change of the model stands, in the contract's words.
import type { ModelSwitchStatus } from '@semblance/contract';
import type { ModelRecord } from './model-record.ts';
import type { ModelServices } from './model-services.ts';
import type { Prepared } from './prepared.ts';
import type { Seated } from './seated.ts';

export interface Standing {
  record: ReturnType<ModelRecord['get']>;
  held: Seated;
  prepared: Prepared | null;
  /** Why another model answers than the one the library was switched to. */
  problem: string | null;
  comparing: ModelSwitchStatus['comparing'];
}

export function switchStatus({ record, held, prepared, problem, comparing }: Standing): ModelSwitchStatus {
  const { next, previous } = record;
  const { model } = held.now;
  return {
    current: model.id,
    next: prepared === null || next === null ? null : nextStatus(prepared, next, model.space),
    previous:
      previous === null || previous.id === model.id
        ? null
        : {
            id: previous.id,
            at: previous.at,
            waiting: waitingPhotos(held),
            labels: previous.labelsWanted ? 'waiting' : previous.run === null ? 'kept' : 'renewed',
          },
    problem,
    comparing,
  };
}

function nextStatus(
  { id, state, progress, problem }: Prepared,
  { space, automatic }: NonNullable<Standing['record']['next']>,
  currentSpace: string,
): NonNullable<ModelSwitchStatus['next']> {
  const { done, total, failed, photosPerSecond, secondsLeft, waiting } = progress;
  const filling = state === 'filling';
  return {
    id,
    state: filling && waiting ? 'waiting' : state,
    ...{ done, total, failed, automatic, problem },
    photosPerSecond: filling ? photosPerSecond : 0,
    secondsLeft: filling ? secondsLeft : null,
    samePictures: space === currentSpace,
  };
}

/** Photos that only the model before has seen. */
export function waitingPhotos({ now, elder }: Seated): number {
  return elder === null ? 0 : leftBy(elder, now);
}

/** Photos that `a` has seen and `b` has not. */
export function leftBy(a: ModelServices, b: ModelServices): number {
  const own = b.model.vectors.ids();
  return [...a.model.vectors.ids()].filter((id) => !own.has(id)).length;
}
