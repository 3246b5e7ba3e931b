// Which model a library uses, which one it is changing to, and which one it had before: in the catalog, so that a change
// goes on after a crash.
import type { Catalog } from '@semblance/catalog';
import type { ActiveModel } from './active-model.ts';

export interface ModelRef {
  /** Folder name. */
  id: string;
  /** Exact weights. */
  key: string;
  /** Image tower. */
  image: string;
  /** Where its picture vectors are kept. */
  space: string;
}

interface PreviousModel extends ModelRef {
  /** When another one took its place: milliseconds since 1970 UTC. */
  at: number;
  /** It still answers for photos that the one in use has not seen. */
  mixed: boolean;
  /** Tags are to be given anew as soon as the model in use has seen every photo. */
  labelsWanted: boolean;
  /** The run that did so; undone when the person goes back. */
  run: number | null;
}

interface NextModel extends ModelRef {
  /** Takes its place by itself when every photo has a vector. */
  automatic: boolean;
  paused: boolean;
}

interface ModelRecordState {
  /** Null: the library was never switched, and uses the model it is opened with. */
  current: ModelRef | null;
  next: NextModel | null;
  previous: PreviousModel | null;
}

export interface ModelRecord {
  get(): ModelRecordState;
  /** What is left out stays as it is. */
  change(change: Partial<ModelRecordState>): ModelRecordState;
}

const SETTING = 'models';

export function createModelRecord(catalog: Catalog): ModelRecord {
  const get = (): ModelRecordState => {
    const kept = read(catalog.setting(SETTING));
    return { current: kept.current ?? null, next: kept.next ?? null, previous: kept.previous ?? null };
  };
  return {
    get,
    change(change) {
      const changed = { ...get(), ...change };
      catalog.setSetting(SETTING, JSON.stringify(changed));
      return changed;
    },
  };
}

export function refOf({ id, key, image, space }: ActiveModel): ModelRef {
  return { id, key, image, space };
}

/** Models whose vectors are there, or may be: one with the same image tower shares them. */
export function knownModels(record: ModelRecord, { now }: { now: { model: ActiveModel } }): ModelRef[] {
  const { current, previous, next } = record.get();
  return [refOf(now.model), current, previous, next].filter((ref) => ref !== null);
}

/** Only we write it; what something else has written counts as nothing, and the library opens with the model it is given. */
function read(text: string | null): Partial<ModelRecordState> {
  try {
    const kept: unknown = JSON.parse(text ?? '{}');
    if (typeof kept !== 'object' || kept === null) return {};
    const sound = Object.values(kept).every((ref) => ref === null || typeof ref?.id === 'string');
    return sound ? kept : {};
  } catch {
    return {};
  }
}
