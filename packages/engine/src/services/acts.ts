// Undo for everything a person does. A service records what its act changed, and says how to take it back.
//
// Acts are undone in any order. Of each thing that an act has set there is a line of acts: what the latest of them gave
// is there now, and each remembers what it found. Undone, an act leaves the line: the next one of the line remembers
// from now on what this one had found, and only where there is no next one the thing itself is put back. So nothing is
// lost that was given later, and whoever undoes everything is back at the beginning, whatever the order.
import type { ActRecord, Catalog } from '@semblance/catalog';
import { type Act, type ActId, type ActResult, SemblanceError } from '@semblance/contract';

/** One thing that an act has set. */
export interface Trace {
  /** Names it, alike in every act that sets it. */
  key: string;
  /** What the act found. */
  before: unknown;
  /** Writes into the payload what it has found from now on: something that another act calls `before` of this key. */
  inherit(before: unknown): void;
}

/** How acts of a kind are taken back, one thing at a time. */
export interface Undoing<Payload> {
  /** Payloads of older versions in today's form. */
  read?(payload: unknown): Payload;
  traces(payload: Payload): Iterable<Trace>;
  /**
   * Instead of that of the traces, for acts that set more than can be counted.
   * @param left what was found, by key
   * @returns the keys that the act has set too
   */
  inherit?(payload: Payload, left: ReadonlyMap<string, unknown>): string[];
  /** @param stands false for what is not to be put back: a later act has set it too @returns how many photos it concerned */
  undo(payload: Payload, stands: (key: string) => boolean): number;
}

type Undo<Payload> = (payload: Payload, id: ActId) => number | Promise<number>;

export interface ActsService {
  list(limit: number): Act[];
  /** @throws SemblanceError NOTHING_TO_UNDO when unknown or already undone */
  undo(id: ActId): Promise<{ photos: number }>;
  /** Does and records in one transaction, so that whatever was done can be undone. Null payload: nothing was done. */
  perform<Payload>(kind: string, work: () => { payload: Payload; photos: number } | null): ActResult;
  /** Each service names its kinds once, when it is made. A function undoes an act as a whole, by its own rules. */
  register<Payload>(kind: string, undo: Undo<Payload> | Undoing<Payload>): void;
}

export function createActs(catalog: Catalog, onChange: () => void): ActsService {
  const whole = new Map<string, Undo<unknown>>();
  const traced = new Map<string, Undoing<unknown>>();
  const view = ({ id, at, kind, undone }: ActRecord): Act => ({ id, at, kind, undone });

  function undoTraced({ id, payload: raw }: ActRecord, undoing: Undoing<unknown>): number {
    return catalog.transaction(() => {
      const payload = undoing.read?.(raw) ?? raw;
      const photos = undoing.undo(payload, passOn(id, undoing.traces(payload)));
      catalog.markUndone(id);
      return photos;
    });
  }

  /** Takes an act out of its lines. @returns whether it was the last one of the line of a key */
  function passOn(id: ActId, traces: Iterable<Trace>): (key: string) => boolean {
    const passed = new Set<string>();
    const later = catalog.laterActs(id, [...traced.keys()]);
    if (later.length === 0) return () => true;
    const left = new Map<string, unknown>();
    for (const { key, before } of traces) left.set(key, before);
    for (const next of later) {
      if (left.size === 0) break;
      const taken = inherit(next, left);
      for (const key of taken) {
        left.delete(key);
        passed.add(key);
      }
    }
    return (key) => !passed.has(key);
  }

  /** @returns the keys that an act has set too */
  function inherit(id: ActId, left: ReadonlyMap<string, unknown>): string[] {
    const act = catalog.act(id);
    const undoing = act === null ? undefined : traced.get(act.kind);
    if (act === null || undoing === undefined) return [];
    const payload = undoing.read?.(act.payload) ?? act.payload;
    const taken = undoing.inherit?.(payload, left) ?? inheritTraces(undoing.traces(payload), left);
    if (taken.length > 0) catalog.changeAct(id, payload);
    return taken;
  }

  return {
    list: (limit) => catalog.acts(limit).map(view),
    async undo(id) {
      const act = catalog.act(id);
      const undoing = act === null ? undefined : traced.get(act.kind);
      const undo = act === null ? undefined : whole.get(act.kind);
      if (act === null || act.undone || (undoing === undefined && undo === undefined)) {
        throw new SemblanceError('NOTHING_TO_UNDO', 'This was undone already, or cannot be undone.');
      }
      let photos = 0;
      if (undoing !== undefined) photos = undoTraced(act, undoing);
      else {
        photos = (await undo?.(act.payload, id)) ?? 0;
        catalog.markUndone(id);
      }
      onChange();
      return { photos };
    },
    perform(kind, work) {
      const result = catalog.transaction(() => {
        const done = work();
        if (done === null) return { actId: null, photos: 0 };
        return { actId: catalog.recordAct(kind, done.payload), photos: done.photos };
      });
      if (result.actId !== null) onChange();
      return result;
    },
    register<Payload>(kind: string, undo: Undo<Payload> | Undoing<Payload>) {
      if (typeof undo === 'function') whole.set(kind, undo as Undo<unknown>);
      else traced.set(kind, undo as Undoing<unknown>);
    },
  };
}

function inheritTraces(traces: Iterable<Trace>, left: ReadonlyMap<string, unknown>): string[] {
  const taken: string[] = [];
  for (const { key, inherit } of traces) {
    if (!left.has(key)) continue;
    inherit(left.get(key));
    taken.push(key);
  }
  return taken;
}
