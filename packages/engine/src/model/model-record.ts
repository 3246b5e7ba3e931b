// Which model a library uses, which one it is changing to, and which one it had before: in the catalog, so that a change
// goes on after a crash.
import type { Catalog } from '@semblance/catalog';
import { z } from 'zod';
import type { ActiveModel } from './active-model.ts';

const ref = z.object({
  /** Folder name. */
  id: z.string(),
  /** Exact weights. */
  key: z.string(),
  /** Image tower. */
  image: z.string(),
  /** Where its picture vectors are kept. */
  space: z.string(),
});
export type ModelRef = z.infer<typeof ref>;

const previous = ref.extend({
  /** When another one took its place: milliseconds since 1970 UTC. */
  at: z.number(),
  /** It still answers for photos that the one in use has not seen. */
  mixed: z.boolean(),
  /** Tags are to be given anew as soon as the model in use has seen every photo. */
  labelsWanted: z.boolean(),
  /** The run that did so; undone when the person goes back. */
  run: z.number().nullable(),
});

const next = ref.extend({
  /** Takes its place by itself when every photo has a vector. */
  automatic: z.boolean(),
  paused: z.boolean(),
});

const record = z.object({
  /** Null: the library was never switched, and uses the model it is opened with. */
  current: ref.nullable().default(null),
  next: next.nullable().default(null),
  previous: previous.nullable().default(null),
});
export type ModelRecordState = z.infer<typeof record>;

export interface ModelRecord {
  get(): ModelRecordState;
  /** What is left out stays as it is. */
  change(change: Partial<ModelRecordState>): ModelRecordState;
}

const SETTING = 'models';

export function createModelRecord(catalog: Catalog): ModelRecord {
  const get = (): ModelRecordState => {
    try {
      return record.parse(JSON.parse(catalog.setting(SETTING) ?? '{}'));
    } catch {
      // Written by something else: the library opens with the model it was given.
      return { current: null, next: null, previous: null };
    }
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
