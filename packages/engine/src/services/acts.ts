// Undo for everything a person does. A service records what its act changed, and says how to take it back.
import type { ActRecord, Catalog } from '@semblance/catalog';
import { type Act, type ActId, type ActResult, SemblanceError } from '@semblance/contract';

/** Takes an act back. @returns how many photos it concerned */
type Undo = (payload: never, id: ActId) => number | Promise<number>;

export interface ActsService {
  list(limit: number): Act[];
  /** @throws SemblanceError NOTHING_TO_UNDO when unknown or already undone */
  undo(id: ActId): Promise<{ photos: number }>;
  /** Does and records in one transaction, so that whatever was done can be undone. Null payload: nothing was done. */
  perform<Payload>(kind: string, work: () => { payload: Payload; photos: number } | null): ActResult;
  /** Each service names its kinds once, when it is made. */
  register<Payload>(kind: string, undo: (payload: Payload, id: ActId) => number | Promise<number>): void;
}

export function createActs(catalog: Catalog, onChange: () => void): ActsService {
  const undos = new Map<string, Undo>();
  const view = ({ id, at, kind, undone }: ActRecord): Act => ({ id, at, kind, undone });

  return {
    list: (limit) => catalog.acts(limit).map(view),
    async undo(id) {
      const act = catalog.act(id);
      const undo = act === null ? undefined : undos.get(act.kind);
      if (act === null || act.undone || undo === undefined) {
        throw new SemblanceError('NOTHING_TO_UNDO', 'This was undone already, or cannot be undone.');
      }
      const photos = await undo(act.payload as never, id);
      catalog.markUndone(id);
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
    register(kind, undo) {
      undos.set(kind, undo as Undo);
    },
  };
}
