// What is in the seat: the model that answers, and while that one has not seen every photo, the one before it.
import type { ModelLoader } from './active-model.ts';
import type { ModelServices } from './model-services.ts';
import type { Seat } from './seat.ts';

export interface Seated {
  now: ModelServices;
  /** Answers for photos that `now` has no vectors of; null when there are none such. */
  elder: ModelServices | null;
}

/** Ends what is not in use any more. The memory of a table goes only when nobody reads it. */
export async function retire(old: Seated, current: Seated, loader: ModelLoader): Promise<void> {
  const kept = partsOf(current);
  for (const part of partsOf(old)) {
    if (kept.includes(part)) continue;
    await part.dispose();
    if (!kept.some((other) => other.model.space === part.model.space)) await loader.release(part.model.space);
  }
}

export async function closeSeated(seat: Seat<Seated>): Promise<void> {
  for (const part of partsOf(seat.now())) await part.dispose();
  await seat.settled();
}

function partsOf({ now, elder }: Seated): ModelServices[] {
  return elder === null ? [now] : [now, elder];
}
